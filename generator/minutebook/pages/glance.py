"""Where a record stands at a glance: a Book and a record in; status, health, people and dates, with since when, out."""

from __future__ import annotations

from dataclasses import dataclass

from minutebook.analyses.overdue import Overdue
from minutebook.analyses.standing import since_when
from minutebook.history.value_words import word_value
from minutebook.model.portfolio import RecordHistory
from minutebook.model.record_type import RecordType
from minutebook.model.value import Fields
from minutebook.pages.book import Book
from minutebook.pages.late_rows import LateRow, late_row
from minutebook.pages.lateness import late_words
from minutebook.pages.page import Address
from minutebook.pages.shown import Late, Shown, show_value
from minutebook.pages.timeline import landed_day

GLANCE_ROLES = ("status", "health", "category", "owner", "sponsor", "receiver", "body", "chair", "date", "due")
"""What is told at the head of a record's page, in this order, as far as the record has it."""
DATED_ROLES = frozenset(["status", "health"])
"""Roles of which it is told since when they stand so."""
ONE_OF = ("category", "body", "chair", "date", "sponsor", "receiver")
"""Roles that only fill up a head that is short."""
MOST = 5
MOST_LATE = 20


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing at the head of the page."""

    title: str
    value: Shown
    since: str | None
    """The day from which on it is so; None: that is of no matter, or not known."""
    entry: Address | None
    """Where the change is told that made it so."""
    reason: str | None
    """Why, where the record says so."""


def facts_at_a_glance(
    record: RecordHistory, record_type: RecordType, values: Fields, book: Book
) -> tuple[tuple[Fact, ...], frozenset[str]]:
    """The facts, and the names of the fields that they tell: those need not be told again."""
    facts: list[tuple[str, Fact]] = []
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
        told.add(field.name)
        fact = Fact(
            title=field.title,
            value=_late(record, field.name, book) or show_value(field, value, book.links),
            since=landed_day(entry.landing.landed, book.configuration) if entry is not None else None,
            entry=book.links.entry(entry) if entry is not None else None,
            reason=why if isinstance(why, str) else None,
        )
        facts.append((role, fact))
    while len(facts) > MOST:
        least = next((index for index in range(len(facts) - 1, -1, -1) if facts[index][0] in ONE_OF), None)
        if least is None:
            break
        role, _ = facts.pop(least)
        dropped = record_type.with_role(role)
        if dropped is not None:
            told.discard(dropped.name)
    return tuple(fact for _, fact in facts), frozenset(told)


def late_rows(record: RecordHistory, book: Book) -> tuple[tuple[LateRow, ...], int]:
    """What of a record is overdue, the longest first, and how many more; its own date is told at its head."""
    late = [one for one in book.overdue_by_key.get(record.key, ()) if not _is_own(one)]
    return tuple(late_row(one, book) for one in late[:MOST_LATE]), max(0, len(late) - MOST_LATE)


def _is_own(one: Overdue) -> bool:
    """Whether it is a date of the record itself, of which its head tells."""
    return one.item is None and one.items is None and one.part is None and one.field.role == "due"


def _late(record: RecordHistory, field: str, book: Book) -> Late | None:
    for one in book.overdue_by_key.get(record.key, ()):
        if _is_own(one) and one.field.name == field:
            return Late(word_value(one.due, one.field, book.links), late_words(one.days))
    return None
