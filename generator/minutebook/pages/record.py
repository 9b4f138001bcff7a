"""The page of each record: a Book in; where it stands, its text, its timeline, and redirects from former ids out."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.analyses.standing import since_when
from minutebook.history.names import title_of
from minutebook.history.value_words import VOCABULARIES, lower_first, word_choice
from minutebook.model.portfolio import FormerKey, Gap, RecordHistory, RecordState
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Text, Value, several
from minutebook.pages.book import Book, Pending
from minutebook.pages.decision import DecisionView, decision_view
from minutebook.pages.glance import Fact, facts_at_a_glance, late_rows
from minutebook.pages.late_rows import LateRow
from minutebook.pages.links import field_address, record_address, type_address
from minutebook.pages.page import Heading, Link, Page, Redirect, SearchEntry, TextSource
from minutebook.pages.record_years import year_links
from minutebook.pages.related import RelationRow, relation_rows
from minutebook.pages.roadmap_titles import roadmap_titles
from minutebook.pages.shown import Around, Grid, Shown, show_beside, show_undeclared, show_value
from minutebook.pages.standings import Standings, group_standings
from minutebook.pages.timeline import Line, landed_day

LATEST_LINES = 20
"""So many lines of a timeline that has pages of its own stand on the record's page."""
ELSEWHERE = (FieldType.ITEMS, FieldType.REFERENCE, FieldType.REFERENCES)
"""Fields of these types are tables and relations."""
SAID_FIRST = ("status", "health", "date", "body")
"""Roles of what a search result says first of a record, in this order."""


@dataclass(frozen=True, slots=True)
class GapView:
    """A span in which the record could not be read."""

    since: str
    until: str | None
    """None: it lasts."""
    reason: str
    path: str


@dataclass(frozen=True, slots=True)
class FormerView:
    """An id that the record had before."""

    id: str
    day: str
    because: str
    """How the tool knows."""


@dataclass(frozen=True, slots=True)
class RecordView:
    """What a record's page lays out."""

    id: str
    title: str
    titled_until: str | None
    """The day on which it lost the title that it is called by; None: it has that title."""
    type: Link
    groups: tuple[Link, ...]
    """The groups that it is in, the outermost first."""
    lead: Shown | None
    """What it is about."""
    glance: tuple[Fact, ...]
    late: tuple[LateRow, ...]
    late_more: int
    """How many overdue dates are not shown."""
    holds: Standings | None
    """Only of a group: where the records in it stand, those of its parts included."""
    holds_title: str
    facts: tuple[tuple[Link, Shown], ...]
    """The other fields by title, in the order of the type, tables and references left out."""
    tables: tuple[tuple[Link, Grid], ...]
    undeclared: tuple[tuple[str, Shown], ...]
    decision: DecisionView | None
    """Only of a decision: how it came about, and what followed."""
    relations: tuple[RelationRow, ...]
    """What it names and what names it."""
    commands: tuple[str, str]
    """What shows a version of it, and what a commit did to its file; `COMMIT` stands for the commit."""
    path: str
    removed: str | None
    """The day of its removal; None: it stands."""
    unreadable: str | None
    """Why today's file cannot be read; None: it can."""
    never_read: bool
    since: str
    """The day of its first change."""
    lines: tuple[Line, ...]
    """Newest first."""
    total_lines: int
    years: tuple[Link, ...]
    """The parts of a long timeline, newest first; empty where the whole of it stands here."""
    gaps: tuple[GapView, ...]
    former: tuple[FormerView, ...]
    pending: tuple[tuple[str, Shown], ...]
    """Edits of the working tree that have not landed: fields by title as they would stand; only in a preview."""
    pending_problem: str | None
    """Why it cannot be shown how it would stand; None: it can, or there is no edit."""
    pending_text: bool
    """Whether the text shown is that of the working tree."""
    as_of: str


def pages(book: Book) -> Iterator[Page]:
    """Every record there ever was."""
    for record in book.history.records.values():
        yield _record_page(record, book.configuration.types[record.key.type], book)


def text_sources(book: Book) -> Iterator[tuple[str, TextSource]]:
    """The address of every record that has a text, and where that text is."""
    for record in book.history.records.values():
        source = _text_of(record.last, book.pending.get(record.key))
        if source is not None:
            yield record_address(record.key).path, source


def redirects(book: Book) -> Iterator[Redirect]:
    """From each address that a record had before, unless another record has it now, if only in a preview."""
    taken = {(key.type, key.slug.casefold()) for key in (*book.history.records, *book.pending)}
    for record in book.history.records.values():
        for former in record.former:
            if (former.key.type, former.key.slug.casefold()) not in taken:
                taken.add((former.key.type, former.key.slug.casefold()))
                yield Redirect(
                    address=record_address(former.key).path,
                    title=book.links.title(record.key),
                    to=record_address(record.key),
                    origin=f"the former id {former.key} of the record {record.key}",
                )


