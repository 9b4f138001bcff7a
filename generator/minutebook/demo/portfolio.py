"""A scenario and a folder in, the demo portfolio as a git repository in that folder out."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from minutebook.demo.landings import land_all
from minutebook.demo.scenario import built_in_scenario, read_scenario
from minutebook.history.progress import Progress
from minutebook.records.types import built_in_types
from minutebook.repository.fast_import import new_repository


class Made(NamedTuple):
    """What was written."""

    records: int
    """Records that stand at the end and have a page in a site."""
    kept_back: tuple[tuple[int, str], ...]
    """How many others stand, and what they are called: "people"."""
    landings: int
    """Commits of the mainline."""
    commits: int
    """All commits, those of branches too."""


def write_demo(folder: Path, scenario: Traversable | None = None, progress: Progress | None = None) -> Made:
    """Write the repository of a scenario, by default the one that comes with the program, into a new or empty folder.

    MinutebookError: the folder holds something. ConfigError: every mistake of the scenario. Either way nothing is left.
    """
    planned = read_scenario(scenario or built_in_scenario())
    with new_repository(folder) as importer:
        mainline = land_all(planned, importer, progress)
    records = mainline.state.count_records()
    hidden = [one for one in built_in_types().values() if not one.publish and records[one.name]]
    return Made(
        records=records.total() - sum(records[one.name] for one in hidden),
        kept_back=tuple(
            (records[one.name], (one.title if records[one.name] == 1 else one.plural).lower()) for one in hidden
        ),
        landings=len(mainline.landed),
        commits=mainline.commits,
    )
