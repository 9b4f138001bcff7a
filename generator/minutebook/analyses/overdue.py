"""What is overdue: a Portfolio and a day in; every open date that lies before the day out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Value

DUE_ROLES = frozenset(["due", "follow_up", "planned"])
"""Roles of days by which something is to be done."""
DONE_ROLES = frozenset(["done", "met", "answered"])
"""Roles of days on which it was."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """One date that has passed."""

    key: RecordKey
    field: Field
    """The field that holds the date."""
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
    """The person who answers for the item, as it is written."""
    values: Fields | None = None
    """What the item says."""

    @property
    def is_own(self) -> bool:
        """Whether it is the day by which the record itself is due, and not one of its items or parts."""
        return self.items is None and self.part is None and self.field.role == "due"


def overdue_of(portfolio: Portfolio, configuration: Configuration, as_of: dt.date) -> tuple[Overdue, ...]:
    """Everything that is overdue, the longest first.

    A record or item counts where it can tell that it is finished: by a final status, or by a day on which it was done.
    Of a finished record only actions count: what a decision asks for begins when the decision is taken. Where a field
    that would tell of the end is not published, nothing counts.
    """
    found: list[Overdue] = []
    for key, state in portfolio.records.items():
        record_type = configuration.types.get(key.type)
        if record_type is not None and state.version is not None:
            found.extend(_of_record(key, record_type, state.version.fields, as_of))
    found.sort(key=lambda one: -one.days)
    return tuple(found)


def is_final(owner: RecordType | Field, values: Fields) -> bool | None:
    """Whether a record or item has reached a status in which nothing more is expected; None: that cannot be told."""
    status = owner.published_role("status")
    if status is None or status.lifecycle is None:
        return None
    return values.get(status.name) in status.lifecycle.final


def _of_record(key: RecordKey, record_type: RecordType, values: Fields, as_of: dt.date) -> Iterator[Overdue]:
    if is_secret(record_type, "status"):
        return
    final = is_final(record_type, values)
    for field in record_type.fields:
        value = values.get(field.name)
        if field.type is FieldType.ITEMS:
            for name, item in open_items(field, value, finished=final):
                yield from _of_item(key, field, name, item, as_of)
        elif final is not False:
            continue
        elif field.type is FieldType.OBJECT and isinstance(value, Mapping):
            yield from (replace(one, part=field) for one in _dates(key, field.fields, value, as_of))
        else:
            yield from _dates(key, (field,), values, as_of)


def open_items(items: Field, value: Value, *, finished: bool | None) -> Iterator[tuple[str, Fields]]:
    """The items of a list that can tell that they are finished and are not, with the id that each has.

    `finished`: whether their record is; then only actions are still to be done. None: that cannot be told.
    """
    if (finished and items.role != "actions") or not tells_end(items):
        return
    ends = [field for field in items.fields if field.role in DONE_ROLES]
    for name, item in items_of(value):
        if not (is_final(items, item) or any(item.get(field.name) is not None for field in ends)):
            yield name, item


def tells_end(items: Field) -> bool:
    """Whether the items of a list can tell that they are finished, and a reader may know it."""
    if any(is_secret(items, role) for role in ("status", *DONE_ROLES)):
        return False
    return is_final(items, {}) is not None or any(field.role in DONE_ROLES for field in items.fields)


def _of_item(key: RecordKey, items: Field, name: str, item: Fields, as_of: dt.date) -> Iterator[Overdue]:
    title, owner = (_word(items.published_role(role), item) for role in ("title", "owner"))
    for one in _dates(key, items.fields, item, as_of):
        yield replace(one, item=title or name, items=items, owner=owner, values=item)


def is_secret(owner: RecordType | Field, role: str) -> bool:
    """Whether a field of this role is not published: then nobody is told whether the thing is finished."""
    return any(field.role == role and not field.publish for field in owner.fields)


def _dates(key: RecordKey, fields: tuple[Field, ...], values: Fields, as_of: dt.date) -> Iterator[Overdue]:
    for field in fields:
        due = values.get(field.name)
        if field.role in DUE_ROLES and field.publish and isinstance(due, dt.date) and due < as_of:
            yield Overdue(key, field, due, (as_of - due).days)


def items_of(value: Value) -> Iterator[tuple[str, Fields]]:
    """Items with the id that each has; those of a list without ids have none."""
    if isinstance(value, Mapping):
        yield from ((name, item) for name, item in value.items() if isinstance(item, Mapping))
    elif isinstance(value, tuple):
        yield from (("", item) for item in value if isinstance(item, Mapping))


def _word(field: Field | None, values: Fields) -> str | None:
    value = values.get(field.name) if field is not None else None
    return value if isinstance(value, str) else None
