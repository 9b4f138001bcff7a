"""Days before a date, as a reader says them: so many days up to a day in, "3 weeks late" out."""

from __future__ import annotations

import datetime as dt

from minutebook.history.value_words import count


def late_words(days: int, until: dt.date) -> str:
    """How late something is on a day, in the unit that a person would choose. `days` is at least 1."""
    return f"{span_words(days, until)} late"


def span_words(days: int, until: dt.date) -> str:
    """The days that end with `until`, in full units: days, from 14 on weeks, then months, from 36 on years.

    Months are those of the calendar: from 2025-09-30 to 2026-10-30 there are 13.
    """
    since = until - dt.timedelta(days)
    months = 12 * (until.year - since.year) + until.month - since.month - (until.day < since.day)
    if days < 14:
        return count(days, "day")
    if months < 2:
        return count(days // 7, "week")
    if months < 36:
        return count(months, "month")
    return count(months // 12, "year")
