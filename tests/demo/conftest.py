"""The demo portfolio, written once, and its history."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from minutebook.demo.portfolio import Made, write_demo
from minutebook.history.portfolio import read_history
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History, RecordHistory
from minutebook.model.record import RecordKey
from minutebook.records.configuration import read_configuration
from minutebook.repository import open_repository
from tests.support.environment import clean_environment


class Demo(NamedTuple):
    """The demo as a person has it, and as the history engine reads it."""

    folder: Path
    made: Made
    configuration: Configuration
    history: History

    def git(self, *arguments: str) -> str:
        """What git says in its folder."""
        return git_in(self.folder, *arguments)

    def record(self, name: str) -> RecordHistory:
        """The record `type/id`."""
        kind, _, record_id = name.partition("/")
        return self.history.records[RecordKey(kind, record_id)]


def git_in(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, env=clean_environment(), capture_output=True, check=True, encoding="utf-8").stdout


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo portfolio that comes with the program."""
    folder = tmp_path_factory.mktemp("demo") / "varnland"
    made = write_demo(folder)
    configuration = read_configuration(folder / "portfolio" / "portfolio.yml", folder="portfolio")
    with open_repository(folder) as repository:
        yield Demo(folder, made, configuration, read_history(repository, configuration))


ROSTER = """\
      portfolio/people.yml: |
        - {id: ana, name: Ana Li, emails: [ana@example.org]}
        - {id: bo, name: Bo Chen, emails: [bo@example.org]}
"""

GROUND = f"""\
story: The ground of a small scenario.
merger: bo
files:
  grow: portfolio/goals/grow.md
  clean: portfolio/goals/clean.md
commits:
  - on: 2024-01-08 09:00
    by: ana
    says: Begin
    via: direct
    file:
      portfolio/portfolio.yml: |
        format: 1
        title: Small
        record_types: [goal, person]
{ROSTER}\
  - on: 2024-01-09 09:00
    by: ana
    says: A goal
    via: direct
    create:
      grow:
        fields:
          title: Grow
          kpis:
            - {{id: riders, title: Riders, target: 100}}
        text: |
          Why.
"""
"""A scenario with one goal."""


@pytest.fixture
def tell(tmp_path: Path) -> Callable[[str], Path]:
    """Write the repository of the small scenario, with further commits, and give its folder."""
    scenario = tmp_path / "scenario"
    scenario.mkdir()

    def tell_more(commits: str = "") -> Path:
        (scenario / "ground.yml").write_text(GROUND + commits, encoding="utf-8")
        folder = tmp_path / "repository"
        write_demo(folder, scenario)
        return folder

    return tell_more
