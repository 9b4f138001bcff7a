"""The change timeline: a Book in, an index of months and a page for each part of a month out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from minutebook.analyses.activity import YearActivity, step_bounds
from minutebook.analyses.acts import UNDATED, Month
from minutebook.history.value_words import count
from minutebook.model.change import Entry
from minutebook.pages.act_lines import ActLines, whole_act
from minutebook.pages.book import Book
from minutebook.pages.change_kinds import KIND_ORDER
from minutebook.pages.facets import GROUP, Facet, Facets, Question, make_facets
from minutebook.pages.links import CHANGES, MonthPart, month_address
from minutebook.pages.page import Address, Link, Page, SearchEntry
from minutebook.pages.paging import part_links
from minutebook.pages.since import SinceView, since_view
from minutebook.pages.timeline import Line

SHOWN_SINCE = 40
"""So many commits since the last meeting stand on the index."""
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of the index."""

    link: Link
    dated: str
    """Its name; empty: its changes have no valid date."""
    commits: int
    records: int
    parts: tuple[Address, ...]
    """Its pages, the oldest first."""
    newest: int
    """The mainline position of its last commit."""


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """One month of the calendar."""

    link: Link
    """By its number of commits."""
    words: str
    """The same as a sentence, for whoever sees no column."""
    step: int
    """How busy it was, from 1."""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One row of the calendar."""

    name: str
    months: tuple[CalendarMonth | None, ...]
    commits: int


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What the index lays out."""

    since: SinceView
    month_names: tuple[str, ...]
    calendar: tuple[CalendarYear, ...]
    """Newest first."""
    shades: tuple[int, ...]
    """Up to how many commits each of its shades goes, the lightest first."""
    years: tuple[tuple[str, tuple[MonthRow, ...]], ...]
    """Newest first."""
    total: int
    """How many commits changed a record."""


@dataclass(frozen=True, slots=True)
class MonthView:
    """What a page of a month lays out."""

    title: str
    summary: str
    """How many commits of the month changed how many records."""
    index: Link
    facets: tuple[Facet, ...]
    """What the changes on this page can be narrowed by."""
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


def _month_words(month: Month) -> str:
    return f"{count(len(month.acts), 'commit')} changed {count(month.records, 'record')}"


def _index(book: Book) -> Page:
    rows = [_month_row(month, book) for month in reversed(book.months)]
    years = tuple((year, tuple(some)) for year, some in groupby(rows, key=lambda row: row.link.text[:4]))
    return Page(
        address=CHANGES.path,
        title="Changes",
        template="changes.html",
        view=ChangesView(
            since=since_view(book, SHOWN_SINCE),
            month_names=MONTH_NAMES,
            calendar=tuple(_calendar_year(year) for year in book.activity),
            shades=step_bounds(book.activity),
            years=tuple((year if year.isdigit() else "No valid date", some) for year, some in years),
            total=len(book.acts),
        ),
        origin="the change timeline",
        summary="Every change of every record, by month.",
        search=SearchEntry("Changes", "Every change of every record, by month"),
    )


def _month_row(month: Month, book: Book) -> MonthRow:
    return MonthRow(
        link=Link(month_title(month), month_address(month.name)),
        dated="" if month.name == UNDATED else month.name,
        commits=len(month.acts),
        records=month.records,
        parts=tuple(part.address for part in book.month_parts[month.name]),
        newest=month.acts[-1].landing.position,
    )


def _calendar_year(year: YearActivity) -> CalendarYear:
    return CalendarYear(
        name=year.name,
        months=tuple(
            CalendarMonth(
                link=Link(f"{len(active.month.acts):,}", month_address(active.month.name)),
                words=f"{active.month.name}: {_month_words(active.month)}",
                step=active.step,
            )
            if active is not None
            else None
            for active in year.months
        ),
        commits=year.commits,
    )


def _month_page(
    part: MonthPart, parts: tuple[MonthPart, ...], before: Month | None, after: Month | None, book: Book
) -> Page:
    here: dict[int, list[Entry]] = {}
    for entry in part.entries:
        here.setdefault(entry.landing.position, []).append(entry)
    acts = [act for act in part.month.acts if act.landing.position in here]
    title = month_title(part.month)
    lines = book.lines.of(part.entries)
    facets = _facets(lines, book)
    marks = {line.anchor: mark for line, mark in zip(lines, facets.marks, strict=True)}
    return Page(
        address=part.address.path,
        title=f"Changes of {title}" + (f", part {part.number}" if len(parts) > 1 else ""),
        template="month.html",
        view=MonthView(
            title=title,
            summary=_month_words(part.month),
            index=Link("All months", CHANGES),
            facets=facets.facets,
            acts=tuple(whole_act(act, here[act.landing.position], book, marks) for act in reversed(acts)),
            parts=part_links(len(parts), partial(month_address, part.month.name)),
            part=part.number,
            before=Link(month_title(before), month_address(before.name)) if before else None,
            after=Link(month_title(after), month_address(after.name)) if after else None,
        ),
        origin=f"the changes of {title}",
    )


def _facets(lines: tuple[Line, ...], book: Book) -> Facets:
    """What lines can be narrowed by. A record counts for the groups that it is in today, those around them included.

    A group counts for itself, too.
    """
    types = tuple(record_type.title for record_type in book.configuration.types.values())
    questions = (Question("type", "Type", types), Question("kind", "Change", KIND_ORDER), Question(GROUP, "Group"))
    return make_facets(
        questions,
        [
            ((line.type,), line.kinds, tuple(book.links.title(group) for group in book.groups.counting(line.key)))
            for line in lines
        ],
    )
