"""What has not landed: a Book of a preview in; lists of its edits, and a page of each record that is new, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.model.record import RecordKey
from minutebook.model.record_type import RecordType
from minutebook.pages.book import Book, Pending, PendingKind
from minutebook.pages.links import record_address, type_address
from minutebook.pages.page import Heading, Link, Page, TextSource
from minutebook.pages.shown import Grid, Shown, show_undeclared, show_value

MOST_ROWS = 50
"""So many edits are listed."""


@dataclass(frozen=True, slots=True)
class PendingRow:
    """One record that would change."""

    kind: str
    """What would become of it: "new", "edited", "restored" or "removed"."""
    record: Link
    path: str
    problem: str | None
    """Why its file cannot be read; None: it can."""


@dataclass(frozen=True, slots=True)
class PendingRecordView:
    """What the page of a record that has never landed lays out."""

    id: str
    title: str
    type: Link
    path: str
    problem: str | None
    """Why its file cannot be read; None: it can."""
    facts: tuple[tuple[str, Shown], ...]
    tables: tuple[tuple[str, Grid], ...]
    undeclared: tuple[tuple[str, Shown], ...]


def pending_rows(book: Book) -> tuple[PendingRow, ...]:
    """The first edits: what cannot be read, then what is new, then the others."""
    order = list(PendingKind)
    found = sorted(book.pending.values(), key=lambda one: (one.problem is None, order.index(one.kind)))
    return tuple(_row(one, book) for one in found[:MOST_ROWS])


def new_rows(record_type: RecordType, book: Book) -> tuple[PendingRow, ...]:
    """The first records of a type that have never landed: no row of its table is theirs yet."""
    found = [one for one in _new(book) if one.key.type == record_type.name]
    return tuple(_row(one, book) for one in found[:MOST_ROWS])


def _row(pending: Pending, book: Book) -> PendingRow:
    return PendingRow(
        kind=pending.kind.value,
        record=pending_link(pending.key, book),
        path=pending.path,
        problem=pending.problem,
    )


def pending_link(key: RecordKey, book: Book) -> Link:
    """A record by title, also one that has never landed."""
    pending = book.pending.get(key)
    if pending is None or pending.kind is not PendingKind.NEW:
        return book.links.to_record(key)
    return Link(_title(pending, book), record_address(key))


def pages(book: Book) -> Iterator[Page]:
    """Every record that has never landed, at the address that it will have."""
    for pending in _new(book):
        record_type = book.configuration.types[pending.key.type]
        shown = [
            (field, show_value(field, pending.fields[field.name], book.links))
            for field in record_type.fields
            if field.publish and field.role != "title" and field.name in pending.fields
        ]
        title, text = _title(pending, book), _text_of(pending)
        yield Page(
            address=record_address(pending.key).path,
            title=f"{pending.key.id}: {title}",
            template="pending_record.html",
            view=PendingRecordView(
                id=pending.key.id,
                title=title,
                type=Link(record_type.title, type_address(record_type.name)),
                path=pending.path,
                problem=pending.problem,
                facts=tuple((field.title, value) for field, value in shown if not isinstance(value, Grid)),
                tables=tuple((field.title, value) for field, value in shown if isinstance(value, Grid)),
                undeclared=tuple((name, show_undeclared(pending.fields[name])) for name in pending.undeclared),
            ),
            origin=f"the record {pending.key} ({pending.path}), which has not landed",
            headings=(
                Heading("How it would stand", "stands"),
                *([Heading("Text", "text")] if text is not None else []),
            ),
            text=text,
        )


def text_sources(book: Book) -> Iterator[tuple[str, TextSource]]:
    """The address of every such record that has a text, and where that text is."""
    for pending in _new(book):
        source = _text_of(pending)
        if source is not None:
            yield record_address(pending.key).path, source


def _new(book: Book) -> Iterator[Pending]:
    return (pending for pending in book.pending.values() if pending.kind is PendingKind.NEW)


def _text_of(pending: Pending) -> TextSource | None:
    text = pending.text
    return TextSource(text.blob, pending.path) if text is not None and text.lines else None


def _title(pending: Pending, book: Book) -> str:
    record_type = book.configuration.types[pending.key.type]
    field = record_type.published_role("title")
    title = pending.fields.get(field.name) if field is not None else None
    return title if isinstance(title, str) and title.strip() else f"{record_type.title} {pending.key.id}"
