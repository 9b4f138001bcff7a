"""Records as git holds them: who they are, what a version says, and versions that cannot be read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from minutebook.model.value import Fields, Text

ADDRESSABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
"""Ids that go into an address as they are."""

FILE_LIMIT = 4 << 20
"""Bytes: a larger file is no record that a person wrote."""

RESERVED_NAMES = frozenset(
    ["index", "con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))]
)
"""Names that some file systems refuse and the name of a folder's own page, whatever follows the first full stop."""


class RecordKey(NamedTuple):
    """A record's name: unique in a portfolio, compared case-folded through `folded`."""

    type: str
    id: str

    def __str__(self) -> str:
        """`type/id`, the form that people and the command line use."""
        return f"{self.type}/{self.id}"

    @property
    def folded(self) -> RecordKey:
        """The form in which two keys are compared."""
        folded = self.id.casefold()
        return self if folded == self.id else RecordKey(self.type, folded)

    @property
    def slug(self) -> str:
        """The id as it stands in an address: an ASCII word as it is, else made into one with a hash."""
        if ADDRESSABLE.fullmatch(self.id) and self.id.lower().split(".")[0] not in RESERVED_NAMES:
            return self.id
        words = re.sub(r"[^A-Za-z0-9]+", "-", self.id).strip("-")[:60]
        # The tilde keeps made addresses apart from those of ids: no id that is an address itself begins with one.
        return f"~{words or 'id'}-{hashlib.sha256(self.id.encode(errors='surrogatepass')).hexdigest()[:8]}"


_PIECES = re.compile(r"[0-9]+|[^0-9]+")


def natural_key(id_: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts ids as people count: 9 before 10, numbers before words, and what has ended before what goes on."""
    pieces = [
        # A number by how long it is and then by its digits: it may have more of them than Python would count.
        (0, len(piece.lstrip("0")), piece.lstrip("0")) if piece[0] in "0123456789" else (1, 0, piece)
        for piece in _PIECES.findall(id_.casefold())
    ]
    # The id itself decides between 1 and 01.
    return (*pieces, (-1, 0, id_))


class Position(NamedTuple):
    """A place in a file, both numbers from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """A record's content as one file held it. Equal content gives equal fields and text, whatever the layout."""

    key: RecordKey
    path: str
    """Relative to the top of the repository."""
    blob: str
    """The object id of that file."""
    fields: Fields
    text: Text | None
    """None: a record of this form has no text."""
    undeclared: tuple[str, ...]
    """Names in `fields` that the record type does not declare."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file at a record's path that cannot be read as a record."""

    path: str
    blob: str
    """The object id of that file; empty for one that is no blob (a symlink keeps its own, a submodule its commit)."""
    reason: str
    """For a person, without the place: "a key stands twice: status"."""
    position: Position | None = None
    """Where in the file, when that is known."""
    hint: str | None = None
    """How to mend it, where the reason does not say so."""


FileVersion: TypeAlias = "tuple[RecordVersion, ...] | Unreadable"
"""What one file gives: its records (a register may hold many, or none), or why it gives none."""
