"""What is overdue: a Portfolio, the rhythm of its bodies and a day in; every open date that lies before it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from minutebook.analyses.ending import Ending, ending_of, is_secret, open_items
from minutebook.analyses.meetings import Rhythm
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields

DUE_ROLES = frozenset(["due", "follow_up", "planned"])
"""Roles of days by which something is to be done."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """One date that has passed."""

    key: RecordKey
    field: Field
    """The field that holds the date, or from which it follows: a body's cadence."""
    due: dt.date
    days: int
    """How many days ago it was; at least 1."""
    item: str | None = None
    """The title of the milestone, action or other item, or its id; None: the record itself is overdue."""
    items: Field | None = None
    """The list that holds the item."""
    part: Field | None = None
    """The object that holds the date, where it is neither the record's own nor an item's."""
    owner: str | None = None
    """The person who answers for the item or for the meeting that was missed, as it is written."""
    values: Fields | None = None
    """What the item says."""

    @property
    def is_own(self) -> bool:
        """Whether it is the day by which the record itself is due, or is to meet, and not one of its items or parts."""
        return self.items is None and self.part is None and self.field.role in ("due", "cadence")

    @property
    def is_meeting(self) -> bool:
        """Whether a body is overdue to meet."""
        return self.field.role == "cadence"


def overdue_of(
    portfolio: Portfolio, configuration: Configuration, rhythms: Mapping[RecordKey, Rhythm], as_of: dt.date
) -> tuple[Overdue, ...]:
    """Everything that is overdue, the longest first.

    A record or item counts where it can tell that it is finished: by a final status, or by a day on which it was done.
    Of a finished record only actions count: what a decision asks for begins when the decision is taken. Where a field
    that would tell of the end is not published, nothing counts. A body that was to meet and did not is overdue, too,
    unless it is finished.
    """
    found: list[Overdue] = []
    for key, state in portfolio.records.items():
        record_type = configuration.types.get(key.type)
        if record_type is not None and state.version is not None:
            found.extend(_of_record(key, record_type, state.version.fields, as_of))
            found.extend(_of_body(key, record_type, state.version.fields, rhythms.get(key), as_of))
    found.sort(key=lambda one: -one.days)
    return tuple(found)


def _of_record(key: RecordKey, record_type: RecordType, values: Fields, as_of: dt.date) -> Iterator[Overdue]:
    if is_secret(record_type, "status"):
        return
    ending = ending_of(record_type, values)
    for field in record_type.fields:
        value = values.get(field.name)
        if field.type is FieldType.ITEMS:
            for name, item in open_items(field, value, ending):
                yield from _of_item(key, field, name, item, as_of)
        elif ending is not Ending.OPEN:
            continue
        elif field.type is FieldType.OBJECT and isinstance(value, Mapping):
            yield from (replace(one, part=field) for one in _dates(key, field.fields, value, as_of))
        else:
            yield from _dates(key, (field,), values, as_of)


def _of_body(
    key: RecordKey, record_type: RecordType, values: Fields, rhythm: Rhythm | None, as_of: dt.date
) -> Iterator[Overdue]:
    """The meeting that a body missed."""
    cadence = record_type.published_role("cadence")
    if rhythm is None or rhythm.due is None or cadence is None or rhythm.due >= as_of:
        return
    if not is_secret(record_type, "status") and ending_of(record_type, values) is not Ending.FINISHED:
        chair = _word(record_type.published_role("chair"), values)
        yield Overdue(key, cadence, rhythm.due, (as_of - rhythm.due).days, owner=chair)


def _of_item(key: RecordKey, items: Field, name: str, item: Fields, as_of: dt.date) -> Iterator[Overdue]:
    title, owner = (_word(items.published_role(role), item) for role in ("title", "owner"))
    for one in _dates(key, items.fields, item, as_of):
        yield replace(one, item=title or name, items=items, owner=owner, values=item)


def _dates(key: RecordKey, fields: tuple[Field, ...], values: Fields, as_of: dt.date) -> Iterator[Overdue]:
    for field in fields:
        due = values.get(field.name)
        if field.role in DUE_ROLES and field.publish and isinstance(due, dt.date) and due < as_of:
            yield Overdue(key, field, due, (as_of - due).days)


def _word(field: Field | None, values: Fields) -> str | None:
    value = values.get(field.name) if field is not None else None
    return value if isinstance(value, str) else None
