"""Values as a reader sees them: a field and its value in, shapes that templates can draw out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import ClassVar, TypeAlias

from minutebook.analyses.overdue import Overdue
from minutebook.analyses.plan import SLIP_ROLES, slip_of
from minutebook.analyses.ranking import ranked
from minutebook.history.names import without_address
from minutebook.history.value_words import currency_beside, currency_of, word_choice, word_value
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Impossible, Money, Text, Value
from minutebook.pages.against_plan import age_words, drift_of, slip_words
from minutebook.pages.lateness import late_words
from minutebook.pages.links import Links
from minutebook.pages.page import Elsewhere, Link


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words; figures are set so that their digits stand under each other."""

    form: ClassVar[str] = "words"
    text: str
    figure: bool = False
    note: str = ""
    """What it means, said quietly beside it: "on plan", "18 months old"."""
    is_name: bool = False
    """Whether it is what a person is called."""
    warns: bool = False
    """Whether the note asks for attention, and is not said quietly."""


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Longer words, a paragraph each."""

    form: ClassVar[str] = "paragraphs"
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A word of a vocabulary, with a shape so that colour is not the only sign."""

    form: ClassVar[str] = "tag"
    word: str
    tone: str
    """`open`, `done`, `good`, `fair`, `poor` or `plain`."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that lead to another record or page."""

    form: ClassVar[str] = "reference"
    link: Link
    id: str | None = None
    """Of the record, told after its title; None: it is not told."""


@dataclass(frozen=True, slots=True)
class Series:
    """Several values, one after another."""

    form: ClassVar[str] = "series"
    items: tuple[Shown, ...]
    long: bool
    """Whether each stands on a line of its own."""


