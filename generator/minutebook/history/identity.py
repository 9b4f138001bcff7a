"""Identity: the files that each mainline commit left in, the records that appeared, changed, moved or vanished out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from minutebook.model.configuration import Lineage
from minutebook.model.record import FileVersion, RecordKey, RecordVersion, Unreadable

ALIKE = 0.95
"""From this similarity on, a record that vanished and one that appeared in the same commit are one (law L4)."""

PERHAPS_ALIKE = 0.5
"""From here on a note says that one possibly continues the other; below, a returning id is a new record."""

MOST_COMPARED = 2500
"""Pairs of vanished and appeared records that are compared in one commit; beyond, only equal contents are found."""


class FileAfter(NamedTuple):
    """A file at a record's path that a mainline commit changed."""

    path: str
    rank: int
    """The place of its path pattern in its type: the first wins where two files claim one record."""
    key: RecordKey | None
    """The record that the path itself names; None: only the content tells."""
    content: FileVersion | None
    """None: the file is gone."""


Standing: TypeAlias = RecordVersion | Unreadable
"""What the files say of one record: the version that counts, or the file that stands for it and cannot be read."""


class Continuation(NamedTuple):
    """One record that goes on under another id."""

    before: RecordKey
    """Folded."""
    after: RecordKey
    """Folded."""
    similarity: float | None
    """None: a lineage entry says so."""


Similarity = Callable[[RecordVersion, RecordVersion], float]


class Claims:
    """Which files claim which record, commit by commit."""

    def __init__(self) -> None:
        """Begin with no file."""
        self._files: dict[str, FileVersion] = {}
        self._readable: dict[RecordKey, dict[tuple[int, str], RecordVersion]] = {}
        self._unreadable: dict[RecordKey, dict[str, Unreadable]] = {}
        self._stands_for: dict[str, tuple[RecordKey, ...]] = {}
        self._ranks: dict[str, int] = {}
        self.nameless: dict[str, Unreadable] = {}
        """Unreadable files that never told which record they are, by path."""

    def take(self, files: Iterable[FileAfter]) -> dict[RecordKey, Standing | None]:
        """Take in what one commit changed. Gives the folded keys that it may concern with what is said of each now."""
        concerned: dict[RecordKey, None] = {}
        for file in files:
            for key in (*self._forget(file.path), *self._learn(file)):
                concerned[key] = None
        return {key: self._standing(key) for key in concerned}

    def rivals(self) -> Iterator[tuple[RecordVersion, ...]]:
        """Records that several readable files claim now, the one that counts first."""
        for claims in self._readable.values():
            if len(claims) > 1:
                yield tuple(version for _, version in sorted(claims.items()))

    def _forget(self, path: str) -> tuple[RecordKey, ...]:
        """Drop the claims of a file; the records that it stood for."""
        keys = self._stands_for.get(path, ())
        for key in keys:
            if readable := self._readable.get(key):
                readable.pop((self._ranks[path], path), None)
            if unreadable := self._unreadable.get(key):
                unreadable.pop(path, None)
        return keys

    def _learn(self, file: FileAfter) -> tuple[RecordKey, ...]:
        """Note the claims of a file; the records that it stands for."""
        self.nameless.pop(file.path, None)
        self._ranks[file.path] = file.rank
        keys: tuple[RecordKey, ...]
        match file.content:
            case None:
                self._stands_for.pop(file.path, None)
                return ()
            case Unreadable():
                # It stands for the records that it held last, else for the one that its path names.
                keys = self._stands_for.get(file.path, ()) or (() if file.key is None else (file.key.folded,))
                for key in keys:
                    self._unreadable.setdefault(key, {})[file.path] = file.content
                if not keys:
                    self.nameless[file.path] = file.content
            case versions:
                keys = tuple(version.key.folded for version in versions)
                for key, version in zip(keys, versions, strict=True):
                    self._readable.setdefault(key, {})[file.rank, file.path] = version
        self._stands_for[file.path] = keys
        return keys

    def _standing(self, key: RecordKey) -> Standing | None:
        if readable := self._readable.get(key):
            return readable[min(readable)]
        if unreadable := self._unreadable.get(key):
            return unreadable[min(unreadable)]
        return None


def find_continuations(
    vanished: Mapping[RecordKey, RecordVersion | None],
    appeared: Mapping[RecordKey, RecordVersion | None],
    gone: Callable[[RecordKey], bool],
    lineage: Iterable[Lineage],
    alike: Similarity,
) -> tuple[list[Continuation], list[Continuation]]:
    """Which of the records that appeared in a commit continue one that vanished: certainly, and possibly.

    A lineage entry may also name a record that vanished earlier (`gone`). Each is continued once, by the most similar.
    """
    certain: list[Continuation] = []
    left_before, left_after = dict(vanished), dict(appeared)
    for entry in lineage:
        before, after = RecordKey(entry.type, entry.before).folded, RecordKey(entry.type, entry.after).folded
        if after in left_after and (before in left_before or gone(before)):
            certain.append(Continuation(before, after, None))
            left_before.pop(before, None)
            del left_after[after]
    possible: list[Continuation] = []
    for found in _compare(left_before, left_after, alike):
        if found.before not in left_before or found.after not in left_after:
            continue
        del left_before[found.before], left_after[found.after]
        (certain if found.similarity is not None and found.similarity >= ALIKE else possible).append(found)
    return certain, possible


def _compare(
    vanished: Mapping[RecordKey, RecordVersion | None],
    appeared: Mapping[RecordKey, RecordVersion | None],
    alike: Similarity,
) -> list[Continuation]:
    """Pairs of one type that are alike, the most similar first, then by their keys."""
    found: list[Continuation] = []
    equal: dict[tuple[str, str], list[RecordKey]] = {}
    for after, new in appeared.items():
        if new is not None:
            equal.setdefault((after.type, new.blob), []).append(after)
    compared = len(vanished) * len(appeared) <= MOST_COMPARED
    for before, old in vanished.items():
        if old is None:
            continue
        for after in appeared if compared else equal.get((before.type, old.blob), []):
            new = appeared[after]
            if new is None or before.type != after.type:
                continue
            value = 1.0 if old.blob == new.blob and old.fields == new.fields else alike(old, new)
            if value >= PERHAPS_ALIKE:
                found.append(Continuation(before, after, value))
    found.sort(key=lambda one: (-(one.similarity or 0.0), one.before, one.after))
    return found
