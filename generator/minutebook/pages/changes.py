"""The change timeline: a Book in, an index of months and a page for each part of a month out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from minutebook.analyses.acts import UNDATED, Month
from minutebook.model.change import Entry
from minutebook.pages.act_lines import ActLines, act_lines
from minutebook.pages.book import Book
from minutebook.pages.links import CHANGES, MonthPart, month_address
from minutebook.pages.page import Link, Page, SearchEntry


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of the index."""

    link: Link
    commits: int
    records: int


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What the index lays out."""

    years: tuple[tuple[str, tuple[MonthRow, ...]], ...]
    """Newest first."""
    total: int
    """How many commits changed a record."""


@dataclass(frozen=True, slots=True)
class MonthView:
    """What a page of a month lays out."""

    title: str
    index: Link
    acts: tuple[ActLines, ...]
    """Newest first."""
    parts: tuple[Link, ...]
    """The pages of the month, where there are several; the first holds the oldest changes, so that none ever moves."""
    part: int
    before: Link | None
    after: Link | None


def pages(book: Book) -> Iterator[Page]:
    """The index, then every page of every month."""
    yield _index(book)
    for index, month in enumerate(book.months):
        before = book.months[index - 1] if index else None
        after = book.months[index + 1] if index + 1 < len(book.months) else None
        parts = book.month_parts[month.name]
        for part in parts:
            yield _month_page(part, parts, before, after, book)


def month_title(month: Month) -> str:
    """A month as a heading has it."""
    return "No valid date" if month.name == UNDATED else month.name


def _index(book: Book) -> Page:
    rows = [
        MonthRow(Link(month_title(month), month_address(month.name)), len(month.acts), month.records)
        for month in reversed(book.months)
    ]
    years = tuple((year, tuple(some)) for year, some in groupby(rows, key=lambda row: row.link.text[:4]))
    return Page(
        address=CHANGES.path,
        title="Changes",
        template="changes.html",
        view=ChangesView(
            years=tuple((year if year.isdigit() else "No valid date", some) for year, some in years),
            total=len(book.acts),
        ),
        origin="the change timeline",
        summary="Every change of every record, by month.",
        search=SearchEntry("Changes", "Every change of every record, by month"),
    )


def _month_page(
    part: MonthPart, parts: tuple[MonthPart, ...], before: Month | None, after: Month | None, book: Book
) -> Page:
    here: dict[int, list[Entry]] = {}
    for entry in part.entries:
        here.setdefault(entry.landing.position, []).append(entry)
    acts = [act for act in part.month.acts if act.landing.position in here]
    title = month_title(part.month)
    return Page(
        address=part.address.path,
        title=f"Changes of {title}" + (f", part {part.number}" if len(parts) > 1 else ""),
        template="month.html",
        view=MonthView(
            title=title,
            index=Link("All months", CHANGES),
            acts=tuple(act_lines(act, here[act.landing.position], book, anchors=True) for act in reversed(acts)),
            parts=tuple(Link(str(one.number), one.address) for one in parts) if len(parts) > 1 else (),
            part=part.number,
            before=Link(month_title(before), month_address(before.name)) if before else None,
            after=Link(month_title(after), month_address(after.name)) if after else None,
        ),
        origin=f"the changes of {title}",
    )
