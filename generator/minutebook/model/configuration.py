"""portfolio.yml, read and checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from minutebook.model.record_type import RecordType


@dataclass(frozen=True, slots=True)
class Lineage:
    """The operator's word that one record continues another."""

    type: str
    before: str
    """The id it had."""
    after: str
    """The id it has."""


@dataclass(frozen=True)
class Configuration:
    """What portfolio.yml says. Paths in it are relative to the portfolio's root."""

    title: str
    types: Mapping[str, RecordType]
    """Those in use by name, in the order of the file."""
    root: str = ""
    """Where the portfolio lies in the repository, without slashes at its ends; empty: at the top."""
    time_zone: ZoneInfo = ZoneInfo("UTC")
    currency: str = "EUR"
    """ISO 4217 code of amounts that name none."""
    forge: str | None = None
    """The URL of the repository on its forge, without a slash at its end; None: commits have no link."""
    branch: str | None = None
    """The published branch; None: what HEAD names."""
    lineage: tuple[Lineage, ...] = ()
    description: str | None = None
    """What this portfolio is, for the home page."""
    search_texts: bool = False
    """Whether the search knows the whole texts of records, which makes its index many times as large."""
    places: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Where settings stand, by name: `file:line:column`."""

    def place_of(self, setting: str) -> str:
        """Where a setting stands, for a message about what only the repository can prove wrong."""
        return self.places.get(setting, "portfolio.yml")

    def day_of(self, when: dt.datetime) -> dt.date:
        """The calendar day of a moment in the portfolio's time zone; the first or last one where it lies beyond it."""
        try:
            return when.astimezone(self.time_zone).date()
        except OverflowError:
            return dt.date.max if when.year == dt.MAXYEAR else dt.date.min

    def end_of(self, day: dt.date) -> dt.datetime:
        """The last moment of a day in the portfolio's time zone, in UTC."""
        if day == dt.date.max:
            return dt.datetime.max.replace(tzinfo=dt.UTC)  # no day follows
        next_day = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), self.time_zone)
        return next_day.astimezone(dt.UTC) - dt.timedelta(microseconds=1)
