"""How much landed when: months in, a calendar of years and their twelve months out, the newest year first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minutebook.analyses.acts import UNDATED, Month

STEPS = 4
"""In so many steps a month is told to be quiet or busy; each holds about as many months as the next."""


@dataclass(frozen=True, slots=True)
class MonthActivity:
    """One month in which something landed."""

    month: Month
    step: int
    """1 to `STEPS`: how busy it was among the months of this portfolio, by its rank."""


@dataclass(frozen=True, slots=True)
class YearActivity:
    """One calendar year."""

    name: str
    """`2026`."""
    months: tuple[MonthActivity | None, ...]
    """January to December; None: nothing landed."""
    commits: int
    """How many commits changed a record, in the whole year."""


def activity_of(months: Sequence[Month]) -> tuple[YearActivity, ...]:
    """Every year in which something landed. Months without a valid date have no place in a calendar."""
    # Years in which nothing landed are left out: one commit with a date far off would bring thousands of them.
    dated = {month.name: month for month in months if month.name != UNDATED}
    counts = sorted(len(month.acts) for month in dated.values())
    return tuple(_year(year, dated, counts) for year in sorted({name[:4] for name in dated}, reverse=True))


def _year(year: str, dated: Mapping[str, Month], counts: Sequence[int]) -> YearActivity:
    found = [dated.get(f"{year}-{number:02d}") for number in range(1, 13)]
    return YearActivity(
        name=year,
        months=tuple(
            MonthActivity(month, 1 + STEPS * bisect_left(counts, len(month.acts)) // len(counts)) if month else None
            for month in found
        ),
        commits=sum(len(month.acts) for month in found if month is not None),
    )
