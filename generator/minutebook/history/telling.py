"""What one commit did to a record goes in; the sentences that a timeline tells of it come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from minutebook.history.names import Names
from minutebook.history.places import Step, place_of, steps_of
from minutebook.history.value_words import count, lower_first
from minutebook.history.wording import word_change, word_event
from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.portfolio import RecordHistory
from minutebook.model.record_type import Field, RecordType
from minutebook.model.value import Money

TEXT_PATH = "text"
"""The path that stands for the Markdown in a change; no field may have this name."""


def word_entry(entry: Entry, record: RecordHistory, record_type: RecordType, names: Names) -> tuple[str, ...]:
    """What one commit did to one record, for a timeline: a sentence a change.

    Where nothing could be read of the record before, its fields are counted, not told one by one.
    """
    before = record.at(entry.landing.position - 1)
    events = [change for change in entry.changes if change.kind.is_event]
    if not events or (before is not None and before.version is not None):
        return fold_days(tuple(told_changes(entry, record, record_type, names)))
    fields = {steps_of(change.field)[0].name for change in entry.changes if not change.kind.is_event} - {TEXT_PATH}
    having = f" with {count(len(fields), 'field')}" if fields else ""
    sentences = []
    for event in events:
        if event.kind is ChangeKind.CREATED:
            sentences.append(f"{word_event(event)}{having}")
        elif event.kind is ChangeKind.READABLE:
            sentences.append(f"Readable for the first time{having}")
        else:
            sentences.append(word_event(event))
    return tuple(sentences)


def word_changes(entry: Entry, record: RecordHistory, record_type: RecordType, names: Names) -> tuple[str, ...]:
    """A sentence for each change of an entry, in its order."""
    return tuple(told.sentence for told in told_changes(entry, record, record_type, names))


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change and the sentence that tells of it."""

    change: Change
    field: Field | None
    """The definition of the field that changed; None as in `Place`."""
    sentence: str

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
        """Whether it is a figure that has a value now."""
        return isinstance(self.change.after, Decimal | Money)


def told_changes(entry: Entry, record: RecordHistory, record_type: RecordType, names: Names) -> Iterator[ToldChange]:
    """Each change of an entry with its sentence, in its order.

    Items are called by the title that they have after the commit, else by the one they had before.
    """
    after = record.at(entry.landing.position)
    before = record.at(entry.landing.position - 1)
    states = [state.version.fields for state in (after, before) if state is not None and state.version is not None]
    for change in entry.changes:
        place = place_of(change, record_type, states)
        yield ToldChange(change, place.field, word_change(change, place.field, names, place=place))


def fold_days(told: Sequence[ToldChange]) -> tuple[str, ...]:
    """The sentences, the day of figures in those of the figures that changed with it, and not in one of its own."""
    days = {one.owner: one.day for one in told if one.day}
    if not days:
        return tuple(one.sentence for one in told)
    dated = {one.owner for one in told if one.is_figure and one.owner in days}
    sentences = []
    for one in told:
        if one.owner in dated and one.is_figure:
            sentences.append(f"{one.sentence}, {days[one.owner]}")
        elif one.owner not in dated or not one.day:
            sentences.append(one.sentence)
    return tuple(sentences)
