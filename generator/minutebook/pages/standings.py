"""Where records stand: a Book and perhaps a group in; counts by type, what ails, is overdue or waits out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from minutebook.analyses.attention import Ailing
from minutebook.analyses.counts import TypeCount, count_records
from minutebook.analyses.decisions import Decision
from minutebook.analyses.overdue import Overdue
from minutebook.history.value_words import one_line, shorten, word_choice
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, RecordType
from minutebook.pages.book import Book
from minutebook.pages.late_rows import LateRow, late_row
from minutebook.pages.links import type_address
from minutebook.pages.narrowed import narrowed, within_group
from minutebook.pages.owners import owner_of
from minutebook.pages.page import Address, Link
from minutebook.pages.shown import Tag, tone_of
from minutebook.pages.tables import NO_STATUS, called
from minutebook.pages.timeline import landed_day
from minutebook.pages.type_table import FINISHED
from minutebook.pages.waiting_rows import WaitingRow, waiting_row

LONGEST_LATE = 8
"""So many overdue dates stand here."""
MOST_LATE_FOLDED = 40
"""So many more stand below them, folded away."""
MOST_AILING = 8
"""So many records that need attention stand here."""
LONGEST_WAITING = 8
"""So many pending decisions stand here."""
LONGEST_REASON = 240
"""Characters of a reason; the record's page has the whole of it."""
MOST_WORDS = 20
"""So many words of a status or health are counted: a vocabulary is shorter, and words outside it can be many."""

View: TypeAlias = tuple[tuple[str, str], ...]
"""As `Address.view`."""


