"""The table of each record type: a Book in, one row a standing record with its key fields and its last change out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.model.portfolio import RecordState
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, RecordType
from minutebook.pages.book import Book
from minutebook.pages.links import type_address
from minutebook.pages.page import Address, Link, Page, SearchEntry
from minutebook.pages.shown import FIGURES, Column, Shown, show_value
from minutebook.pages.timeline import landed_day

COLUMN_ROLES = ("status", "health", "category", "owner", "lead", "group", "date", "due")
"""What a table shows beside title and id, in this order, as far as the type has it."""
MOST_COLUMNS = 5
PAGE_ROWS = 500
"""How many records a page of a table holds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record."""

    id: str
    record: Link
    cells: tuple[Shown, ...]
    changed: str
    """The day of its last change."""
    change: Address | None
    """Where that change is told."""
    unreadable: bool
    pending: bool
    """Whether the working tree has an edit that has not landed; only in a preview."""


@dataclass(frozen=True, slots=True)
class TypeTableView:
    """What a table page lays out."""

    title: str
    description: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    by_status: tuple[tuple[str, int], ...]
    total: int
    removed: tuple[Link, ...]
    """Records that were removed; they keep their pages."""
    parts: tuple[Link, ...]
    """The pages of the table, where there are several."""
    part: int
    as_of: str


def pages(book: Book) -> Iterator[Page]:
    """The table of each published type; in parts where it is long."""
    for count in book.counts:
        yield from _type_pages(count.record_type, book)


def _type_pages(record_type: RecordType, book: Book) -> Iterator[Page]:
    states = sorted(book.portfolio.of_type(record_type), key=lambda state: natural_order(state.key))
    fields = column_fields(record_type, states)
    removed = [key for key, state in book.portfolio.states.items() if state.removed and key.type == record_type.name]
    batches = [states[start : start + PAGE_ROWS] for start in range(0, len(states), PAGE_ROWS)] or [[]]
    links = tuple(Link(str(number), _part_address(record_type, number)) for number in range(1, len(batches) + 1))
    by_status = next(count.by_status for count in book.counts if count.record_type is record_type)
    for number, batch in enumerate(batches, 1):
        yield Page(
            address=_part_address(record_type, number).path,
            title=record_type.plural if number == 1 else f"{record_type.plural}, part {number}",
            template="type_table.html",
            view=TypeTableView(
                title=record_type.plural,
                description=record_type.description,
                columns=tuple(Column(field.title, field.type in FIGURES) for field in fields),
                rows=tuple(_row(state, fields, book) for state in batch),
                by_status=tuple((word or "no status", number_) for word, number_ in by_status),
                total=len(states),
                removed=tuple(book.links.to_record(key) for key in sorted(removed, key=natural_order))
                if number == 1
                else (),
                parts=links if len(links) > 1 else (),
                part=number,
                as_of=book.edition.as_of.isoformat(),
            ),
            origin=f"the table of the record type {record_type.name}",
            summary=record_type.description or "",
            search=SearchEntry(record_type.plural, record_type.description or "") if number == 1 else None,
        )


def column_fields(record_type: RecordType, states: list[RecordState]) -> tuple[Field, ...]:
    """The key fields of a type that any of its records has: what a table has room for."""
    filled = {name for state in states if state.version is not None for name in state.version.fields}
    found = (record_type.with_role(role) for role in COLUMN_ROLES)
    return tuple(field for field in found if field is not None and field.publish and field.name in filled)[
        :MOST_COLUMNS
    ]


def natural_order(key: RecordKey) -> tuple[tuple[int, int, str], ...]:
    """Sorts ids as people count: 9 before 10, and numbers before words."""
    parts: list[tuple[int, int, str]] = []
    word = ""
    for letter in f"{key.id}\0":
        is_digit = "0" <= letter <= "9"
        if word and (not is_digit or not word.isdigit()) and (is_digit or word.isdigit() or letter == "\0"):
            parts.append((0, int(word), "") if word.isdigit() and len(word) < 19 else (1, 0, word.casefold()))
            word = ""
        word += letter
    return tuple(parts)


def _row(state: RecordState, fields: tuple[Field, ...], book: Book) -> Row:
    values = state.version.fields if state.version is not None else {}
    last = book.history.records[state.key].entries[-1:]
    return Row(
        id=state.key.id,
        record=book.links.to_record(state.key),
        cells=tuple(show_value(field, values.get(field.name), book.links) for field in fields),
        changed=landed_day(last[0].landing.landed, book.configuration) if last else "",
        change=book.links.entry(last[0]) if last else None,
        unreadable=state.unreadable is not None,
        pending=state.key in book.pending,
    )


def _part_address(record_type: RecordType, number: int) -> Address:
    top = type_address(record_type.name)
    # With a hyphen at its front: no record can have this address, and every host serves it.
    return top if number == 1 else Address(f"{top.path}-part/{number}/")
