"""The home page: a Book in, what the portfolio is, where its records stand, what is late and what changed out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from minutebook.analyses.counts import TypeCount
from minutebook.analyses.decisions import Decision
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, RecordType
from minutebook.pages.book import Book
from minutebook.pages.facets import question_of
from minutebook.pages.late_rows import LateRow, late_row, owner_of
from minutebook.pages.lateness import span_words
from minutebook.pages.links import COMPLETENESS, HOME, PUBLICATION, type_address
from minutebook.pages.page import Link, Page, SearchEntry
from minutebook.pages.shown import Nothing, Shown, Tag, show_value, tone_of
from minutebook.pages.since import SinceView, since_view
from minutebook.pages.tables import offered_facets
from minutebook.pages.type_table import FINISHED, questions

SHOWN_SINCE = 12
"""So many commits since the last meeting stand on the home page."""
LONGEST_LATE = 8
"""So many overdue dates stand on the home page."""
LONGEST_WAITING = 8
"""So many pending decisions stand on the home page."""


@dataclass(frozen=True, slots=True)
class WordCount:
    """How many records of a type stand under one word of a vocabulary."""

    tag: Tag
    count: int
    narrowed: tuple[tuple[str, str], ...]
    """What the table of the type is asked in its address to show these: names and words; empty: it cannot do that."""


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
class WaitingRow:
    """One decision that is not taken yet."""

    record: Link
    status: Shown
    body: Shown
    """Who is to decide."""
    owner: str
    """Who answers for it; empty: nobody is named."""
    raised: str
    """The day on which the question was asked; empty: it is not known."""
    waits: str
    """For how long: "5 weeks"; empty: that is not known, or it was asked today."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page lays out."""

    title: str
    description: str | None
    rows: tuple[TypeRow, ...]
    has_health: bool
    """Whether records of any type have a health."""
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


def pages(book: Book) -> Iterator[Page]:
    """The one home page."""
    configuration = book.configuration
    rows = tuple(_row(count, book) for count in book.counts)
    view = HomeView(
        title=configuration.title,
        description=configuration.description,
        rows=rows,
        has_health=any(row.by_health for row in rows),
        late=tuple(late_row(one, book) for one in book.overdue[:LONGEST_LATE]),
        late_total=len(book.overdue),
        late_more=_by_type((one.key for one in book.overdue[LONGEST_LATE:]), book),
        has_decisions=bool(book.decisions.by_key),
        waiting=tuple(_waiting(one, book) for one in book.decisions.pending[:LONGEST_WAITING]),
        waiting_total=len(book.decisions.pending),
        waiting_more=_by_type((one.key for one in book.decisions.pending[LONGEST_WAITING:]), book),
        since=since_view(book, SHOWN_SINCE),
        commit=book.links.commit(book.edition.commit),
        as_of=book.edition.as_of.isoformat(),
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


def _row(count: TypeCount, book: Book) -> TypeRow:
    record_type = count.record_type
    status, health = record_type.with_role("status"), record_type.with_role("health")
    names = {question_of(field).name for field in (status, health) if field is not None}
    asked = [one for one in questions(record_type, book) if one.question.name in {*names, FINISHED.name}]
    states = list(book.portfolio.of_type(record_type)) if asked else []
    offered = {facet.name for facet in offered_facets(states, asked).facets}
    return TypeRow(
        link=Link(record_type.plural, type_address(record_type.name)),
        number=_type_link(record_type, count.standing),
        standing=count.standing,
        removed=count.removed,
        by_status=_word_counts(status, count.by_status, offered, "no status"),
        by_health=_word_counts(health, count.by_health, offered, "not given", unfinished=FINISHED.name in offered)
        if any(word is not None for word, _ in count.by_health)
        else (),
    )


def _word_counts(
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
            tag=Tag(word, tone_of(field, word)) if word is not None else Tag(nothing, "plain"),
            count=number,
            narrowed=((name, word), *others) if word is not None and name in offered else (),
        )
        for word, number in counts
    )


def _waiting(one: Decision, book: Book) -> WaitingRow:
    days = one.waiting_days
    return WaitingRow(
        record=book.links.to_record(one.key),
        status=_role(one.key, "status", book),
        body=_role(one.key, "body", book),
        owner=owner_of(one.key, book),
        raised=one.raised.isoformat() if one.raised is not None else "",
        waits=span_words(days) if days is not None and days > 0 else "",
    )


def _role(key: RecordKey, role: str, book: Book) -> Shown:
    state = book.portfolio.states[key]
    field = book.configuration.types[key.type].with_role(role)
    if state.version is None or field is None:
        return Nothing()
    return show_value(field, state.version.fields.get(field.name), book.links)


def _type_link(record_type: RecordType, number: int) -> Link:
    return Link(record_type.title if number == 1 else record_type.plural, type_address(record_type.name))


def _by_type(keys: Iterable[RecordKey], book: Book) -> tuple[tuple[Link, int], ...]:
    """How many there are of each type, with a link to its table."""
    counted = Counter(key.type for key in keys)
    types = [count.record_type for count in book.counts if counted[count.record_type.name]]
    return tuple((_type_link(one, counted[one.name]), counted[one.name]) for one in types)
