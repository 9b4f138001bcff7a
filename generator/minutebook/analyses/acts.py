"""What each mainline commit did to the portfolio, by month: a History in, acts and months out, oldest first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from minutebook.model.change import Entry
from minutebook.model.commit import Landing, Moment
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History

BULK_RECORDS = 10
"""From so many records on, a commit that did the same to nearly all of them was made by a machine or a broom."""
BULK_SHARE = 0.8
"""The part of the records that must have met the same kinds of change."""
UNDATED = "undated"
"""The name of the month of acts that landed before any valid time."""


@dataclass(frozen=True, slots=True)
class Act:
    """One mainline commit and what it did to each record it touched."""

    landing: Landing
    entries: tuple[Entry, ...]
    """In the order of the records; never empty."""

    @property
    def is_bulk(self) -> bool:
        """Whether it is a mechanical edit: many records, the same kind of change."""
        return self.usual_share >= BULK_SHARE and len(self.entries) >= BULK_RECORDS

    @property
    def usual_share(self) -> float:
        """The part of its records that met the commonest set of kinds of change, 0 to 1."""
        kinds = Counter(frozenset(change.kind for change in entry.changes) for entry in self.entries)
        return kinds.most_common(1)[0][1] / len(self.entries)


@dataclass(frozen=True, slots=True)
class Month:
    """The acts of one calendar month of the portfolio's time zone."""

    name: str
    """`2026-03`, or `undated`."""
    acts: tuple[Act, ...]

    @property
    def records(self) -> int:
        """How many different records it touched."""
        return len({entry.key for act in self.acts for entry in act.entries})


def acts_of(history: History) -> tuple[Act, ...]:
    """Every mainline commit that changed a record, oldest first."""
    grouped = groupby(history.entries(), key=lambda entry: entry.landing.position)
    found: list[Act] = []
    for _, entries in grouped:
        together = tuple(entries)
        found.append(Act(landing=together[0].landing, entries=together))
    return tuple(found)


def months_of(acts: Iterable[Act], configuration: Configuration) -> Iterator[Month]:
    """The acts by month, oldest first. The clock of the mainline gives the month, so that its order stands."""
    for name, together in groupby(acts, key=lambda act: month_name(act.landing, configuration)):
        yield Month(name=name, acts=tuple(together))


def month_name(landing: Landing, configuration: Configuration) -> str:
    """The month that a commit landed in, by the running maximum of landed times."""
    day = mainline_day(landing, configuration)
    return f"{day.year:04d}-{day.month:02d}" if day is not None else UNDATED


def mainline_day(landing: Landing, configuration: Configuration) -> dt.date | None:
    """The day of a commit by the running maximum of landed times, which never falls; None: no valid time up to it."""
    return configuration.day_of(landing.clock) if landing.clock is not None else None


def landed_on(moment: Moment, configuration: Configuration) -> dt.date | None:
    """The day of a landing as its committer claims it; None: git holds that time badly."""
    return configuration.day_of(moment.when) if moment.when is not None else None


def acts_since(acts: Sequence[Act], first: dt.date, configuration: Configuration) -> tuple[Act, ...]:
    """The acts that landed on a day or after it, by the clock of the mainline, oldest first."""
    start = len(acts)
    while start and (mainline_day(acts[start - 1].landing, configuration) or dt.date.min) >= first:
        start -= 1
    return tuple(acts[start:])
