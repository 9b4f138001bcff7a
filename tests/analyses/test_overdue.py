"""What is overdue, held against small portfolios."""

from __future__ import annotations

import datetime as dt

import pytest

from minutebook.analyses.overdue import Overdue, overdue_of
from minutebook.model.record import RecordKey
from tests.analyses.office import OFFICE
from tests.support.reading import configure, history_of
from tests.support.repository_builder import RepositoryBuilder

TODAY = dt.date(2026, 3, 31)


def overdue(repo: RepositoryBuilder, content: str) -> tuple[Overdue, ...]:
    repo.write("tasks/t.yml", content)
    repo.commit("Write it")
    history = history_of(repo.path, OFFICE)
    return overdue_of(history.portfolio(history.commits - 1), configure(OFFICE), {}, TODAY)


def test_an_open_record_past_its_day_is_overdue_by_so_many_days(repo: RepositoryBuilder) -> None:
    (found,) = overdue(repo, "state: open\nby: 2026-03-01\n")
    assert (found.key, found.field.name, found.days, found.item) == (RecordKey("task", "t"), "by", 30, None)


@pytest.mark.parametrize(
    "content",
    [
        "state: shut\nby: 2026-03-01\nsteps: [{id: a, when: 2026-01-01}]\n",
        "state: open\nby: 2026-03-31\n",
        "state: open\nby: 2026-31-01\n",
        "steps: [{id: a, when: 2026-01-01, reached: 2026-02-01}]\n",
        "todo: [{id: a, when: 2026-01-01, state: shut}]\n",
        "promises: [{id: a, when: 2026-01-01}]\n",
    ],
    ids=[
        "a final record",
        "due today",
        "an impossible day",
        "a step reached",
        "an item shut",
        "no way to tell its end",
    ],
)
def test_nothing_of_it_is_overdue(repo: RepositoryBuilder, content: str) -> None:
    assert overdue(repo, content) == ()


def test_items_and_parts_of_objects_are_overdue_with_their_names_and_owners_the_longest_first(
    repo: RepositoryBuilder,
) -> None:
    found = overdue(
        repo,
        "state: open\n"
        "uptake: {look: 2026-03-30}\n"
        "steps: [{id: a, name: Open the depot, when: 2026-03-20}, {id: b, when: 2026-03-10}]\n"
        "todo: [{id: c, who: ana, when: 2026-03-01}]\n",
    )
    assert [(one.days, one.item, one.owner, one.items and one.items.name) for one in found] == [
        (30, "c", "ana", "todo"),
        (21, "b", None, "steps"),
        (11, "Open the depot", None, "steps"),
        (1, None, None, None),
    ]


def test_an_action_stays_overdue_when_its_record_is_finished(repo: RepositoryBuilder) -> None:
    (found,) = overdue(repo, "state: shut\ntodo: [{id: c, when: 2026-03-30}]\nsteps: [{id: a, when: 2026-01-01}]\n")
    assert found.item == "c"


def test_a_record_that_cannot_tell_its_end_is_not_overdue(repo: RepositoryBuilder) -> None:
    repo.write("aims/a.yml", "by: 2026-01-01\n")
    assert overdue(repo, "state: open\n") == ()


@pytest.mark.parametrize(
    ("hidden", "content"),
    [
        (
            "state: {type: status, role: status, lifecycle: {open: [shut], shut: {final: true}}}\n      by",
            "by: 2026-01-01",
        ),
        ("reached: {type: date, role: done}", "steps: [{id: a, when: 2026-01-01}]"),
    ],
    ids=["the status of the record", "the day on which a step was reached"],
)
def test_what_is_not_known_to_be_open_because_a_field_is_not_published_is_not_overdue(
    hidden: str, content: str, repo: RepositoryBuilder
) -> None:
    secret = OFFICE.replace(hidden, hidden.replace("role:", "publish: false, role:", 1))
    assert secret != OFFICE
    repo.write("tasks/t.yml", content + "\n")
    repo.commit("Write it")
    history = history_of(repo.path, secret)
    assert overdue_of(history.portfolio(history.commits - 1), configure(secret), {}, TODAY) == ()
