"""The data dictionary: a Book in; the fields, vocabularies and lifecycle of each record type, as they validate, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.model.record_type import ROLES, Field, FieldType, Lifecycle, RecordType
from minutebook.pages.book import Book
from minutebook.pages.links import DICTIONARY, dictionary_address, field_anchor, type_address
from minutebook.pages.page import Heading, Link, Page, SearchEntry
from minutebook.pages.shown import Tag, tone_of

FIELD_TYPES: dict[FieldType, str] = {
    FieldType.ID: "a word that names it",
    FieldType.TEXT: "text on one line",
    FieldType.PROSE: "text, perhaps of several paragraphs",
    FieldType.DATE: "a day, YYYY-MM-DD",
    FieldType.MONEY: "an amount, with or without a currency",
    FieldType.NUMBER: "a number",
    FieldType.PERCENT: "a number in per cent",
    FieldType.BOOLEAN: "yes or no",
    FieldType.ENUM: "one of a vocabulary",
    FieldType.STATUS: "one of a vocabulary",
    FieldType.HEALTH: "one of a vocabulary",
    FieldType.PERSON: "a person",
    FieldType.PERSONS: "persons",
    FieldType.REFERENCE: "a record",
    FieldType.REFERENCES: "records",
    FieldType.URL: "a web address",
    FieldType.LIST: "a list of texts",
    FieldType.ITEMS: "a list of items with fields of their own",
    FieldType.OBJECT: "fields of its own",
}
"""What is written in a field of each type, for a person."""


@dataclass(frozen=True, slots=True)
class Step:
    """One state of a lifecycle."""

    state: Tag
    then: tuple[Tag, ...]
    final: bool
    frozen: bool


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field."""

    name: str
    title: str
    required: bool
    what: str
    """What is written in it: "a day, YYYY-MM-DD"."""
    leads_to: tuple[Link, ...]
    """The types of the records that it may name; empty: it names none, or any."""
    words: tuple[Tag, ...]
    """Its vocabulary; empty: any word, or the lifecycle tells them."""
    lifecycle: str | None
    """The anchor of its lifecycle; None: it has none."""
    description: str
    role: str | None
    """What it means to Minutebook; None: nothing of its own."""
    meaning: str | None
    """The role in words."""
    anchor: str
    separator: str | None
    singular: str | None
    """What one of its items is called; None: it has none, or nobody has said."""


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The fields of a type, or those of one of its items."""

    title: str | None
    """The field that holds them; None: the record itself."""
    anchor: str
    rows: tuple[FieldRow, ...]
    steps: tuple[Step, ...]
    """The lifecycle of the status among them; empty: there is none."""

    @property
    def lifecycle(self) -> str:
        """The anchor of the lifecycle."""
        return f"{self.anchor}-lifecycle"


@dataclass(frozen=True, slots=True)
class TypeView:
    """What the page of one record type lays out."""

    title: str
    name: str
    description: str | None
    paths: tuple[str, ...]
    text: str | None
    tables: tuple[FieldTable, ...]
    """The record's own fields, then those of its items and objects."""
    records: Link
    standing: int
    index: Link


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One record type of the index."""

    link: Link
    description: str | None
    fields: int
    required: int


@dataclass(frozen=True, slots=True)
class IndexView:
    """What the index lays out."""

    rows: tuple[IndexRow, ...]


def pages(book: Book) -> Iterator[Page]:
    """The index, then a page for each published type."""
    types = [count.record_type for count in book.counts]
    yield Page(
        address=DICTIONARY.path,
        title="Data dictionary",
        template="dictionary.html",
        view=IndexView(rows=tuple(_index_row(record_type) for record_type in types)),
        origin="the data dictionary",
        summary="The fields, vocabularies and lifecycle of each record type.",
        search=SearchEntry("Data dictionary", "Fields, vocabularies and lifecycles of the record types"),
    )
    for count in book.counts:
        yield _type_page(count.record_type, count.standing, book)


def _type_page(record_type: RecordType, standing: int, book: Book) -> Page:
    nested = [field for field in _published(record_type.fields) if field.fields]
    tables = (
        _table(None, "fields", record_type.fields, book),
        *(_table(field.title, f"fields-{field.name}", field.fields, book) for field in nested),
    )
    return Page(
        address=dictionary_address(record_type.name).path,
        title=f"Fields of {record_type.title.lower()}",
        template="dictionary_type.html",
        view=TypeView(
            title=record_type.title,
            name=record_type.name,
            description=record_type.description,
            paths=record_type.paths,
            text=record_type.text,
            tables=tables,
            records=Link(record_type.plural, type_address(record_type.name)),
            standing=standing,
            index=Link("Data dictionary", DICTIONARY),
        ),
        origin=f"the data dictionary of the record type {record_type.name}",
        summary=record_type.description or "",
        headings=tuple(Heading(table.title or "Fields", table.anchor) for table in tables),
        search=SearchEntry(
            f"Fields of {record_type.title.lower()}",
            " · ".join(field.title for field in _published(record_type.fields)),
        ),
    )


def _index_row(record_type: RecordType) -> IndexRow:
    fields = _published(record_type.fields)
    return IndexRow(
        link=Link(record_type.title, dictionary_address(record_type.name)),
        description=record_type.description,
        fields=len(fields),
        required=sum(field.required for field in fields),
    )


def _published(fields: tuple[Field, ...]) -> list[Field]:
    return [field for field in fields if field.publish]


def _table(title: str | None, anchor: str, fields: tuple[Field, ...], book: Book) -> FieldTable:
    shown = _published(fields)
    status = next((field for field in shown if field.lifecycle is not None), None)
    steps = _steps(status, status.lifecycle) if status is not None and status.lifecycle is not None else ()
    return FieldTable(title, anchor, tuple(_row(field, anchor, book) for field in shown), steps)


def _row(field: Field, table: str, book: Book) -> FieldRow:
    published = {count.record_type.name: count.record_type for count in book.counts}
    targets = [published[name] for name in field.to if name in published]
    return FieldRow(
        name=field.name,
        title=field.title,
        required=field.required,
        what=FIELD_TYPES[field.type],
        leads_to=tuple(Link(kind.title.lower(), dictionary_address(kind.name)) for kind in targets),
        words=() if field.lifecycle else tuple(Tag(word, tone_of(field, word)) for word in field.values),
        lifecycle=f"{table}-lifecycle" if field.lifecycle else None,
        description=field.description or "",
        role=field.role,
        meaning=ROLES.get(field.role) if field.role else None,
        anchor=f"{table}-{field.name}" if table != "fields" else field_anchor(field.name),
        separator=field.separator,
        singular=field.singular,
    )


def _steps(field: Field, lifecycle: Lifecycle) -> tuple[Step, ...]:
    return tuple(
        Step(
            state=Tag(state, tone_of(field, state)),
            then=tuple(Tag(word, tone_of(field, word)) for word in then),
            final=state in lifecycle.final,
            frozen=state in lifecycle.frozen,
        )
        for state, then in lifecycle.transitions.items()
    )