@dataclass(frozen=True, slots=True)
class Facts:
    """An object: names and values."""

    form: ClassVar[str] = "facts"
    rows: tuple[tuple[str, Shown], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A list of items: a small table."""

    form: ClassVar[str] = "grid"
    columns: tuple[Column, ...]
    rows: tuple[tuple[Shown, ...], ...]
    more: int
    """How many items are not shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    title: str
    figures: bool
    """Whether it holds figures or days, which are aligned by their digits."""
    names: bool
    """Whether it says what each row is called."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A value that its type does not allow, as it was written, and why."""

    form: ClassVar[str] = "doubtful"
    written: str
    reason: str


@dataclass(frozen=True, slots=True)
class Late:
    """A day that has passed, of something that is still to be done."""

    form: ClassVar[str] = "late"
    day: str
    words: str
    """How late it is: "3 weeks late"."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day in words that say what it is: "planned 2026-03-01, not decided"."""

    form: ClassVar[str] = "dated"
    before: str
    day: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value."""

    form: ClassVar[str] = "nothing"


Shown: TypeAlias = "Words | Paragraphs | Tag | Reference | Series | Facts | Grid | Doubtful | Late | Dated | Nothing"

FIGURES = frozenset([FieldType.DATE, FieldType.MONEY, FieldType.NUMBER, FieldType.PERCENT])
MOST_ITEMS = 200
"""So many items of a list stand in a table, and so many words of a list beside each other."""
ItemTitles: TypeAlias = Mapping[str, Mapping[str, str]]
"""Of items that a part of an item may name: by the role of that part, their titles by their ids."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a value, and how it is read in that light."""

    titles: ItemTitles = field(default_factory=dict)
    """Of items that it may name."""
    currency: str | None = None
    """Of amounts that name none; None: the portfolio's."""
    as_of: dt.date | None = None
    """The day of the reader, who is told how old figures are; None: they speak of their own time."""
    overdue: tuple[Overdue, ...] = ()
    """What of the record is overdue on that day."""


NOTHING_AROUND = Around()


def show_value(field: Field, value: Value, links: Links, around: Around = NOTHING_AROUND) -> Shown:
    """A value of a declared field."""
    if isinstance(value, Impossible):
        return Doubtful(without_address(value.written), value.reason)
    if value is None or value in ("", ()):
        return Nothing()
    if field.fields:
        return _show_parts(field, value, links, around)
    if isinstance(value, str) and field.type not in (FieldType.REFERENCE, FieldType.REFERENCES):
        value = around.titles.get(field.role or "", {}).get(value, value)
    if isinstance(value, tuple):
        items = tuple(show_value(field, item, links, around) for item in value[:MOST_ITEMS])
        if len(value) > MOST_ITEMS:
            items = (*items, Words(f"and {len(value) - MOST_ITEMS} more"))
        # Names stand in a row; what may be a sentence has a line of its own.
        return Series(items, long=field.type is not FieldType.PERSONS)
    if isinstance(value, Mapping):
        return show_undeclared(value)
    return _show_single(field, value, links, around)


def show_beside(
    field: Field,
    owner: RecordType | Field,
    values: Mapping[str, Value],
    links: Links,
    around: Around = NOTHING_AROUND,
    *,
    briefly: bool = False,
) -> Shown:
    """A value as those beside it make it clear. `owner` has the field, `values` are those of all its fields.

    `briefly`: in a column whose head says what it is compared with.
    """
    shown = show_value(field, values.get(field.name), links, around)
    drift = drift_of(field, owner, values, links, around.currency)
    if drift is None or not isinstance(shown, Words):
        return shown
    return replace(shown, note=drift.brief if briefly else drift.words, warns=drift.is_far_over)


def _show_single(
    field: Field, value: str | bool | Decimal | dt.date | Money | Text, links: Links, around: Around
) -> Shown:
    if not isinstance(value, str):
        words = word_value(value, field, links, around.currency)
        return Words(words, figure=not isinstance(value, bool), note=_age(field, value, around.as_of))
    match field.type:
        case FieldType.REFERENCE | FieldType.REFERENCES:
            return Reference(links.reference(field.to, value))
        case FieldType.PERSON | FieldType.PERSONS:
            return Words(links.person(value), is_name=True)
        case FieldType.STATUS | FieldType.HEALTH | FieldType.ENUM:
            return Tag(word_choice(value), tone_of(field, value))
        case FieldType.URL if value.startswith(("https://", "http://")):
            return Reference(Link(value, Elsewhere(value)))
        case FieldType.PROSE:
            return Paragraphs(tuple(part.strip() for part in value.split("\n\n") if part.strip()))
        case _:
            return Words(value)


def _age(field: Field, value: Value, as_of: dt.date | None) -> str:
    if field.role != "as_of" or not isinstance(value, dt.date) or as_of is None:
        return ""
    return age_words(value, as_of)


def tone_of(field: Field, word: str) -> str:
    """How a word of a vocabulary stands, told from its place in the vocabulary or lifecycle and never from the word."""
    if field.type is FieldType.HEALTH:
        if word not in field.values:
            return "plain"
        place = field.values.index(word)
        if place == 0:
            return "good"
        return "poor" if place == len(field.values) - 1 else "fair"
    if field.type is FieldType.STATUS and field.lifecycle is not None and word in field.lifecycle.transitions:
        return "done" if word in field.lifecycle.final else "open"
    return "plain"


def _show_parts(field: Field, value: Value, links: Links, around: Around) -> Shown:
    """The sub-fields of an object, or of each item of a list."""
    if isinstance(value, tuple):
        rows = [_as_item(field, item) for item in value]
        return _grid(field, rows, links, around)
    if not isinstance(value, Mapping):
        return show_undeclared(value)
    if field.type is FieldType.OBJECT:
        return Facts(tuple(_facts(field, value, links, around)))
    items = {id_: _as_item(field, item) for id_, item in value.items()}
    # What an item depends on are others of its list, unless it names records.
    siblings = {"depends_on": item_titles(field, items)}
    return _grid(field, list(items.values()), links, replace(around, titles={**around.titles, **siblings}))


def _as_item(field: Field, item: Value) -> Mapping[str, Value]:
    """An item; what is none, because its file has something else in its place, stands where its title would."""
    titled = field.published_role("title") or field.fields[0]
    return item if isinstance(item, Mapping) else {titled.name: item}


def item_titles(field: Field, items: Value) -> Mapping[str, str]:
    """The titles of the items of a list by their ids, as far as they have both and a reader may see them."""
    titled = field.published_role("title")
    if titled is None or not isinstance(items, Mapping):
        return {}
    found = {id_: item.get(titled.name) for id_, item in items.items() if isinstance(item, Mapping)}
    return {id_: title for id_, title in found.items() if isinstance(title, str) and title.strip()}


def _facts(field: Field, values: Mapping[str, Value], links: Links, around: Around) -> list[tuple[str, Shown]]:
    around = replace(around, currency=currency_beside(values, field))
    parts = [part for part in field.fields if part.publish and values.get(part.name) is not None]
    # An amount is shown with its currency: to tell it once more beside them says nothing.
    if any(_is_told_in(around.currency, values[part.name], links) for part in parts):
        parts = [part for part in parts if part.role != "currency"]
    declared = [(part.title, show_beside(part, field, values, links, around)) for part in parts]
    names = {part.name for part in field.fields}
    return declared + [(name, show_undeclared(value)) for name, value in values.items() if name not in names]


def _is_told_in(currency: str | None, value: Value, links: Links) -> bool:
    return isinstance(value, Money) and currency_of(value, links, currency) == currency


@dataclass(frozen=True, slots=True)
class _Cells:
    """A column, and what stands in it of each item."""

    head: Column
    show: Callable[[Fields], Shown]


def _grid(field: Field, rows: list[Fields], links: Links, around: Around) -> Grid:
    """The items as a table of the columns that any item fills, then of what no field declares."""
    known = {part.name for part in field.fields}
    others = dict.fromkeys(name for row in rows for name in row if name not in known)
    columns = (
        *_columns(field, rows, links, around),
        *(_Cells(Column(name, figures=False, names=False), partial(_show_undeclared_part, name)) for name in others),
    )
    return Grid(
        columns=tuple(column.head for column in columns),
        rows=tuple(tuple(column.show(row) for column in columns) for row in ranked(field, rows)[:MOST_ITEMS]),
        more=max(0, len(rows) - MOST_ITEMS),
    )


def _columns(field: Field, rows: list[Fields], links: Links, around: Around) -> Iterator[_Cells]:
    """Those of its fields, and the slip after the last of the days that it is told from.

    An item's id is shown only where it has no title.
    """
    titled = field.published_role("title")
    days = [part for part in map(field.published_role, SLIP_ROLES) if part is not None]
    slips = any(slip_of(field, row, around.as_of) is not None for row in rows)
    # Items may have neither an id nor a title of their own: they are told from each other by being themselves.
    overdue = {(one.field.name, id(one.values)): one for one in around.overdue if one.items == field}

    def show(part: Field, row: Fields) -> Shown:
        late = overdue.get((part.name, id(row)))
        if late is not None and around.as_of is not None:
            return Late(late.due.isoformat(), late_words(late.days, around.as_of))
        return show_beside(part, field, row, links, replace(around, currency=currency_beside(row, field)))

    for part in field.fields:
        is_filled = part.publish and any(row.get(part.name) is not None for row in rows)
        if is_filled and (part.type is not FieldType.ID or titled is None):
            yield _Cells(Column(part.title, part.type in FIGURES, names=part is titled), partial(show, part))
        if slips and part in days:
            days.remove(part)
            if not days:
                yield _Cells(Column("Slip", figures=False, names=False), partial(_slip, field, around.as_of))


def _slip(items: Field, as_of: dt.date | None, item: Fields) -> Shown:
    slip = slip_of(items, item, as_of)
    if slip is None:
        return Nothing()
    # They are short: a narrow column beside them has more to break. Only what stands in brackets may have its own line.
    return Words(slip_words(slip).replace(" ", "\N{NO-BREAK SPACE}").replace("\N{NO-BREAK SPACE}(", " ("))


def _show_undeclared_part(name: str, item: Fields) -> Shown:
    return show_undeclared(item.get(name))


def show_undeclared(value: Value) -> Shown:
    """A value that no field declares: text, lists and mappings as they were written."""
    if value is None or value == "":
        return Nothing()
    if isinstance(value, tuple):
        return Series(tuple(show_undeclared(item) for item in value), long=True)
    if isinstance(value, Mapping):
        return Facts(tuple((name, show_undeclared(item)) for name, item in value.items()))
    if isinstance(value, Impossible):
        return Doubtful(without_address(value.written), value.reason)
    return Words(without_address(str(value)))
