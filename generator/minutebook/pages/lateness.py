"""Days before a date, as a reader says them: so many days up to a day in, "3 weeks late" out."""

from __future__ import annotations

import datetime as dt

from minutebook.history.spans import span_words


def late_words(days: int, until: dt.date) -> str:
    """How late something is on a day, in the unit that a person would choose. `days` is at least 1."""
    return f"{span_words(days, until)} late"
