"""In which order a reader wants things: items in, what is open and weighs most first out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from math import prod

from minutebook.analyses.ending import Ending, ending_of
from minutebook.history.value_words import is_ordinary
from minutebook.model.record_type import Field
from minutebook.model.value import Fields

WEIGHING_ROLES = ("likelihood", "urgency", "impact")
"""Figures whose product tells how much an item weighs, as far as its list has them."""


def ranked(items: Field, rows: Sequence[Fields]) -> list[Fields]:
    """Those that are not finished first, then by weight, then by the day that they are due; else in their order.

    Items without a figure or a day come after those that have one.
    """
    weighing = [field for field in map(items.published_role, WEIGHING_ROLES) if field is not None]
    due = items.published_role("due")

    def rank(row: Fields) -> tuple[bool, Decimal, dt.date]:
        day = row.get(due.name) if due is not None else None
        is_over = ending_of(items, row) is Ending.FINISHED
        return (is_over, -_weight(weighing, row), day if isinstance(day, dt.date) else dt.date.max)

    return sorted(rows, key=rank)


def _weight(weighing: Sequence[Field], row: Fields) -> Decimal:
    figures = [row.get(field.name) for field in weighing]
    known = [figure for figure in figures if isinstance(figure, Decimal) and is_ordinary(figure)]
    return Decimal(prod(known)) if known and len(known) == len(figures) else Decimal(0)
