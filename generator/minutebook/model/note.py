"""Notes: what a reader must know before trusting a page, each with its place and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from minutebook.model.record import Position, RecordKey


class NoteKind(Enum):
    """What makes the history or today's portfolio incomplete or doubtful."""

    UNREADABLE = "unreadable"
    """A file at a record's path cannot be read today."""
    IMPOSSIBLE = "impossible"
    """A value that its type does not allow, today."""
    ITEM_ID = "item-id"
    """An item that has no id, or one that another item of its list has, today."""
    UNDECLARED = "undeclared"
    """A field that the record type does not declare, today."""
    MISSPELT = "misspelt"
    """The same, and its name is almost that of a field which the record lacks."""
    NO_IDENTITY = "no-identity"
    """A file at a record's path that never told which record it is."""
    NO_RECORD = "no-record"
    """A file that was probably meant to be a record, and lies where none is read."""
    EMPTIED = "emptied"
    """All records of a type stood in registers, and none is left."""
    DUPLICATE = "duplicate"
    """Two files claim one record."""
    UNADDRESSABLE = "unaddressable"
    """An id that cannot stand in an address as it is."""
    FOXTROT = "foxtrot"
    """A merge turned the mainline upside down."""
    DROPPED = "dropped"
    """A branch changed a record and the merge discarded it."""
    REUSED = "reused"
    """An id came back with other content after its removal."""
    LINEAGE = "lineage"
    """An id changed, because a lineage entry says so or the content stayed."""
    UNUSED_LINEAGE = "unused-lineage"
    """A lineage entry that nothing in the history answers to."""
    POSSIBLE_LINEAGE = "possible-lineage"
    """A record possibly continues another."""
    INVALID_DATE = "invalid-date"
    """A commit's date is invalid."""
    GRAFTED = "grafted"
    """The repository has grafts or replacements; they were ignored."""
    REFUSED = "refused"
    """A file that is not published: a symlink, a file that is no page, a link that was removed."""
    NO_HEADING = "no-heading"
    """A link to a heading that its page does not have."""
    NOT_RENDERED = "not-rendered"
    """A text that is shown as it was written, because rendering it would take too long."""


DOUBTS = frozenset(
    [
        NoteKind.UNREADABLE,
        NoteKind.IMPOSSIBLE,
        NoteKind.ITEM_ID,
        NoteKind.NO_IDENTITY,
        NoteKind.NO_RECORD,
        NoteKind.EMPTIED,
        NoteKind.DUPLICATE,
        NoteKind.REFUSED,
        NoteKind.NO_HEADING,
        NoteKind.NOT_RENDERED,
    ]
)
"""What is told after a build, and what --strict does not let pass; of types that are not published, too."""

UNPUBLISHED = frozenset([NoteKind.REFUSED, NoteKind.NO_HEADING, NoteKind.NOT_RENDERED])
"""What says nothing against the records and their history: a page lacks it, or shows it as it was written."""

HINTS = frozenset([NoteKind.MISSPELT])
"""What is told too, and passes: a field of one's own may be called almost like another."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is told on the completeness page."""

    kind: NoteKind
    message: str
    """One sentence, with what was found."""
    hint: str | None = None
    """What to do, where something can be done."""
    path: str | None = None
    position: Position | None = None
    key: RecordKey | None = None
    record_type: str | None = None
    """The name of the record type whose files it speaks of, where it speaks of no record."""
    commit: str | None = None
    """The id of the commit that is the evidence."""

    @property
    def place(self) -> str:
        """`path:line:column` as far as known, or the commit, or nothing."""
        if self.path is None:
            return self.commit[:10] if self.commit else ""
        if self.position is None:
            return self.path
        return f"{self.path}:{self.position.line}:{self.position.column}"
