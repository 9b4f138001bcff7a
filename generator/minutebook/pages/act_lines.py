"""One commit with the records it changed, as the change timeline and the home page show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from minutebook.analyses.acts import Act
from minutebook.model.change import Entry
from minutebook.pages.book import Book
from minutebook.pages.links import commit_anchor
from minutebook.pages.timeline import Line, Proof, proof_of

FOLDED_FROM = 12
"""From so many records on, the lines of a commit are folded."""


@dataclass(frozen=True, slots=True)
class ActLines:
    """What one commit did."""

    anchor: str | None
    """Its permanent id; None where it is told a second time."""
    proof: Proof
    lines: tuple[Line, ...]
    folded: str | None
    """What the fold says that holds the lines; None: they stand open."""
    anchors: bool
    """Whether the lines carry their permanent ids."""


def act_lines(act: Act, entries: Iterable[Entry], book: Book, *, anchors: bool) -> ActLines:
    """A commit with those of its entries that a page shows."""
    shown = tuple(entries)
    lines = book.lines.of(shown)
    people = dict.fromkeys(person for entry in act.entries for person in entry.contributors)
    return ActLines(
        anchor=commit_anchor(act.landing.commit) if anchors else None,
        proof=proof_of(act.landing, people, book.links),
        lines=lines,
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
