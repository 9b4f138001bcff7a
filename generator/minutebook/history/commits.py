"""Commits: a published commit in, its mainline out, and what each landing brought by whom."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import cast

from minutebook.cache import Cache, Json
from minutebook.history.ledger import Authorship
from minutebook.model.commit import Landing, Person
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.records.paths import PathMatcher
from minutebook.repository import Repository
from minutebook.repository.log import FileChange, LoggedCommit
from minutebook.repository.mainline import BEFORE_ANY_DATE, Mainline, MainlineCommit, follow_mainline
from minutebook.repository.people import trailer_people
from minutebook.repository.request import find_request
from minutebook.repository.understand import is_valid, landed_seconds, read_moment, understand

LOG = "log-1"
"""Begins the name in the cache. The number rises whenever what is kept of a commit changes."""

CO_AUTHOR = "co-authored-by"


class CommitReader:
    """Reads the mainline, of which an earlier run may have left a part in the cache."""

    def __init__(
        self, repository: Repository, matcher: PathMatcher, configuration: Configuration, cache: Cache | None
    ) -> None:
        """`matcher` says which files matter; the rest of each commit's files is dropped as the log is read."""
        self._repository = repository
        self._matcher = matcher
        self._configuration = configuration
        self._cache = cache
        self._resolve: dict[Person, Person] = {}
        self._mainline: Mainline | None = None

    def read(self, head: str) -> Mainline:
        """The mainline that ends at a commit, with the people of its commits resolved."""
        branch = self._configuration.branch or self._repository.branch()
        mainline = follow_mainline(head, self._log(head), landed_seconds, branch)
        self._resolve = self._repository.resolve_people(head, _people(mainline.commits))
        self._mainline = mainline
        return mainline

    def landing(self, commit: MainlineCommit) -> Landing:
        """What a mainline commit landed."""
        clock = -1 if self._mainline is None else self._mainline.clocks[commit.position]
        return Landing(
            position=commit.position,
            commit=understand(commit.commit, self._resolve),
            brought=tuple(understand(one, self._resolve) for one in commit.brought),
            request=find_request(commit.commit.message),
            clock=None if clock <= BEFORE_ANY_DATE else read_moment(str(clock), "+0000").when,
        )

    @staticmethod
    def authorship(commit: MainlineCommit, landing: Landing, paths: frozenset[str]) -> Authorship:
        """Who wrote what a landing did to the files at some paths, and when.

        Of a merge, the authors are those of the branch commits that touched the files; where none did, its own.
        """
        touching = [
            known
            for logged, known in zip(commit.brought, landing.brought, strict=True)
            if any(change.path in paths for change in logged.files)
        ] or [landing.commit]
        authors = [one.author.person for one in touching]
        helpers = [
            trailer.person
            for one in touching
            for trailer in one.trailers
            if trailer.token.casefold() == CO_AUTHOR and trailer.person is not None
        ]
        return Authorship(tuple(dict.fromkeys([*authors, *helpers])), touching[-1].author.moment)

    def notes(self) -> Iterator[Note]:
        """What is doubtful about the mainline itself."""
        if self._mainline is None:
            return
        for one in self._repository.pretends():
            yield Note(
                NoteKind.GRAFTED,
                f"The repository has {one}; they were ignored, and the history is that of the commits themselves.",
                "A reader who runs `git log` with them sees another history.",
            )
        for commit in self._mainline.foxtrots:
            yield Note(
                NoteKind.FOXTROT,
                "A merge of the published branch into another one became its mainline: "
                "what had landed before counts as a branch's.",
                "Merge branches into the published branch, never the other way round; see `git log --first-parent`.",
                commit=commit,
            )
        for step in self._mainline.commits:
            for what, moment in (("author", step.commit.authored), ("committer", step.commit.committed)):
                if not is_valid(moment):
                    found = read_moment(*moment)
                    yield Note(NoteKind.INVALID_DATE, f"The {what}'s date is {found}.", commit=step.commit.id)

    def _log(self, head: str) -> Iterator[LoggedCommit]:
        """The log, children first: what is new from git, then what was kept. It is kept again if anything was new."""
        tip, kept = self._recall()
        fresh = []
        for commit in (
            self._repository.log(head, [] if tip is None else [tip], self._configuration.root) if tip != head else ()
        ):
            fresh.append(self._reduce(commit))
            yield fresh[-1]
        yield from kept
        if fresh and self._cache is not None:
            self._cache.save(self._name(), {"tip": head, "commits": [_to_json(commit) for commit in (*fresh, *kept)]})

    def _recall(self) -> tuple[str | None, list[LoggedCommit]]:
        """The commit that an earlier run ended at, and all it reaches; None where git has it no more."""
        json = None if self._cache is None else self._cache.load(self._name())
        if isinstance(json, dict):
            try:
                tip = str(json["tip"])
                kept = [_from_json(commit) for commit in cast("list[Json]", json["commits"])]
            except (TypeError, ValueError, KeyError, IndexError):
                return None, []
            if kept and self._repository.ask("cat-file", "-e", tip) is not None:
                return tip, kept
        return None, []

    def _name(self) -> str:
        """The name in the cache: which files matter is part of it."""
        paths = {name: record_type.paths for name, record_type in self._configuration.types.items()}
        texts = {name: record_type.text for name, record_type in self._configuration.types.items()}
        written = json.dumps([self._configuration.root, paths, texts], sort_keys=True)
        return f"{LOG}-{hashlib.sha256(written.encode()).hexdigest()[:16]}"

    def _matters(self, path: str) -> bool:
        return self._matcher.match(path) is not None or bool(self._matcher.text_owners(path))

    def _reduce(self, commit: LoggedCommit) -> LoggedCommit:
        """A commit with the files that matter; where it has none and is no merge, its place and time only."""
        files = tuple(change for change in commit.files if self._matters(change.path))
        if files or len(commit.parents) > 1:
            return commit._replace(files=files)
        return LoggedCommit(commit.id, commit.parents, ("", ""), ("", ""), ("", ""), commit.committed, "", "", ())


def _people(commits: Iterable[MainlineCommit]) -> Iterator[Person]:
    for step in commits:
        for commit in (step.commit, *step.brought):
            yield Person(*commit.author)
            yield Person(*commit.committer)
            yield from trailer_people(commit.trailers)


def _to_json(commit: LoggedCommit) -> Json:
    return cast("Json", [*commit[:-1], [list(change) for change in commit.files]])


def _from_json(json: Json) -> LoggedCommit:
    *head, files = cast("list[list[str]]", json)
    name, parents, author, authored, committer, committed, message, trailers = head
    return LoggedCommit(
        cast("str", name),
        tuple(parents),
        (author[0], author[1]),
        (authored[0], authored[1]),
        (committer[0], committer[1]),
        (committed[0], committed[1]),
        cast("str", message),
        cast("str", trailers),
        tuple(FileChange(*change) for change in files),
    )
