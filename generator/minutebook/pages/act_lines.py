"""One commit with the records it changed, as the change timeline and the home page show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minutebook.analyses.acts import Act, mainline_day
from minutebook.model.change import Entry
from minutebook.pages.book import Book
from minutebook.pages.links import commit_anchor
from minutebook.pages.page import Address
from minutebook.pages.timeline import Line, Proof, proof_of

FOLDED_FROM = 12
"""From so many records on, the lines of a commit are folded."""


@dataclass(frozen=True, slots=True)
class ActLines:
    """What one commit did."""

    anchor: str | None
    """Its permanent id; None where it is told a second time."""
    permanent: Address | None
    """Where it stands on the change timeline."""
    position: int
    """Its place on the mainline, from 0."""
    day: str
    """Its day by the clock of the mainline, which never falls; empty: no valid time up to it."""
    proof: Proof
    lines: tuple[Line, ...]
    marks: Mapping[str, str] | None
    """By the anchor of each line its answers, as `Facets.marks`; None: the list has no filters."""
    folded: str | None
    """What the fold says that holds the lines; None: they stand open."""
    anchors: bool
    """Whether the lines carry their permanent ids."""


def act_lines(
    act: Act, entries: Iterable[Entry], book: Book, *, anchors: bool, marks: Mapping[str, str] | None = None
) -> ActLines:
    """A commit with those of its entries that a page shows."""
    shown = tuple(entries)
    lines = book.lines.of(shown)
    people = dict.fromkeys(person for entry in act.entries for person in entry.contributors)
    place = book.links.entry(act.entries[0])
    day = mainline_day(act.landing, book.configuration)
    return ActLines(
        anchor=commit_anchor(act.landing.commit) if anchors else None,
        permanent=place._replace(anchor=commit_anchor(act.landing.commit)) if place is not None else None,
        position=act.landing.position,
        day=day.isoformat() if day is not None else "",
        proof=proof_of(act.landing, people, book.links),
        lines=lines,
        marks=marks,
        folded=_fold_words(act, lines, shown) if act.is_bulk or len(lines) > FOLDED_FROM else None,
        anchors=anchors,
    )


def _fold_words(act: Act, lines: tuple[Line, ...], shown: tuple[Entry, ...]) -> str:
    """How many records, and what happened to most of them."""
    words = f"{len(lines)} records"
    if len(lines) < len(act.entries):
        words += f" of {len(act.entries)} that this commit changed"
    events = {entry.key.id: entry.changes[0].kind.value for entry in shown if entry.changes[0].kind.is_event}
    happened = [events.get(line.id, line.words[0]) for line in lines]
    usual, number = Counter(happened).most_common(1)[0] if happened else ("", 0)
    if number > len(lines) // 2:
        return f"{words}: {usual}" if number == len(lines) else f"{words}, most: {usual}"
    return f"{words}: {'the same kind of change' if act.is_bulk else 'various changes'}"
