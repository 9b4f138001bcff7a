"""Timelines: entries in, lines a reader follows out: when, who, what in words, and one step to the proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutebook.analyses.acts import landed_on
from minutebook.history.names import approvers_of, is_among, name_in, person_name, without_address
from minutebook.history.telling import word_entry
from minutebook.model.change import Entry
from minutebook.model.commit import Landing, Moment, Person
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History
from minutebook.model.record import RecordKey
from minutebook.pages.change_kinds import kinds_of
from minutebook.pages.links import Links, entry_anchor
from minutebook.pages.page import Address, Link

MOST_PEOPLE = 12
"""So many contributors of a commit are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Who:
    """A contributor or approver."""

    name: str
    written: str | None
    """The name in the commit, where `.mailmap` gives another; None: the same."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody who let a commit in."""

    name: str
    wrote_it: bool
    """Whether the change is their own: then nobody else has looked at it for them."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One mainline commit as a reader meets it."""

    day: str
    """The day it landed, `2026-03-01`; or "invalid date"."""
    moment: str
    """The whole time with its zone, or what was written where that is no time."""
    valid: bool
    subject: str
    """What the commit is called, without the request that it names, which `request` tells."""
    people: tuple[Who, ...]
    more_people: int
    """How many are not named."""
    merged_by: str | None
    """Who made the merge, where that is none of the contributors; None: one of them did, or it is no merge."""
    approvals: tuple[tuple[str, tuple[Approval, ...]], ...]
    """What they did, as the trailer has it, "approved by", and who; empty: git knows of none."""
    commit: Link
    request: Link | None


@dataclass(frozen=True, slots=True)
class Line:
    """What one commit did to one record."""

    anchor: str
    """The permanent id, on the page of the month and on the record's."""
    key: RecordKey
    """The record, as it is called now."""
    record: Link
    type: str
    """What kind of record it is: the title of its type."""
    id: str
    """The record's id after the commit."""
    kinds: tuple[str, ...]
    """What sorts of change it tells of, by which a list may be narrowed."""
    words: tuple[str, ...]
    """Sentences; never empty."""
    permanent: Address | None
    """Where the line stands on the change timeline."""
    proof: Proof


class LineMaker:
    """Makes lines of entries. Each is made once, though it stands on its record's page and on that of its month."""

    def __init__(self, history: History, links: Links) -> None:
        """Entries of `history`, with links to its pages."""
        self._history = history
        self._links = links
        self._made: dict[tuple[int, RecordKey], Line] = {}

    def of(self, entries: Iterable[Entry]) -> tuple[Line, ...]:
        """A line for each entry that has anything to tell, in their order."""
        found = (self._line(entry) for entry in entries)
        return tuple(line for line in found if line.words)

    def _line(self, entry: Entry) -> Line:
        if entry.identity not in self._made:
            self._made[entry.identity] = self._make(entry)
        return self._made[entry.identity]

    def _make(self, entry: Entry) -> Line:
        record = self._history.owner_of(entry)
        record_type = self._links.configuration.types[entry.key.type]
        return Line(
            anchor=entry_anchor(entry),
            key=record.key,
            record=self._links.to_record(record.key),
            type=record_type.title,
            id=entry.key.id,
            kinds=kinds_of(entry, record_type),
            words=word_entry(entry, record, record_type, self._links),
            permanent=self._links.entry(entry),
            proof=proof_of(entry.landing, entry.contributors, self._links),
        )


def proof_of(landing: Landing, contributors: Iterable[Person], links: Links) -> Proof:
    """When a commit landed, who wrote and approved it, and where to see it."""
    contributors = tuple(contributors)
    people = tuple(dict.fromkeys(_who(person, landing) for person in contributors))
    merger = landing.merged_by(contributors)
    subject = without_address(landing.commit.title)
    return Proof(
        day=landed_day(landing.landed, links.configuration),
        moment=str(landing.landed),
        valid=landing.landed.when is not None,
        subject=subject.removesuffix(f" ({landing.request.name})") if landing.request else subject,
        people=people[:MOST_PEOPLE],
        more_people=max(0, len(people) - MOST_PEOPLE),
        merged_by=person_name(merger) if merger is not None else None,
        approvals=tuple(_approvals(landing, contributors)),
        commit=links.commit(landing.commit.id),
        request=links.request(landing.request) if landing.request else None,
    )


def landed_day(moment: Moment, configuration: Configuration) -> str:
    """The day of a moment in the portfolio's time zone; "invalid date" where git holds none."""
    day = landed_on(moment, configuration)
    return day.isoformat() if day is not None else "invalid date"


def _approvals(landing: Landing, contributors: Iterable[Person]) -> Iterator[tuple[str, tuple[Approval, ...]]]:
    own = {name_in(trailer) for trailer in landing.approvals if is_among(trailer, contributors)}
    for token, names in approvers_of(landing).items():
        yield token.lower().replace("-", " "), tuple(Approval(name, name in own) for name in names)


def _who(person: Person, landing: Landing) -> Who:
    name = person_name(person)
    for commit in (landing.commit, *landing.brought):
        if commit.author.person == person and commit.author.raw.name != person.name:
            return Who(name, person_name(commit.author.raw))
    return Who(name, None)
