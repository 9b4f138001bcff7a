"""Text trees -> typed values: what a field's type makes of the text that stands in the file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Impossible, Money, Value
from minutebook.records.yaml_reader import Place, Tree

DIGITS_LIMIT = 40
"""Digits of a number: more is no figure of a portfolio, and costs time."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_GAP = r"[,_ \u00a0\u202f]"
NUMBER_PATTERN = rf"[+-]?(?:(?:\d{{1,3}}(?:{_GAP}\d{{3}})+|\d+)(?:\.\d+)?|\.\d+)"
"""An exact number, its thousands perhaps set apart; the same in Python and in JSON Schema."""

_NUMBER = re.compile(NUMBER_PATTERN, re.ASCII)
_GAPS = re.compile(_GAP)
_CURRENCY_BEFORE = re.compile(r"([A-Z]{3})\s*(?=[+\-.\d])", re.ASCII)
_CURRENCY_AFTER = re.compile(r"(?<=[\d.])\s*([A-Z]{3})$", re.ASCII)
_TRUE = frozenset(["true", "yes", "on"])
_FALSE = frozenset(["false", "no", "off"])
_WRITTEN_LIMIT = 200
"""Characters of an impossible value that are kept to be shown."""


def value_of(field: Field, tree: Tree) -> Value:
    """What `tree` means as a value of `field`: None where it is empty, `Impossible` where the type refuses it.

    A word outside a vocabulary is kept as it is written: vocabularies change, and old versions stay what they were.
    """
    if tree is None:
        return None
    return _READERS[field.type](field, tree)


def undeclared_value(tree: Tree) -> Value:
    """A value of which no type is known: texts, tuples and mappings as written, without what is empty."""
    if isinstance(tree, str):
        return tree.strip() or None
    if isinstance(tree, tuple):
        return tuple(undeclared_value(part) for part in tree) or None
    if isinstance(tree, dict):
        return _without_none({name: undeclared_value(part) for name, part in tree.items()}) or None
    return None


def split_text(text: str, separator: str) -> tuple[str, ...]:
    """The parts of a list that is written in one string, stripped, without empty ones.

    Not split inside round or angle brackets and double quotes: "A B (@x, @y), C <c@d>" has two parts at ",".
    """
    brackets = "(" in text or '"' in text or "<" in text
    parts = _splitter(separator).findall(text) if brackets else text.split(separator)
    return tuple([stripped for part in parts if part != separator and (stripped := part.strip())])


@lru_cache(maxsize=64)
def _splitter(separator: str) -> re.Pattern[str]:
    """Finds parts and separators, in time linear in the text: each alternative ends where its like begins."""
    literal = re.escape(separator)
    return re.compile(rf'(?:\([^()]*\)|"[^"]*"|<[^<>]*>|(?!{literal})[\s\S])+|{literal}')


def show_tree(tree: Tree) -> str:
    """A tree in one short line, for messages."""
    return _flow(tree)[:_WRITTEN_LIMIT]


def _flow(tree: Tree) -> str:
    """A tree in flow style. As deep as trees may be, so it may recurse."""
    if isinstance(tree, tuple):
        return f"[{', '.join(map(_flow, tree))}]"
    if isinstance(tree, dict):
        return f"{{{', '.join(f'{name}: {_flow(part)}' for name, part in tree.items())}}}"
    return tree or ""


def _impossible(tree: Tree, reason: str) -> Impossible:
    """A refused value."""
    return Impossible(show_tree(tree), reason)


def _shape(tree: Tree) -> str:
    """What a tree is, for messages."""
    return "a list" if isinstance(tree, tuple) else "a mapping" if isinstance(tree, dict) else "a single text"


def _word(_field: Field, tree: Tree) -> Value:
    """One text, stripped: id, text, enum, status, health, person, reference, url."""
    if isinstance(tree, str):
        return tree.strip() or None
    if not tree:
        return None
    return _impossible(tree, f"is {_shape(tree)}: write one text")


def _prose(field: Field, tree: Tree) -> Value:
    """Text of several lines."""
    if isinstance(tree, str):
        return tree.strip("\n").rstrip() or None
    return _word(field, tree)


