"""What sort of change a line tells of, in the words by which a reader narrows a list: an entry in, words out."""

from __future__ import annotations

from collections.abc import Mapping

from minutebook.model.change import ChangeKind, Entry

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


def kinds_of(entry: Entry) -> tuple[str, ...]:
    """What an entry did, each word once. A record that was created is only that: its first fields are no changes."""
    kinds = [change.kind for change in entry.changes]
    if ChangeKind.CREATED in kinds:
        kinds = [kind for kind in kinds if kind.is_event]
    return tuple(dict.fromkeys(KIND_WORDS[kind] for kind in kinds))
