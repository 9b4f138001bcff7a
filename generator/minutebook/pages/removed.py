"""Removed records, which keep their pages: a Book in; a list for the table of their type, or pages of all, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from minutebook.model.record import natural_key
from minutebook.model.record_type import RecordType
from minutebook.pages.book import Book
from minutebook.pages.links import type_address
from minutebook.pages.page import Address, Link, Page
from minutebook.pages.paging import part_address, part_links, split_by_number
from minutebook.pages.tables import PAGE_ROWS

SHOWN_REMOVED = 100
"""So many removed records of a type stand below its table."""


@dataclass(frozen=True, slots=True)
class RemovedList:
    """What stands below the table of a type."""

    records: tuple[Link, ...]
    """By their ids; not all where there are many."""
    total: int
    all: Link | None
    """The page of all; None: these are all."""


@dataclass(frozen=True, slots=True)
class RemovedView:
    """What a page of removed records lays out."""

    title: str
    table: Link
    """The table of those that stand."""
    records: tuple[Link, ...]
    """By their ids."""
    total: int
    """How many there are on all parts."""
    parts: tuple[Link, ...]
    """The pages of the list, where there are several."""
    part: int
    """From 1."""


def removed_list(record_type: RecordType, book: Book) -> RemovedList | None:
    """The first removed records of a type, by their ids; None: none was removed."""
    records = _removed_records(record_type, book)
    if not records:
        return None
    has_page = len(records) > SHOWN_REMOVED
    return RemovedList(
        records=records[:SHOWN_REMOVED],
        total=len(records),
        all=Link(f"All {len(records):,}", _address(record_type)) if has_page else None,
    )


def pages(book: Book) -> Iterator[Page]:
    """A page of all removed records of each type that has more than its table shows; in parts where it is long."""
    for count in book.counts:
        records = _removed_records(count.record_type, book)
        if len(records) > SHOWN_REMOVED:
            yield from _pages_of(count.record_type, records)


def _pages_of(record_type: RecordType, records: tuple[Link, ...]) -> Iterator[Page]:
    some = split_by_number(records, PAGE_ROWS)
    parts = part_links(len(some), partial(_address, record_type))
    title = f"Removed {record_type.plural}"
    for part, held in enumerate(some, 1):
        yield Page(
            address=_address(record_type, part).path,
            title=title if part == 1 else f"{title}, part {part}",
            template="removed.html",
            view=RemovedView(
                title=title,
                table=Link(record_type.plural, type_address(record_type.name)),
                records=tuple(held),
                total=len(records),
                parts=parts,
                part=part,
            ),
            origin=f"the removed records of the record type {record_type.name}",
        )


def _removed_records(record_type: RecordType, book: Book) -> tuple[Link, ...]:
    removed = [key for key, state in book.portfolio.states.items() if state.removed and key.type == record_type.name]
    return tuple(book.links.to_record(key) for key in sorted(removed, key=lambda key: natural_key(key.id)))


def _address(record_type: RecordType, part: int = 1) -> Address:
    # With a hyphen at its front, as the parts of the table have it: no record can have this address.
    return part_address(Address(f"{type_address(record_type.name).path}-removed/"), part)
