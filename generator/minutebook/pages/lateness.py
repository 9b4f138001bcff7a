"""Days before or after a date, as a reader says them: two days in, "3 weeks late" out."""

from __future__ import annotations

from minutebook.history.value_words import count


def late_words(days: int) -> str:
    """How late something is, in the unit that a person would choose. `days` is at least 1."""
    return f"{span_words(days)} late"


def span_words(days: int) -> str:
    """A span of days, in full units: days up to two weeks, weeks up to two months, months up to two years, then years.

    A year has 365 days, and a month is the twelfth part of it.
    """
    months = days * 12 // 365
    if days < 14:
        return count(days, "day")
    if months < 2:
        return count(days // 7, "week")
    if months < 24:
        return count(months, "month")
    return count(days // 365, "year")
