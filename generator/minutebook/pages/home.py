"""The home page: a Book in, what the portfolio is, where its records stand, what is late and what changed out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.analyses.gaps import gaps_of
from minutebook.history.value_words import count
from minutebook.model.note import UNPUBLISHED
from minutebook.pages.book import Book
from minutebook.pages.links import COMPLETENESS, HOME, PUBLICATION
from minutebook.pages.page import Link, Page, SearchEntry
from minutebook.pages.pending import PendingRow, pending_rows
from minutebook.pages.since import SinceView, since_view
from minutebook.pages.standings import Standings, portfolio_standings
from minutebook.pages.timeline import landed_day

SHOWN_SINCE = 12
"""So many commits since the last meeting stand on the home page."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page lays out."""

    title: str
    description: str | None
    standings: Standings
    since: SinceView
    commit: Link
    as_of: str
    completeness: Link
    publication: Link
    doubts: int
    """How many things the completeness page tells of the records and their history."""
    unpublished: int
    """How many files, links and texts it tells of that are not published, or not as they were written."""
    handbook: tuple[Link, ...]
    pending: int
    """How many records have edits that have not landed."""
    pending_rows: tuple[PendingRow, ...]
    """The first of them."""
    past_gaps: str
    """Which records could not be read for a time that is over, in words; empty: none."""


def pages(book: Book) -> Iterator[Page]:
    """The one home page."""
    configuration = book.configuration
    view = HomeView(
        title=configuration.title,
        description=configuration.description,
        standings=portfolio_standings(book),
        since=since_view(book, SHOWN_SINCE),
        commit=book.links.commit(book.edition.state),
        as_of=book.edition.as_of.isoformat(),
        completeness=Link("Completeness", COMPLETENESS),
        publication=Link("About this publication", PUBLICATION),
        doubts=sum(note.kind not in UNPUBLISHED for note in book.notes),
        unpublished=sum(note.kind in UNPUBLISHED for note in book.notes),
        handbook=book.handbook,
        pending=len(book.pending),
        pending_rows=pending_rows(book),
        past_gaps=_past_gaps(book),
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


def _past_gaps(book: Book) -> str:
    gaps = [(key, gap.since, gap.until) for key, gap in gaps_of(book.history) if gap.until is not None]
    if not gaps:
        return ""
    words = f"{count(len({key for key, _, _ in gaps}), 'record')} could not be read"
    if len(gaps) > 1:
        return f"{words} for a time"
    since, until = (landed_day(landing.landed, book.configuration) for landing in gaps[0][1:])
    return f"{words} from {since} to {until}"
