"""What is overdue, as tables have it: a Book and an overdue date in; a row with who answers for it out."""

from __future__ import annotations

from dataclasses import dataclass

from minutebook.analyses.overdue import Overdue
from minutebook.history.value_words import lower_first
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field
from minutebook.pages.book import Book
from minutebook.pages.lateness import late_words
from minutebook.pages.owners import owner_of
from minutebook.pages.page import Link
from minutebook.pages.shown import Late

NEXT_MEETING = "Next meeting"
"""What a body is overdue with, and when it has a day for it."""


@dataclass(frozen=True, slots=True)
class LateRow:
    """One date that has passed."""

    record: Link
    what: str
    """The item, or what the date is called; of a body that was to meet, `NEXT_MEETING`."""
    items: str | None
    """What the item is, "milestone", or what its list is called; None: the record itself is late."""
    owner: str
    """Who answers for it; empty: nobody is named."""
    due: str
    late: str
    """How late: "3 weeks late"."""


def late_row(one: Overdue, book: Book) -> LateRow:
    """One overdue date in words."""
    return LateRow(
        record=book.links.to_record(one.key),
        what=NEXT_MEETING if one.is_meeting else one.item or one.field.title,
        items=lower_first(one.items.singular or one.items.title) if one.items is not None else None,
        owner=book.links.person(one.owner) if one.owner is not None else owner_of(one.key, book),
        due=one.due.isoformat(),
        late=late_words(one.days, book.edition.as_of),
    )


def late_day(key: RecordKey, field: Field, book: Book) -> Late | None:
    """The day by which a record is due, where that has passed; None: it has not, or the field holds another day."""
    for one in book.overdue_by_key.get(key, ()):
        if one.is_own and one.field.name == field.name:
            return Late(one.due.isoformat(), late_words(one.days, book.edition.as_of))
    return None
