"""Views of tables: a record type, a field and a word in; the address of the table that is narrowed to it out."""

from __future__ import annotations

from collections.abc import Mapping

from minutebook.history.value_words import word_choice
from minutebook.model.record_type import Field, RecordType
from minutebook.pages import decision_log, type_table
from minutebook.pages.book import Book
from minutebook.pages.facets import name_of
from minutebook.pages.links import type_address
from minutebook.pages.page import Address
from minutebook.pages.tables import Asked, offered_facets


def narrowed(
    record_type: RecordType, field: Field, word: str, book: Book, *, others: tuple[tuple[str, str], ...] = ()
) -> Address | None:
    """The table of a type, narrowed to the records whose field says a word; None: it cannot be narrowed to them.

    `others` are answers to other questions that it offers.
    """
    name = name_of(field)
    # The cheap question first: pages ask it of every person and relation.
    if word_choice(word) not in offered(record_type, book).get(name, ()):
        return None
    if not any(one.field is field for one in _questions(record_type, book)):
        return None
    return Address(type_address(record_type.name).path, view=((name, word_choice(word)), *others))


def offered(record_type: RecordType, book: Book) -> Mapping[str, frozenset[str]]:
    """What the table of a type can be narrowed by: the questions by name, with the answers to choose from."""
    if record_type.name not in book.offered:
        facets = offered_facets(list(book.portfolio.of_type(record_type)), _questions(record_type, book)).facets
        book.offered[record_type.name] = {
            facet.name: frozenset(option.word for option in facet.options) for facet in facets
        }
    return book.offered[record_type.name]


def _questions(record_type: RecordType, book: Book) -> tuple[Asked, ...]:
    log = record_type in book.decisions.types
    return decision_log.questions(record_type, book) if log else type_table.questions(record_type, book)
