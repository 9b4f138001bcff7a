"""Authorship: a landing and a record in, who wrote what it did to the record, and when, out."""

from __future__ import annotations

from typing import NamedTuple

from minutebook.history.identity import EditedRegister
from minutebook.history.registers import Registers
from minutebook.model.commit import Landing, Moment, Person
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


class Brought(NamedTuple):
    """What the branches of one merge changed, by the places of their commits among those that it brought."""

    by_path: dict[str, set[int]]
    """For each file of a record, itself or a text beside it."""
    by_key: dict[RecordKey, set[int]]
    """For each record that such a path names, by folded key: where a branch had it in between, too."""
    registers: list[tuple[int, FileChange, Match]]
    """Which of their records changed, their contents tell."""


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
        self._brought: tuple[MainlineCommit, Brought] | None = None
        """The merge that was asked for last: it is asked for each record that it touched."""

    def find(self, commit: MainlineCommit, landing: Landing, key: RecordKey, paths: frozenset[str]) -> Authorship:
        """Who wrote what a landing did to the record of a folded key, whose files stand or stood at some paths.

        Of a merge, the authors are those of the branch commits that touched the record; where none did, its own.
        """
        touching = [landing.brought[place] for place in self._touching(commit, key, paths)] or [landing.commit]
        authors = [one.author.person for one in touching]
        helpers = [
            trailer.person
            for one in touching
            for trailer in one.trailers
            if trailer.token.casefold() == CO_AUTHOR and trailer.person is not None
        ]
        return Authorship(tuple(dict.fromkeys([*authors, *helpers])), touching[-1].author.moment)

    def _touching(self, commit: MainlineCommit, key: RecordKey, paths: frozenset[str]) -> list[int]:
        """Places of the branch commits that touched the record, in the order of the branches."""
        if not commit.brought:
            return []
        if self._brought is None or self._brought[0] is not commit:
            self._brought = commit, self._what_branches_changed(commit)
        by_path, by_key, registers = self._brought[1]
        found = set(by_key.get(key, ())).union(*(by_path.get(path, ()) for path in paths))
        for place, change, match in registers:
            if place not in found and match.type.name == key.type and key in self._changed_in(change, match):
                found.add(place)
        return sorted(found)

    def _what_branches_changed(self, commit: MainlineCommit) -> Brought:
        brought = Brought({}, {}, [])
        for place, logged in enumerate(commit.brought):
            for change in logged.files:
                match = self._matcher.match(change.path)
                if match is not None and match.kind is FileKind.REGISTER:
                    brought.registers.append((place, change, match))
                    continue
                # A text in a file of its own belongs to the record whose file stands beside it.
                for path in (change.path,) if match is not None else self._matcher.text_owners(change.path):
                    brought.by_path.setdefault(path, set()).add(place)
                    named = self._matcher.match(path)
                    if named is not None and named.id is not None:
                        brought.by_key.setdefault(RecordKey(named.type.name, named.id).folded, set()).add(place)
        return brought

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
