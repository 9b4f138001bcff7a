"""The home page: a Book in, what the portfolio is, where its records stand, what is late and what changed out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.analyses.gaps import gaps_of
from minutebook.history.value_words import count
from minutebook.pages.book import Book
from minutebook.pages.links import COMPLETENESS, HOME, PUBLICATION
from minutebook.pages.page import Link, Page, SearchEntry
from minutebook.pages.pending import PendingRow, pending_rows
from minutebook.pages.since import SinceView, since_view
from minutebook.pages.standings import Standings, others_by_type, portfolio_standings
from minutebook.pages.timeline import landed_day
from minutebook.pages.waiting_rows import WaitingRow, waiting_row

SHOWN_SINCE = 12
"""So many commits since the last meeting stand on the home page."""
LONGEST_WAITING = 8
"""So many pending decisions stand on the home page."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page lays out."""

    title: str
    description: str | None
    standings: Standings
    has_decisions: bool
    waiting: tuple[WaitingRow, ...]
    """The longest first."""
    waiting_total: int
    waiting_more: tuple[tuple[Link, int], ...]
    """How many others each type has."""
    since: SinceView
    commit: Link
    as_of: str
    completeness: Link
    publication: Link
    doubts: int
    """How many things the completeness page tells."""
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
        has_decisions=bool(book.decisions.by_key),
        waiting=tuple(waiting_row(one, book) for one in book.decisions.pending[:LONGEST_WAITING]),
        waiting_total=len(book.decisions.pending),
        waiting_more=others_by_type((one.key for one in book.decisions.pending[LONGEST_WAITING:]), book),
        since=since_view(book, SHOWN_SINCE),
        commit=book.links.commit(book.edition.state),
        as_of=book.edition.as_of.isoformat(),
        completeness=Link("Completeness", COMPLETENESS),
        publication=Link("About this publication", PUBLICATION),
        doubts=len(book.notes),
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
