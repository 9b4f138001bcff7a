"""What a record has to do with others: a Book and a record in; its relations, both ways and by what they mean, out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from minutebook.analyses.ending import Ending, record_ending
from minutebook.analyses.relations import Relation
from minutebook.history.value_words import lower_first, word_choice
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Value, texts_of
from minutebook.pages.book import Book
from minutebook.pages.links import type_address
from minutebook.pages.narrowed import narrowed, within_group
from minutebook.pages.page import Address, Link
from minutebook.pages.shown import Shown, Tag, Words, tone_of
from minutebook.pages.waiting_rows import day_of_waiting

MOST_RELATED = 20
"""So many records stand under one relation; the others are counted, with a link to the table that has them."""

MOST_NAMED = 100
"""So many records that a record itself names stand under one relation: no person writes more."""

SEEN_FROM_THERE: Mapping[str, str] = {
    "affects": "Decided by",
    "body": "Its {}",
    "decides": "Decided by",
    "decision": "Rests on this",
    "decisions": "Taken at",
    "depends_on": "Needed by",
    "escalates_to": "Escalates to it",
    "group": "Its {}",
    "meeting": "Taken there",
    "parent": "Parts",
    "product": "Its {}",
    "serves": "Served by",
    "similar_to": "Similar to",
    "subject": "{}",
    "supersedes": "Superseded by",
    "team": "Works on",
    "waived_by": "Waives",
}
"""What a reference means to the record that it leads to, by the role of the field that holds it; `{}`: its records."""

SAID_TWICE: Mapping[str, str] = {"meeting": "decisions", "decisions": "meeting", "similar_to": "similar_to"}
"""Roles of fields by which two records name each other, each saying what the other says."""


@dataclass(frozen=True, slots=True)
class Related:
    """One other record."""

    link: Link
    id: str | None = None
    """None: its link has it already, or is none."""
    status: Tag | None = None
    health: Tag | None = None
    """Only of what is not finished, and not well."""
    day: Shown | None = None
    """The day that it took place, with what it is where it waits to be decided; None: it has none."""
    due: str | None = None
    """The day by which it is due; None: it has none, or is finished."""


@dataclass(frozen=True, slots=True)
class RelationRow:
    """The records that stand in one relation to a record."""

    title: str
    """What the relation means from here: "Depends on", "Needed by"."""
    records: tuple[Related, ...]
    more: Link | None
    """How many are not shown, leading to the table that has them; None: all are."""


def relation_rows(
    key: RecordKey, record_type: RecordType, values: Fields, told: Container[str], book: Book
) -> tuple[RelationRow, ...]:
    """What the record names, in the order of its type, then what names it, by what that means and the type.

    `told` are the names of fields that stand elsewhere on its page.
    """
    named = tuple(_named(record_type, values, book))
    outward = (_outward(one, book) for one in named if one.field.name not in told and not _is_path(key, one, book))
    return (*outward, *_inward(key, named, book))


class Named(NamedTuple):
    """What a field of the record names."""

    field: Field
    ids: tuple[str, ...]
    """As it is written; the first `MOST_NAMED`."""
    keys: tuple[RecordKey | None, ...]
    """The record that each leads to; None: to none, or to several."""
    more: int


def _named(record_type: RecordType, values: Fields, book: Book) -> Iterator[Named]:
    for field in record_type.fields:
        value = values.get(field.name)
        if not field.publish or field.type not in (FieldType.REFERENCE, FieldType.REFERENCES):
            continue
        ids = texts_of(value)
        if ids:
            shown = ids[:MOST_NAMED]
            keys = tuple(book.links.names.key_of(field.to, id_) for id_ in shown)
            yield Named(field, shown, keys, len(ids) - len(shown))


def _is_path(key: RecordKey, named: Named, book: Book) -> bool:
    """Whether it is the group above the title of the page."""
    return named.field.role in ("group", "parent") and named.keys == book.groups.around(key)[:1]


def _outward(named: Named, book: Book) -> RelationRow:
    found = (
        related(key, book) if key is not None else Related(book.links.reference(named.field.to, id_))
        for id_, key in zip(named.ids, named.keys, strict=True)
    )
    return RelationRow(named.field.title, tuple(found), Link(f"and {named.more} more") if named.more else None)


def _inward(key: RecordKey, named: Iterable[Named], book: Book) -> Iterator[RelationRow]:
    said = {(one.field.role, other) for one in named for other in one.keys}

    def meaning(relation: Relation) -> tuple[str, str]:
        field = relation.field
        words = SEEN_FROM_THERE.get(field.role or "", "Named under “{1}”")
        decision = book.decisions.by_key.get(relation.source)
        if field.role == "affects" and decision is not None and decision.is_pending:
            words = "To be decided by"
        records = lower_first(book.configuration.types[relation.source.type].plural)
        title = words.format(records, field.title)
        return (title[:1].upper() + title[1:], relation.source.type)

    relations = sorted(
        (
            one
            for one in book.relations.get(key, ())
            if (SAID_TWICE.get(one.field.role or ""), one.source) not in said and not _is_counted(key, one, book)
        ),
        key=meaning,
    )
    types = Counter(title for title, _ in {meaning(relation) for relation in relations})
    for (title, type_name), some in groupby(relations, key=meaning):
        alike = list(some)
        field = alike[0].field
        # A stable sort: what is still open first, then the newest, and records without a date in their order.
        sources = sorted(
            dict.fromkeys(relation.source for relation in alike),
            key=lambda one: (not _is_finished(one, book), _day(one, book) or dt.date.min),
            reverse=True,
        )
        plural = lower_first(book.configuration.types[type_name].plural)
        more = len(sources) - MOST_RELATED
        yield RelationRow(
            f"{title} ({plural})" if types[title] > 1 else title,
            tuple(related(source, book) for source in sources[:MOST_RELATED]),
            Link(f"and {more} more", _table_of(key, type_name, field, book)) if more > 0 else None,
        )


def _is_counted(key: RecordKey, relation: Relation, book: Book) -> bool:
    """Whether the page of a group counts the record among those that the group holds, and leads to them."""
    record_type = book.configuration.types[relation.source.type]
    return (
        relation.field.role == "group"
        and key in book.holdings
        and within_group(record_type, key, book) is not None
        and relation.source in book.holdings[key].here
    )


def _table_of(key: RecordKey, type_name: str, field: Field, book: Book) -> Address:
    """The table of the records that name this one, narrowed to them where it can be."""
    record_type = book.configuration.types[type_name]
    return narrowed(record_type, field, book.links.title(key), book) or type_address(type_name)


def _day(key: RecordKey, book: Book) -> dt.date | None:
    """The day that a record took place; None: it has none."""
    state = book.portfolio.states.get(key)
    return state.day_of(book.configuration.types[key.type], "date") if state is not None else None


def _is_finished(key: RecordKey, book: Book) -> bool:
    state = book.portfolio.states.get(key)
    if state is None:
        return False
    return record_ending(book.configuration.types[key.type], state) is Ending.FINISHED


def _when(key: RecordKey, book: Book) -> Shown | None:
    """The day that a record took place as a reader is told it; of one that waits to be decided, what that day is."""
    decision = book.decisions.by_key.get(key)
    waiting = day_of_waiting(decision, book) if decision is not None else None
    day = _day(key, book)
    return waiting or (Words(day.isoformat(), figure=True) if day is not None else None)


def related(key: RecordKey, book: Book) -> Related:
    """A record as others name it: its title and how it stands."""
    state = book.portfolio.states.get(key)
    record_type = book.configuration.types[key.type]
    values: Fields = state.version.fields if state is not None and state.version is not None else {}
    is_open = not _is_finished(key, book)

    def told(role: str) -> tuple[Field | None, Value]:
        field = record_type.published_role(role)
        return field, values.get(field.name) if field is not None else None

    status, word = told("status")
    health, how = told("health")
    _, due = told("due")
    is_ailing = is_open and health is not None and how in health.values[1:]
    return Related(
        link=book.links.to_record(key),
        id=key.id if book.links.names.title(key) else None,
        status=Tag(word_choice(word), tone_of(status, word)) if status and isinstance(word, str) else None,
        health=Tag(how, tone_of(health, how)) if is_ailing and health and isinstance(how, str) else None,
        day=_when(key, book),
        due=due.isoformat() if is_open and isinstance(due, dt.date) else None,
    )
