"""A field of a record type in; a value that it allows, and a comment for whoever replaces it, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from minutebook.model.commit import Person
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.records.yaml_reader import Tree

TO_BE_WRITTEN = "To be written"
"""In the place of what only a person can say."""
AHEAD = dt.timedelta(days=180)
"""From today to a day that is still to come."""
NOW = dt.timedelta()
TO_COME = frozenset(["due", "end", "follow_up"])
"""Roles of days that lie ahead of a record that has just begun."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What first records are made of, beside their types."""

    user: Person | None
    """Who begins the portfolio, as git knows them; None: git does not."""
    today: dt.date
    roster: RecordKey | None = None
    """The record of the user among the people of the portfolio; None: there is none."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Where the people of the portfolio stand: a path by the name of the record type."""
    keys: Mapping[str, RecordKey] = field(default_factory=dict)
    """The record to refer to, by the name of its type: those that are wanted first."""

    @property
    def name(self) -> str:
        """How the user is called."""
        return self.user.name if self.user is not None else "Your Name"

    @property
    def person(self) -> str:
        """What stands in a field for a person."""
        return self.roster.id if self.roster is not None else self.name


Sample: TypeAlias = Callable[[Field, RecordKey, Facts], Tree]


def first_title(record_type: RecordType) -> str:
    """What the first record of a type is called: "First project"."""
    title = record_type.title
    return f"First {title if title[1:2].isupper() else title[:1].lower() + title[1:]}"


def needed_fields(record_type: RecordType) -> list[Field]:
    """The fields that the first record of a type has: its required ones, and by what commits know a person."""
    return [one for one in record_type.fields if one.required or one.role == "emails"]


def sample_fields(record_type: RecordType, key: RecordKey, facts: Facts) -> dict[str, Tree]:
    """The fields of the first record of a type, with values. Its title says what it is, or who."""
    is_person = facts.roster == key
    found: dict[str, Tree] = {}
    for one in needed_fields(record_type):
        if one.role == "emails":
            value: Tree = (facts.user.email,) if is_person and facts.user is not None and facts.user.email else None
        elif one.type is FieldType.ID:
            value = key.id
        elif one.role == "title" and one.type in (FieldType.TEXT, FieldType.PROSE):
            value = facts.name if is_person else first_title(record_type)
        else:
            value = sample_value(one, key, facts)
        if value is not None:
            found[one.name] = value
    return found


def sample_value(one: Field, key: RecordKey, facts: Facts) -> Tree:
    """A value that a field of the record called `key` allows."""
    return _SAMPLES[one.type](one, key, facts)


def first_word(one: Field) -> str:
    """The first word of a vocabulary with which a record is not over."""
    over = one.lifecycle.final | one.lifecycle.frozen if one.lifecycle is not None else frozenset()
    return next((word for word in one.values if word not in over), one.values[0] if one.values else TO_BE_WRITTEN)


def reference_of(one: Field, key: RecordKey, facts: Facts) -> str:
    """What stands in a reference: an id, or type/id where it may lead to any record; to itself where there is no other.

    A record of a type that is not in use is called as its first one would be.
    """
    if one.to:
        return next((facts.keys[name].id for name in one.to if name in facts.keys), f"first-{one.to[0]}")
    others = (other for other in facts.keys.values() if other != key and other.type not in facts.places)
    return str(next(others, key))


def _part(one: Field, key: RecordKey, facts: Facts) -> dict[str, Tree]:
    """The fields of an object or item: the required ones, its id, and where that is all, the first one."""
    wanted = [inner for inner in one.fields if inner.required]
    names = [inner for inner in one.fields if inner.type is FieldType.ID and inner not in wanted]
    others = [inner for inner in one.fields if inner.type is not FieldType.ID]
    return {inner.name: sample_value(inner, key, facts) for inner in [*names, *(wanted or others[:1])]}


def _always(value: Tree) -> Sample:
    """The same value for every field."""
    return lambda _one, _key, _facts: value


_SAMPLES: Mapping[FieldType, Sample] = {
    FieldType.ID: _always("first"),
    FieldType.TEXT: _always(TO_BE_WRITTEN),
    FieldType.PROSE: _always(TO_BE_WRITTEN),
    FieldType.DATE: lambda one, _, facts: (facts.today + (AHEAD if one.role in TO_COME else NOW)).isoformat(),
    FieldType.MONEY: _always("0"),
    FieldType.NUMBER: _always("1"),
    FieldType.PERCENT: _always("0"),
    FieldType.BOOLEAN: _always("false"),
    # A vocabulary ends in its least special word, such as "other".
    FieldType.ENUM: lambda one, _, __: one.values[-1] if one.values else TO_BE_WRITTEN,
    FieldType.STATUS: lambda one, _, __: first_word(one),
    FieldType.HEALTH: lambda one, _, __: first_word(one),
    FieldType.PERSON: lambda _, __, facts: facts.person,
    FieldType.PERSONS: lambda _, __, facts: (facts.person,),
    FieldType.REFERENCE: reference_of,
    FieldType.REFERENCES: lambda one, key, facts: (reference_of(one, key, facts),),
    FieldType.URL: _always("https://example.org/"),
    FieldType.LIST: _always((TO_BE_WRITTEN,)),
    FieldType.ITEMS: lambda one, key, facts: (_part(one, key, facts),),
    FieldType.OBJECT: _part,
}
"""Complete: a test asks it for every field type."""


def explain_field(one: Field, types: Mapping[str, RecordType], places: Mapping[str, str]) -> str:
    """What a field means and what can stand in it, in one line; `places` are the paths of rosters by type."""
    words = [" ".join((one.description or "").split()), *_allowed(one, types, places)]
    return " ".join(word for word in words if word)


def _allowed(one: Field, types: Mapping[str, RecordType], places: Mapping[str, str]) -> Iterable[str]:
    """What can stand in a field, where its type says more than that it is a text."""
    named = " or ".join(types[name].title.lower() if name in types else name for name in one.to)
    roster = f" in {next(iter(places.values()))}" if places else ""
    lines: Mapping[FieldType, Callable[[], str]] = {
        FieldType.DATE: lambda: "A day, as YYYY-MM-DD.",
        FieldType.MONEY: lambda: "An amount, as 400000 or 400000 EUR.",
        FieldType.NUMBER: lambda: "A number.",
        FieldType.PERCENT: lambda: "A percentage, as 12 %.",
        FieldType.BOOLEAN: lambda: "true or false.",
        FieldType.PERSON: lambda: f"The id of a person{roster}." if roster else "A name.",
        FieldType.PERSONS: lambda: f"The ids of persons{roster}." if roster else "Names.",
        FieldType.REFERENCE: lambda: f"The id of a record: {named}." if named else "A record, as type/id.",
        FieldType.REFERENCES: lambda: f"The ids of records: {named}." if named else "Records, each as type/id.",
        FieldType.LIST: lambda: "A list.",
    }
    if one.type in lines:
        yield lines[one.type]()
    if one.values:
        yield f"One of: {', '.join(one.values)}."
