"""The decision log: a Book in; every decision newest first, those that wait, and which took the place of which, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from minutebook.analyses.decisions import Decision, hidden_roles, median_days
from minutebook.history.value_words import count
from minutebook.model.portfolio import RecordState
from minutebook.model.record import RecordKey, natural_key
from minutebook.model.record_type import RecordType
from minutebook.pages.book import Book
from minutebook.pages.decision import Approver, ChainView, approvers, chain_view
from minutebook.pages.facets import GROUP, Answers, Question, name_of
from minutebook.pages.page import Page, SearchEntry
from minutebook.pages.pending import PendingRow, new_rows
from minutebook.pages.removed import RemovedList, removed_list
from minutebook.pages.shown import Nothing, Series, Shown, Words, show_value
from minutebook.pages.tables import Asked, Head, TablePart, called, make_table, status_counts, table_address
from minutebook.pages.type_table import ask_for
from minutebook.pages.waiting_rows import WaitingRow, day_of_waiting, waiting_row

LEAD_ROLES = ("raised", "date")
"""Roles of the days that lead times rest on."""
FIELD_ROLES = ("status", "category", "body", "affects")
"""What the log shows of each decision, between its date and who approved it, as far as the type has it."""
ASKED_ROLES = ("body", "category", "status")
"""What the log may be narrowed by, beside the year and the group."""
PAGE_DECISIONS = 250
"""How many decisions a page of the log holds: its rows are long."""
MOST_APPROVERS = 3
"""So many of those who approved a decision are named in a row; the others are counted."""
MOST_PENDING = 20
"""So many of those that wait stand above the log, the longest first."""
MOST_CHAINS = 10
"""So many chains stand below it, the newest first; each stands on the pages of its decisions, too."""
IN_RECORD = "in the record only"
"""What is said in a row of approvers whom no commit names; what else is known stands on the page of the decision."""
MOST_AFFECTED = 3
"""So many of the records that a decision affects are named in a row; the others are counted."""


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
    unlanded: tuple[PendingRow, ...]
    """Of a preview, the records that are new."""
    edited: Mapping[str, str]
    """Of those that are not as they were decided, by id, what a reader must know."""
    called: str
    """What so many records are called after their number: "projects"."""
    by_status: tuple[tuple[str, int], ...]
    pending: tuple[WaitingRow, ...]
    pending_total: int
    lead: LeadView | None
    """None: of no decision it is known when it was raised and decided."""
    lead_hidden: bool
    """Whether that rests on days that are not published."""
    chains: tuple[ChainView, ...]
    """The newest first."""
    more_chains: int
    removed: RemovedList | None
    """None: there is none, or it is not the first part."""
    as_of: str


def pages(book: Book) -> Iterator[Page]:
    """The log of each record type that is a decision; in parts where it is long."""
    for record_type in book.decisions.types:
        yield from _log_pages(record_type, book)


def _log_pages(record_type: RecordType, book: Book) -> Iterator[Page]:
    decisions = {one.key: one for one in book.decisions.of_type(record_type)}
    newest_first = sorted(decisions.values(), key=_order, reverse=True)
    states = [book.portfolio.states[one.key] for one in newest_first]
    heads, cells = _columns(record_type, decisions, book)
    pending = [one for one in book.decisions.pending if one.key in decisions]
    chains = [one for one in reversed(book.decisions.chains) if any(key in decisions for key in one.keys)]
    for part in make_table(states, heads, cells, questions(record_type, book), book, page_rows=PAGE_DECISIONS):
        first = part.part == 1
        yield Page(
            address=table_address(record_type.name, part.part).path,
            title=record_type.plural if first else f"{record_type.plural}, part {part.part}",
            template="decision_log.html",
            view=DecisionLogView(
                title=record_type.plural,
                description=record_type.description,
                table=part,
                unlanded=new_rows(record_type, book),
                edited={row.id: _edited(decisions[RecordKey(record_type.name, row.id)]) for row in part.rows},
                called=called(record_type, part.total),
                by_status=status_counts(record_type, book),
                pending=tuple(waiting_row(one, book) for one in pending[:MOST_PENDING]) if first else (),
                pending_total=len(pending),
                lead=_lead(list(decisions.values())) if first else None,
                lead_hidden=first and _hides_lead(record_type),
                chains=tuple(chain_view(one, book) for one in chains[:MOST_CHAINS]) if first else (),
                more_chains=max(0, len(chains) - MOST_CHAINS),
                removed=removed_list(record_type, book) if first else None,
                as_of=book.edition.as_of.isoformat(),
            ),
            origin=f"the log of the record type {record_type.name}",
            summary=record_type.description or "",
            search=SearchEntry(record_type.plural, record_type.description or "") if first else None,
        )


def _order(decision: Decision) -> tuple[dt.date, tuple[tuple[int, int, str], ...]]:
    """By day, and of one day by id, as people count them."""
    return _day(decision) or dt.date.min, natural_key(decision.key.id)


def _day(decision: Decision) -> dt.date | None:
    """The day on which it was decided, or else landed; of one that waits, that on which it was raised."""
    return decision.raised if decision.is_pending else decision.decided or decision.landed or decision.raised


def _shown_day(decision: Decision, book: Book) -> Shown:
    """The day of a decision; of one that waits, what stands for it."""
    if decision.taken is None or decision.is_pending:
        return day_of_waiting(decision, book) or Nothing()
    day = _day(decision)
    return Words(day.isoformat(), figure=True) if day is not None else Nothing()


def _edited(decision: Decision) -> str:
    if decision.overturned is not None:
        return f"decided as {decision.overturned}, changed since"
    if decision.edits:
        return "edited after it was decided"
    return "opened again" if decision.is_pending and decision.deciding is not None else ""


def _hides_lead(record_type: RecordType) -> bool:
    return not hidden_roles(record_type).isdisjoint(LEAD_ROLES)


def _columns(
    record_type: RecordType, decisions: Mapping[RecordKey, Decision], book: Book
) -> tuple[list[Head], Callable[[RecordState], tuple[Shown, ...]]]:
    """The date, the fields that a reader asks for, who approved it and how long it took."""
    found = (record_type.published_role(role) for role in FIELD_ROLES)
    fields = [field for field in found if field is not None]
    date = record_type.published_role("date")
    has_lead = not _hides_lead(record_type)
    heads = [
        Head(date.title if date is not None else "Landed", figures=True, sort="day"),
        *(Head(field.title, figures=False, sort=name_of(field)) for field in fields),
        Head("Approved by", figures=False, sort="approved"),
        *((Head("Lead time", figures=True, sort="lead_time"),) if has_lead else ()),
    ]

    def cells(state: RecordState) -> tuple[Shown, ...]:
        decision = decisions[state.key]
        values = state.version.fields if state.version is not None else {}
        lead = Words(count(decision.lead_days, "day"), figure=True) if decision.lead_days is not None else Nothing()
        return (
            _shown_day(decision, book),
            *(_brief(show_value(field, values.get(field.name), book.links)) for field in fields),
            _approved(decision, book),
            *((lead,) if has_lead else ()),
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
    # Whoever approved a decision that is open again has not approved the next one.
    if decision.taken is None or decision.is_pending:
        return Nothing()
    people = approvers(decision.taken, book)
    if not people:
        return Words("not published" if "approver" in decision.hidden else "not known to git")
    # Where a commit names some, those whom only the record names are counted, save where there is more to say of them.
    has_commit = any(one.tokens for one in people)
    named = [_named(one) for one in people if not has_commit or one.tokens or one.wrote_it]
    left = len(named) - MOST_APPROVERS
    others = len(people) - len(named)
    some = ", ".join((*named[:MOST_APPROVERS], *((f"{left:,} more",) if left > 0 else ())))
    return Words(f"{some} and {others:,} {IN_RECORD}" if others else some)


def _named(one: Approver) -> str:
    did = tuple(word for word in one.did if word != one.in_record) if one.tokens else (IN_RECORD,)
    said = "; ".join((*did, *(("also wrote it",) if one.wrote_it else ())))
    return f"{one.name} ({said})" if said else one.name


def questions(record_type: RecordType, book: Book) -> tuple[Asked, ...]:
    """What the log may be narrowed by: the year, some fields, and the groups that the affected records are in."""
    decisions = {one.key: one for one in book.decisions.of_type(record_type)}
    years = sorted({str(day.year) for one in decisions.values() if (day := _day(one)) is not None}, reverse=True)
    found = (record_type.published_role(role) for role in ASKED_ROLES)
    fields = [field for field in found if field is not None]

    def year(state: RecordState) -> Answers:
        day = _day(decisions[state.key])
        return (str(day.year),) if day is not None else ()

    def group(state: RecordState) -> Answers:
        groups = (one for key in decisions[state.key].affects for one in book.groups.counting(key))
        return tuple(dict.fromkeys(map(book.links.title, groups)))

    return (
        Asked(Question("year", "Year", tuple(years)), year),
        *(ask_for(field, book) for field in fields),
        Asked(Question(GROUP, "Group"), group),
    )


def _lead(decisions: list[Decision]) -> LeadView | None:
    known = [one.lead_days for one in decisions if one.lead_days is not None]
    median = median_days(known)
    if median is None:
        return None
    decided = sum(1 for one in decisions if one.deciding is not None and not one.is_pending)
    return LeadView(count(median, "day"), len(known), decided)
