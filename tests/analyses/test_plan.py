"""Which step comes next, told from what a record says of its own."""

from __future__ import annotations

import datetime as dt

import pytest

from minutebook.analyses.plan import next_step
from tests.analyses.office import OFFICE
from tests.support.reading import configure, history_of
from tests.support.repository_builder import RepositoryBuilder

AS_OF = dt.date(2026, 1, 1)


def next_of(repo: RepositoryBuilder, content: str, configuration: str = OFFICE) -> tuple[str, dt.date] | None:
    repo.write("tasks/t.yml", content)
    repo.commit("Write it")
    history = history_of(repo.path, configuration)
    (state,) = history.portfolio(history.commits - 1).records.values()
    assert state.version is not None
    step = next_step(configure(configuration).types["task"], state.version.fields, AS_OF)
    return (step.name, step.due) if step is not None else None


def test_the_open_step_with_the_first_day_to_come_is_next(repo: RepositoryBuilder) -> None:
    steps = (
        "state: open\n"
        "steps: [{id: last, when: 2026-05-01}, {id: late, when: 2025-12-31}, "
        "{id: done, when: 2026-01-01, reached: 2026-01-02}, {id: undated}, "
        "{id: soon, when: 2026-03-01}]\n"
        "todo: [{id: call, when: 2026-02-01, state: open}]\n"
    )
    assert next_of(repo, steps) == ("soon", dt.date(2026, 3, 1))


@pytest.mark.parametrize("step", ["{id: a, when: 2026-01-01, reached: 2026-01-01}", "{id: a, when: 2025-12-31}"])
def test_what_somebody_is_to_do_is_next_where_no_step_is_to_come(repo: RepositoryBuilder, step: str) -> None:
    todo = f"steps: [{step}]\ntodo: [{{id: call, when: 2026-02-01, state: open}}]\n"
    assert next_of(repo, todo) == ("call", dt.date(2026, 2, 1))


@pytest.mark.parametrize(
    "content",
    [
        "state: shut\nsteps: [{id: a, when: 2026-01-01}]\n",
        "state: open\nsteps: [{id: a, when: 2026-31-01}]\n",
        "state: open\nsteps: [{id: a, when: 2025-12-31}]\n",
    ],
    ids=["a finished record", "an impossible day", "a day that has passed"],
)
def test_nothing_is_next(repo: RepositoryBuilder, content: str) -> None:
    assert next_of(repo, content) is None


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("reached: {type: date, role: done", "reached: {type: date, role: done, publish: false"),
        (
            "lifecycle: {open: [shut], shut: {final: true}}}\n      by",
            "lifecycle: {open: [shut], shut: {final: true}}, publish: false}\n      by",
        ),
    ],
    ids=["of a step", "of the record"],
)
def test_where_it_is_not_published_what_is_done_nothing_is_next(
    repo: RepositoryBuilder, said: str, hidden: str
) -> None:
    assert said in OFFICE
    step = "state: open\nsteps: [{id: a, when: 2026-01-01}]\n"
    assert next_of(repo, step) == ("a", dt.date(2026, 1, 1))
    assert next_of(repo, step, OFFICE.replace(said, hidden)) is None
