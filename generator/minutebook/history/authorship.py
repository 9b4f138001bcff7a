"""Authorship: a landing and a record in, who wrote what it did to the record, and when, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minutebook.history.identity import EditedRegister
from minutebook.history.registers import Registers
from minutebook.model.commit import Commit, Landing, Moment, Person
from minutebook.model.record import RecordKey, RecordVersion, Unreadable
from minutebook.records.paths import FileKind, Match, PathMatcher
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
        self._registers = Registers()
        self._read: dict[str, tuple[str, dict[RecordKey, RecordVersion]]] = {}
        """By path, the blob of the register that was read last, and its records by folded key."""
        self._in_registers: dict[tuple[str, str, str], frozenset[RecordKey]] = {}
        """By the path and the blobs before and after, the folded keys of the records that differ."""

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
            owners = self._matcher.text_owners(change.path)
            return any(_is_of(path, self._matcher.match(path), key, paths) for path in owners)
        if match.kind is FileKind.REGISTER:
            return match.type.name == key.type and key in self._changed_in(change, match)
        return _is_of(change.path, match, key, paths)

    def _changed_in(self, change: FileChange, match: Match) -> frozenset[RecordKey]:
        name = (change.path, change.before, change.after)
        if name not in self._in_registers:
            if change.path not in self._read or self._read[change.path][0] != change.before:
                self._go_to(change.path, change.before, match, is_file=bool(change.before.strip("0")))
            self._in_registers[name] = self._go_to(change.path, change.after, match, is_file=change.is_file)
        return self._in_registers[name]

    def _go_to(self, path: str, blob: str, match: Match, *, is_file: bool) -> frozenset[RecordKey]:
        """Read another version of the register at a path. Gives the folded keys of which it says something else.

        One that is no file or cannot be read says nothing.
        """
        _, before = self._read.get(path, ("", {}))
        if is_file:
            found = self._registers.take(match, path, blob, self._repository.read_blob(blob))
        else:
            self._registers.forget(path)
            found = ()
        if isinstance(found, EditedRegister):
            fresh = {version.key.folded: version for version in found.says}
            for key in found.gone:
                del before[key]
            before.update(fresh)
            self._read[path] = blob, before
            return frozenset([*found.gone, *fresh])
        after = {} if isinstance(found, Unreadable) else {version.key.folded: version for version in found}
        self._read[path] = blob, after
        return frozenset(key for key in {**before, **after} if before.get(key) is not after.get(key))


def _is_of(path: str, match: Match | None, key: RecordKey, paths: frozenset[str]) -> bool:
    """Whether the record of a folded key stands at a path: before, after, or where a branch had it in between."""
    if path in paths:
        return True
    return match is not None and match.id is not None and RecordKey(match.type.name, match.id).folded == key
