"""The columns of a table of records: a type and its states in; what each is called and tells of a record out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeAlias

from minutebook.analyses.ending import ending_of, open_items, tells_end
from minutebook.analyses.holdings import Holding
from minutebook.analyses.items import items_of
from minutebook.analyses.standing import since_when
from minutebook.history.value_words import currency_beside, lower_first, word_value
from minutebook.model.portfolio import RecordState
from minutebook.model.record_type import Field, RecordType
from minutebook.model.value import Fields, Value
from minutebook.pages.book import Book
from minutebook.pages.facets import name_of
from minutebook.pages.late_rows import late_day
from minutebook.pages.meeting_days import meeting_day, meeting_due
from minutebook.pages.page import Link
from minutebook.pages.shown import FIGURES, Around, Nothing, Reference, Shown, Words, show_beside, show_value
from minutebook.pages.tables import Head
from minutebook.pages.timeline import landed_day

TOLD_ROLES = ("status", "health", "category", "owner", "lead", "chair", "group", "body", "parent", "date", "due")
"""What a table shows beside title and id, in this order, as far as the type has it."""
InShort: TypeAlias = Callable[[Field, RecordType, Fields, Book], Shown]
"""Tells a list in a few words; the type and the values are those of its record."""
MOST_COLUMNS = 5
LEAST_FILLED = 0.1
"""The part of the records that must have a field before it gets a column."""


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column, and what stands in it of each record."""

    head: Head
    cell: Callable[[RecordState], Shown]


def record_columns(record_type: RecordType, states: list[RecordState], book: Book) -> tuple[RecordColumn, ...]:
    """What a table of these records has room for; with a status, since when it stands so."""
    filled = Counter(name for state in states if state.version is not None for name in state.version.fields)
    found = (record_type.published_role(role) for role in (*TOLD_ROLES, *IN_SHORT))
    kept = (field for field in found if field and filled[field.name] > len(states) * LEAST_FILLED)
    columns = (column for field in islice(kept, MOST_COLUMNS) for column in _columns_of(field, record_type, book))
    return (
        *columns,
        *_budget_columns(record_type, filled, book),
        *_meeting_columns(states, book),
        *_holding_columns(states, book),
    )


def _budget_columns(record_type: RecordType, filled: Counter[str], book: Book) -> Iterator[RecordColumn]:
    """Of records with a budget, the amount that is expected at the end, and how far that is off what was approved."""
    budget = record_type.published_role("budget")
    forecast = budget.published_role("forecast") if budget is not None else None
    if budget is not None and forecast is not None and filled[budget.name]:
        planned = budget.published_role("baseline")
        title = forecast.title if planned is None else f"{forecast.title} (on {lower_first(planned.title)})"
        head = Head(title, figures=True, sort=f"{budget.name}.{forecast.name}")
        yield RecordColumn(head, partial(_forecast, budget, forecast, book))


def _forecast(budget: Field, forecast: Field, book: Book, state: RecordState) -> Shown:
    values = state.version.fields.get(budget.name) if state.version is not None else None
    if not isinstance(values, Mapping):
        return Nothing()
    around = Around(currency=currency_beside(values, budget))
    return show_beside(forecast, budget, values, book.links, around, briefly=True)


def _holding_columns(states: list[RecordState], book: Book) -> Iterator[RecordColumn]:
    """Of groups, how much of what they and their parts hold needs attention or is overdue, and of how much."""
    if not any(state.key in book.holdings for state in states):
        return

    def number(counted: Callable[[Holding], int]) -> Callable[[RecordState], Shown]:
        return lambda state: Words(str(counted(book.holdings.get(state.key) or Holding())), figure=True)

    healthy = next((one for one in book.configuration.types.values() if one.published_role("health")), None)
    if healthy is not None and healthy.publish:
        name = healthy.name
        held = number(lambda holding: sum(key.type == name for key in holding.keys))
        yield RecordColumn(Head(healthy.plural, figures=True, sort="held"), held)
    if book.ailing:
        ailing = number(lambda holding: len(holding.ailing))
        yield RecordColumn(Head("Needs attention", figures=True, sort="ailing"), ailing)
    yield RecordColumn(Head("Overdue", figures=True, sort="overdue"), number(lambda holding: len(holding.overdue)))


def _meeting_columns(states: list[RecordState], book: Book) -> Iterator[RecordColumn]:
    """Of bodies, when they met last, and when they meet next: as planned, or else by when it is due."""
    rhythms = [book.rhythms[state.key] for state in states if state.key in book.rhythms]
    if any(one.last is not None for one in rhythms):
        yield RecordColumn(Head("Last met", figures=True, sort="last_met"), partial(_last_met, book))
    if any(one.next is not None or one.due is not None for one in rhythms):
        yield RecordColumn(Head("Next due", figures=True, sort="next_due"), partial(_meets_next, book))


