"""The decision log: a Book in; every decision newest first, those that wait, and which took the place of which, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from minutebook.analyses.decisions import Decision, Evidence, median_days
from minutebook.model.portfolio import RecordState
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, RecordType
from minutebook.pages.book import Book
from minutebook.pages.decision import ChainView, approvers, chain_view, days_words, status_of
from minutebook.pages.facets import Answers, Question, question_of
from minutebook.pages.lateness import span_words
from minutebook.pages.page import Link, Page, SearchEntry
from minutebook.pages.shown import Nothing, Series, Shown, Words, show_value
from minutebook.pages.tables import Asked, Head, TablePart, make_table, part_address
from minutebook.pages.type_table import answer_of, removed_records

FIELD_ROLES = ("status", "category", "body", "affects")
"""What the log shows of each decision, between its date and who approved it, as far as the type has it."""
ASKED_ROLES = ("body", "category", "status")
"""What the log may be narrowed by, beside the year and the group."""
MOST_PENDING = 20
"""So many of those that wait stand above the log, the longest first."""
MOST_CHAINS = 20
"""So many chains stand below it, the newest first; each stands on the pages of its decisions, too."""
MOST_AFFECTED = 3
"""So many of the records that a decision affects are named in a row; the others are counted."""


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A decision that waits."""

    link: Link
    id: str
    status: Shown | None
    body: Shown | None
    owner: Shown | None
    raised: str | None
    waiting: str | None
    """How long it has been waiting; None: nobody knows."""


@dataclass(frozen=True, slots=True)
class LeadView:
    """How long decisions take."""

    median: str
    known: int
    """Of how many it is the median."""
    decided: int
    """How many are decided."""


@dataclass(frozen=True, slots=True)
class DecisionLogView:
    """What a page of the log lays out."""

    title: str
    description: str | None
    table: TablePart
    edited: frozenset[str]
    """The ids of those that were edited after they were decided."""
    by_status: tuple[tuple[str, int], ...]
    pending: tuple[PendingRow, ...]
    pending_total: int
    lead: LeadView | None
    """None: of no decision it is known when it was raised and decided."""
    chains: tuple[ChainView, ...]
    """The newest first."""
    more_chains: int
    removed: tuple[Link, ...]
    as_of: str


def pages(book: Book) -> Iterator[Page]:
    """The log of each record type that is a decision; in parts where it is long."""
    for record_type in book.decisions.types:
        yield from _log_pages(record_type, book)


def _log_pages(record_type: RecordType, book: Book) -> Iterator[Page]:
    decisions = {one.key: one for one in book.decisions.of_type(record_type)}
    states = sorted(
        (book.portfolio.states[key] for key in decisions), key=lambda state: _order(decisions[state.key], book)
    )
    heads, cells = _columns(record_type, decisions, book)
    asked = _asked(record_type, decisions, book)
    pending = [one for one in book.decisions.pending if one.key in decisions]
    chains = [one for one in reversed(book.decisions.chains) if any(key in decisions for key in one.keys)]
    counted = next(count.by_status for count in book.counts if count.record_type.name == record_type.name)
    for part in make_table(states, heads, cells, asked, book):
        first = part.part == 1
        yield Page(
            address=part_address(record_type.name, part.part).path,
            title=record_type.plural if first else f"{record_type.plural}, part {part.part}",
            template="decision_log.html",
            view=DecisionLogView(
                title=record_type.plural,
                description=record_type.description,
                table=part,
                edited=frozenset(key.id for key, one in decisions.items() if one.edits),
                by_status=tuple((word or "no status", number) for word, number in counted),
                pending=tuple(_pending(one, record_type, book) for one in pending[:MOST_PENDING]) if first else (),
                pending_total=len(pending),
                lead=_lead(list(decisions.values())) if first else None,
                chains=tuple(chain_view(one, book) for one in chains[:MOST_CHAINS]) if first else (),
                more_chains=max(0, len(chains) - MOST_CHAINS),
                removed=removed_records(record_type, book) if first else (),
                as_of=book.edition.as_of.isoformat(),
            ),
            origin=f"the log of the record type {record_type.name}",
            summary=record_type.description or "",
            search=SearchEntry(record_type.plural, record_type.description or "") if first else None,
        )


def _order(decision: Decision, book: Book) -> tuple[int, int, str]:
    """The newest first; of one day, what landed last."""
    day = _day(decision, book) or dt.date.min
    entries = book.history.records[decision.key].entries
    landed = decision.deciding or (entries[-1] if entries else None)
    return -day.toordinal(), -(landed.landing.position if landed is not None else 0), decision.key.id


