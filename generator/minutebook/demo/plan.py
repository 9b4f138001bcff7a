"""What a scenario plans: the nouns that its files are read as, and the report of all mistakes in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from minutebook.errors import ConfigError
from minutebook.records.definition import Part


class Via(Enum):
    """How a change came to the mainline."""

    MERGE = "merge"
    SQUASH = "squash"
    DIRECT = "direct"


class Verb(Enum):
    """What an edit does."""

    CREATE = "create"
    SET = "set"
    MOVE = "move"
    REMOVE = "remove"
    RESTORE = "restore"
    RAW = "raw"
    MEND = "mend"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that a commit does."""

    verb: Verb
    path: str
    """Of a record: where it stood first. Of a file: where it stands."""
    part: Part
    """The value given, which knows its place."""
    field: str = ""
    """For SET: the field, as it is written: `milestones[go-live].due`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One commit of somebody."""

    part: Part
    """Where it is told."""
    by: str
    says: str
    """The subject; empty: that of a revert."""
    more: str
    """Further paragraphs."""
    day: dt.date | None
    """None: a step of a branch that does not say."""
    time: dt.time | None
    """None: at a time of that day which the plan chooses."""
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Landing:
    """What one commit of the mainline brings."""

    step: Step
    day: dt.date
    """The day on which it landed: that of its step."""
    file: int
    """The number of its scenario file: landings of one day and one file land in the order in which they are told."""
    via: Via
    approved: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
    merged_by: str | None = None
    label: str | None = None
    reverts: str | None = None
    branch: tuple[Step, ...] = ()
    """Earlier steps of the branch that was merged."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """All that is planned."""

    landings: tuple[Landing, ...]
    """By day, then in the order of the files and of what they tell."""
    merger: str | None
    """Who lands a pull request that does not say who did."""
    files: tuple[Part, ...]
    """The whole of each scenario file, for mistakes that are found later."""

    def raise_any(self) -> None:
        """Raise ConfigError where a mistake was reported: all of them, in the order of the files."""
        raise_any(self.files)


def raise_any(files: Iterable[Part]) -> None:
    """Raise ConfigError where a mistake was reported of one of these files: all of them."""
    found: list[str] = []
    for whole in files:
        try:
            whole.problems.raise_any()
        except ConfigError as error:
            found.append(error.message)
    if found:
        raise ConfigError("\n".join(found))
