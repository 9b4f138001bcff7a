"""Small decisions of pages: order, tones, and which page of a month a change stands on."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.analyses.acts import Act, Month
from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.commit import Commit, Landing, Moment, Person, Signature
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, Lifecycle
from minutebook.pages.links import MONTH_PAGE_LINES, split_month
from minutebook.pages.shown import tone_of

ANA = Person("Ana Li", "ana@office.example")
NOW = Moment(dt.datetime(2026, 3, 1, tzinfo=dt.UTC), "1772323200 +0000")


def act(position: int, changes: list[int]) -> Act:
    """A commit that changed one record for each number, in so many ways."""
    signature = Signature(ANA, ANA, NOW)
    commit = Commit(f"{position:040x}", (), signature, signature, "Edit", "Edit", ())
    landing = Landing(position, commit, (), None, NOW.when)
    one = Change("due", ChangeKind.TEXT, "a", "b")
    return Act(
        landing,
        tuple(
            Entry(RecordKey("task", str(number)), landing, "a.md", NOW, (ANA,), (one,) * count)
            for number, count in enumerate(changes)
        ),
    )


@given(st.lists(st.lists(st.integers(1, 60), min_size=1, max_size=40), min_size=1, max_size=40), st.integers(1, 40))
def test_no_change_moves_to_another_page_when_more_lands(months: list[list[int]], earlier: int) -> None:
    acts = tuple(act(position, changes) for position, changes in enumerate(months))
    whole = split_month(Month("2026-03", acts))
    before = split_month(Month("2026-03", acts[:earlier]))
    places = {entry.identity: part.address for part in whole for entry in part.entries}
    for part in before:
        for entry in part.entries:
            assert places[entry.identity] == part.address
    assert sum(len(part.entries) for part in whole) == sum(len(changes) for changes in months)
    for part in whole:
        assert part.entries
        assert len(part.entries) == 1 or sum(1 + len(entry.changes) for entry in part.entries) <= MONTH_PAGE_LINES


@pytest.mark.parametrize(
    ("type_", "word", "tone"),
    [
        (FieldType.HEALTH, "fine", "good"),
        (FieldType.HEALTH, "so-so", "fair"),
        (FieldType.HEALTH, "bad", "poor"),
        (FieldType.HEALTH, "unheard of", "plain"),
        (FieldType.STATUS, "begun", "open"),
        (FieldType.STATUS, "over", "done"),
        (FieldType.STATUS, "unheard of", "plain"),
        (FieldType.ENUM, "fine", "plain"),
    ],
)
def test_a_tone_comes_from_the_place_in_the_vocabulary(type_: FieldType, word: str, tone: str) -> None:
    lifecycle = Lifecycle({"begun": ("over",), "over": ()}, frozenset(["over"]), frozenset())
    field = Field("x", type_, "X", values=("fine", "so-so", "bad"), lifecycle=lifecycle)
    assert tone_of(field, word) == tone
