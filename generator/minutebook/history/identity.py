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


class EditedRegister(NamedTuple):
    """What a commit did to a register that the commit before left readable. What it says of all others stayed."""

    gone: tuple[RecordKey, ...]
    """Folded keys of records that stand there no more."""
    says: tuple[RecordVersion, ...]
    """Records that it says something else of, or that are new."""


class FileAfter(NamedTuple):
    """A file at a record's path that a mainline commit changed."""

    path: str
    rank: int
    """The place of its path pattern in its type: the first wins where two files claim one record."""
    key: RecordKey | None
    """The record that the path itself names; None: only the content tells."""
    content: FileVersion | EditedRegister | None
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


class Place(NamedTuple):
    """Where a claim stands. Of files that come in one commit, the lowest place gets the record."""

    rank: int
    path: str


class Claims:
    """Which files claim which record, commit by commit.

    The file that has a record keeps it while it stands for it, readable or not: who adds a second file with the same
    id takes nothing over. Of several that come at once, a readable one wins, then the lowest place.
    """

    def __init__(self) -> None:
        """Begin with no file."""
        self._held: dict[str, dict[RecordKey, Standing]] = {}
        """By path, the folded keys that a file stands for, with what it says of each."""
        self._claims: dict[RecordKey, dict[Place, Standing]] = {}
        self._folded: dict[RecordKey, RecordKey] = {}
        self._holders: dict[RecordKey, Place] = {}
        """Whose word counts, by folded key."""
        self.called: dict[RecordKey, RecordKey] = {}
        """By folded key, how a path writes the key of a record that could not be read when it appeared."""
        self.nameless: dict[str, Unreadable] = {}
        """Unreadable files that never told which record they are, by path."""

    def take(self, files: Iterable[FileAfter]) -> dict[RecordKey, Standing | None]:
        """Take in what one commit changed. Gives the folded keys that it may concern with what is said of each now."""
        concerned = dict.fromkeys(key for file in files for key in self._replace(file))
        return {key: self._standing(key) for key in concerned}

    def rivals(self) -> Iterator[tuple[Standing, tuple[RecordVersion, ...]]]:
        """Records that further readable files claim now: the word that counts, and the others, lowest place first."""
        for key, claims in self._claims.items():
            if len(claims) > 1:
                holder = self._holders[key]
                others = (word for place, word in sorted(claims.items(), key=_place) if place != holder)
                readable = tuple(word for word in others if isinstance(word, RecordVersion))
                if readable:
                    yield claims[holder], readable

    def _replace(self, file: FileAfter) -> Iterator[RecordKey]:
        """Let a file say what it says now. Gives the keys of which it says something else than before.

        Of a register's hundreds of records an edit changes one: it alone is looked at.
        """
        held = self._held.setdefault(file.path, {})
        if isinstance(file.content, EditedRegister):
            says = self._by_key(file.content.says)
            gone = file.content.gone
        else:
            says = self._says(file, file.content, held)
            gone = tuple(key for key in held if key not in says)
        place = Place(file.rank, file.path)
        changed = [key for key, standing in says.items() if held.get(key) is not standing]
        for key in gone:
            del held[key]
            self._claim(key, place, None)
            yield key
        for key in changed:
            held[key] = says[key]
            self._claim(key, place, says[key])
            yield key
        if not held:
            del self._held[file.path]

    def _says(
        self, file: FileAfter, content: FileVersion | None, held: Mapping[RecordKey, Standing]
    ) -> dict[RecordKey, Standing]:
        """What a file says of which records. An unreadable one stands for those it held, or that its path names."""
        self.nameless.pop(file.path, None)
        match content:
            case None:
                return {}
            case Unreadable() as problem:
                keys = list(held)
                if not keys and file.key is not None:
                    keys = [file.key.folded]
                    self.called.setdefault(file.key.folded, file.key)
                if not keys:
                    self.nameless[file.path] = problem
                return dict.fromkeys(keys, problem)
            case versions:
                return self._by_key(versions)

    def _by_key(self, versions: Iterable[RecordVersion]) -> dict[RecordKey, Standing]:
        return {self._fold(version.key): version for version in versions}

    def _fold(self, key: RecordKey) -> RecordKey:
        """The key folded, once for all versions of a register with hundreds of records."""
        found = self._folded.get(key)
        if found is None:
            found = self._folded[key] = key.folded
        return found

    def _claim(self, key: RecordKey, place: Place, standing: Standing | None) -> None:
        claims = self._claims.setdefault(key, {})
        if standing is None:
            claims.pop(place, None)
        else:
            claims[place] = standing
        if not claims:
            del self._claims[key]

    def _standing(self, key: RecordKey) -> Standing | None:
        claims = self._claims.get(key)
        if claims is None:
            self._holders.pop(key, None)
            return None
        if self._holders.get(key) not in claims:
            self._holders[key] = min(claims.items(), key=_claim_order)[0]
        return claims[self._holders[key]]


def _claim_order(claim: tuple[Place, Standing]) -> tuple[bool, Place]:
    return isinstance(claim[1], Unreadable), claim[0]


def _place(claim: tuple[Place, Standing]) -> Place:
    return claim[0]


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
