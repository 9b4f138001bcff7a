"""When a body last met: a Portfolio and a day in, the last meeting on or before the day out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that took place."""

    key: RecordKey
    day: dt.date


def last_meeting(portfolio: Portfolio, configuration: Configuration, as_of: dt.date) -> Meeting | None:
    """The last meeting of any body, of the records that stand; None: none is recorded up to the day.

    Of several on one day it is the first in the order of the records.
    """
    types = meeting_types(configuration)
    found: Meeting | None = None
    for key, state in portfolio.records.items():
        if key.type not in types:
            continue
        day = state.value_of(configuration.types[key.type], "date")
        if isinstance(day, dt.date) and day <= as_of and (found is None or day > found.day):
            found = Meeting(key, day)
    return found


def meeting_types(configuration: Configuration) -> frozenset[str]:
    """The published record types whose records are meetings: those that fields with that role lead to."""
    named = (
        name
        for record_type in configuration.types.values()
        for field in _all_fields(record_type.fields)
        if field.role == "meeting"
        for name in field.to
    )
    return frozenset(name for name in named if name in configuration.types and configuration.types[name].publish)


def _all_fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Fields with those of their items and objects."""
    for field in fields:
        yield field
        yield from _all_fields(field.fields)
