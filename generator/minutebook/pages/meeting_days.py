"""Days on which bodies meet, as pages have them: a Book and a meeting or a day in, what is shown of it out."""

from __future__ import annotations

import datetime as dt

from minutebook.analyses.meetings import Meeting
from minutebook.pages.book import Book
from minutebook.pages.lateness import late_words
from minutebook.pages.page import Link
from minutebook.pages.shown import Late, Reference, Shown, Words


def meeting_day(meeting: Meeting, book: Book) -> Shown:
    """The day of a meeting, leading to its record."""
    return Reference(Link(meeting.day.isoformat(), book.links.to_record(meeting.key).to))


def meeting_due(day: dt.date, book: Book) -> Shown:
    """The day by which a body is to meet, with how late it is where that has passed."""
    late = (book.edition.as_of - day).days
    if late > 0:
        return Late(day.isoformat(), late_words(late, book.edition.as_of))
    return Words(day.isoformat(), figure=True)
