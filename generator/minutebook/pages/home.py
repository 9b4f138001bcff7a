"""The home page: a Book in, what the portfolio is, how many records stand where, and what changed lately out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.pages.act_lines import ActLines, act_lines
from minutebook.pages.book import Book
from minutebook.pages.links import CHANGES, COMPLETENESS, HOME, PUBLICATION, type_address
from minutebook.pages.page import Link, Page, SearchEntry
from minutebook.pages.shown import Tag, tone_of

LATELY = 12
"""How many of the latest commits the home page tells of."""


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One record type."""

    link: Link
    standing: int
    removed: int
    by_status: tuple[tuple[Tag, int], ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page lays out."""

    title: str
    description: str | None
    rows: tuple[TypeRow, ...]
    total: int
    lately: tuple[ActLines, ...]
    """Newest first."""
    commit: Link
    as_of: str
    changes: Link
    completeness: Link
    publication: Link
    doubts: int
    """How many things the completeness page tells."""
    handbook: tuple[Link, ...]
    pending: int
    """How many records have edits that have not landed."""


def pages(book: Book) -> Iterator[Page]:
    """The one home page."""
    configuration = book.configuration
    latest = reversed(book.acts[-LATELY:])
    view = HomeView(
        title=configuration.title,
        description=configuration.description,
        rows=tuple(_rows(book)),
        total=sum(count.standing for count in book.counts),
        lately=tuple(act_lines(act, act.entries, book, anchors=False) for act in latest),
        commit=book.links.commit(book.edition.commit),
        as_of=book.edition.as_of.isoformat(),
        changes=Link("All changes", CHANGES),
        completeness=Link("Completeness", COMPLETENESS),
        publication=Link("About this publication", PUBLICATION),
        doubts=len(book.notes),
        handbook=book.handbook,
        pending=len(book.pending),
    )
    yield Page(
        address=HOME.path,
        title=configuration.title,
        template="home.html",
        view=view,
        origin="the home page",
        summary=configuration.description or "",
        search=SearchEntry(configuration.title, configuration.description or ""),
    )


def _rows(book: Book) -> Iterator[TypeRow]:
    for count in book.counts:
        status = count.record_type.with_role("status")
        yield TypeRow(
            link=Link(count.record_type.plural, type_address(count.record_type.name)),
            standing=count.standing,
            removed=count.removed,
            by_status=tuple(
                (Tag(word, tone_of(status, word)) if word is not None and status else Tag("no status", "plain"), number)
                for word, number in count.by_status
            ),
        )
