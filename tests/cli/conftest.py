"""A small portfolio with a past, and a way to run the command in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from minutebook.cli.main import main
from tests.support.repository_builder import RepositoryBuilder

CONFIGURATION = """\
format: 1
title: Transport office
time_zone: Europe/Madrid
record_types: [project, group, person]
"""

PEOPLE = """\
- {id: ana, name: Ana Li, emails: [ana@example.org, ana.li@example.org]}
- {id: bo, name: Bo Chen, emails: [bo@example.org]}
"""

TICKETING = """\
---
title: Ticketing
objective: One ticket for every line.
sponsor: bo
manager: ana
group: transport
stage: executing
health: green
due: 2026-06-30
milestones:
  - {id: go-live, title: Go-live, due: 2026-03-01}
budget: {forecast: 330000}
room: 12
---
# Why

Passengers buy three tickets today.
"""


class Ran(NamedTuple):
    """What a run of the command gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def ids() -> dict[str, str]:
    """The commits of the portfolio by a short name."""
    return {}


@pytest.fixture
def portfolio(repo: RepositoryBuilder, ids: dict[str, str]) -> RepositoryBuilder:
    """Six commits: a project that slips, breaks and is mended, another with a hostile title that is removed again."""
    repo.write("portfolio/portfolio.yml", CONFIGURATION)
    repo.write("portfolio/people.yml", PEOPLE)
    repo.write("portfolio/groups/transport.md", "---\ntitle: Transport\n---\n")
    repo.write("portfolio/projects/ticketing.md", TICKETING)
    ids["created"] = repo.commit("Begin", author="Ana Li <ana@example.org>", date="2026-01-05T09:00:00+01:00")
    moved = TICKETING.replace("2026-03-01", "2026-03-31").replace("330000", "370000").replace("green", "red")
    repo.write("portfolio/projects/ticketing.md", moved)
    ids["moved"] = repo.commit(
        "Move go-live (#12)",
        author="Ana Li <ana@example.org>",
        committer="Forge <noreply@forge.example>",
        date="2026-02-01T23:30:00+00:00",
        landed="2026-02-02T23:30:00+00:00",
        trailers={"Reviewed-by": "Bo Chen <bo@example.org>"},
    )
    repo.write("portfolio/projects/ticketing.md", moved.replace("stage:", "health:"))
    ids["broken"] = repo.commit("Break", author="bo@example.org <bo@example.org>", date="2026-02-10T09:00:00+01:00")
    repo.write("portfolio/projects/ticketing.md", moved + "Soon one.\n")
    ids["mended"] = repo.commit("Mend", author="Bo Chen <bo@example.org>", date="2026-02-12T09:00:00+01:00")
    repo.write("portfolio/projects/fares.md", '---\ntitle: "\\e[31mFares\\u202e"\ndue: 2026-31-03\n---\n')
    ids["hostile"] = repo.commit("Add", author="Bo \x1b[2J Chen <bo@example.org>", date="2026-03-01T09:00:00+01:00")
    repo.remove("portfolio/projects/fares.md")
    ids["removed"] = repo.commit("Remove", author="Bo Chen <bo@example.org>", date="2026-03-02T09:00:00+01:00")
    repo.checkout()
    return repo


@pytest.fixture
def run(
    portfolio: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Run the command in the folder of the portfolio, or in another, and give what it wrote."""

    def run_in(*arguments: str, folder: Path = portfolio.path / "portfolio" / "projects") -> Ran:
        monkeypatch.chdir(folder)
        code = main(arguments)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run_in
