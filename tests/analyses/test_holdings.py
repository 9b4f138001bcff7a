"""What groups hold, answer for and wait for, held against small portfolios."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from minutebook.analyses.decisions import decisions_of
from minutebook.analyses.groups import groups_of
from minutebook.analyses.holdings import Holding, holdings_of
from minutebook.analyses.overdue import overdue_of
from minutebook.history.names import PortfolioNames
from minutebook.model.record import RecordKey
from tests.analyses.office import OFFICE
from tests.support.reading import configure, history_of
from tests.support.repository_builder import RepositoryBuilder

ACTIONS = """\
      todo:
        type: items
        role: actions
        fields:
          id: {type: id}
          when: {type: date, role: due}
          state: {type: status, role: status, lifecycle: {open: [shut], shut: {final: true}}}
"""
GOVERNED = f"""\
{OFFICE}\
  board:
    title: Board
    plural: Boards
    paths: ["boards/{{id}}.yml"]
    fields: {{title: {{type: text, role: title}}, unit: {{type: reference, role: group, to: unit}}}}
  session:
    title: Session
    plural: Sessions
    paths: ["sessions/{{id}}.yml"]
    fields:
      of: {{type: reference, role: body, to: board}}
      held: {{type: date, role: date}}
{ACTIONS}\
  ruling:
    title: Ruling
    plural: Rulings
    paths: ["rulings/{{id}}.yml"]
    fields:
      state: {{type: status, role: status, lifecycle: {{asked: [settled], settled: {{final: true}}}}}}
      of: {{type: reference, role: body, to: board}}
      about: {{type: references, role: affects}}
{ACTIONS}"""
"""The office with boards, their meetings and what they decide."""
TODO = "todo: [{id: a, when: 2026-03-01, state: open}]\n"
TODAY = dt.date(2026, 3, 31)


@pytest.fixture
def office(repo: RepositoryBuilder) -> RepositoryBuilder:
    """Two units in a whole, a task in each, and a board of the north."""
    repo.write("units/all.yml", "title: All\n")
    for unit in ("north", "south"):
        repo.write(f"units/{unit}.yml", f"title: {unit}\nwithin: all\n")
        repo.write(f"tasks/{unit}.yml", f"state: open\nunit: {unit}\n")
    repo.write("boards/b.yml", "title: Board\nunit: north\n")
    repo.write("boards/nowhere.yml", "title: Board\n")
    return repo


def holdings(repo: RepositoryBuilder) -> Mapping[str, Holding]:
    """Those of what was written, by the id of the unit."""
    repo.commit("Write them")
    history, configuration = history_of(repo.path, GOVERNED), configure(GOVERNED)
    portfolio, names = (
        history.portfolio(history.commits - 1),
        PortfolioNames(history, configuration, history.commits - 1),
    )
    found = holdings_of(
        portfolio.records,
        groups_of(portfolio, configuration, names),
        decisions_of(portfolio, configuration, names, TODAY),
        (),
        overdue_of(portfolio, configuration, {}, TODAY),
    )
    return {key.id: holding for key, holding in found.items()}


def late_in(found: Mapping[str, Holding]) -> dict[str, list[str]]:
    """The records with something overdue, by the unit that answers for it."""
    return {unit: [str(one.key) for one in holding.overdue] for unit, holding in found.items() if holding.overdue}


def test_a_meeting_is_in_the_group_of_its_body_with_what_it_asked_for(office: RepositoryBuilder) -> None:
    office.write("sessions/s.yml", f"of: b\nheld: 2026-02-01\n{TODO}")
    found = holdings(office)
    assert RecordKey("session", "s") in found["north"].here
    assert RecordKey("session", "s") not in found["south"].keys
    assert late_in(found) == {"north": ["session/s"], "all": ["session/s"]}


def test_an_action_of_a_decision_is_due_from_the_group_of_the_body_that_took_it(office: RepositoryBuilder) -> None:
    office.write("rulings/r.yml", f"state: settled\nof: b\nabout: [task/south]\n{TODO}")
    found = holdings(office)
    assert RecordKey("ruling", "r") in found["south"].keys
    assert RecordKey("ruling", "r") not in found["north"].keys
    assert late_in(found) == {"north": ["ruling/r"], "all": ["ruling/r"]}


@pytest.mark.parametrize(
    ("about", "late"),
    [
        ("task/south", ["all", "south"]),
        ("task/south, task/north", ["all"]),
        ("board/nowhere, task/north", []),
        ("", []),
    ],
)
def test_an_action_of_a_decision_of_no_group_is_due_from_those_that_all_of_the_affected_are_in(
    office: RepositoryBuilder, about: str, late: list[str]
) -> None:
    office.write("rulings/r.yml", f"state: settled\nof: nowhere\nabout: [{about}]\n{TODO}")
    assert sorted(late_in(holdings(office))) == late


def test_a_decision_waits_in_every_group_that_it_affects_and_a_decided_one_in_none(office: RepositoryBuilder) -> None:
    office.write("rulings/r-1.yml", "state: asked\nof: b\nabout: [task/south]\n")
    office.write("rulings/r-2.yml", "state: settled\nof: b\nabout: [task/south]\n")
    found = holdings(office)
    waiting = {unit: [one.key.id for one in holding.pending] for unit, holding in found.items() if holding.pending}
    assert waiting == {"south": ["r-1"], "all": ["r-1"]}
