"""What is told of the end of records and items, by their statuses and by the days on which they were done."""

from __future__ import annotations

import pytest

from minutebook.analyses.ending import Ending, ending_of, open_items, record_ending, tells_end
from minutebook.analyses.items import items_of
from minutebook.model.portfolio import RecordState
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, Lifecycle, RecordType
from minutebook.model.value import Value

STATUS = Field(
    "state",
    FieldType.STATUS,
    "State",
    role="status",
    values=("open", "shut"),
    lifecycle=Lifecycle({"open": ("shut",), "shut": ()}, frozenset(["shut"]), frozenset()),
)
HIDDEN = Field("state", FieldType.STATUS, "State", role="status", lifecycle=STATUS.lifecycle, publish=False)
WORDS_ONLY = Field("state", FieldType.STATUS, "State", role="status", values=("open", "shut"))
REACHED = Field("reached", FieldType.DATE, "Reached", role="done")


def type_of(*fields: Field) -> RecordType:
    return RecordType("task", "Task", "Tasks", ("tasks/{id}.yml",), fields)


def items(*fields: Field, role: str | None = None) -> Field:
    return Field("steps", FieldType.ITEMS, "Steps", role=role, fields=fields)


@pytest.mark.parametrize(
    ("status", "said", "ending"),
    [
        (STATUS, "open", Ending.OPEN),
        (STATUS, "unheard of", Ending.OPEN),
        (STATUS, None, Ending.OPEN),
        (STATUS, "shut", Ending.FINISHED),
        (WORDS_ONLY, "shut", Ending.UNTOLD),
        (HIDDEN, "shut", Ending.UNTOLD),
        (REACHED, "shut", Ending.UNTOLD),
    ],
    ids=["open", "outside the lifecycle", "empty", "final", "no lifecycle", "not published", "no status"],
)
def test_a_final_status_tells_that_a_thing_is_finished(status: Field, said: str | None, ending: Ending) -> None:
    for owner in (type_of(status), items(status)):
        assert ending_of(owner, {"state": said}) is ending


def test_of_a_record_that_could_never_be_read_no_end_is_told() -> None:
    state = RecordState(RecordKey("task", "t"), "tasks/t.yml", version=None, removed=False, unreadable=None)
    assert record_ending(type_of(STATUS), state) is Ending.UNTOLD


STEPS: Value = {
    "a": {"state": "open"},
    "b": {"state": "shut"},
    "c": {"reached": "2026-01-01"},
    "d": {},
}


@pytest.mark.parametrize(
    ("fields", "still"),
    [
        ((STATUS,), ["a", "c", "d"]),
        ((REACHED,), ["a", "b", "d"]),
        ((STATUS, REACHED), ["a", "d"]),
        ((), []),
        ((HIDDEN, REACHED), []),
    ],
    ids=["by its status", "by its day", "by either", "by nothing", "its status is not published"],
)
def test_an_item_is_open_while_neither_its_status_nor_a_day_tells_its_end(
    fields: tuple[Field, ...], still: list[str]
) -> None:
    steps = items(*fields)
    assert tells_end(steps) == bool(still)
    assert [name for name, _ in open_items(steps, STEPS, Ending.OPEN)] == still


@pytest.mark.parametrize(
    ("record", "role", "still"),
    [
        (Ending.FINISHED, "milestones", []),
        (Ending.FINISHED, "actions", ["a", "c", "d"]),
        (Ending.OPEN, "milestones", ["a", "c", "d"]),
        (Ending.UNTOLD, "milestones", ["a", "c", "d"]),
    ],
)
def test_of_a_finished_record_only_actions_are_still_to_be_done(record: Ending, role: str, still: list[str]) -> None:
    assert [name for name, _ in open_items(items(STATUS, role=role), STEPS, record)] == still


def test_items_without_ids_are_items_too_and_what_is_no_item_is_none() -> None:
    assert list(items_of(({"state": "open"}, "a word", {"state": "shut"}))) == [
        ("", {"state": "open"}),
        ("", {"state": "shut"}),
    ]
    assert list(items_of({"a": {"state": "open"}, "b": "a word"})) == [("a", {"state": "open"})]
    assert list(items_of("a word")) == list(items_of(None)) == []
