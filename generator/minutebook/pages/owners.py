"""Who answers for a record: a Book and a record in, their names out."""

from __future__ import annotations

from minutebook.model.record import RecordKey
from minutebook.model.value import texts_of
from minutebook.pages.book import Book


def owner_of(key: RecordKey, book: Book) -> str:
    """Who answers for a record; empty: nobody is named."""
    value = book.portfolio.states[key].value_of(book.configuration.types[key.type], "owner")
    return ", ".join(map(book.links.person, texts_of(value)))
