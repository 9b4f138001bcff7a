"""The home page: a Book in, what the portfolio is, where its records stand, what is late and what changed out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from minutebook.analyses.attention import Ailing
from minutebook.analyses.counts import TypeCount
from minutebook.analyses.gaps import gaps_of
from minutebook.history.value_words import one_line, shorten, word_choice
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, RecordType
from minutebook.pages.book import Book
from minutebook.pages.facets import question_of
from minutebook.pages.late_rows import LateRow, late_row, owner_of
from minutebook.pages.links import COMPLETENESS, HOME, PUBLICATION, type_address
from minutebook.pages.page import Address, Link, Page, SearchEntry
from minutebook.pages.pending import PendingRow, pending_rows
from minutebook.pages.shown import Tag, tone_of
from minutebook.pages.since import SinceView, since_view
from minutebook.pages.tables import offered_facets
from minutebook.pages.timeline import landed_day
from minutebook.pages.type_table import FINISHED, questions
from minutebook.pages.waiting_rows import WaitingRow, waiting_row

SHOWN_SINCE = 12
"""So many commits since the last meeting stand on the home page."""
LONGEST_LATE = 8
"""So many overdue dates stand on the home page."""
LONGEST_WAITING = 8
"""So many pending decisions stand on the home page."""


MOST_AILING = 8
"""So many records that need attention stand on the home page."""
LONGEST_REASON = 240
"""Characters of a reason; the record's page has the whole of it."""
MOST_WORDS = 20
"""So many words of a status or health are counted: a vocabulary is shorter, and words outside it can be many."""


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
    """The same, called as so many records are: "1 Group"."""
    standing: int
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
class HomeView:
    """What the home page lays out."""

    title: str
    description: str | None
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
    late_total: int
    late_more: tuple[tuple[Link, int], ...]
    """How many others each type has."""
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
    past_gaps: int
    """How many spans that could not be read are over."""


def pages(book: Book) -> Iterator[Page]:
    """The one home page."""
    configuration = book.configuration
    rows = tuple(_row(count, book) for count in book.counts)
    view = HomeView(
        title=configuration.title,
        description=configuration.description,
        rows=rows,
        has_health=any(row.by_health for row in rows),
        ailing=tuple(_ailing(one, book) for one in book.ailing[:MOST_AILING]),
        ailing_total=len(book.ailing),
        ailing_more=_by_type((one.key for one in book.ailing[MOST_AILING:]), book),
        late=tuple(late_row(one, book) for one in book.overdue[:LONGEST_LATE]),
        late_total=len(book.overdue),
        late_more=_by_type((one.key for one in book.overdue[LONGEST_LATE:]), book),
        has_decisions=bool(book.decisions.by_key),
        waiting=tuple(waiting_row(one, book) for one in book.decisions.pending[:LONGEST_WAITING]),
        waiting_total=len(book.decisions.pending),
        waiting_more=_by_type((one.key for one in book.decisions.pending[LONGEST_WAITING:]), book),
        since=since_view(book, SHOWN_SINCE),
        commit=book.links.commit(book.edition.state),
        as_of=book.edition.as_of.isoformat(),
        completeness=Link("Completeness", COMPLETENESS),
        publication=Link("About this publication", PUBLICATION),
        doubts=len(book.notes),
        handbook=book.handbook,
        pending=len(book.pending),
        pending_rows=pending_rows(book),
        past_gaps=sum(gap.until is not None for _, gap in gaps_of(book.history)),
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


def _row(count: TypeCount, book: Book) -> TypeRow:
    record_type = count.record_type
    status, health = record_type.published_role("status"), record_type.published_role("health")
    names = {question_of(field).name for field in (status, health) if field is not None}
    asked = [one for one in questions(record_type, book) if one.question.name in {*names, FINISHED.name}]
    states = list(book.portfolio.of_type(record_type)) if asked else []
    offered = {facet.name for facet in offered_facets(states, asked).facets}
    return TypeRow(
        link=Link(record_type.plural, type_address(record_type.name)),
        number=_type_link(record_type, count.standing),
        standing=count.standing,
        removed=count.removed,
        by_status=_word_counts(record_type, status, count.by_status, offered, "no status"),
        by_health=_word_counts(
            record_type, health, count.by_health, offered, "not given", unfinished=FINISHED.name in offered
        )
        if any(word is not None for word, _ in count.by_health)
        else (),
    )


def _word_counts(
    record_type: RecordType,
    field: Field | None,
    counts: Sequence[tuple[str | None, int]],
    offered: set[str],
    nothing: str,
    *,
    unfinished: bool = False,
) -> tuple[WordCount, ...]:
    if field is None:
        return ()
    name = question_of(field).name
    others = ((FINISHED.name, "no"),) if unfinished else ()
    return tuple(
        WordCount(
            tag=Tag(word_choice(word), tone_of(field, word)) if word is not None else Tag(nothing, "plain"),
            count=number,
            to=Address(type_address(record_type.name).path, view=((name, word_choice(word)), *others))
            if word is not None and name in offered
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


def _type_link(record_type: RecordType, number: int) -> Link:
    return Link(record_type.title if number == 1 else record_type.plural, type_address(record_type.name))


def _by_type(keys: Iterable[RecordKey], book: Book) -> tuple[tuple[Link, int], ...]:
    """How many there are of each type, with a link to its table."""
    counted = Counter(key.type for key in keys)
    types = [count.record_type for count in book.counts if counted[count.record_type.name]]
    return tuple((_type_link(one, counted[one.name]), counted[one.name]) for one in types)
