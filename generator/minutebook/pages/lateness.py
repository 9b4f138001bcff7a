"""Days before or after a date, as a reader says them: two days in, "3 weeks late" out."""

from __future__ import annotations


def late_words(days: int) -> str:
    """How late something is, in the unit that a person would choose. `days` is at least 1."""
    return f"{span_words(days)} late"


def span_words(days: int) -> str:
    """A span of days: days up to two weeks, weeks up to two months, then months, then years."""
    if days < 14:
        return _many(days, "day")
    if days < 61:
        return _many(days // 7, "week")
    if days < 731:
        return _many(round(days / 30.44), "month")
    return _many(days // 365, "year")


def _many(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
