"""Values as a reader sees them: a field and its value in, shapes that templates can draw out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import ClassVar, TypeAlias

from minutebook.history.names import without_address
from minutebook.history.value_words import currency_beside, currency_of, word_choice, word_value
from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Impossible, Money, Text, Value
from minutebook.pages.links import Links
from minutebook.pages.page import Elsewhere, Link


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words; figures are set so that their digits stand under each other."""

    form: ClassVar[str] = "words"
    text: str
    figure: bool = False


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
class Nothing:
    """No value."""

    form: ClassVar[str] = "nothing"


Shown: TypeAlias = "Words | Paragraphs | Tag | Reference | Series | Facts | Grid | Doubtful | Late | Nothing"

FIGURES = frozenset([FieldType.DATE, FieldType.MONEY, FieldType.NUMBER, FieldType.PERCENT])
MOST_ITEMS = 200
"""So many items of a list stand in a table, and so many words of a list beside each other."""
ItemTitles: TypeAlias = Mapping[str, Mapping[str, str]]
"""Of items that a part of an item may name: by the role of that part, their titles by their ids."""
NO_TITLES: ItemTitles = {}
LONG = 24
"""Letters from which the items of a list stand on lines of their own."""


def show_value(
    field: Field, value: Value, links: Links, titles: ItemTitles = NO_TITLES, currency: str | None = None
) -> Shown:
    """A value of a declared field.

    `titles` are those of items that parts of it may name, by the role of such a part and the item's id; `currency` is
    that of amounts which name none, by default the portfolio's.
    """
    if isinstance(value, Impossible):
        return Doubtful(without_address(value.written), value.reason)
    if value is None or value in ("", ()):
        return Nothing()
    if field.fields:
        return _show_parts(field, value, links, titles)
    if isinstance(value, str) and field.type not in (FieldType.REFERENCE, FieldType.REFERENCES):
        value = titles.get(field.role or "", {}).get(value, value)
    if isinstance(value, tuple):
        items = tuple(show_value(field, item, links, titles, currency) for item in value[:MOST_ITEMS])
        if len(value) > MOST_ITEMS:
            items = (*items, Words(f"and {len(value) - MOST_ITEMS} more"))
        return Series(items, long=any(_length(item) > LONG for item in items))
    if isinstance(value, Mapping):
        return show_undeclared(value)
    return _show_single(field, value, links, currency)


def _show_single(
    field: Field, value: str | bool | Decimal | dt.date | Money | Text, links: Links, currency: str | None
) -> Shown:
    if not isinstance(value, str):
        return Words(word_value(value, field, links, currency), figure=not isinstance(value, bool))
    match field.type:
        case FieldType.REFERENCE | FieldType.REFERENCES:
            return Reference(links.reference(field.to, value))
        case FieldType.PERSON | FieldType.PERSONS:
            return Words(links.person(value))
        case FieldType.STATUS | FieldType.HEALTH | FieldType.ENUM:
            return Tag(word_choice(value), tone_of(field, value))
        case FieldType.URL if value.startswith(("https://", "http://")):
            return Reference(Link(value, Elsewhere(value)))
        case FieldType.PROSE:
            return Paragraphs(tuple(part.strip() for part in value.split("\n\n") if part.strip()))
        case _:
            return Words(value)


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


def _show_parts(field: Field, value: Value, links: Links, titles: ItemTitles) -> Shown:
    """The sub-fields of an object, or of each item of a list."""
    if isinstance(value, tuple):
        rows = [item for item in value if isinstance(item, Mapping)]
        return _grid(field, rows, links, titles) if len(rows) == len(value) else show_undeclared(value)
    if not isinstance(value, Mapping):
        return show_undeclared(value)
    if field.type is FieldType.OBJECT:
        return Facts(tuple(_facts(field, value, links)))
    items = {id_: item for id_, item in value.items() if isinstance(item, Mapping)}
    # What an item depends on are others of its list, unless it names records.
    siblings = {"depends_on": item_titles(field, items)}
    return _grid(field, list(items.values()), links, {**titles, **siblings})


def item_titles(field: Field, items: Value) -> Mapping[str, str]:
    """The titles of the items of a list by their ids, as far as they have both and a reader may see them."""
    titled = field.published_role("title")
    if titled is None or not isinstance(items, Mapping):
        return {}
    found = {id_: item.get(titled.name) for id_, item in items.items() if isinstance(item, Mapping)}
    return {id_: title for id_, title in found.items() if isinstance(title, str) and title.strip()}


def _facts(field: Field, values: Mapping[str, Value], links: Links) -> list[tuple[str, Shown]]:
    currency = currency_beside(values, field)
    parts = [part for part in field.fields if part.publish and values.get(part.name) is not None]
    # An amount is shown with its currency: to tell it once more beside them says nothing.
    if any(_is_told_in(currency, values[part.name], links) for part in parts):
        parts = [part for part in parts if part.role != "currency"]
    declared = [(part.title, show_value(part, values[part.name], links, currency=currency)) for part in parts]
    names = {part.name for part in field.fields}
    return declared + [(name, show_undeclared(value)) for name, value in values.items() if name not in names]


def _is_told_in(currency: str | None, value: Value, links: Links) -> bool:
    return isinstance(value, Money) and currency_of(value, links, currency) == currency


def _by_due(field: Field, rows: list[Mapping[str, Value]]) -> list[Mapping[str, Value]]:
    """Items by the day that they are due, those without one last; in their order where they have no such field."""
    due = field.published_role("due")
    if due is None:
        return rows
    days = (row.get(due.name) for row in rows)
    dated = zip((day if isinstance(day, dt.date) else dt.date.max for day in days), rows, strict=True)
    return [row for _, row in sorted(dated, key=itemgetter(0))]


def _grid(field: Field, rows: list[Mapping[str, Value]], links: Links, titles: ItemTitles) -> Grid:
    """The items as a table of the columns that any item fills. An item's id is shown only where it has no title."""
    titled = field.published_role("title")
    parts = [
        part
        for part in field.fields
        if part.publish
        and any(row.get(part.name) is not None for row in rows)
        and not (part.type is FieldType.ID and titled is not None)
    ]
    others = list(
        dict.fromkeys(name for row in rows for name in row if name not in {part.name for part in field.fields})
    )
    return Grid(
        columns=(
            *(Column(part.title, part.type in FIGURES, names=part is titled) for part in parts),
            *(Column(name, figures=False, names=False) for name in others),
        ),
        rows=tuple(
            (
                *(show_value(part, row.get(part.name), links, titles, currency_beside(row, field)) for part in parts),
                *(show_undeclared(row.get(name)) for name in others),
            )
            for row in _by_due(field, rows)[:MOST_ITEMS]
        ),
        more=max(0, len(rows) - MOST_ITEMS),
    )


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


def _length(shown: Shown) -> int:
    match shown:
        case Words(text=text):
            return len(text)
        case Reference(link=link):
            return len(link.text)
        case _:
            return 0