@dataclass(frozen=True, slots=True)
class WordCount:
    """How many records of a type stand under one word of a vocabulary."""

    tag: Tag
    count: int
    to: Address | None
    """The table of the type, narrowed to these; None: it cannot be."""


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One record type."""

    link: Link
    number: Link
    """The same, called as so many records are: "1 group"."""
    standing: int
    here: int
    """How many of them are in no part of the group that is looked at."""
    removed: int
    by_status: tuple[WordCount, ...]
    by_health: tuple[WordCount, ...]


@dataclass(frozen=True, slots=True)
class AilingRow:
    """One record whose health asks for attention."""

    record: Link
    health: Tag
    since: Link
    """The day, leading to the change; without words where it is not known."""
    reason: str
    """Why, as the record says; empty: it does not."""
    owner: str


@dataclass(frozen=True, slots=True)
class Standings:
    """Where the records of a portfolio, or those of a group, stand."""

    rows: tuple[TypeRow, ...]
    has_health: bool
    """Whether records of any type have a health."""
    ailing: tuple[AilingRow, ...]
    """The worst first."""
    ailing_total: int
    ailing_more: tuple[tuple[Link, int], ...]
    """How many others each type has."""
    late: tuple[LateRow, ...]
    """The longest first."""
    late_folded: tuple[LateRow, ...]
    """Those that come after these."""
    late_total: int
    late_more: tuple[tuple[Link, int], ...]
    """How many others each type has, without a link: no table is narrowed to what is overdue."""
    has_decisions: bool
    """Whether there are decisions at all, of which some may wait."""
    waiting: tuple[WaitingRow, ...]
    """The decisions that wait, the longest first."""
    waiting_total: int
    waiting_more: tuple[tuple[Link, int], ...]
    """How many others each type has."""


def portfolio_standings(book: Book) -> Standings:
    """Those of all records."""
    rows = (_row(count, count.standing, None, book) for count in book.counts)
    return _standings(
        rows,
        book.ailing,
        book.overdue,
        None,
        book,
        pending=book.decisions.pending,
        has_decisions=bool(book.decisions.by_key),
    )


def group_standings(group: RecordKey, book: Book) -> Standings | None:
    """Those of what a group holds, its parts included; None: it holds nothing, or is no group."""
    holding = book.holdings.get(group)
    if holding is None:
        return None
    here = Counter(key.type for key in holding.here)
    counts = count_records((book.portfolio.states[key] for key in holding.keys), book.configuration)
    rows = (_row(count, here[count.record_type.name], group, book) for count in counts if count.standing)
    return _standings(
        rows,
        holding.ailing,
        holding.overdue,
        group,
        book,
        pending=holding.pending,
        has_decisions=any(key in book.decisions.by_key for key in holding.keys),
    )


def others_by_type(
    keys: Iterable[RecordKey], book: Book, group: RecordKey | None = None
) -> tuple[tuple[Link, int], ...]:
    """How many there are of each type, with a link to its table."""
    return tuple((_type_link(one, called(one, number), group, book), number) for one, number in _by_type(keys, book))


def _by_type(keys: Iterable[RecordKey], book: Book) -> list[tuple[RecordType, int]]:
    counted = Counter(key.type for key in keys)
    types = (count.record_type for count in book.counts)
    return [(one, counted[one.name]) for one in types if counted[one.name]]


def _standings(
    rows: Iterator[TypeRow],
    ailing: Sequence[Ailing],
    overdue: Sequence[Overdue],
    group: RecordKey | None,
    book: Book,
    *,
    pending: Sequence[Decision],
    has_decisions: bool,
) -> Standings:
    told = tuple(rows)
    shown = LONGEST_LATE + MOST_LATE_FOLDED
    return Standings(
        rows=told,
        has_health=any(row.by_health for row in told),
        ailing=tuple(_ailing(one, book) for one in ailing[:MOST_AILING]),
        ailing_total=len(ailing),
        ailing_more=others_by_type((one.key for one in ailing[MOST_AILING:]), book, group),
        late=tuple(late_row(one, book) for one in overdue[:LONGEST_LATE]),
        late_folded=tuple(late_row(one, book) for one in overdue[LONGEST_LATE:shown]),
        late_total=len(overdue),
        late_more=tuple(
            (Link(called(record_type, number)), number)
            for record_type, number in _by_type((one.key for one in overdue[shown:]), book)
        ),
        has_decisions=has_decisions,
        waiting=tuple(waiting_row(one, book) for one in pending[:LONGEST_WAITING]),
        waiting_total=len(pending),
        waiting_more=others_by_type((one.key for one in pending[LONGEST_WAITING:]), book, group),
    )


def _row(count: TypeCount, here: int, group: RecordKey | None, book: Book) -> TypeRow:
    record_type = count.record_type
    status, health = record_type.published_role("status"), record_type.published_role("health")
    within = within_group(record_type, group, book)
    unfinished = ((FINISHED.name, "no"),) if FINISHED.name in book.offered[record_type.name] else ()
    return TypeRow(
        link=_type_link(record_type, record_type.plural, group, book),
        number=_type_link(record_type, called(record_type, count.standing), group, book),
        standing=count.standing,
        here=here,
        removed=count.removed,
        by_status=_word_counts(record_type, status, count.by_status, within, book),
        by_health=_word_counts(
            record_type, health, count.by_health, (*unfinished, *within) if within is not None else None, book
        )
        if any(word is not None for word, _ in count.by_health)
        else (),
    )


def _word_counts(
    record_type: RecordType,
    field: Field | None,
    counts: Sequence[tuple[str | None, int]],
    others: View | None,
    book: Book,
) -> tuple[WordCount, ...]:
    """The counts of a field. `others` is what narrows the table besides; None: it cannot be narrowed so far."""
    if field is None:
        return ()
    nothing = Tag(NO_STATUS if field.role == "status" else "not given", "plain")
    return tuple(
        WordCount(
            tag=Tag(word_choice(word), tone_of(field, word)) if word is not None else nothing,
            count=number,
            to=narrowed(record_type, field, word, book, others=others)
            if word is not None and others is not None
            else None,
        )
        for word, number in counts[:MOST_WORDS]
    )


def _ailing(one: Ailing, book: Book) -> AilingRow:
    reason = book.portfolio.records[one.key].value_of(book.configuration.types[one.key.type], "health_reason")
    day = landed_day(one.entry.landing.landed, book.configuration) if one.entry is not None else ""
    return AilingRow(
        record=book.links.to_record(one.key),
        health=Tag(one.word, tone_of(one.field, one.word)),
        since=Link(day, book.links.entry(one.entry) if one.entry is not None else None),
        reason=shorten(one_line(reason), LONGEST_REASON) if isinstance(reason, str) else "",
        owner=owner_of(one.key, book),
    )


def _type_link(record_type: RecordType, words: str, group: RecordKey | None, book: Book) -> Link:
    within = within_group(record_type, group, book)
    return Link(
        words,
        Address(type_address(record_type.name).path, view=within) if within is not None else None,
    )
