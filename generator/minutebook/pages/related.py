"""What a record has to do with others: a Book and a record in; its relations, both ways and by what they mean, out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

from minutebook.analyses.relations import Relation
from minutebook.history.value_words import word_choice
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields
from minutebook.pages.book import Book
from minutebook.pages.facets import question_of
from minutebook.pages.links import type_address
from minutebook.pages.page import Address, Link
from minutebook.pages.shown import Tag, tone_of
from minutebook.pages.type_table import ASKED_ROLES

MOST_RELATED = 20
"""So many records stand under one relation; the others are counted, with a link to the table that has them."""

MOST_NAMED = 100
"""So many records that a record itself names stand under one relation: no person writes more."""

SEEN_FROM_THERE: Mapping[str, str] = {
    "affects": "Decided by",
    "body": "Work of this body",
    "decides": "Decided by",
    "decision": "Rests on this",
    "decisions": "Taken at",
    "depends_on": "Needed by",
    "escalates_to": "Escalated here",
    "group": "In this group",
    "meeting": "Taken there",
    "parent": "Parts",
    "product": "Worked for by",
    "serves": "Served by",
    "similar_to": "Looks like",
    "subject": "Taught",
    "supersedes": "Superseded by",
    "team": "Team of",
    "waived_by": "Waives",
}
"""What a reference means to the record that it leads to, by the role of the field that holds it."""


@dataclass(frozen=True, slots=True)
class Related:
    """One other record."""

    link: Link
    status: Tag | None
    day: str | None
    """The day that it took place; None: it has none."""


@dataclass(frozen=True, slots=True)
class RelationRow:
    """The records that stand in one relation to a record."""

    title: str
    """What the relation means from here: "Depends on", "Needed by"."""
    records: tuple[Related, ...]
    more: Link | None
    """How many are not shown, leading to the table that has them; None: all are."""


def relation_rows(key: RecordKey, record_type: RecordType, values: Fields, book: Book) -> tuple[RelationRow, ...]:
    """What the record names, in the order of its type, then what names it, by what that means and the type."""
    return (*_outward(record_type, values, book), *_inward(key, book))


def _outward(record_type: RecordType, values: Fields, book: Book) -> Iterator[RelationRow]:
    for field in record_type.fields:
        value = values.get(field.name)
        if not field.publish or field.type not in (FieldType.REFERENCE, FieldType.REFERENCES) or value is None:
            continue
        ids = value if isinstance(value, tuple) else (value,)
        found = []
        for id_ in islice((id_ for id_ in ids if isinstance(id_, str)), MOST_NAMED):
            keys = [key for key in book.links.names.keys_of(field.to, id_) if key in book.links.known]
            found.append(
                related(keys[0], book) if len(keys) == 1 else Related(book.links.reference(field.to, id_), None, None)
            )
        if found:
            more = Link(f"and {len(ids) - MOST_NAMED} more") if len(ids) > MOST_NAMED else None
            yield RelationRow(field.title, tuple(found), more)


def _inward(key: RecordKey, book: Book) -> Iterator[RelationRow]:
    def meaning(relation: Relation) -> tuple[str, str]:
        field = relation.field
        return (SEEN_FROM_THERE.get(field.role or "", f"Named under “{field.title}”"), relation.source.type)

    relations = sorted(book.relations.get(key, ()), key=meaning)
    types = Counter(title for title, _ in {meaning(relation) for relation in relations})
    for (title, type_name), some in groupby(relations, key=meaning):
        alike = list(some)
        field = alike[0].field
        # A stable sort: the newest first, and records without a date in their order.
        sources = sorted(
            dict.fromkeys(relation.source for relation in alike), key=lambda one: _day(one, book), reverse=True
        )
        plural = book.configuration.types[type_name].plural.lower()
        more = len(sources) - MOST_RELATED
        yield RelationRow(
            f"{title} ({plural})" if types[title] > 1 else title,
            tuple(related(source, book) for source in sources[:MOST_RELATED]),
            Link(f"and {more} more", _table_of(key, type_name, field, book)) if more > 0 else None,
        )


def _table_of(key: RecordKey, type_name: str, field: Field, book: Book) -> Address:
    """The table of the records that name this one, narrowed to them where their own field is one that it asks for."""
    record_type = book.configuration.types[type_name]
    is_asked = field in record_type.fields and field.role in ASKED_ROLES
    view = ((question_of(field).name, word_choice(book.links.title(key))),) if is_asked else ()
    return Address(type_address(type_name).path, view=view)


def _day(key: RecordKey, book: Book) -> dt.date:
    """The day that a record took place; the first of all days where it has none."""
    state = book.portfolio.states.get(key)
    value = state.value_of(book.configuration.types[key.type], "date") if state is not None else None
    return value if isinstance(value, dt.date) else dt.date.min


def related(key: RecordKey, book: Book) -> Related:
    """A record as others name it: its title and how it stands."""
    state = book.portfolio.states.get(key)
    status = book.configuration.types[key.type].published_role("status")
    word = state.value_of(book.configuration.types[key.type], "status") if state is not None else None
    day = _day(key, book)
    return Related(
        link=book.links.to_record(key),
        status=Tag(word_choice(word), tone_of(status, word)) if status and isinstance(word, str) else None,
        day=day.isoformat() if day != dt.date.min else None,
    )
