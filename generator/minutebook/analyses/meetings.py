"""When a body last met and meets next: a Portfolio and a day in, the meetings before and after the day out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field

LONGEST_CADENCE = 3_660
"""Days: a body that is to meet less often than every ten years has no cadence."""
LAST_DAY = dt.date.max - dt.timedelta(days=LONGEST_CADENCE)
"""From which on no calendar has the day of the next meeting."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was held, or is to be."""

    key: RecordKey
    day: dt.date


def last_meeting(
    portfolio: Portfolio, configuration: Configuration, as_of: dt.date, among: Iterable[RecordKey] | None = None
) -> Meeting | None:
    """The last meeting of any body, of the records that stand; None: none is recorded up to the day.

    `among` are the records to look at, by default all. Of several on one day it is the first in their order.
    """
    among = portfolio.records if among is None else among
    held = (one for one in _meetings(portfolio, configuration, among) if one.day <= as_of)
    return max(held, key=lambda one: one.day, default=None)


def next_meeting(
    portfolio: Portfolio, configuration: Configuration, as_of: dt.date, among: Iterable[RecordKey]
) -> Meeting | None:
    """The first meeting after the day, of some records; None: none is planned. Of several it is the first of them."""
    planned = (one for one in _meetings(portfolio, configuration, among) if one.day > as_of)
    return min(planned, key=lambda one: one.day, default=None)


def next_due(last: Meeting, days: object) -> dt.date | None:
    """The day by which a body is to meet again that meets every so many `days`; None: they are no such number."""
    if not isinstance(days, Decimal) or not 1 <= days <= LONGEST_CADENCE or last.day > LAST_DAY:
        return None
    return last.day + dt.timedelta(days=int(days))


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


def _meetings(portfolio: Portfolio, configuration: Configuration, among: Iterable[RecordKey]) -> Iterator[Meeting]:
    """Those of some records that stand and are meetings with a day."""
    types = meeting_types(configuration)
    for key in among:
        state = portfolio.records.get(key)
        if key.type not in types or state is None:
            continue
        day = state.value_of(configuration.types[key.type], "date")
        if isinstance(day, dt.date):
            yield Meeting(key, day)


def _all_fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Fields with those of their items and objects."""
    for field in fields:
        yield field
        yield from _all_fields(field.fields)