def _record_page(record: RecordHistory, record_type: RecordType, book: Book) -> Page:
    state = record.last
    values: Fields = state.version.fields if state.version is not None else {}
    view = _record_view(record, record_type, values, book)
    text = _text_of(state, book.pending.get(record.key))
    return Page(
        address=record_address(record.key).path,
        title=full_title(record.key, book),
        template="record.html",
        view=view,
        origin=f"the record {record.key} ({state.path})",
        summary=_summary(record_type, values),
        headings=tuple(_headings(view, has_text=text is not None)),
        text=text,
        source=None if state.removed else state.path,
        search=_search_entry(record, record_type, values, book),
    )


def _record_view(record: RecordHistory, record_type: RecordType, values: Fields, book: Book) -> RecordView:
    state = record.last
    pending = book.pending.get(record.key)
    glance, told = facts_at_a_glance(record, record_type, values, book)
    late, late_more = late_rows(record, book)
    lead = _lead(record_type, values)
    told = told | {lead.name} if lead is not None else told
    decision = decision_view(record.key, book)
    told = told | decision.tells if decision is not None else told
    lines = book.lines.of(reversed(record.entries))
    years = year_links(record, book)
    relations = relation_rows(record.key, record_type, values, told, book)
    return RecordView(
        id=record.key.id,
        title=book.links.title(record.key),
        titled_until=_titled_until(record, record_type, book),
        type=Link(record_type.title, type_address(record_type.name)),
        groups=tuple(book.links.to_record(group) for group in reversed(book.groups.around(record.key))),
        lead=show_value(lead, values[lead.name], book.links) if lead is not None else None,
        glance=glance,
        late=late,
        late_more=late_more,
        holds=group_standings(record.key, book),
        holds_title=f"In this {lower_first(record_type.title)}",
        facts=tuple(_facts(record_type, values, told, book)),
        tables=tuple(_tables(record, record_type, values, book)),
        undeclared=_undeclared(state),
        decision=decision,
        relations=relations,
        commands=(
            f"minutebook show {shlex.quote(f'{record.key}@COMMIT')}",
            f"git show -m --first-parent COMMIT -- {' '.join(map(shlex.quote, _paths(record)))}",
        ),
        path=state.path,
        removed=_removed_on(record, book) if state.removed else None,
        unreadable=state.unreadable.reason if state.unreadable is not None else None,
        never_read=state.version is None,
        since=landed_day(record.entries[0].landing.landed, book.configuration) if record.entries else "",
        lines=lines[:LATEST_LINES] if years else lines,
        total_lines=len(lines),
        years=years,
        gaps=tuple(_gap(gap, book) for gap in record.gaps),
        former=tuple(_former(former, book) for former in record.former),
        pending=_pending_fields(pending, record_type, values, book),
        pending_problem=pending.obstacle if pending is not None else None,
        pending_text=pending is not None and pending.text is not None,
        as_of=book.edition.as_of.isoformat(),
    )


def _titled_until(record: RecordHistory, record_type: RecordType, book: Book) -> str | None:
    field = record_type.published_role("title")
    if field is None or book.links.names.title(record.key) is None or title_of(record.last, record_type) is not None:
        return None
    lost = since_when(record, field.name)
    return landed_day(lost.landing.landed, book.configuration) if lost is not None else None


def _headings(view: RecordView, *, has_text: bool) -> Iterator[Heading]:
    """The sections of a record's page, in their order: a decision's text stands before what it is related to."""
    text = [Heading("Text", "text")] if has_text else []
    if view.holds is not None:
        yield Heading(view.holds_title, "records")
        if view.holds.ailing:
            yield Heading("Needs attention", "attention")
        if view.holds.late:
            yield Heading("Overdue", "overdue")
        if view.holds.has_decisions:
            yield Heading("Decisions pending", "pending")
    if view.decision is not None:
        yield Heading("This decision", "decision")
    if view.facts or view.tables or view.undeclared:
        yield Heading("Details", "stands")
    if view.decision is not None:
        yield from text
    if view.relations:
        yield Heading("Relations", "relations")
    if view.decision is None:
        yield from text
    elif view.decision.decided is not None:
        yield Heading("What followed", "followed")
    yield Heading("Timeline", "timeline")


def full_title(key: RecordKey, book: Book) -> str:
    """Id and title, as a browser's tab and a search result have it."""
    title = book.links.names.title(key)
    return f"{key.id}: {title}" if title is not None else book.links.title(key)


def _text_of(state: RecordState, pending: Pending | None) -> TextSource | None:
    text: Text | None = state.version.text if state.version is not None else None
    if pending is not None and pending.text is not None:
        text = pending.text
    return TextSource(text.blob, state.path) if text is not None and text.lines else None


def _paths(record: RecordHistory) -> tuple[str, ...]:
    """Every path at which the record has stood, today's first."""
    return tuple(dict.fromkeys(state.path for _, state in reversed(record.states)))


