"""Tables of records: states, columns and questions in; rows that can be sorted and narrowed, in parts, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from minutebook.history.value_words import lower_first, word_choice
from minutebook.model.portfolio import RecordState
from minutebook.model.record_type import Field, RecordType
from minutebook.pages.book import Book
from minutebook.pages.facets import Answers, Facet, Facets, Question, make_facets
from minutebook.pages.links import type_address
from minutebook.pages.page import Address, Link
from minutebook.pages.paging import part_address, part_links, split_by_number
from minutebook.pages.shown import Shown
from minutebook.pages.timeline import landed_day

PAGE_ROWS = 350
"""How many records a page of a table holds."""
MOST_OPTIONS = 60
"""A question with more answers than a reader can choose from is left to the search for words."""
DEEPEST = 4
"""So deep are the titles of groups indented: a phone has no room for more."""
NO_STATUS = "no status"
"""How records without one are counted."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    title: str
    figures: bool
    """Whether it holds figures or days, which are aligned by their digits."""
    sort: str
    """What the column is called in the address of a view: `?sort=due`."""
    facet: int | None = None
    """The facet that orders it, where it holds words of a vocabulary."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and how a record answers it."""

    question: Question
    answer: Callable[[RecordState], Answers]
    field: Field | None = None
    """The field that alone gives the answer; None: more does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record."""

    id: str
    record: Link
    cells: tuple[Shown, ...]
    changed: str
    """The day of its last change."""
    change: Address | None
    """Where that change is told."""
    unreadable: bool
    pending: bool
    """Whether the working tree has an edit that has not landed; only in a preview."""
    mark: str
    """Its answers, as `Facets.marks`."""
    depth: int
    """Of a group, in how many others it lies, `DEEPEST` at most."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """What one page of a table holds."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    facets: tuple[Facet, ...]
    """Of the whole table."""
    parts: tuple[Link, ...]
    """The pages of the table, where there are several."""
    part: int
    """From 1."""
    total: int

    @property
    def others(self) -> tuple[Address, ...]:
        """The pages that hold the rest of the table."""
        return tuple(
            link.to for number, link in enumerate(self.parts, 1) if number != self.part and isinstance(link.to, Address)
        )


def make_table(
    states: Sequence[RecordState],
    heads: Sequence[Head],
    cells: Callable[[RecordState], tuple[Shown, ...]],
    asked: Sequence[Asked],
    book: Book,
    *,
    page_rows: int = PAGE_ROWS,
) -> tuple[TablePart, ...]:
    """The parts of a table, in the order of `states`. A head that is called as a question is sorted by its answers."""
    facets = offered_facets(states, asked)
    ordered = {facet.name: place for place, facet in enumerate(facets.facets)}
    with_facets = tuple(Head(head.title, head.figures, head.sort, ordered.get(head.sort)) for head in heads)
    marked = split_by_number(zip(states, facets.marks, strict=True), page_rows)
    parts = part_links(len(marked), partial(table_address, states[0].key.type)) if states else ()
    return tuple(
        TablePart(
            heads=with_facets,
            rows=tuple(_row(state, cells(state), mark, book) for state, mark in held),
            facets=facets.facets,
            parts=parts,
            part=part,
            total=len(states),
        )
        for part, held in enumerate(marked, 1)
    )


def offered_facets(states: Sequence[RecordState], asked: Sequence[Asked]) -> Facets:
    """What a table of these records can be narrowed by, and what each record answers."""
    answers = [[one.answer(state) for one in asked] for state in states]
    few = [
        index for index in range(len(asked)) if len({word for row in answers for word in row[index]}) <= MOST_OPTIONS
    ]
    return make_facets([asked[index].question for index in few], [[row[index] for index in few] for row in answers])


def called(record_type: RecordType, number: int) -> str:
    """What so many records of a type are called after their number: "project", "projects"."""
    return lower_first(record_type.title if number == 1 else record_type.plural)


def status_counts(record_type: RecordType, book: Book) -> tuple[tuple[str, int], ...]:
    """How many records of a type stand in which status: the first `MOST_OPTIONS` as a reader has them."""
    counted = next(count.by_status for count in book.counts if count.record_type is record_type)
    return tuple((word_choice(word) if word else NO_STATUS, number) for word, number in counted[:MOST_OPTIONS])


def table_address(type_name: str, part: int) -> Address:
    """A page of the table of a record type."""
    top = type_address(type_name)
    # With a hyphen at its front: no record can have this address, and every host serves it.
    return top if part == 1 else part_address(Address(f"{top.path}-part/"), part)


def _row(state: RecordState, cells: tuple[Shown, ...], mark: str, book: Book) -> Row:
    last = book.history.records[state.key].entries[-1:]
    return Row(
        id=state.key.id,
        record=book.links.to_record(state.key),
        cells=cells,
        changed=landed_day(last[0].landing.landed, book.configuration) if last else "",
        change=book.links.entry(last[0]) if last else None,
        unreadable=state.unreadable is not None,
        pending=state.key in book.pending,
        mark=mark,
        depth=min(DEEPEST, len(book.groups.parents(state.key))),
    )
