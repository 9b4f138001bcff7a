"""Changes: one field of one record going from one value to another in one mainline commit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from minutebook.model.commit import Landing, Moment, Person
from minutebook.model.record import RecordKey
from minutebook.model.value import Value


class ChangeKind(Enum):
    """What sort of change it is: of the record as a whole, or by the type of the field that changed."""

    CREATED = "created"
    REMOVED = "removed"
    RESTORED = "restored"
    RENAMED = "renamed"
    """The id changed; before and after are the ids."""
    MOVED = "moved"
    """The path changed; before and after are the paths."""
    UNREADABLE = "unreadable"
    """From here on the file cannot be read, and the record keeps its last good state; after is the reason."""
    READABLE = "readable"
    """It can be read again; before is the reason it could not."""
    MARKDOWN = "markdown"
    """The record's text; before and after are `Text`."""
    UNDECLARED = "undeclared"
    """A field that the record type does not declare."""
    TEXT = "text"
    PROSE = "prose"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    ENUM = "enum"
    STATUS = "status"
    HEALTH = "health"
    PERSON = "person"
    PERSONS = "persons"
    REFERENCE = "reference"
    REFERENCES = "references"
    URL = "url"
    LIST = "list"
    ITEM = "item"
    """An item of a keyed list came or went as a whole; before or after is None."""
    ITEMS = "items"
    """A list of items that have no ids, compared as a whole."""
    ID = "id"
    OBJECT = "object"
    """An object field that came or went as a whole, or that was not an object."""

    @property
    def is_event(self) -> bool:
        """Whether it speaks of the record as a whole and of no field."""
        return self in EVENTS


EVENTS = frozenset(
    [
        ChangeKind.CREATED,
        ChangeKind.REMOVED,
        ChangeKind.RESTORED,
        ChangeKind.RENAMED,
        ChangeKind.MOVED,
        ChangeKind.UNREADABLE,
        ChangeKind.READABLE,
    ]
)


@dataclass(frozen=True, slots=True)
class SectionDelta:
    """What an edit did to one section of a text."""

    heading: str
    """The heading that the lines stand under, without its marks; empty: before the first heading."""
    added: int
    """Lines by which the section grew."""
    removed: int
    """Lines by which it shrank; where both are 0, it was edited and kept its length."""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """What an edit did to a text, told cheaply."""

    sections: tuple[SectionDelta, ...]
    """In the order of the new text, removed sections last."""

    @property
    def added(self) -> int:
        """Lines by which sections grew, together."""
        return sum(section.added for section in self.sections)

    @property
    def removed(self) -> int:
        """Lines by which sections shrank, together."""
        return sum(section.removed for section in self.sections)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions of a record, as data; `history.wording` puts it into words."""

    field: str
    """The path of the field: "health", "budget.forecast", "milestones[go-live].due"; "text"; empty: an event."""
    kind: ChangeKind
    before: Value
    after: Value
    delta: TextDelta | None = None
    """Only for prose and Markdown: which sections changed, by how many lines."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one mainline commit did to one record: a line in the minute book."""

    key: RecordKey
    """As the record is called after the commit (before it, where it was removed)."""
    landing: Landing
    path: str
    """Where the record stands after the commit (before it, where it was removed)."""
    authored: Moment
    """When the last of the commits that touched the record was written, as its author claims."""
    contributors: tuple[Person, ...]
    """Who wrote it: authors of the commits that touched the record, then co-authors, each once."""
    changes: tuple[Change, ...]
    """Events first, then fields in the order of the record type, the text last. Never empty."""

    @property
    def identity(self) -> tuple[int, RecordKey]:
        """What no other entry of a history has: its mainline position, and the key that its record had then.

        The key alone is not enough: an id that was given up by a renaming may be that of another record now.
        """
        return self.landing.position, self.key