def _day(decision: Decision, book: Book) -> dt.date | None:
    """The day that the record names, else that on which it was decided, else that on which it was raised."""
    field = book.configuration.types[decision.key.type].with_role("date")
    version = book.portfolio.states[decision.key].version
    value = version.fields.get(field.name) if field is not None and version is not None else None
    return value if isinstance(value, dt.date) else decision.decided or decision.raised


def _columns(
    record_type: RecordType, decisions: Mapping[RecordKey, Decision], book: Book
) -> tuple[list[Head], Callable[[RecordState], tuple[Shown, ...]]]:
    """The date, the fields that a reader asks for, who approved it and how long it took."""
    found = (record_type.with_role(role) for role in FIELD_ROLES)
    fields = [field for field in found if field is not None and field.publish]
    date = record_type.with_role("date")
    heads = [
        Head(date.title if date is not None and date.publish else "Date", figures=True, sort="day"),
        *(Head(field.title, figures=False, sort=field.name) for field in fields),
        Head("Approved by", figures=False, sort="approved"),
        Head("Lead time", figures=True, sort="lead"),
    ]

    def cells(state: RecordState) -> tuple[Shown, ...]:
        decision = decisions[state.key]
        values = state.version.fields if state.version is not None else {}
        day = _day(decision, book)
        return (
            Words(day.isoformat(), figure=True) if day is not None else Nothing(),
            *(_brief(show_value(field, values.get(field.name), book.links)) for field in fields),
            _approved(decision, book),
            Words(days_words(decision.lead_days), figure=True) if decision.lead_days is not None else Nothing(),
        )

    return heads, cells


def _brief(shown: Shown) -> Shown:
    """A list without the end that a row has no room for."""
    if not isinstance(shown, Series):
        return shown
    some = shown.items[:MOST_AFFECTED]
    left = len(shown.items) - len(some)
    return Series((*some, Words(f"{left} more")) if left > 1 else shown.items, long=True)


def _approved(decision: Decision, book: Book) -> Shown:
    if decision.deciding is None and decision.approval.evidence is Evidence.NONE:
        return Nothing()
    names = list(dict.fromkeys(name for one in approvers(decision, book) for name in one.names))
    if not names:
        return Words(Evidence.NONE.value)
    said = " (declared)" if decision.approval.evidence is Evidence.DECLARED else ""
    return Words(f"{', '.join(names)}{said}")


def _asked(record_type: RecordType, decisions: Mapping[RecordKey, Decision], book: Book) -> list[Asked]:
    """The year, some fields, and the groups that the affected records are in."""
    years = sorted({str(day.year) for one in decisions.values() if (day := _day(one, book)) is not None}, reverse=True)
    found = (record_type.with_role(role) for role in ASKED_ROLES)
    fields: list[Field] = [field for field in found if field is not None and field.publish]
    groups = frozenset(group for some in book.groups.values() for group in some)

    def year(state: RecordState) -> Answers:
        day = _day(decisions[state.key], book)
        return (str(day.year),) if day is not None else ()

    def group(state: RecordState) -> Answers:
        affected = decisions[state.key].affects
        around = [one for key in affected for one in (key, *book.groups.get(key, ())) if one in groups]
        return tuple(dict.fromkeys(map(book.links.title, around)))

    return [
        Asked(Question("year", "Year", tuple(years)), year),
        *(Asked(question_of(field), answer_of(field, book)) for field in fields),
        Asked(Question("group", "Group"), group),
    ]


def _pending(decision: Decision, record_type: RecordType, book: Book) -> PendingRow:
    return PendingRow(
        link=book.links.to_record(decision.key),
        id=decision.key.id,
        status=status_of(decision.key, book),
        body=_field(decision.key, record_type.with_role("body"), book),
        owner=_field(decision.key, record_type.with_role("owner"), book),
        raised=decision.raised.isoformat() if decision.raised is not None else None,
        waiting=span_words(decision.waiting_days) if decision.waiting_days is not None else None,
    )


def _field(key: RecordKey, field: Field | None, book: Book) -> Shown | None:
    version = book.portfolio.states[key].version
    value = version.fields.get(field.name) if field is not None and version is not None else None
    return show_value(field, value, book.links) if field is not None and value is not None else None


def _lead(decisions: list[Decision]) -> LeadView | None:
    known = [one.lead_days for one in decisions if one.lead_days is not None]
    median = median_days(known)
    if median is None:
        return None
    decided = sum(1 for one in decisions if one.decided is not None and not one.is_pending)
    return LeadView(days_words(median), len(known), decided)
