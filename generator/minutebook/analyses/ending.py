"""Whether things are finished: a type or list and values in; how far that is told, and the items still open, out."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from minutebook.analyses.items import items_of
from minutebook.model.portfolio import RecordState
from minutebook.model.record_type import Field, RecordType
from minutebook.model.value import Fields, Value

DONE_ROLES = frozenset(["done", "met", "answered"])
"""Roles of days on which something was done."""


class Ending(Enum):
    """What a status tells of the end of a record or item."""

    OPEN = "open"
    """Something is still expected of it."""
    FINISHED = "finished"
    """It has reached a status in which nothing more is."""
    UNTOLD = "untold"
    """It has no status with a lifecycle, that status is not published, or the record could never be read."""


def ending_of(owner: RecordType | Field, values: Fields) -> Ending:
    """How far it is told that a record or item is finished. `owner` is its type, or the list that holds it."""
    status = owner.published_role("status")
    if status is None or status.lifecycle is None:
        return Ending.UNTOLD
    return Ending.FINISHED if values.get(status.name) in status.lifecycle.final else Ending.OPEN


def record_ending(record_type: RecordType, state: RecordState) -> Ending:
    """How far it is told that a record is finished, by its last good version."""
    return ending_of(record_type, state.version.fields) if state.version is not None else Ending.UNTOLD


def open_items(items: Field, value: Value, record: Ending) -> Iterator[tuple[str, Fields]]:
    """The items of a list that can tell that they are finished and are not, with the id that each has.

    `record` is what their record tells of itself: where that is finished, only actions are still to be done.
    """
    if (record is Ending.FINISHED and items.role != "actions") or not tells_end(items):
        return
    ends = [field for field in items.fields if field.role in DONE_ROLES]
    for name, item in items_of(value):
        is_done = any(item.get(field.name) is not None for field in ends)
        if not is_done and ending_of(items, item) is not Ending.FINISHED:
            yield name, item


def tells_end(items: Field) -> bool:
    """Whether the items of a list can tell that they are finished, and a reader may know it."""
    if any(is_secret(items, role) for role in ("status", *DONE_ROLES)):
        return False
    return ending_of(items, {}) is not Ending.UNTOLD or any(field.role in DONE_ROLES for field in items.fields)


def is_secret(owner: RecordType | Field, role: str) -> bool:
    """Whether a field of this role is not published: then nobody is told whether the thing is finished."""
    return any(field.role == role and not field.publish for field in owner.fields)
