"""Commits: a published commit in, its mainline out, and what each landing brought by whom."""

from __future__ import annotations

import contextlib
import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator
from typing import cast

from minutebook.cache import Cache, Json
from minutebook.model.commit import Landing, Person
from minutebook.model.configuration import Configuration
from minutebook.model.forge import forge_at
from minutebook.model.note import Note, NoteKind
from minutebook.records.paths import PathMatcher
from minutebook.repository import Repository
from minutebook.repository.log import FileChange, LoggedCommit
from minutebook.repository.mainline import BEFORE_ANY_DATE, Mainline, MainlineCommit, follow_mainline
from minutebook.repository.people import trailer_people
from minutebook.repository.request import find_request
from minutebook.repository.understand import has_valid_zone, is_valid, landed_seconds, read_moment, understand

LOG = "mainline-1"
"""Begins the name in the cache. The number rises whenever what is kept of a commit changes."""


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
        self._forge = forge_at(configuration.forge)
        self._mainline: Mainline | None = None

    def read(self, head: str) -> Mainline:
        """The mainline that ends at a commit, with the people of its commits resolved."""
        mainline = self._follow(head)
        self._resolve = self._repository.resolve_people(head, _people(mainline.commits))
        self._mainline = mainline
        return mainline

    def _follow(self, head: str) -> Mainline:
        """The mainline, of which only what landed since an earlier run is asked of git. It is kept for the next run."""
        branch = self._configuration.branch or self._repository.branch()
        tip, kept = self._recall(branch)
        if tip == head and kept is not None:
            return kept
        known = [] if tip is None else [tip]
        mainline = follow_mainline(head, self._log(head, known), landed_seconds, branch)
        if kept is not None and mainline.base == tip:
            mainline = kept.followed_by(mainline)
        elif known:
            # The earlier run's commit is no longer on the mainline: the branch was rewritten, or merged upside down.
            mainline = follow_mainline(head, self._log(head, []), landed_seconds, branch)
        if self._cache is not None:
            self._cache.save(self._name(branch), _to_json(head, mainline))
        return mainline

    def landing(self, commit: MainlineCommit) -> Landing:
        """What a mainline commit landed."""
        clock = -1 if self._mainline is None else self._mainline.clocks[commit.position]
        return Landing(
            position=commit.position,
            commit=understand(commit.commit, self._resolve),
            brought=tuple(understand(one, self._resolve) for one in commit.brought),
            request=find_request(commit.commit.message, self._forge),
            clock=None if clock <= BEFORE_ANY_DATE else read_moment(str(clock), "+0000").when,
        )

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
                elif not has_valid_zone(moment):
                    yield Note(
                        NoteKind.INVALID_DATE,
                        f"The {what}'s time zone is invalid ({moment[1]}); the time is told in UTC.",
                        commit=step.commit.id,
                    )

    def _log(self, head: str, known: list[str]) -> Iterator[LoggedCommit]:
        """What a commit reaches and none of those known does, children first, with the files that matter."""
        for commit in self._repository.log(head, known, self._configuration.root):
            yield commit._replace(files=tuple(change for change in commit.files if self._matters(change.path)))

    def _recall(self, branch: str | None) -> tuple[str | None, Mainline | None]:
        """The commit that an earlier run ended at, and its mainline; None twice where git has it no more."""
        json = None if self._cache is None else self._cache.load(self._name(branch))
        if isinstance(json, dict):
            with contextlib.suppress(TypeError, ValueError, KeyError, IndexError, OverflowError):
                tip, mainline = str(json["tip"]), _from_json(json)
                if self._repository.ask("cat-file", "-e", tip) is not None:
                    return tip, mainline
        return None, None

    def _name(self, branch: str | None) -> str:
        """The name in the cache: which files matter, and which branch is published, are part of it."""
        types = {name: [record_type.paths, record_type.text] for name, record_type in self._configuration.types.items()}
        written = json.dumps([self._configuration.root, branch, types], sort_keys=True)
        return f"{LOG}-{hashlib.sha256(written.encode()).hexdigest()[:16]}"

    def _matters(self, path: str) -> bool:
        return self._matcher.match(path) is not None or bool(self._matcher.text_owners(path))


def _people(commits: Iterable[MainlineCommit]) -> Iterator[Person]:
    for step in commits:
        for commit in (step.commit, *step.brought):
            yield Person(*commit.author)
            yield Person(*commit.committer)
            yield from trailer_people(commit.message)


def _to_json(tip: str, mainline: Mainline) -> Json:
    steps = [
        [step.position, _commit_to_json(step.commit), [_commit_to_json(commit) for commit in step.brought]]
        for step in mainline.commits
    ]
    return cast(
        "Json", {"tip": tip, "clocks": list(mainline.clocks), "foxtrots": list(mainline.foxtrots), "steps": steps}
    )


def _from_json(json: dict[str, Json]) -> Mainline:
    steps = cast("list[tuple[int, Json, list[Json]]]", json["steps"])
    return Mainline(
        commits=tuple(
            MainlineCommit(position, _commit_from_json(commit), tuple(_commit_from_json(one) for one in brought))
            for position, commit, brought in steps
        ),
        clocks=array("q", cast("list[int]", json["clocks"])),
        foxtrots=tuple(cast("list[str]", json["foxtrots"])),
        base=None,
    )


def _commit_to_json(commit: LoggedCommit) -> Json:
    return cast("Json", [*commit[:-1], [list(change) for change in commit.files]])


def _commit_from_json(json: Json) -> LoggedCommit:
    *head, files = cast("list[list[str]]", json)
    name, parents, author, authored, committer, committed, message = head
    return LoggedCommit(
        cast("str", name),
        tuple(parents),
        (author[0], author[1]),
        (authored[0], authored[1]),
        (committer[0], committer[1]),
        (committed[0], committed[1]),
        cast("str", message),
        tuple(FileChange(*change) for change in files),
    )