def _lead(record_type: RecordType, values: Fields) -> Field | None:
    """The field that says what the record is about; None: none does."""
    found = (record_type.published_role(role) for role in ("summary", "vision"))
    return next((field for field in found if field and values.get(field.name) is not None), None)


def _facts(record_type: RecordType, values: Fields, told: frozenset[str], book: Book) -> Iterator[tuple[Link, Shown]]:
    """Fields that stand nowhere else on the page. `told` are those at its head."""
    around = Around(as_of=book.edition.as_of)
    for field in record_type.fields:
        value = values.get(field.name)
        if field.role == "title" or field.type in ELSEWHERE or field.name in told:
            continue
        if field.publish and value is not None:
            yield _label(field, record_type), show_beside(field, record_type, values, book.links, around)


def _label(field: Field, record_type: RecordType) -> Link:
    """What a field is called, leading to what it says where the data dictionary tells more than its name."""
    return Link(field.title, field_address(record_type.name, field.name) if field.description else None)


def _tables(record: RecordHistory, record_type: RecordType, values: Fields, book: Book) -> Iterator[tuple[Link, Grid]]:
    around = Around(
        titles={"roadmap_item": roadmap_titles(record_type, values, book)},
        as_of=book.edition.as_of,
        overdue=book.overdue_by_key.get(record.key, ()),
    )
    for field in record_type.fields:
        if field.publish and field.type is FieldType.ITEMS and values.get(field.name):
            shown = show_value(field, values[field.name], book.links, around)
            if isinstance(shown, Grid):
                yield _label(field, record_type), shown


def _undeclared(state: RecordState) -> tuple[tuple[str, Shown], ...]:
    if state.version is None:
        return ()
    return tuple((name, show_undeclared(state.version.fields[name])) for name in state.version.undeclared)


def _removed_on(record: RecordHistory, book: Book) -> str:
    return landed_day(record.entries[-1].landing.landed, book.configuration) if record.entries else "an unknown day"


def _gap(gap: Gap, book: Book) -> GapView:
    return GapView(
        since=landed_day(gap.since.landed, book.configuration),
        until=landed_day(gap.until.landed, book.configuration) if gap.until is not None else None,
        reason=gap.unreadable.reason,
        path=gap.unreadable.path,
    )


def _former(former: FormerKey, book: Book) -> FormerView:
    because = (
        "portfolio.yml says so"
        if former.similarity is None
        else f"{int(former.similarity * 100)} % of the content stayed in one commit"
    )
    return FormerView(former.key.id, landed_day(former.landing.landed, book.configuration), because)


def _pending_fields(
    pending: Pending | None, record_type: RecordType, values: Fields, book: Book
) -> tuple[tuple[str, Shown], ...]:
    """The fields that the working tree would change, as they would stand."""
    if pending is None or pending.obstacle is not None:
        return ()
    names = dict.fromkeys((*(field.name for field in record_type.fields), *pending.fields, *values))
    found: list[tuple[str, Shown]] = []
    for name in names:
        before, after = values.get(name), pending.fields.get(name)
        field = record_type.field(name)
        if before != after and (field is None or field.publish):
            found.append((field.title if field else name, _show(field, after, book)))
    return tuple(found)


def _show(field: Field | None, value: Value, book: Book) -> Shown:
    return show_value(field, value, book.links) if field is not None else show_undeclared(value)


def _summary(record_type: RecordType, values: Fields) -> str:
    field = record_type.published_role("summary")
    value = values.get(field.name) if field is not None else None
    return value if isinstance(value, str) else ""


def _search_entry(record: RecordHistory, record_type: RecordType, values: Fields, book: Book) -> SearchEntry:
    """Type, where it stands, key fields, people, former ids and summary, each word once; never the timeline."""
    known = [field for field in record_type.fields if field.publish and values.get(field.name) is not None]
    decision = book.decisions.by_key.get(record.key)
    if decision is not None and decision.is_pending:
        # A planned day is not the day of a decision.
        known = [field for field in known if field.role != "date"]
    rank = {role: place for place, role in enumerate(SAID_FIRST)}
    known.sort(key=lambda field: rank.get(field.role or "", len(rank)))
    words = [record_type.title]
    for field in known:
        words += _search_words(field, values[field.name], book)
    words += [*(former.key.id for former in record.former), _summary(record_type, values)]
    return SearchEntry(full_title(record.key, book), " · ".join(dict.fromkeys(filter(None, words))))


def _search_words(field: Field, value: Value, book: Book) -> Iterator[str]:
    for one in several(value):
        if isinstance(one, dt.date) and field.role == "date":
            yield one.isoformat()
        elif not isinstance(one, str):
            continue
        elif field.type in (FieldType.PERSON, FieldType.PERSONS):
            yield book.links.person(one)
        elif field.type in VOCABULARIES:
            yield word_choice(one)
        elif field.role == "body":
            yield book.links.record(field.to, one)
