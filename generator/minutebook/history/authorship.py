"""Authorship: a landing and a record in, who wrote what it did to the record, and when, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minutebook.model.commit import Commit, Landing, Moment, Person
from minutebook.model.record import RecordKey, Unreadable
from minutebook.records.document import Reader
from minutebook.records.paths import FileKind, Match, PathMatcher
from minutebook.records.values import VersionReader
from minutebook.repository import Repository
from minutebook.repository.log import FileChange
from minutebook.repository.mainline import MainlineCommit

CO_AUTHOR = "co-authored-by"


class Authorship(NamedTuple):
    """Who wrote what a landing did to a record, and when."""

    contributors: tuple[Person, ...]
    """Authors of the commits that touched the record, then co-authors, each once."""
    authored: Moment
    """Of the last of these commits, as its author claims."""


class AuthorFinder:
    """Finds the commits of merged branches that touched a record."""

    def __init__(self, repository: Repository, matcher: PathMatcher) -> None:
        """Ask a repository for registers as branches had them."""
        self._repository = repository
        self._matcher = matcher
        self._reader = Reader()
        self._meanings = VersionReader()
        self._in_registers: dict[tuple[str, str], frozenset[RecordKey]] = {}
        """By the blobs before and after, the folded keys of the records that differ."""

    def find(self, commit: MainlineCommit, landing: Landing, key: RecordKey, paths: frozenset[str]) -> Authorship:
        """Who wrote what a landing did to the record of a folded key, whose files stand or stood at some paths.

        Of a merge, the authors are those of the branch commits that touched the record; where none did, its own.
        """
        touching = list(self._touching(commit, landing, key, paths)) or [landing.commit]
        authors = [one.author.person for one in touching]
        helpers = [
            trailer.person
            for one in touching
            for trailer in one.trailers
            if trailer.token.casefold() == CO_AUTHOR and trailer.person is not None
        ]
        return Authorship(tuple(dict.fromkeys([*authors, *helpers])), touching[-1].author.moment)

    def _touching(
        self, commit: MainlineCommit, landing: Landing, key: RecordKey, paths: frozenset[str]
    ) -> Iterator[Commit]:
        for logged, known in zip(commit.brought, landing.brought, strict=True):
            if any(self._touches(change, key, paths) for change in logged.files):
                yield known

    def _touches(self, change: FileChange, key: RecordKey, paths: frozenset[str]) -> bool:
        match = self._matcher.match(change.path)
        if match is None:
            # A text in a file of its own belongs to the record whose file stands beside it.
            return any(self._is_of(path, key, paths) for path in self._matcher.text_owners(change.path))
        if match.kind is FileKind.REGISTER:
            return match.type.name == key.type and key in self._changed_in(change, match)
        return self._is_of(change.path, key, paths)

    def _is_of(self, path: str, key: RecordKey, paths: frozenset[str]) -> bool:
        """Whether a record's file stands at a path: before, after, or where a branch had it in between."""
        match = self._matcher.match(path)
        if path in paths or match is None or match.id is None:
            return path in paths
        return RecordKey(match.type.name, match.id).folded == key

    def _changed_in(self, change: FileChange, match: Match) -> frozenset[RecordKey]:
        name = (change.before, change.after)
        if name not in self._in_registers:
            before, after = self._records(change.before, match), self._records(change.after, match)
            differing = {one for one in {**before, **after} if before.get(one) is not after.get(one)}
            self._in_registers[name] = frozenset(differing)
        return self._in_registers[name]

    def _records(self, blob: str, match: Match) -> dict[RecordKey, object]:
        """The fields of a register's records by folded key, equal ones as the very same objects.

        None where it is absent or cannot be read.
        """
        if not blob.strip("0"):
            return {}
        parsed = self._reader.parse(match.kind, self._repository.read_blob(blob))
        found = self._meanings.versions(match, "", blob, parsed)
        return {} if isinstance(found, Unreadable) else {version.key.folded: version.fields for version in found}
