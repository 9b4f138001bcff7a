"""A record's name with a day or a commit behind it, in; the record as it stood at that moment out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import CONFIGURATION, PEOPLE, TICKETING, Ran
from tests.support.repository_builder import RepositoryBuilder

Run = Callable[..., Ran]


@pytest.fixture
def portfolio(repo: RepositoryBuilder, ids: dict[str, str]) -> RepositoryBuilder:
    """A project that gets another id, beside commits that touch no record; a branch that has yet to land."""
    repo.write("portfolio/portfolio.yml", CONFIGURATION)
    repo.write("portfolio/people.yml", PEOPLE)
    repo.write("portfolio/projects/early.md", TICKETING)
    ids["begun"] = repo.commit("Begin", date="2026-01-05T09:00:00+01:00")
    ids["between"] = repo.commit_file("README.md", "Office\n", date="2026-01-06T09:00:00+01:00")
    repo.branch("side")
    repo.write("portfolio/projects/early.md", TICKETING.replace("green", "amber"))
    ids["side"] = repo.commit("Try", date="2026-01-07T09:00:00+01:00")
    repo.switch("main")
    repo.move("portfolio/projects/early.md", "portfolio/projects/late.md")
    ids["renamed"] = repo.commit("Rename", date="2026-01-08T09:00:00+01:00")
    repo.write("portfolio/projects/late.md", TICKETING.replace("green", "red"))
    ids["last"] = repo.commit("Worry", date="2026-01-09T09:00:00+01:00")
    repo.checkout()
    return repo


def shown(run: Run, record: str) -> dict[str, Any]:
    """The record as JSON."""
    found: dict[str, Any] = json.loads(run("show", record, "--format", "json").out)
    return found


@pytest.mark.parametrize("name", ["late", "early"])
@pytest.mark.parametrize(
    ("commit", "day"),
    [("begun", "2026-01-05"), ("between", "2026-01-06"), ("renamed", "2026-01-08"), ("last", "2026-01-09")],
)
def test_a_commit_of_the_mainline_shows_what_its_day_does(
    run: Run, ids: dict[str, str], name: str, commit: str, day: str
) -> None:
    at_commit, on_day = shown(run, f"project/{name}@{ids[commit]}"), shown(run, f"project/{name}@{day}")
    assert at_commit.pop("commit") == ids[commit]
    assert on_day.pop("commit") == ids["last"]
    assert at_commit == on_day
    assert at_commit["as_of"] == day
    assert at_commit["record"] == ("project/early" if commit in ("begun", "between") else "project/late")


def test_a_commit_before_the_first_of_a_record_is_told_as_such(
    run: Run, portfolio: RepositoryBuilder, ids: dict[str, str]
) -> None:
    portfolio.write("portfolio/projects/new.md", "---\ntitle: New\n---\n")
    created = portfolio.commit("Begin another", date="2026-01-10T09:00:00+01:00")
    ran = run("show", f"project/new@{ids['between']}")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"The record project/new did not exist yet at `{ids['between']}`.\n"
        f"Hint: It first landed on 2026-01-10 in {created[:10]}.\n"
    )


def test_a_branch_that_has_not_landed_has_a_history_of_its_own(run: Run, ids: dict[str, str]) -> None:
    found = shown(run, "project/early@side")
    assert (found["commit"], found["fields"]["health"]) == (ids["side"], "amber")
    ran = run("show", "project/late@side")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "There is no record `project/late` in the history of `side`, which is not on the mainline of the published "
        "branch.\nHint: Write the id that it had there, or name a day or a commit of the published branch instead.\n"
    )
