"""When bodies last met and meet next: a Portfolio and a day in, the meetings around it and by when one is due out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from minutebook.analyses.decisions import Decisions
from minutebook.analyses.relations import Relation
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


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a body met and meets."""

    last: Meeting | None
    """The last meeting that is recorded up to the day; None: there is none."""
    next: Meeting | None
    """The first that is planned after it; None: there is none."""
    due: dt.date | None
    """By when it is to meet again, perhaps long ago; None: a meeting is planned, or that cannot be told."""


def rhythms_of(
    portfolio: Portfolio,
    configuration: Configuration,
    relations: Mapping[RecordKey, Sequence[Relation]],
    decisions: Decisions,
    as_of: dt.date,
) -> Mapping[RecordKey, Rhythm]:
    """The rhythm of each body that stands, has met or is going to meet: of each record that records name as theirs.

    One that decided since it last met has met, or did not need to: nobody can tell by when its next meeting is due.
    """
    found: dict[RecordKey, Rhythm] = {}
    for body, named_by in relations.items():
        sources = [one.source for one in named_by if one.field.role == "body"]
        state = portfolio.records.get(body)
        if not sources or state is None:
            continue
        last = last_meeting(portfolio, configuration, as_of, sources)
        planned = next_meeting(portfolio, configuration, as_of, sources)
        due = None
        if last is not None and planned is None and not _decided_since(last, sources, decisions):
            due = next_due(last, state.value_of(configuration.types[body.type], "cadence"))
        if last is not None or planned is not None:
            found[body] = Rhythm(last, planned, due)
    return found


def _decided_since(last: Meeting, sources: Iterable[RecordKey], decisions: Decisions) -> bool:
    found = (decisions.by_key.get(source) for source in sources)
    return any(one is not None and one.decided is not None and one.decided > last.day for one in found)


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
        day = state.day_of(configuration.types[key.type], "date")
        if day is not None:
            yield Meeting(key, day)


def _all_fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Fields with those of their items and objects."""
    for field in fields:
        yield field
        yield from _all_fields(field.fields)
