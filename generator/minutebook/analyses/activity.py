"""How much landed when: months in, a calendar of years and their twelve months out, the newest year first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minutebook.analyses.acts import UNDATED, Month

STEPS = 4
"""In so many steps a month is told to be quiet or busy, each as wide as the next: of 40 commits at most, by tens."""


@dataclass(frozen=True, slots=True)
class MonthActivity:
    """One month in which something landed."""

    month: Month
    step: int
    """1 to `STEPS`: how busy it was beside the busiest month of this portfolio, by its number of commits."""


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
    most = max((len(month.acts) for month in dated.values()), default=0)
    return tuple(_year(year, dated, most) for year in sorted({name[:4] for name in dated}, reverse=True))


def step_bounds(years: Sequence[YearActivity]) -> tuple[int, ...]:
    """Up to how many commits each step goes, the quietest first; the last is the busiest month. None twice."""
    most = max((len(active.month.acts) for year in years for active in year.months if active is not None), default=0)
    return tuple(dict.fromkeys(most * step // STEPS for step in range(1, STEPS + 1) if most * step >= STEPS))


def _year(year: str, dated: Mapping[str, Month], most: int) -> YearActivity:
    found = [dated.get(f"{year}-{number:02d}") for number in range(1, 13)]
    return YearActivity(
        name=year,
        months=tuple(MonthActivity(month, -(-STEPS * len(month.acts) // most)) if month else None for month in found),
        commits=sum(len(month.acts) for month in found if month is not None),
    )
