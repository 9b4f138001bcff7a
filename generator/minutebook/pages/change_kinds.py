"""What sort of change a line tells of, in the words by which a reader narrows a list: an entry in, words out."""

from __future__ import annotations

from collections.abc import Mapping

from minutebook.history.places import fields_at
from minutebook.history.telling import FieldChange, days_of_figures
from minutebook.model.change import ChangeKind, Entry
from minutebook.model.record_type import RecordType

OTHER = "other fields"

KIND_WORDS: Mapping[ChangeKind, str] = {
    ChangeKind.CREATED: "created",
    ChangeKind.REMOVED: "removed",
    ChangeKind.RESTORED: "restored",
    ChangeKind.RENAMED: "renamed or moved",
    ChangeKind.MOVED: "renamed or moved",
    ChangeKind.UNREADABLE: "unreadable",
    ChangeKind.READABLE: "readable again",
    ChangeKind.STATUS: "status",
    ChangeKind.HEALTH: "health",
    ChangeKind.DATE: "dates",
    ChangeKind.MONEY: "money",
    ChangeKind.NUMBER: "figures",
    ChangeKind.PERCENT: "figures",
    ChangeKind.PERSON: "people",
    ChangeKind.PERSONS: "people",
    ChangeKind.REFERENCE: "links between records",
    ChangeKind.REFERENCES: "links between records",
    ChangeKind.ITEM: "items added or removed",
    ChangeKind.PROSE: "text",
    ChangeKind.MARKDOWN: "text",
    ChangeKind.TEXT: OTHER,
    ChangeKind.BOOLEAN: OTHER,
    ChangeKind.ENUM: OTHER,
    ChangeKind.URL: OTHER,
    ChangeKind.LIST: OTHER,
    ChangeKind.ITEMS: OTHER,
    ChangeKind.ID: OTHER,
    ChangeKind.OBJECT: OTHER,
    ChangeKind.UNDECLARED: OTHER,
}
"""The word of each kind, in the order in which they are offered."""

KIND_ORDER = tuple(dict.fromkeys(KIND_WORDS.values()))
"""The words, each once."""


def kinds_of(entry: Entry, record_type: RecordType) -> tuple[str, ...]:
    """What an entry did, each word once, as its sentences tell it.

    A record that was created is only that: its first fields are no changes. A day that only dates the figures which
    changed with it is no change of dates.
    """
    changes = [FieldChange(change, fields_at(record_type, change.field)) for change in entry.changes]
    if any(one.change.kind is ChangeKind.CREATED for one in changes):
        changes = [one for one in changes if one.change.kind.is_event]
    days = days_of_figures(changes)
    kinds = (one.change.kind for one in changes if not (one.day and one.owner in days))
    return tuple(dict.fromkeys(KIND_WORDS[kind] for kind in kinds))
