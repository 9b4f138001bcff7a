"""The table of each record type: a Book in, one row a standing record with its key fields and its last change out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from minutebook.analyses.counts import is_finished
from minutebook.history.value_words import word_choice
from minutebook.model.portfolio import RecordState
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Impossible
from minutebook.pages.book import Book
from minutebook.pages.facets import Answers, Question, question_of
from minutebook.pages.lateness import late_words
from minutebook.pages.page import Page, SearchEntry
from minutebook.pages.removed import RemovedList, removed_list
from minutebook.pages.shown import FIGURES, Late, Shown, show_value
from minutebook.pages.tables import MOST_OPTIONS, Asked, Head, TablePart, make_table, natural_order, part_address

COLUMN_ROLES = ("status", "health", "category", "owner", "lead", "group", "body", "parent", "date", "due")
"""What a table shows beside title and id, in this order, as far as the type has it."""
MOST_COLUMNS = 5
LEAST_FILLED = 0.1
"""The part of the records that must have a field before it gets a column."""
ASKED_ROLES = ("status", "health", "category", "group", "body", "owner", "product", "route")
"""What a table may be narrowed by, as far as the type has it."""
MOST_QUESTIONS = 5
FINISHED = Question("finished", "Finished", ("no", "yes"))
"""Whether a record has a final status: a reader of health asks for those that have not."""


@dataclass(frozen=True, slots=True)
class TypeTableView:
    """What a table page lays out."""

    title: str
    description: str | None
    table: TablePart
    by_status: tuple[tuple[str, int], ...]
    removed: RemovedList | None
    """None: there is none, or it is not the first part."""
    as_of: str


def pages(book: Book) -> Iterator[Page]:
    """The table of each published type that has no log of its own; in parts where it is long."""
    for count in book.counts:
        if count.record_type not in book.decisions.types:
            yield from _type_pages(count.record_type, book)


def _type_pages(record_type: RecordType, book: Book) -> Iterator[Page]:
    states = sorted(book.portfolio.of_type(record_type), key=lambda state: natural_order(state.key))
    fields = column_fields(record_type, states)
    late = {one.key: late_words(one.days) for one in book.overdue if one.item is None and one.field in fields}
    table = make_table(
        states,
        [Head(field.title, field.type in FIGURES, field.name) for field in fields],
        lambda state: tuple(_cell(field, state, late.get(state.key), book) for field in fields),
        questions(record_type, book),
        book,
    )
    by_status = next(count.by_status for count in book.counts if count.record_type is record_type)
    for part in table:
        yield Page(
            address=part_address(record_type.name, part.part).path,
            title=record_type.plural if part.part == 1 else f"{record_type.plural}, part {part.part}",
            template="type_table.html",
            view=TypeTableView(
                title=record_type.plural,
                description=record_type.description,
                table=part,
                by_status=tuple(
                    (word_choice(word) if word else "no status", number) for word, number in by_status[:MOST_OPTIONS]
                ),
                removed=removed_list(record_type, book) if part.part == 1 else None,
                as_of=book.edition.as_of.isoformat(),
            ),
            origin=f"the table of the record type {record_type.name}",
            summary=record_type.description or "",
            search=SearchEntry(record_type.plural, record_type.description or "") if part.part == 1 else None,
        )


def column_fields(record_type: RecordType, states: list[RecordState]) -> tuple[Field, ...]:
    """The key fields of a type that its records have: what a table has room for."""
    filled = Counter(name for state in states if state.version is not None for name in state.version.fields)
    found = (record_type.published_role(role) for role in COLUMN_ROLES)
    kept = (field for field in found if field and filled[field.name] > len(states) * LEAST_FILLED)
    return tuple(islice(kept, MOST_COLUMNS))


def questions(record_type: RecordType, book: Book) -> tuple[Asked, ...]:
    """What the records of a type may be narrowed by."""
    found = (record_type.published_role(role) for role in ASKED_ROLES)
    fields = [field for field in found if field is not None][:MOST_QUESTIONS]
    asked = [Asked(question_of(field), answer_of(field, book)) for field in fields]
    if record_type.published_role("status") in fields:
        # After the status itself, because it is a coarser answer to the same question.
        asked.insert(1, Asked(FINISHED, lambda state: _finished(state, record_type)))
    return tuple(asked)


def _finished(state: RecordState, record_type: RecordType) -> Answers:
    finished = is_finished(record_type, state)
    return () if finished is None else ("yes",) if finished else ("no",)


def answer_of(field: Field, book: Book) -> Callable[[RecordState], Answers]:
    """How a record answers the question of a field. One that is in a group is in those around it, too."""
    if field.role == "group":
        return lambda state: tuple(book.links.title(group) for group in book.groups.get(state.key, ()))
    return lambda state: _words(field, state, book)


def _words(field: Field, state: RecordState, book: Book) -> Answers:
    value = state.version.fields.get(field.name) if state.version is not None else None
    several = value if isinstance(value, tuple) else (value,)
    words = [one.written if isinstance(one, Impossible) else one for one in several]
    return tuple(dict.fromkeys(_word(field, word, book) for word in words if isinstance(word, str)))


def _word(field: Field, word: str, book: Book) -> str:
    if field.type in (FieldType.PERSON, FieldType.PERSONS):
        return book.links.person(word)
    if field.type in (FieldType.REFERENCE, FieldType.REFERENCES):
        return book.links.record(field.to, word)
    return word


def _cell(field: Field, state: RecordState, late: str | None, book: Book) -> Shown:
    value = state.version.fields.get(field.name) if state.version is not None else None
    if late is not None and field.role == "due" and isinstance(value, dt.date):
        return Late(value.isoformat(), late)
    return show_value(field, value, book.links)
