"""Days before a date, as a reader says them: so many days up to a day in, "3 weeks", "400 days (13 months)" out.

One rule for every page and command: where a reader asks how long, `span_words`; where the days themselves are what
changed or was promised, `exact_span`.
"""

from __future__ import annotations

import datetime as dt

from minutebook.history.value_words import count

HARD_TO_GRASP = 60
"""From so many days on, a number of them is told in months or years too."""


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


def exact_span(days: int, until: dt.date) -> str:
    """The days that end with `until`, all of them, with the same in a larger unit where they are many."""
    exact = count(days, "day")
    return f"{exact} ({span_words(days, until)})" if days >= HARD_TO_GRASP else exact
