"""Views of tables: a Book in; what each table offers, and the address of one that is narrowed to a word, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from minutebook.history.value_words import name_choice
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.pages import decision_log, type_table
from minutebook.pages.book import Book, Offers
from minutebook.pages.facets import GROUP, choice_of, name_of
from minutebook.pages.links import type_address
from minutebook.pages.page import Address
from minutebook.pages.tables import Asked, offered_facets


def narrowed(
    record_type: RecordType, field: Field, word: str, book: Book, *, others: tuple[tuple[str, str], ...] = ()
) -> Address | None:
    """The table of a type, narrowed to the records whose field says a word; None: it cannot be narrowed to them.

    `others` are answers to other questions that it offers.
    """
    name, choice = name_of(field), choice_of(field, word)
    # The cheap question first: pages ask it of every person and relation.
    if choice not in book.offered[record_type.name].get(name, ()):
        return None
    if not any(one.field is field for one in _questions(record_type, book)):
        return None
    return Address(type_address(record_type.name).path, view=((name, choice), *others))


def within_group(record_type: RecordType, group: RecordKey | None, book: Book) -> tuple[tuple[str, str], ...] | None:
    """What narrows the table of a type to a group, or to all where that is None; None: it cannot be narrowed to it."""
    if group is None:
        return ()
    title = name_choice(book.links.title(group))
    return ((GROUP, title),) if title in book.offered[record_type.name].get(GROUP, ()) else None


def offered_by_tables(book: Book) -> Offers:
    """What the table of each type can be narrowed by. It is found once, as the Book is made: many pages ask for it."""
    return {name: _offered(record_type, book) for name, record_type in book.configuration.types.items()}


def _offered(record_type: RecordType, book: Book) -> dict[str, frozenset[str]]:
    asked = _questions(record_type, book)
    shared = {one.question.name: _shared(one, book) for one in asked}
    facets = offered_facets(list(book.portfolio.of_type(record_type)), asked).facets
    return {facet.name: frozenset(option.word for option in facet.options) - shared[facet.name] for facet in facets}


def _shared(one: Asked, book: Book) -> frozenset[str]:
    """The titles and names that several bear: a table that is narrowed to them holds what belongs to each."""
    counted = Counter(map(name_choice, _bearers(one, book)))
    return frozenset(choice for choice, number in counted.items() if number > 1)


def _bearers(one: Asked, book: Book) -> Iterator[str]:
    """The title or name of each record that may be an answer."""
    if one.question.name == GROUP:
        yield from map(book.links.title, book.groups.groups)
    elif one.field is not None and one.field.type in (FieldType.PERSON, FieldType.PERSONS):
        people = book.links.people
        yield from (people.person(key.id) for key in people.history.records if key.type in people.rosters)
    elif one.field is not None and one.field.type in (FieldType.REFERENCE, FieldType.REFERENCES):
        types = one.field.to
        yield from (book.links.title(key) for key in book.portfolio.states if not types or key.type in types)


def _questions(record_type: RecordType, book: Book) -> tuple[Asked, ...]:
    log = record_type in book.decisions.types
    return decision_log.questions(record_type, book) if log else type_table.questions(record_type, book)