def read_day(text: str) -> dt.date | None:
    """A day as YYYY-MM-DD, and in no other way that Python would take; None: it is none."""
    try:
        return dt.date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _date(field: Field, tree: Tree) -> Value:
    """A day."""
    text = _word(field, tree)
    if not isinstance(text, str):
        return text
    if _DATE.fullmatch(text):
        return read_day(text) or Impossible(
            text, "is not a day of the calendar: write YYYY-MM-DD, the month before the day"
        )
    return _impossible(text, "is not a date: write YYYY-MM-DD")


def _decimal(text: str) -> Decimal | None:
    """An exact number, its thousands perhaps set apart; None: it is none, or an absurdly long one."""
    if len(text) > 2 * DIGITS_LIMIT or not _NUMBER.fullmatch(text):
        return None
    digits = _GAPS.sub("", text)
    return Decimal(digits) if len(digits) <= DIGITS_LIMIT else None


def _number(field: Field, tree: Tree) -> Value:
    """A number."""
    text = _word(field, tree)
    if not isinstance(text, str):
        return text
    number = _decimal(text)
    return _impossible(text, "is not a number: write 1200 or 0.5") if number is None else number


def _percent(field: Field, tree: Tree) -> Value:
    """A number of hundredths, with or without the sign."""
    text = _word(field, tree)
    if not isinstance(text, str):
        return text
    number = _decimal(text.removesuffix("%").rstrip())
    return _impossible(text, "is not a percentage: write 12 or 12 %") if number is None else number


def _money(field: Field, tree: Tree) -> Value:
    """An amount, with or without its currency."""
    text = _word(field, tree)
    if not isinstance(text, str):
        return text
    before = _CURRENCY_BEFORE.match(text)
    after = None if before else _CURRENCY_AFTER.search(text)
    bare, currency = text, None
    if before:
        bare, currency = text[before.end() :], before[1]
    elif after:
        bare, currency = text[: after.start()], after[1]
    amount = _decimal(bare)
    if amount is None:
        return _impossible(text, "is not an amount: write 400000, 400,000.50 or 400000 EUR")
    return Money(amount, currency)


def _boolean(field: Field, tree: Tree) -> Value:
    """Yes or no."""
    text = _word(field, tree)
    if not isinstance(text, str):
        return text
    folded = text.casefold()
    if folded in _TRUE:
        return True
    if folded in _FALSE:
        return False
    return _impossible(text, "is neither yes nor no: write true or false")


def _list(field: Field, tree: Tree) -> Value:
    """Several texts in their order: list, persons, references."""
    if isinstance(tree, str):
        if field.separator is not None:
            return split_text(tree, field.separator) or None
        text = tree.strip()
        return (text,) if text else None
    if isinstance(tree, dict):
        return _impossible(tree, "is a mapping: write a list of texts") if tree else None
    texts: list[Value] = []
    for number, part in enumerate(tree or (), start=1):
        if isinstance(part, str):
            if stripped := part.strip():
                texts.append(stripped)
        elif part is not None:
            return _impossible(tree, f"has {_shape(part)} as entry {number}: write one text an entry")
    return tuple(texts) or None


def _object(field: Field, tree: Tree) -> Value:
    """Fields inside a field."""
    if isinstance(tree, dict):
        return _part(field, tree) or None
    if not tree:
        return None
    return _impossible(tree, f"is {_shape(tree)}: write `name: value` lines below it")


def _part(field: Field, tree: Mapping[str, Tree]) -> dict[str, Value]:
    """The values of an object or of one item, without what is empty; what is not declared stays as written."""
    declared = _sub_fields(field)
    found: dict[str, Value] = {}
    for name, part in tree.items():
        sub_field = declared.get(name)
        value = undeclared_value(part) if sub_field is None else value_of(sub_field, part)
        if value is not None:
            found[name] = value
    return found


@lru_cache(maxsize=1024)
def _sub_fields(field: Field) -> Mapping[str, Field]:
    """The fields of an item or object by name."""
    return {sub_field.name: sub_field for sub_field in field.fields}


