"""The years of a long timeline: a Book in; for each record with many entries a page for each part of a year out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from minutebook.analyses.acts import UNDATED, month_name
from minutebook.model.portfolio import RecordHistory
from minutebook.pages.book import Book
from minutebook.pages.links import year_address
from minutebook.pages.page import Link, Page
from minutebook.pages.paging import part_links, split_by_weight
from minutebook.pages.timeline import Line

WHOLE_TIMELINE = 40
"""A timeline of at most so many lines stands on the record's page; of a longer one the latest, and years have pages."""
YEAR_PAGE_LINES = 400
"""How many lines (an entry, or a sentence of it) a page of a year holds."""


@dataclass(frozen=True, slots=True)
class YearView:
    """One page of a year of a long timeline."""

    record: Link
    year: str
    lines: tuple[Line, ...]
    """Newest first."""
    years: tuple[Link, ...]
    """Newest first."""
    parts: tuple[Link, ...]
    """The pages of the year, where there are several; the first holds the oldest lines, so that none ever moves."""
    part: int
    """From 1."""


def pages(book: Book) -> Iterator[Page]:
    """The pages of every record whose timeline is long."""
    for record in book.history.records.values():
        links = year_links(record, book)
        for year, lines in _years(record, book).items():
            yield from _year_pages(record, book, year, lines, links)


def year_links(record: RecordHistory, book: Book) -> tuple[Link, ...]:
    """The years of a record's timeline, newest first; none where the whole of it stands on the record's page."""
    return tuple(Link(year, year_address(record.key, year)) for year in _years(record, book))


def _years(record: RecordHistory, book: Book) -> dict[str, list[Line]]:
    """The lines of a long timeline by the year of the month that they stand in; years and lines newest first."""
    found: dict[str, list[Line]] = {}
    for entry in reversed(record.entries):
        month = month_name(entry.landing, book.configuration)
        found.setdefault(month if month == UNDATED else month[:4], []).extend(book.lines.of((entry,)))
    return found if sum(map(len, found.values())) > WHOLE_TIMELINE else {}


def _year_pages(
    record: RecordHistory, book: Book, year: str, lines: list[Line], years: tuple[Link, ...]
) -> Iterator[Page]:
    some = split_by_weight(reversed(lines), lambda line: 1 + len(line.words), YEAR_PAGE_LINES)
    parts = part_links(len(some), partial(year_address, record.key, year))
    for part, held in enumerate(some, 1):
        yield Page(
            address=year_address(record.key, year, part).path,
            title=f"{record.key.id}: timeline of {year}" + (f", part {part}" if len(some) > 1 else ""),
            template="record_year.html",
            view=YearView(
                record=book.links.to_record(record.key),
                year=year,
                lines=tuple(reversed(held)),
                years=years,
                parts=parts,
                part=part,
            ),
            origin=f"the timeline of {record.key} in {year}",
        )
