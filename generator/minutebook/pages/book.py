"""The Book, all that a page may read: a portfolio on one day, with all its figures and what the site was made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from minutebook.analyses.activity import YearActivity
from minutebook.analyses.acts import Act, Month
from minutebook.analyses.aftermath import AftermathReader
from minutebook.analyses.attention import Ailing
from minutebook.analyses.counts import TypeCount
from minutebook.analyses.decisions import Decisions
from minutebook.analyses.groups import Groups
from minutebook.analyses.holdings import Holding
from minutebook.analyses.meetings import Meeting, Rhythm
from minutebook.analyses.overdue import Overdue
from minutebook.analyses.relations import Relation
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note
from minutebook.model.portfolio import History, Portfolio
from minutebook.model.record import RecordKey
from minutebook.model.value import Fields, Text
from minutebook.pages.links import Links, MonthPart
from minutebook.pages.page import Link
from minutebook.pages.redlines import Redline, RedlineSource
from minutebook.pages.timeline import LineMaker

Offers: TypeAlias = "Mapping[str, Mapping[str, frozenset[str]]]"
"""By the name of a type the questions of its table by name, each with the answers that mean one thing only."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What this publication was made from."""

    commit: str
    """The id of the published commit."""
    state: str
    """The id of the mainline commit whose state it shows: the last one up to the day."""
    epoch: int
    """Its time for file formats that want one: seconds since 1970, within the years 1970 to 9999."""
    as_of: dt.date
    """The day that its pages speak of."""
    given: bool
    """Whether the day was asked for; False: it is the day of the published commit."""
    configuration_digest: str
    """Hex SHA-256 of the configuration's files."""
    versions: tuple[tuple[str, str], ...]
    """The programs and packages that made it, with their versions."""
    trusted: bool = False
    """Whether the operator let hooks, plugins and templates of the repository run."""
    mkdocs_yml_digest: str | None = None
    """Hex SHA-256 of the mkdocs.yml that the look was taken from; None: there is none."""
    templates_digest: str | None = None
    """Hex SHA-256 of the operator's own templates, styles and scripts; None: there are none."""


class PendingKind(Enum):
    """What the working tree makes of a record."""

    NEW = "new"
    EDITED = "edited"
    RESTORED = "restored"
    """It had been removed."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Pending:
    """A record as the working tree has it, where that differs from the commit: a preview, not yet landed."""

    key: RecordKey
    path: str
    kind: PendingKind
    fields: Fields
    """Those that are published; empty where the file cannot be read or is gone."""
    text: Text | None
    """None: it would stay as it is."""
    problem: str | None
    """Why the file cannot be read; None: it can."""
    undeclared: tuple[str, ...] = ()
    """Names in `fields` that the record type does not declare."""

    @property
    def obstacle(self) -> str | None:
        """Why it cannot be shown how the record would stand, in words; None: it can."""
        if self.kind is PendingKind.REMOVED:
            return "the file is gone"
        return f"the edited file cannot be read: {self.problem}" if self.problem is not None else None


@dataclass(frozen=True)
class Book:
    """A portfolio on one day, with its figures."""

    configuration: Configuration
    edition: Edition
    history: History
    """Up to the day, without what is not published."""
    portfolio: Portfolio
    links: Links
    lines: LineMaker
    """Entries as lines of timelines."""
    counts: tuple[TypeCount, ...]
    acts: tuple[Act, ...]
    """Oldest first."""
    months: tuple[Month, ...]
    """Oldest first."""
    month_parts: Mapping[str, tuple[MonthPart, ...]]
    """The pages of each month, by its name."""
    activity: tuple[YearActivity, ...]
    """How much landed when, the newest year first."""
    meeting: Meeting | None
    """The last meeting on or before the day; None: none is recorded."""
    rhythms: Mapping[RecordKey, Rhythm]
    """When each body met and meets."""
    relations: Mapping[RecordKey, tuple[Relation, ...]]
    groups: Groups
    """The groups that records are in."""
    holdings: Mapping[RecordKey, Holding]
    """What each group holds, its parts included."""
    overdue: tuple[Overdue, ...]
    """The longest first."""
    ailing: tuple[Ailing, ...]
    """The worst first."""
    decisions: Decisions
    aftermath: AftermathReader
    """What followed each decision."""
    notes: tuple[Note, ...]
    """Of the history, then of the site: files and links that were refused."""
    handbook: tuple[Link, ...]
    """The handbook pages, by title."""
    pending: Mapping[RecordKey, Pending]
    """Only in a preview: edits that have not landed."""
    redlines: Mapping[RedlineSource, Redline]
    """What pages show of two versions of a text."""
    offered: Offers
    """What the table of each type can be narrowed by."""

    @cached_property
    def overdue_by_key(self) -> Mapping[RecordKey, tuple[Overdue, ...]]:
        """What is overdue, by record."""
        found: dict[RecordKey, tuple[Overdue, ...]] = {}
        for one in self.overdue:
            found[one.key] = (*found.get(one.key, ()), one)
        return found
