"""The page of each record: a Book in; where it stands, its text, its timeline, and redirects from former ids out."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.analyses.standing import since_when
from minutebook.history.names import title_of
from minutebook.history.value_words import word_choice
from minutebook.model.portfolio import FormerKey, Gap, RecordHistory, RecordState
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Text, Value
from minutebook.pages.book import Book, Pending
from minutebook.pages.decision import DecisionView, decision_view
from minutebook.pages.glance import Fact, facts_at_a_glance, late_rows
from minutebook.pages.late_rows import LateRow
from minutebook.pages.links import record_address, type_address
from minutebook.pages.page import Heading, Link, Page, Redirect, SearchEntry, TextSource
from minutebook.pages.record_years import year_links
from minutebook.pages.related import RelationRow, relation_rows
from minutebook.pages.roadmap import roadmap_titles
from minutebook.pages.shown import Grid, Shown, show_undeclared, show_value
from minutebook.pages.timeline import Line, landed_day

LATEST_LINES = 20
"""So many lines of a timeline that has pages of its own stand on the record's page."""
ELSEWHERE = (FieldType.ITEMS, FieldType.REFERENCE, FieldType.REFERENCES)
"""Fields of these types are tables and relations."""


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
    facts: tuple[tuple[str, Shown], ...]
    """The other fields by title, in the order of the type, tables and references left out."""
    tables: tuple[tuple[str, Grid], ...]
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
    """From each address that a record had before, unless another record has it now."""
    taken = {(key.type, key.slug.casefold()) for key in book.history.records}
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
    title = book.links.title(record.key)
    pending = book.pending.get(record.key)
    glance, told = facts_at_a_glance(record, record_type, values, book)
    late, late_more = late_rows(record, book)
    lead = _lead(record_type, values)
    told = told | {lead.name} if lead is not None else told
    lines = book.lines.of(reversed(record.entries))
    years = year_links(record, book)
    relations = relation_rows(record.key, record_type, values, book)
    view = RecordView(
        id=record.key.id,
        title=title,
        titled_until=_titled_until(record, record_type, book),
        type=Link(record_type.title, type_address(record_type.name)),
        groups=tuple(book.links.to_record(group) for group in reversed(book.groups.get(record.key, ()))),
        lead=show_value(lead, values[lead.name], book.links) if lead is not None else None,
        glance=glance,
        late=late,
        late_more=late_more,
        facts=tuple(_facts(record_type, values, told, book)),
        tables=tuple(_tables(record_type, values, book)),
        undeclared=_undeclared(state),
        decision=decision_view(record.key, book),
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
    text = _text_of(state, pending)
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


def _titled_until(record: RecordHistory, record_type: RecordType, book: Book) -> str | None:
    field = record_type.published_role("title")
    if field is None or book.links.names.title(record.key) is None or title_of(record.last, record_type) is not None:
        return None
    lost = since_when(record, field.name)
    return landed_day(lost.landing.landed, book.configuration) if lost is not None else None


def _headings(view: RecordView, *, has_text: bool) -> Iterator[Heading]:
    """The sections of a record's page, in their order."""
    if view.facts or view.tables or view.undeclared:
        yield Heading("Where it stands", "stands")
    if view.decision is not None:
        yield from view.decision.headings
    if view.relations:
        yield Heading("Relations", "relations")
    if has_text:
        yield Heading("Text", "text")
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


def _facts(record_type: RecordType, values: Fields, told: frozenset[str], book: Book) -> Iterator[tuple[str, Shown]]:
    """Fields that stand nowhere else on the page. `told` are those at its head."""
    for field in record_type.fields:
        value = values.get(field.name)
        if field.role == "title" or field.type in ELSEWHERE or field.name in told:
            continue
        if field.publish and value is not None:
            yield field.title, show_value(field, value, book.links)


def _tables(record_type: RecordType, values: Fields, book: Book) -> Iterator[tuple[str, Grid]]:
    titles = {"roadmap_item": roadmap_titles(record_type, values, book)}
    for field in record_type.fields:
        if field.publish and field.type is FieldType.ITEMS and values.get(field.name):
            shown = show_value(field, values[field.name], book.links, titles)
            if isinstance(shown, Grid):
                yield field.title, shown


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
    """Id, type, people, key fields and summary; never the timeline."""
    words = [record_type.title, record.key.id, *(former.key.id for former in record.former)]
    for field in record_type.fields:
        value = values.get(field.name)
        if value is None or not field.publish:
            continue
        if field.type in (FieldType.PERSON, FieldType.PERSONS):
            people = value if isinstance(value, tuple) else (value,)
            words += [book.links.person(person) for person in people if isinstance(person, str)]
        elif field.type in (FieldType.STATUS, FieldType.HEALTH, FieldType.ENUM) and isinstance(value, str):
            words.append(word_choice(value))
    words.append(_summary(record_type, values))
    return SearchEntry(full_title(record.key, book), " · ".join(filter(None, words)))
