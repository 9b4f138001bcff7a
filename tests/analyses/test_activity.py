"""How busy months were, and what landed since a day, held against commits made by hand."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from minutebook.analyses.activity import STEPS, activity_of, step_bounds
from minutebook.analyses.acts import UNDATED, Act, Month, acts_since
from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.commit import Commit, Landing, Moment, Person, Signature
from minutebook.model.configuration import Configuration
from minutebook.model.record import RecordKey

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
OFFICE = Configuration(title="Office", types={})


def act(position: int, clock: dt.datetime | None = NOON) -> Act:
    """A commit that changed one record."""
    moment = Moment(clock, "as written")
    signature = Signature(Person("Ana Li", ""), Person("Ana Li", ""), moment)
    landing = Landing(
        position, Commit(f"{position:040x}", (), signature, signature, "Edit", "Edit", ()), (), None, clock
    )
    change = Change("due", ChangeKind.DATE, "a", "b")
    return Act(landing, (Entry(RecordKey("task", "t"), landing, "t.md", moment, (), (change,)),))


def month(name: str, commits: int) -> Month:
    return Month(name, (act(0),) * commits)


def test_every_year_has_twelve_months_and_the_newest_year_comes_first() -> None:
    newest, oldest = activity_of([month("2025-12", 2), month("2026-01", 1), month("2026-03", 5)])
    assert (newest.name, newest.commits) == ("2026", 6)
    assert [one.month.name if one else None for one in newest.months] == ["2026-01", None, "2026-03", *[None] * 9]
    assert (oldest.name, oldest.commits) == ("2025", 2)
    assert oldest.months[11] is not None


def test_changes_without_a_valid_date_have_no_place_in_the_calendar() -> None:
    assert activity_of([month(UNDATED, 3)]) == ()


def test_a_date_far_off_brings_no_rows_of_years_in_which_nothing_happened() -> None:
    assert [year.name for year in activity_of([month("1970-01", 1), month("9999-12", 1)])] == ["9999", "1970"]


@given(st.lists(st.integers(1, 200), min_size=1, max_size=12))
def test_a_busier_month_never_has_a_lighter_shade(counts: list[int]) -> None:
    (year,) = activity_of([month(f"2026-{number:02d}", count) for number, count in enumerate(counts, 1)])
    found = sorted((len(one.month.acts), one.step) for one in year.months if one is not None)
    assert [step for _, step in found] == sorted(step for _, step in found)
    assert all(1 <= step <= STEPS for _, step in found)
    assert found[-1][1] == STEPS, "the busiest month"


@given(st.lists(st.integers(1, 200), min_size=1, max_size=12))
def test_months_of_one_shade_are_about_as_busy_and_the_legend_says_up_to_where(counts: list[int]) -> None:
    years = activity_of([month(f"2026-{number:02d}", count) for number, count in enumerate(counts, 1)])
    found = [(len(one.month.acts), one.step) for one in years[0].months if one is not None]
    assert all(STEPS * abs(a - b) < max(counts) for a, step in found for b, other in found if step == other)
    bounds = step_bounds(years)
    assert bounds == tuple(sorted(set(bounds))), "no step says the same as another"
    for count, step in found:
        upper = max(counts) * step // STEPS
        assert upper in bounds
        assert all(bound >= upper for bound in bounds if bound >= count), "the first that is not passed"


def test_a_month_with_190_commits_has_not_the_shade_of_one_with_78() -> None:
    (year,) = activity_of([month(f"2026-{number:02d}", count) for number, count in enumerate((76, 78, 190, 4, 3), 1)])
    assert [one.step for one in year.months if one is not None] == [2, 2, 4, 1, 1]


def test_what_landed_since_a_day_counts_that_day_and_nothing_undated() -> None:
    days = [None, NOON - dt.timedelta(days=2), NOON - dt.timedelta(days=1), NOON, NOON]
    acts = [act(position, clock) for position, clock in enumerate(days)]

    def positions(first: dt.date) -> list[int]:
        return [one.landing.position for one in acts_since(acts, first, OFFICE)]

    assert positions(dt.date(2026, 2, 28)) == [2, 3, 4]
    assert positions(dt.date(2026, 3, 2)) == []
    assert positions(dt.date(1, 1, 2)) == [1, 2, 3, 4]
