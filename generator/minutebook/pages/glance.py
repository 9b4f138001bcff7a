"""Where a record stands at a glance: a Book and a record in; status, health, people and dates, with since when, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.analyses.ending import Ending, ending_of
from minutebook.analyses.meetings import Rhythm
from minutebook.analyses.plan import next_step
from minutebook.analyses.standing import since_when
from minutebook.history.value_words import item_title
from minutebook.model.portfolio import RecordHistory
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Value, texts_of
from minutebook.pages.against_plan import slip_note
from minutebook.pages.book import Book
from minutebook.pages.late_rows import NEXT_MEETING, LateRow, late_day, late_row
from minutebook.pages.meeting_days import meeting_day, meeting_due
from minutebook.pages.narrowed import narrowed
from minutebook.pages.page import Address, Link
from minutebook.pages.shown import MOST_ITEMS, Reference, Series, Shown, Words, show_value
from minutebook.pages.timeline import landed_day
from minutebook.pages.waiting_rows import day_of_waiting

GLANCE_ROLES = (
    "status",
    "health",
    "outcome",
    "amount",
    "category",
    "owner",
    "sponsor",
    "receiver",
    "body",
    "chair",
    "date",
    "due",
)
"""What is told at the head of a record's page, in this order, as far as the record has it."""
DATED_ROLES = frozenset(["status", "health"])
"""Roles of which it is told since when they stand so."""
FILLERS = ("receiver", "sponsor", "chair", "category", "owner", "body", "date")
"""Roles that give way to others where a head would be long, the first to go first."""
MOST = 5
MOST_LATE = 20
MOST_LESSONS = 3
"""So many lessons are named at the head; all stand among the relations."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing at the head of the page."""

    title: str
    value: Shown
    since: str | None = None
    """The day from which on it is so; None: that is of no matter, or not known."""
    entry: Address | None = None
    """Where the change is told that made it so."""
    wide: bool = False
    """Whether it is a sentence, which needs a line of its own."""


def facts_at_a_glance(
    record: RecordHistory, record_type: RecordType, values: Fields, book: Book
) -> tuple[tuple[Fact, ...], frozenset[str]]:
    """The facts, and the names of the fields that they tell: those need not be told again."""
    facts: list[tuple[str, Fact]] = []
    sentences: list[Fact] = []
    told: set[str] = set()
    for role in GLANCE_ROLES:
        field = record_type.published_role(role)
        value = values.get(field.name) if field is not None else None
        if field is None or value is None:
            continue
        entry = since_when(record, field.name) if role in DATED_ROLES else None
        reason = record_type.published_role("health_reason") if role == "health" else None
        why = values.get(reason.name) if reason is not None else None
        if reason is not None and isinstance(why, str):
            told.add(reason.name)
            sentences.append(Fact(reason.title, Words(why), wide=True))
        told.add(field.name)
        fact = Fact(
            title=field.title,
            value=_waiting(record, role, book)
            or late_day(record.key, field, book)
            or _people(record_type, field, value, book)
            or show_value(field, value, book.links),
            since=landed_day(entry.landing.landed, book.configuration) if entry is not None else None,
            entry=book.links.entry(entry) if entry is not None else None,
        )
        facts.append((role, fact))
    for role in FILLERS:
        dropped = record_type.published_role(role)
        if len(facts) > MOST and dropped is not None and dropped.name in told:
            facts = [(one, fact) for one, fact in facts if one != role]
            told.discard(dropped.name)
    if not record.last.removed:
        rhythm = book.rhythms.get(record.key)
        sentences += _meetings(rhythm, book) if rhythm is not None else ()
        sentences += _next(record_type, values, book)
        sentences += _end(record, record_type, values, book)
    return (*(fact for _, fact in facts), *sentences), frozenset(told)


def _people(record_type: RecordType, field: Field, value: Value, book: Book) -> Shown | None:
    """People who lead to what else is theirs; None: it names nobody, or the table of the type does not ask for them."""
    if field.type not in (FieldType.PERSON, FieldType.PERSONS):
        return None
    people = [Link(name, narrowed(record_type, field, name, book)) for name in map(book.links.person, texts_of(value))]
    if not any(person.to for person in people) or len(people) > MOST_ITEMS:
        return None
    return Reference(people[0]) if len(people) == 1 else Series(tuple(map(Reference, people)), long=False)


def _meetings(rhythm: Rhythm, book: Book) -> Iterator[Fact]:
    """When a body met last as far as is recorded, and when it meets next: as planned, or else by when it is due."""
    if rhythm.last is not None:
        yield Fact("Last recorded meeting", meeting_day(rhythm.last, book))
    if rhythm.next is not None:
        yield Fact(NEXT_MEETING, meeting_day(rhythm.next, book))
    if rhythm.due is not None:
        yield Fact("Next due by", meeting_due(rhythm.due, book))


def _end(record: RecordHistory, record_type: RecordType, values: Fields, book: Book) -> Iterator[Fact]:
    """Of a finished record: the decision by which it ended, as far as git tells, and what was learnt from it."""
    status = record_type.published_role("status")
    if status is None or ending_of(record_type, values) is not Ending.FINISHED:
        return
    if record.key in book.decisions.by_key:
        return
    ended = since_when(record, status.name)
    before = book.aftermath.before(ended, status.name) if ended is not None else None
    if before is not None:
        title = "Decided by" if before.is_its_ground else "Last decision before its end"
        id_ = before.decision.id if book.links.names.title(before.decision) else None
        yield Fact(title, Reference(book.links.to_record(before.decision), id_), wide=True)
    lessons = [one.source for one in book.relations.get(record.key, ()) if one.field.role == "subject"]
    for lesson in list(dict.fromkeys(lessons))[:MOST_LESSONS]:
        yield Fact(book.configuration.types[lesson.type].title, Reference(book.links.to_record(lesson)), wide=True)


def _next(record_type: RecordType, values: Fields, book: Book) -> Iterator[Fact]:
    """The step that comes next, with how far it slipped; those that are late stand below the head."""
    step = next_step(record_type, values, book.edition.as_of)
    if step is None:
        return
    words = f"{item_title(step.items, step.name, step.item) or step.items.title}, {step.due.isoformat()}"
    yield Fact("Next", Words(words, note=slip_note(step.items, step.item, book.edition.as_of)), wide=True)


def late_rows(record: RecordHistory, book: Book) -> tuple[tuple[LateRow, ...], int]:
    """What of a record is overdue, the longest first, and how many more; its own date is told at its head."""
    late = [one for one in book.overdue_by_key.get(record.key, ()) if not one.is_own]
    return tuple(late_row(one, book) for one in late[:MOST_LATE]), max(0, len(late) - MOST_LATE)


def _waiting(record: RecordHistory, role: str, book: Book) -> Shown | None:
    """What stands for the date of a decision that waits."""
    decision = book.decisions.by_key.get(record.key) if role == "date" else None
    return day_of_waiting(decision, book) if decision is not None else None