def _last_met(book: Book, state: RecordState) -> Shown:
    rhythm = book.rhythms.get(state.key)
    return meeting_day(rhythm.last, book) if rhythm is not None and rhythm.last is not None else Nothing()


def _meets_next(book: Book, state: RecordState) -> Shown:
    rhythm = book.rhythms.get(state.key)
    if rhythm is None:
        return Nothing()
    if rhythm.next is not None:
        return meeting_day(rhythm.next, book)
    return meeting_due(rhythm.due, book) if rhythm.due is not None else Nothing()


def _columns_of(field: Field, record_type: RecordType, book: Book) -> Iterator[RecordColumn]:
    short = IN_SHORT.get(field.role or "")
    is_figure = field.type in FIGURES if short is None else short is not _first_figure
    yield RecordColumn(
        Head(field.title, is_figure, name_of(field)),
        partial(_told, field, book) if short is None else partial(_in_short, short, field, record_type, book),
    )
    if field.role == "status" and field.lifecycle is not None:
        yield RecordColumn(Head("Since", figures=True, sort="since"), partial(_since, field, book))


def _told(field: Field, book: Book, state: RecordState) -> Shown:
    value = state.version.fields.get(field.name) if state.version is not None else None
    return late_day(state.key, field, book) or show_value(field, value, book.links)


def _since(field: Field, book: Book, state: RecordState) -> Shown:
    entry = since_when(book.history.records[state.key], field.name)
    if entry is None or state.version is None or state.version.fields.get(field.name) is None:
        return Nothing()
    return Reference(Link(landed_day(entry.landing.landed, book.configuration), book.links.entry(entry)))


def _in_short(short: InShort, field: Field, record_type: RecordType, book: Book, state: RecordState) -> Shown:
    return short(field, record_type, state.version.fields, book) if state.version is not None else Nothing()


def _first_figure(field: Field, _: RecordType, values: Fields, book: Book) -> Shown:
    """The first figure of a list that says something: "49.1 percent, target 50", with what it counts and its day."""
    found = (_figure(field, item, book) for _, item in items_of(values.get(field.name)))
    return next((figure for figure in found if figure is not None), Nothing())


def _figure(items: Field, item: Fields, book: Book) -> Words | None:
    def words(role: str) -> str:
        part = items.published_role(role)
        return word_value(item.get(part.name), part, book.links) if part is not None else ""

    part = items.published_role("target")
    wanted = f"{lower_first(part.title)} {words('target')}" if part is not None and words("target") else ""
    told = [one for one in (words("actual"), wanted) if one]
    if not told:
        return None
    title, unit, as_of = words("title"), words("unit"), words("as_of")
    # Whether more or less is better is not known: no figure is told as a part of its target.
    figure = ", ".join((f"{told[0]} {unit}".strip(), *told[1:]))
    return Words(figure, figure=True, note=", ".join(filter(None, (title, as_of))))


def _attendance(field: Field, record_type: RecordType, values: Fields, _: Book) -> Shown:
    """How many were there, and of how many who are named where it is told who was not."""
    if values.get(field.name) is None:
        return Nothing()
    here, absent = _length(values.get(field.name)), record_type.published_role("absent")
    return Words(str(here) if absent is None else f"{here} of {here + _length(values.get(absent.name))}", figure=True)


def _number(field: Field, _: RecordType, values: Fields, __: Book) -> Shown:
    return Words(str(_length(values.get(field.name))), figure=True)


def _open(field: Field, record_type: RecordType, values: Fields, _: Book) -> Shown:
    """How many items are still to be done, and of how many; where they cannot tell it, how many there are."""
    value = values.get(field.name)
    if not value:
        return Nothing()
    if not tells_end(field):
        return Words(str(_length(value)), figure=True)
    still = sum(1 for _ in open_items(field, value, ending_of(record_type, values)))
    return Words(f"{still} of {_length(value)} open" if still else "0 open", figure=True)


def _length(value: Value) -> int:
    """How many there are: a lone value is one."""
    return 0 if value is None else len(value) if isinstance(value, tuple | Mapping) else 1


IN_SHORT: Mapping[str, InShort] = {
    "kpis": _first_figure,
    "present": _attendance,
    "decisions": _number,
    "actions": _open,
}
"""How lists are told in the cell of a table, by their role."""
