"""One commit with the records it changed, as the change timeline and the home page show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minutebook.analyses.acts import Act, mainline_day
from minutebook.history.value_words import count
from minutebook.model.change import Entry
from minutebook.model.record import RecordKey
from minutebook.pages.book import Book
from minutebook.pages.links import commit_anchor
from minutebook.pages.page import Address
from minutebook.pages.timeline import Line, Proof, proof_of

FOLDED_FROM = 12
"""From so many records on, the lines of a commit are folded."""
MOST_LINES = 12
"""So many records of a commit stand on a page that tells of it in brief."""
MOST_SENTENCES = 12
"""So many sentences of each of them do."""


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
    more: int
    """How many other lines stand only where `permanent` leads."""
    sentences: int | None
    """So many sentences of a line are shown; None: all."""
    changed: int | None
    """How many records it and all newer commits changed; None where that is not asked."""
    marks: Mapping[str, str] | None
    """By the anchor of each line its answers, as `Facets.marks`; None: the list has no filters."""
    folded: str | None
    """What the fold says that holds the lines; None: they stand open."""
    anchors: bool
    """Whether the lines carry their permanent ids."""


def whole_act(act: Act, entries: Iterable[Entry], book: Book, marks: Mapping[str, str]) -> ActLines:
    """A commit with those of its entries that a page of its month holds, all of them in full."""
    return _act_lines(act, tuple(entries), book, marks=marks, changed=None)


def brief_act(act: Act, book: Book, changed: int) -> ActLines:
    """A commit that is told a second time: some of its lines. It and all newer ones `changed` so many records."""
    return _act_lines(act, act.entries, book, marks=None, changed=changed)


def _act_lines(
    act: Act, shown: tuple[Entry, ...], book: Book, *, marks: Mapping[str, str] | None, changed: int | None
) -> ActLines:
    is_brief = changed is not None
    lines = book.lines.of(shown)
    told = lines[:MOST_LINES] if is_brief else lines
    people = dict.fromkeys(person for entry in act.entries for person in entry.contributors)
    place = book.links.entry(act.entries[0])
    day = mainline_day(act.landing, book.configuration)
    return ActLines(
        anchor=commit_anchor(act.landing.commit) if not is_brief else None,
        permanent=place._replace(anchor=commit_anchor(act.landing.commit)) if place is not None else None,
        position=act.landing.position,
        day=day.isoformat() if day is not None else "",
        proof=proof_of(act.landing, people, book.links),
        lines=told,
        more=len(lines) - len(told),
        sentences=MOST_SENTENCES if is_brief else None,
        changed=changed,
        marks=marks,
        folded=_fold_words(act, lines, shown) if act.is_bulk or len(lines) > FOLDED_FROM else None,
        anchors=not is_brief,
    )


def _fold_words(act: Act, lines: tuple[Line, ...], shown: tuple[Entry, ...]) -> str:
    """How many records, and what happened to most of them."""
    words = count(len(lines), "record")
    if len(lines) < len(act.entries):
        words += f" of {len(act.entries):,} that this commit changed"
    events = {entry.key: entry.changes[0].kind.value for entry in shown if entry.changes[0].kind.is_event}
    happened = [events.get(RecordKey(line.key.type, line.id), line.words[0]) for line in lines]
    usual, number = Counter(happened).most_common(1)[0] if happened else ("", 0)
    if number > len(lines) // 2:
        return f"{words}: {usual}" if number == len(lines) else f"{words}, most: {usual}"
    return f"{words}: {'the same kind of change' if act.is_bulk else 'various changes'}"
