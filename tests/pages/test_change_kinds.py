"""What sort of change a line tells of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.commit import Commit, Landing, Moment, Person, Signature
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Money, Value
from minutebook.pages.change_kinds import KIND_ORDER, KIND_WORDS, kinds_of

MONEY_FIELDS = (
    Field("guess", FieldType.MONEY, "Forecast", role="forecast"),
    Field("day", FieldType.DATE, "As of", role="as_of"),
)
FIELDS = (
    Field("end", FieldType.DATE, "Due", role="due"),
    Field("purse", FieldType.OBJECT, "Budget", role="budget", fields=MONEY_FIELDS),
)
TASK = RecordType(name="task", title="Task", plural="Tasks", paths=("t.md",), fields=FIELDS)
NOW = Moment(dt.datetime(2026, 3, 1, tzinfo=dt.UTC), "1772323200 +0000")


def entry(*changes: Change) -> Entry:
    signature = Signature(Person("Ana Li", ""), Person("Ana Li", ""), NOW)
    landing = Landing(0, Commit("0" * 40, (), signature, signature, "Edit", "Edit", ()), (), None, NOW.when)
    return Entry(RecordKey("task", "t"), landing, "t.md", NOW, (), changes)


def day(field: str) -> Change:
    return Change(field, ChangeKind.DATE, dt.date(2026, 2, 1), dt.date(2026, 3, 1))


def forecast(after: Value) -> Change:
    return Change("purse.guess", ChangeKind.MONEY, Money(Decimal(3), None), after)


def test_every_kind_of_change_has_a_word() -> None:
    assert set(KIND_WORDS) == set(ChangeKind)
    assert len(KIND_ORDER) == len(set(KIND_WORDS.values()))


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([ChangeKind.STATUS, ChangeKind.DATE, ChangeKind.STATUS], ("status", "dates")),
        ([ChangeKind.PROSE, ChangeKind.MARKDOWN], ("text",)),
        ([ChangeKind.MOVED, ChangeKind.HEALTH], ("renamed or moved", "health")),
        ([ChangeKind.CREATED, ChangeKind.STATUS, ChangeKind.DATE], ("created",)),
        ([ChangeKind.RESTORED, ChangeKind.DATE], ("restored", "dates")),
    ],
)
def test_a_line_answers_with_each_word_once(kinds: list[ChangeKind], words: tuple[str, ...]) -> None:
    assert kinds_of(entry(*(Change("", kind, None, None) for kind in kinds)), TASK) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ((forecast(Money(Decimal(4), None)), day("purse.day")), ("money",)),
        ((forecast(Money(Decimal(4), None)), day("purse.day"), day("end")), ("money", "dates")),
        ((forecast(None), day("purse.day")), ("money", "dates")),
        ((day("purse.day"),), ("dates",)),
    ],
)
def test_a_day_that_only_dates_the_figures_beside_it_is_no_change_of_dates(
    changes: tuple[Change, ...], words: tuple[str, ...]
) -> None:
    assert kinds_of(entry(*changes), TASK) == words
