"""What one commit did to a record goes in; the sentences that a timeline tells of it come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from minutebook.history.names import Names
from minutebook.history.places import Step, fields_at, place_of, steps_of
from minutebook.history.value_words import lower_first, word_choice
from minutebook.history.wording import word_change, word_due, word_event
from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.portfolio import RecordHistory
from minutebook.model.record_type import Field, RecordType
from minutebook.model.value import Money

PLANNED_ROLES = frozenset(["baseline", "target", "planned", "target_users", "training_planned"])
"""Roles of figures that somebody set: the day that those beside them speak of says nothing of these."""


def word_entry(
    entry: Entry, record: RecordHistory, record_type: RecordType, names: Names, *, with_path: bool = False
) -> tuple[str, ...]:
    """What one commit did to one record, for a timeline: a sentence a change.

    Where nothing could be read of the record before, it is told what it was from the first, not field by field.
    `with_path` names the file that it was created in.
    """
    before = record.at(entry.landing.position - 1)
    events = [change for change in entry.changes if change.kind.is_event]
    if not events or (before is not None and before.version is not None):
        return fold_days(tuple(told_changes(entry, record, record_type, names)))
    standing = _word_standing(entry, record, record_type, names)
    sentences = []
    for event in events:
        if event.kind is ChangeKind.CREATED:
            sentences.append(f"{word_event(event) if with_path else 'Created'}{standing}")
        elif event.kind is ChangeKind.READABLE:
            sentences.append(f"Readable for the first time{standing}")
        else:
            sentences.append(word_event(event))
    return tuple(sentences)


def _word_standing(entry: Entry, record: RecordHistory, record_type: RecordType, names: Names) -> str:
    """Where a commit left a record: " as accepted", ": planning, green, due 2026-12-18"; empty: it does not say."""
    state = record.at(entry.landing.position)
    if state is None:
        return ""
    values = (state.value_of(record_type, role) for role in ("status", "health"))
    status, health = (word_choice(value) if isinstance(value, str) else "" for value in values)
    due = word_due(state.value_of(record_type, "due"), record_type.published_role("due"), names)
    if status and not health and not due:
        return f" as {status}"
    known = [words for words in (status, health, due) if words]
    return f": {', '.join(known)}" if known else ""


def word_changes(entry: Entry, record: RecordHistory, record_type: RecordType, names: Names) -> tuple[str, ...]:
    """A sentence for each change of an entry, in its order."""
    return tuple(told.sentence for told in told_changes(entry, record, record_type, names))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A change and the field that it is of."""

    change: Change
    fields: tuple[Field, ...]
    """The definitions that its path runs through, as `fields_at` has them."""

    @property
    def field(self) -> Field | None:
        """The definition of the field that changed; None as in `Place`."""
        return self.fields[-1] if self.fields and len(self.fields) == len(steps_of(self.change.field)) else None

    @property
    def owner(self) -> tuple[Step, ...]:
        """The path of the object or item that the field is a part of; empty: it is the record's own."""
        return steps_of(self.change.field)[:-1]

    @property
    def day(self) -> str:
        """The words for the day that figures beside it speak of now; empty: it is no such day."""
        if self.field is None or self.field.role != "as_of" or not isinstance(self.change.after, dt.date):
            return ""
        return f"{lower_first(self.field.title)} {self.change.after.isoformat()}"

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure that the day beside it speaks of, and has a value now.

        That is the one reached, where there is such a one, and else each that nobody planned.
        """
        field = self.field
        if field is None or not self.owner or not isinstance(self.change.after, Decimal | Money):
            return False
        reached = self.fields[-2].with_role("actual")
        return field is reached if reached is not None else field.role not in PLANNED_ROLES


@dataclass(frozen=True, slots=True)
class ToldChange(FieldChange):
    """The same, with the sentence that tells of it."""

    sentence: str


def told_changes(entry: Entry, record: RecordHistory, record_type: RecordType, names: Names) -> Iterator[ToldChange]:
    """Each change of an entry with its sentence, in its order.

    Items are called by the title that they have after the commit, else by the one they had before.
    """
    after = record.at(entry.landing.position)
    before = record.at(entry.landing.position - 1)
    states = [state.version.fields for state in (after, before) if state is not None and state.version is not None]
    for change in entry.changes:
        place = place_of(change, record_type, states)
        fields = fields_at(record_type, change.field)
        yield ToldChange(change, fields, word_change(change, place.field, names, place=place))


def fold_days(told: Sequence[ToldChange]) -> tuple[str, ...]:
    """The sentences, the day of figures in those of the figures that changed with it, and not in one of its own."""
    days = days_of_figures(told)
    return tuple(
        f"{one.sentence}, {days[one.owner]}" if one.is_figure and one.owner in days else one.sentence
        for one in told
        if not (one.day and one.owner in days)
    )


def days_of_figures(changes: Sequence[FieldChange]) -> Mapping[tuple[Step, ...], str]:
    """The words for each day that figures which changed with it speak of, by the path that they are parts of."""
    days = {one.owner: one.day for one in changes if one.day}
    return {one.owner: days[one.owner] for one in changes if one.is_figure and one.owner in days} if days else {}
