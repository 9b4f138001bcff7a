"""The table of each record type: a Book in, one row a standing record with its key fields and its last change out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from minutebook.analyses.ending import Ending, record_ending
from minutebook.model.portfolio import RecordState
from minutebook.model.record import natural_key
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Impossible, several
from minutebook.pages.book import Book
from minutebook.pages.columns import record_columns
from minutebook.pages.facets import GROUP, Answers, Question, choice_of, question_of
from minutebook.pages.page import Page, SearchEntry
from minutebook.pages.pending import PendingRow, new_rows
from minutebook.pages.removed import RemovedList, removed_list
from minutebook.pages.tables import Asked, TablePart, called, make_table, status_counts, table_address

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
    unlanded: tuple[PendingRow, ...]
    """Of a preview, the records that are new."""
    called: str
    """What so many records are called after their number: "projects"."""
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
    states = _in_order(record_type, book.portfolio.of_type(record_type), book)
    columns = record_columns(record_type, states, book)
    table = make_table(
        states,
        [column.head for column in columns],
        lambda state: tuple(column.cell(state) for column in columns),
        questions(record_type, book),
        book,
    )
    for part in table:
        yield Page(
            address=table_address(record_type.name, part.part).path,
            title=record_type.plural if part.part == 1 else f"{record_type.plural}, part {part.part}",
            template="type_table.html",
            view=TypeTableView(
                title=record_type.plural,
                description=record_type.description,
                table=part,
                unlanded=new_rows(record_type, book),
                called=called(record_type, part.total),
                by_status=status_counts(record_type, book),
                removed=removed_list(record_type, book) if part.part == 1 else None,
                as_of=book.edition.as_of.isoformat(),
            ),
            origin=f"the table of the record type {record_type.name}",
            summary=record_type.description or "",
            search=SearchEntry(record_type.plural, record_type.description or "") if part.part == 1 else None,
        )


def _in_order(record_type: RecordType, states: Iterable[RecordState], book: Book) -> list[RecordState]:
    """By id, groups before their parts; where records take place on a day and then are done with, the newest first."""
    found = sorted(
        states, key=lambda state: [natural_key(key.id) for key in (*book.groups.parents(state.key), state.key)]
    )
    status = record_type.published_role("status")
    if status is None or status.lifecycle is None:
        found.sort(key=lambda state: state.day_of(record_type, "date") or dt.date.min, reverse=True)
    return found


def questions(record_type: RecordType, book: Book) -> tuple[Asked, ...]:
    """What the records of a type may be narrowed by."""
    found = (record_type.published_role(role) for role in ASKED_ROLES)
    fields = [field for field in found if field is not None][:MOST_QUESTIONS]
    asked = [ask_for(field, book) for field in fields]
    if record_type.published_role("status") in fields:
        # After the status itself, because it is a coarser answer to the same question.
        asked.insert(1, Asked(FINISHED, lambda state: _finished(state, record_type)))
    if record_type.with_role("body") and not record_type.with_role("group"):
        asked.append(Asked(Question(GROUP, "Group"), partial(_groups, book)))
    return tuple(asked)


def _finished(state: RecordState, record_type: RecordType) -> Answers:
    match record_ending(record_type, state):
        case Ending.FINISHED:
            return ("yes",)
        case Ending.OPEN:
            return ("no",)
        case Ending.UNTOLD:
            return ()


def ask_for(field: Field, book: Book) -> Asked:
    """The question of a field, and how a record answers it. One that is in a group is in those around it, too."""
    answer = partial(_groups if field.role == "group" else partial(_words, field), book)
    return Asked(question_of(field), answer, field)


def _groups(book: Book, state: RecordState) -> Answers:
    return tuple(map(book.links.title, book.groups.counting(state.key)))


def _words(field: Field, book: Book, state: RecordState) -> Answers:
    value = state.version.fields.get(field.name) if state.version is not None else None
    words = [one.written if isinstance(one, Impossible) else one for one in several(value)]
    return tuple(dict.fromkeys(choice_of(field, _word(field, word, book)) for word in words if isinstance(word, str)))


def _word(field: Field, word: str, book: Book) -> str:
    if field.type in (FieldType.PERSON, FieldType.PERSONS):
        return book.links.person(word)
    if field.type in (FieldType.REFERENCE, FieldType.REFERENCES):
        return book.links.record(field.to, word)
    return word
