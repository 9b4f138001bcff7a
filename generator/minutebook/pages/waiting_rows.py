"""What waits for a decision, as tables have it: a Book and a pending decision in; a row with who is to decide out."""

from __future__ import annotations

from dataclasses import dataclass

from minutebook.analyses.decisions import Decision
from minutebook.history.spans import span_words
from minutebook.history.value_words import word_choice
from minutebook.pages.book import Book
from minutebook.pages.owners import owner_of
from minutebook.pages.page import Link
from minutebook.pages.shown import Dated, Nothing, Shown, Words, show_value

HIDDEN = "not published"
"""What stands for a value that there may be, and that nobody is shown."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One decision that is not taken yet."""

    record: Link
    id: str
    status: Shown
    body: Shown
    """Who is to decide."""
    owner: str
    """Who answers for it; empty: nobody is named."""
    raised: str
    """The day on which the question was asked; in words where it is not known or not published."""
    waits: str
    """For how long: "5 weeks"; in words as above."""


def waiting_row(one: Decision, book: Book) -> WaitingRow:
    """One pending decision in words."""
    unknown = HIDDEN if "raised" in one.hidden else "not known"
    return WaitingRow(
        record=book.links.to_record(one.key),
        id=one.key.id,
        status=_role(one, "status", book),
        body=_role(one, "body", book),
        owner=HIDDEN if "owner" in one.hidden else owner_of(one.key, book),
        raised=one.raised.isoformat() if one.raised is not None else unknown,
        waits=span_words(one.waiting_days, one.as_of) if one.waiting_days is not None else unknown,
    )


def day_of_waiting(one: Decision, book: Book) -> Shown | None:
    """What stands for the date of a decision that waits; None: it does not wait, or names no day.

    A day to come is a plan. One that has passed is that of a meeting that put it off or did not decide it, or of its
    own paper.
    """
    if one.planned is None:
        return None
    if one.held is not None and one.held.day_in_record:
        return Dated(f"{status_word(one, book)} on", one.planned.isoformat())
    if one.planned >= one.as_of:
        return Dated("planned", one.planned.isoformat())
    if one.deciding is not None:
        return Dated("decided", one.decided.isoformat(), ", open again") if one.decided else Words("open again")
    return Dated("planned", one.planned.isoformat(), ", not decided")


def status_word(one: Decision, book: Book) -> str:
    """The status of a decision, as sentences have it; empty: it has none."""
    word = book.history.records[one.key].last.value_of(book.configuration.types[one.key.type], "status")
    return word_choice(word) if isinstance(word, str) else ""


def _role(one: Decision, role: str, book: Book) -> Shown:
    if role in one.hidden:
        return Words(HIDDEN)
    record_type = book.configuration.types[one.key.type]
    field = record_type.published_role(role)
    if field is None:
        return Nothing()
    return show_value(field, book.portfolio.states[one.key].value_of(record_type, role), book.links)