def _items(field: Field, tree: Tree) -> Value:
    """Items by their ids, from a list or a mapping; without an id of their own, a tuple in their order."""
    if isinstance(tree, str):
        return _impossible(tree, "is a single text: write a list of items") if tree.strip() else None
    key_field = field.id_field
    if key_field is None:
        if tree and isinstance(tree, dict):
            return _impossible(tree, "is a mapping: write a list of items")
        return tuple(item for _, item in _written_items(field, tree)) or None
    return _keyed([(_id_of(item, key_field, step), item) for step, item in _written_items(field, tree)]) or None


def _written_items(field: Field, tree: Tree) -> Iterator[tuple[str | int, Value]]:
    """The items of a list or mapping that hold anything, each with its key or number (from 0) there."""
    key_field = field.id_field
    for step, part in _pairs(tree):
        if part and not isinstance(part, dict):
            yield step, _impossible(part, f"is {_shape(part)}: write `name: value` lines below it")
            continue
        item = _part(field, part if isinstance(part, dict) else {})
        if key_field is not None and isinstance(step, str) and not isinstance(item.get(key_field.name), str):
            item = {key_field.name: step, **item}
        if item:
            yield step, item


def _pairs(tree: Tree) -> Iterable[tuple[str | int, Tree]]:
    """The parts of a mapping with their keys, of a list with their numbers."""
    if isinstance(tree, dict):
        return tree.items()
    return enumerate(tree) if isinstance(tree, tuple) else ()


def item_places(
    declared: Iterable[Field], tree: Tree, at: Place = (), written: Place = ()
) -> Iterator[tuple[Place, Place]]:
    """Of a record's items, and of those inside of items, where each is among the values and where in the tree.

    Among the values an item goes by its id, in a list that is written by its number.
    """
    for field in declared:
        part = tree.get(field.name) if isinstance(tree, dict) else None
        here, there = (*at, field.name), (*written, field.name)
        if field.type is FieldType.OBJECT:
            yield from item_places(field.fields, part, here, there)
        elif field.type is FieldType.ITEMS and isinstance(part, dict | tuple):
            parts = dict(_pairs(part))
            steps = [step for step, _ in _written_items(field, part)]
            found = _items(field, part)
            names = list(found) if isinstance(found, dict) else range(len(steps))
            for name, step in zip(names, steps, strict=True):
                yield (*here, name), (*there, step)
                yield from item_places(field.fields, parts[step], (*here, name), (*there, step))


def _id_of(item: Value, key_field: Field, step: str | int) -> str | None:
    """The id of an item: its own, else its key in a mapping."""
    key = item.get(key_field.name) if isinstance(item, dict) else step
    return key if isinstance(key, str) else None


def _keyed(items: list[tuple[str | None, Value]]) -> dict[str, Value]:
    """Items by id; one without an id, or with an id that stood before, is called by its number: `#3`."""
    own = {key for key, _ in items if key is not None}
    found: dict[str, Value] = {}
    for number, (key, item) in enumerate(items, start=1):
        name = key
        if name is None or name in found:
            name = f"#{number}"
            while name in own or name in found:
                name += "'"
        found[name] = item
    return found


def _without_none(values: Mapping[str, Value]) -> dict[str, Value]:
    """What is there."""
    return {name: value for name, value in values.items() if value is not None}


_READERS: Mapping[FieldType, Callable[[Field, Tree], Value]] = {
    FieldType.ID: _word,
    FieldType.TEXT: _word,
    FieldType.PROSE: _prose,
    FieldType.DATE: _date,
    FieldType.MONEY: _money,
    FieldType.NUMBER: _number,
    FieldType.PERCENT: _percent,
    FieldType.BOOLEAN: _boolean,
    FieldType.ENUM: _word,
    FieldType.STATUS: _word,
    FieldType.HEALTH: _word,
    FieldType.PERSON: _word,
    FieldType.PERSONS: _list,
    FieldType.REFERENCE: _word,
    FieldType.REFERENCES: _list,
    FieldType.URL: _word,
    FieldType.LIST: _list,
    FieldType.ITEMS: _items,
    FieldType.OBJECT: _object,
}
"""Complete: a test asks it for every field type."""
