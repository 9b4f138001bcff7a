"""Where everything is: keys, entries, commits and people in; addresses, URLs and names out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from minutebook.analyses.acts import Month
from minutebook.history.names import PortfolioNames
from minutebook.model.change import Entry
from minutebook.model.commit import Commit, Request
from minutebook.model.configuration import Configuration
from minutebook.model.forge import FORGES, USUAL, Forge, forge_at
from minutebook.model.record import RecordKey
from minutebook.pages.page import Address, Elsewhere, Link
from minutebook.pages.paging import part_address, split_by_weight

HOME = Address("")
CHANGES = Address("changes/")
COMPLETENESS = Address("completeness/")
DICTIONARY = Address("dictionary/")
PUBLICATION = Address("publication/")
ASSETS = "assets/"

SHORT = 10
"""Digits of a commit id that a reader is shown."""

MONTH_PAGE_LINES = 600
"""How many lines (a record that changed, or a change of it) a page of the change timeline holds."""


@dataclass(frozen=True)
class Links:
    """Addresses of records and changes, and URLs on the forge."""

    configuration: Configuration
    known: Mapping[RecordKey, object]
    """Every record that has a page."""
    names: PortfolioNames
    """Names of the records that have a page."""
    people: PortfolioNames
    """Names of people, whose register may have no page."""
    parts: Mapping[tuple[int, RecordKey], Address]
    """The page of the change timeline that an entry stands on, by what the entry is told apart by."""

    @property
    def currency(self) -> str:
        """The currency of the portfolio (`history.names.Names`)."""
        return self.configuration.currency

    def person(self, id: str) -> str:  # noqa: A002 - the name is that of the protocol
        """The name of a person (`history.names.Names`)."""
        return self.people.person(id)

    def record(self, types: tuple[str, ...], reference: str) -> str:
        """The title of a record (`history.names.Names`)."""
        return self.names.record(types, reference)

    def reference(self, types: tuple[str, ...], reference: str) -> Link:
        """A reference as a reader follows it: the title, leading to the page where it can mean one record only."""
        key = self.names.key_of(types, reference)
        return self.to_record(key) if key is not None else Link(self.names.record(types, reference))

    def title(self, key: RecordKey) -> str:
        """The title of a record; where it has none, its type and id."""
        return self.names.title(key) or f"{self.configuration.types[key.type].title} {key.id}"

    def to_record(self, key: RecordKey) -> Link:
        """A record by title."""
        return Link(self.title(key), record_address(key) if key in self.known else None)

    def entry(self, entry: Entry) -> Address | None:
        """The permanent place of what a commit did to a record, its line on the month's page; None: not published."""
        page = self.parts.get(entry.identity)
        return page._replace(anchor=entry_anchor(entry)) if page is not None else None

    def commit(self, id_: str) -> Link:
        """A commit by its short id, leading to the forge where its URL is known."""
        return Link(id_[:SHORT], self._elsewhere((self._known_forge or USUAL).commits, id_))

    def request(self, request: Request) -> Link:
        """A pull or merge request by its name, leading to the forge where that is known and the request's own."""
        told = FORGES.get(request.forge)
        if told is None or request.number is None:
            return Link(f"Review {request.name}")
        # What another forge wrote stayed there when the repository moved.
        is_here = self._known_forge in (None, told)
        return Link(
            f"{told.request} {request.name}",
            self._elsewhere(told.requests, str(request.number)) if is_here else None,
        )

    @cached_property
    def _known_forge(self) -> Forge | None:
        return forge_at(self.configuration.forge)

    def _elsewhere(self, path: str, name: str) -> Elsewhere | None:
        forge = self.configuration.forge
        if forge is None or not forge.startswith(("https://", "http://")):
            return None
        return Elsewhere(f"{forge}/{path}/{name}")


def type_address(name: str) -> Address:
    """The table of a record type."""
    return Address(f"{name}/")


def dictionary_address(name: str) -> Address:
    """The fields of a record type."""
    return Address(f"{DICTIONARY.path}{name}/")


def field_address(record_type: str, field: str) -> Address:
    """What a field of a record type says, in the data dictionary."""
    return Address(dictionary_address(record_type).path, field_anchor(field))


def field_anchor(field: str) -> str:
    """The id of a record's field on the page of its type in the data dictionary."""
    return f"field-{field}"


def record_address(key: RecordKey) -> Address:
    """A record's page, for ever."""
    return Address(f"{key.type}/{key.slug}/")


def year_address(key: RecordKey, year: str, part: int = 1) -> Address:
    """What a year of a long timeline holds; on its first page stand its first changes."""
    return part_address(Address(f"{record_address(key).path}history/{year}/"), part)


def month_address(name: str, part: int = 1) -> Address:
    """A month of the change timeline; its first page is that of its first changes, so that no change ever moves."""
    return part_address(Address(f"{CHANGES.path}{name}/"), part)


def commit_anchor(commit: Commit) -> str:
    """The id of a commit on its month's page."""
    return f"c-{commit.id}"


def entry_anchor(entry: Entry) -> str:
    """The id of what a commit did to a record, on its month's page and on the record's."""
    return f"{commit_anchor(entry.landing.commit)}-{entry.key.type}-{entry.key.slug}"


@dataclass(frozen=True, slots=True)
class MonthPart:
    """One page of the change timeline: some of a month's entries, oldest first."""

    month: Month
    number: int
    """From 1."""
    entries: tuple[Entry, ...]

    @property
    def address(self) -> Address:
        """Where it stands."""
        return month_address(self.month.name, self.number)


def split_month(month: Month) -> tuple[MonthPart, ...]:
    """The pages of a month. What has landed keeps its page, whatever lands after it."""
    entries = (entry for act in month.acts for entry in act.entries)
    parts = split_by_weight(entries, lambda entry: 1 + len(entry.changes), MONTH_PAGE_LINES)
    return tuple(MonthPart(month=month, number=number, entries=tuple(part)) for number, part in enumerate(parts, 1))
