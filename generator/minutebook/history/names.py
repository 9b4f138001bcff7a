"""Names for readers: ids of people and records go in, titles come out; addresses of people never do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from minutebook.model.commit import Landing, Person, Trailer
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History, RecordState
from minutebook.model.record import RecordKey
from minutebook.model.record_type import RecordType
from minutebook.model.value import Value

ADDRESS = re.compile(
    r"""
    (?P<local> (?<!\\) "(?: [^"\\] | \\. )*"                         # "quoted words"
             | (?<![^\s<>()\[\],;:"'|]) [^\s<>()\[\],;:"'|@]+ )      # a word
    @ (?: \[ [^\s\[\]]* \]? | [^\s<>()\[\],;:"'|]+ )                # [10.0.0.1] or a domain
    """,
    re.VERBOSE | re.DOTALL,
)
"""What looks like an e-mail address; a lone `@handle` is none.

It begins where a word does, or at a quotation mark that none before it has passed: that takes linear time.
"""


class Names(Protocol):
    """What words need to know beyond the change itself."""

    @property
    def currency(self) -> str:
        """The ISO 4217 code of amounts that name none."""

    def person(self, written: str) -> str:
        """The name of a person by id; what was written, less an address, where nobody has that id."""

    def record(self, types: tuple[str, ...], reference: str) -> str:
        """The title of the record that a reference leads to; the reference itself where it leads nowhere.

        `types` are those the reference may lead to; empty: any.
        """


@dataclass(frozen=True)
class PortfolioNames:
    """Names as the records of one portfolio give them at a position of the mainline.

    A record that came later is called as it was first called, and one that lost its title as it was called last.
    """

    history: History
    configuration: Configuration
    position: int
    whole: History | None = None
    """Where people are looked up, whose register may not be published; None: `history` has them."""

    @property
    def currency(self) -> str:
        """The currency of the portfolio."""
        return self.configuration.currency

    @cached_property
    def rosters(self) -> tuple[str, ...]:
        """The record types that hold people."""
        return roster_types(self.configuration.types)

    @cached_property
    def _register(self) -> PortfolioNames:
        return self if self.whole is None else PortfolioNames(self.whole, self.configuration, self.position)

    @cached_property
    def _titles(self) -> dict[RecordKey, str | None]:
        return {}

    def title(self, key: RecordKey) -> str | None:
        """The title of a record, or None where there is no such record or it never had one up to the position."""
        if key not in self._titles:
            record = self.history.find(key)
            record_type = self.configuration.types.get(key.type)
            self._titles[key] = None
            if record is not None and record_type is not None:
                known = [state for position, state in record.states if position <= self.position]
                titles = (title_of(state, record_type) for state in reversed(known or [record.states[0][1]]))
                self._titles[key] = next((title for title in titles if title is not None), None)
        return self._titles[key]

    def person(self, written: str) -> str:
        """See `Names`."""
        for roster in self.rosters:
            title = self._register.title(RecordKey(roster, written))
            if title is not None:
                return without_address(title)
        return without_address(written)

    def record(self, types: tuple[str, ...], reference: str) -> str:
        """See `Names`. An id that fits records of several types is told as it was written."""
        titles = [title for key in self.keys_of(types, reference) if (title := self.title(key)) is not None]
        return titles[0] if len(titles) == 1 else reference

    def key_of(self, types: tuple[str, ...], reference: Value) -> RecordKey | None:
        """The record that a reference means; None: it can mean none, or several, or is no text."""
        keys = self.keys_of(types, reference) if isinstance(reference, str) else ()
        return keys[0] if len(keys) == 1 else None

    def keys_of(self, types: tuple[str, ...], reference: str) -> tuple[RecordKey, ...]:
        """The keys of the records that a reference, written `id` or `type/id`, can mean; in the order of the types."""
        prefix, slash, rest = reference.partition("/")
        if slash and prefix in self.configuration.types and (not types or prefix in types):
            found = self.history.find(RecordKey(prefix, rest))
            if found is not None:
                return (found.key,)
        records = (self.history.find(RecordKey(name, reference)) for name in types or self.configuration.types)
        return tuple(record.key for record in records if record is not None)


def roster_types(types: Mapping[str, RecordType]) -> tuple[str, ...]:
    """The names of the types that hold people: those with a field for the addresses by which commits know them."""
    return tuple(name for name, kind in types.items() if kind.with_role("emails") is not None)


def title_of(state: RecordState, record_type: RecordType) -> str | None:
    """The title that a record has in this state; None where it has none that can be read."""
    field = record_type.with_role("title")
    fields: Mapping[str, object] = state.version.fields if state.version is not None else {}
    title = fields.get(field.name) if field is not None else None
    return title if isinstance(title, str) and title.strip() else None


def person_name(person: Person) -> str:
    """How a contributor is called on a page or a line: by name, never by address."""
    return without_address(person.name) or without_address(person.email) or "(no name)"


def approvers_of(landing: Landing) -> dict[str, list[str]]:
    """Who let a change in, as far as trailers say: names by the word of the trailer, each once."""
    found: dict[str, list[str]] = {}
    for trailer in landing.approvals:
        name = name_in(trailer)
        names = found.setdefault(trailer.token, [])
        if name not in names:
            names.append(name)
    return found


def name_in(trailer: Trailer) -> str:
    """Whom a trailer names, as a reader has it."""
    return person_name(trailer.person) if trailer.person is not None else without_address(trailer.value)


def is_among(trailer: Trailer, people: Iterable[Person]) -> bool:
    """Whether a trailer names one of these people, by name or by address, in letters of either case."""
    address = trailer.person.email.casefold() if trailer.person is not None else ""
    name = name_in(trailer).casefold()
    return any(name == person_name(one).casefold() or address == one.email.casefold() != "" for one in people)


def without_address(name: str) -> str:
    """A name as somebody wrote it, less its e-mail address; of a lone address, the part before the @."""
    if "@" not in name:
        return name
    bare = ADDRESS.sub("", name)
    bare = re.sub(r"<\s*>|\(\s*\)", "", bare)
    bare = " ".join(bare.split()).strip(" ,;<>")
    return bare or ADDRESS.sub(_part_before_at, name).strip(" <>()")


def _part_before_at(address: re.Match[str]) -> str:
    return address["local"].strip('"').partition("@")[0]
