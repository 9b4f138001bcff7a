"""What changed since a reader last looked: a Book in, the changes since the last meeting out, and where older ones are.

Without scripts that is all. `assets/since.js` tells from it what changed since the reader's last visit, or a date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from minutebook.analyses.acts import Act, acts_since, mainline_day
from minutebook.model.record import RecordKey
from minutebook.pages.act_lines import MOST_LINES, ActLines, brief_act
from minutebook.pages.book import Book
from minutebook.pages.links import CHANGES
from minutebook.pages.page import Address, Link

LATELY = 30
"""Where no meeting is recorded, so many days before the day of the page count as lately."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A commit of the mainline that changed a record, by which a script finds its way in the history."""

    position: int
    day: str
    """By the clock of the mainline; empty: no valid time up to it."""
    commit: str


@dataclass(frozen=True, slots=True)
class SinceView:
    """What the section lays out."""

    day: str
    """The first day that counts."""
    meeting: Link | None
    """The meeting that took place on it; None: none is recorded, and it is `lately` days before that of the page."""
    lately: int
    acts: tuple[ActLines, ...]
    """Newest first; not all where there are many."""
    commits: int
    """How many commits changed a record since that day."""
    records: int
    """How many records they changed."""
    newest: Mark | None
    """The last commit that changed a record; None: there is none."""
    older: Mark | None
    """The newest one that is not among `acts`; None: all are."""
    timeline: Address
    """The page that knows where all older changes are."""
    most: int
    """How many commits the page shows."""
    most_lines: int
    """Of how many records each tells."""


def since_view(book: Book, most: int) -> SinceView:
    """The newest changes since the last meeting, at most so many commits."""
    first = _first_day(book)
    acts = acts_since(book.acts, first, book.configuration)
    shown = acts[-most:]
    before = len(book.acts) - len(shown)
    changed = _changed_records(acts, book)
    return SinceView(
        day=first.isoformat(),
        meeting=book.links.to_record(book.meeting.key) if book.meeting is not None else None,
        lately=LATELY,
        acts=tuple(brief_act(act, book, number) for act, number in zip(reversed(shown), changed, strict=False)),
        commits=len(acts),
        records=changed[-1] if changed else 0,
        newest=_mark(book.acts[-1], book) if book.acts else None,
        older=_mark(book.acts[before - 1], book) if before else None,
        timeline=CHANGES,
        most=most,
        most_lines=MOST_LINES,
    )


def _first_day(book: Book) -> dt.date:
    if book.meeting is not None:
        return book.meeting.day
    return dt.date.fromordinal(max(1, book.edition.as_of.toordinal() - LATELY))


def _changed_records(acts: Sequence[Act], book: Book) -> list[int]:
    """How many different records the newest act changed, the newest two, and so on."""
    found: set[RecordKey] = set()
    numbers: list[int] = []
    for act in reversed(acts):
        found.update(line.key for line in book.lines.of(act.entries))
        numbers.append(len(found))
    return numbers


def _mark(act: Act, book: Book) -> Mark:
    day = mainline_day(act.landing, book.configuration)
    return Mark(act.landing.position, day.isoformat() if day is not None else "", act.landing.commit.id)
