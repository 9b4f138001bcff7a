"""One value of a field goes in, the words by which a reader is told of it come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from minutebook.history.names import Names, without_address
from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Impossible, Money, Text, Value

VOCABULARIES = frozenset([FieldType.STATUS, FieldType.HEALTH, FieldType.ENUM])
"""Types whose values are words of a vocabulary."""

LONGEST_CHOICE = 60
"""Characters of a word of a vocabulary, or of a title that a reader may choose."""

LONGEST = 80
"""Characters of one value in a sentence; the data keeps the whole."""

MOST_DIGITS = 30
"""A number with more digits before or after its point is told as it was written, and no difference is worked out."""


def word_value(value: Value, field: Field | None, names: Names, currency: str | None = None) -> str:
    """A value as a reader writes it, whole and on one line: "2026-03-01", "370,000 EUR", "yes", "Ana Li, Bo Chen".

    `field` is None for an undeclared one; `currency` is that of amounts which name none, by default the portfolio's.
    None gives an empty string.
    """
    match value:
        case None:
            return ""
        case str():
            return word_text(value, field, names)
        case bool():
            return "yes" if value else "no"
        case Decimal():
            percent = field is not None and field.type is FieldType.PERCENT
            return f"{word_number(value)} %" if percent else word_number(value)
        case dt.date():
            return value.isoformat()
        case Money():
            return f"{word_number(value.amount)} {currency_of(value, names, currency)}"
        case Text():
            return count(value.lines, "line")
        case Impossible():
            return f"{one_line(without_address(value.written))} ({reason_words(value)})"
        case tuple():
            return ", ".join(word_value(part, field, names, currency) for part in value)
        case Mapping():
            return word_mapping(value, field, names, currency)


def word_text(value: str, field: Field | None, names: Names) -> str:
    """The words of a value that is text: by title where it names a person or a record."""
    if field is None:
        return one_line(without_address(value))
    if field.type in (FieldType.PERSON, FieldType.PERSONS):
        return one_line(names.person(value))
    if field.type in (FieldType.REFERENCE, FieldType.REFERENCES):
        return one_line(names.record(field.to, value))
    return one_line(value)


def word_mapping(value: Mapping[str, Value], field: Field | None, names: Names, currency: str | None) -> str:
    """An object as "title: value, title: value", items of a list by their titles."""
    if field is not None and field.type is FieldType.ITEMS:
        return ", ".join(item_title(field, key, item) for key, item in value.items())
    known = {part.name: part for part in field.fields} if field is not None else {}
    parts = []
    for name, part in value.items():
        inner = known.get(name)
        title = lower_first(inner.title) if inner is not None else one_line(name)
        parts.append(f"{title}: {word_value(part, inner, names, currency)}")
    return ", ".join(parts)


def item_title(field: Field, key: str, item: Value) -> str:
    """What an item of a keyed list is called: its title, else "no. 2" for one without an id, else its id."""
    return own_title(field, item) or item_number(key)


def own_title(field: Field, item: Value) -> str:
    """The title that an item of a list gives itself, on one line; empty: it gives none."""
    titled = field.with_role("title")
    title = item.get(titled.name) if titled is not None and isinstance(item, Mapping) else None
    return one_line(title) if isinstance(title, str) else ""


def item_number(key: str) -> str:
    """What an item without a title is called by its key: "no. 2" where it has no id, else its id."""
    return f"no. {key[1:]}" if key.startswith("#") and key[1:].isdecimal() else one_line(key)


def currency_of(money: Money, names: Names, currency: str | None = None) -> str:
    """The currency that an amount is in: its own, else that of its record, else the portfolio's."""
    return money.currency or currency or names.currency


def currency_beside(value: Mapping[str, Value], field: Field) -> str | None:
    """The currency that an object states for the amounts in it; None where it states none."""
    stated = field.with_role("currency")
    currency = value.get(stated.name) if stated is not None else None
    return currency if isinstance(currency, str) else None


def is_ordinary(number: Decimal) -> bool:
    """Whether a number is finite and of a size that can be told in full."""
    return number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS and len(number.as_tuple().digits) <= MOST_DIGITS


def word_number(number: Decimal) -> str:
    """A number with commas between its thousands and the digits that were written: "370,000", "1.50"."""
    return true_minus(f"{number:,f}") if is_ordinary(number) else shorten(str(number))


def true_minus(figure: str) -> str:
    """A figure with the sign that readers know for less than nothing, where computers write a hyphen."""
    return figure.replace("-", "\N{MINUS SIGN}")


def reason_words(impossible: Impossible) -> str:
    """Why a value is impossible, without the advice: "not a date"."""
    return one_line(impossible.reason.split(":")[0]).removeprefix("is ")


def one_line(text: str) -> str:
    """A text with every run of white space, line ends included, as one space."""
    return " ".join(text.split())


def word_choice(written: str) -> str:
    """A word that somebody chose, in the vocabulary or not, as tags and filters have it: short, and without address."""
    return shorten(plain_word(without_address(written)), LONGEST_CHOICE)


def name_choice(written: str) -> str:
    """A title or a name as filters have it: as `word_choice`, but every mark of it is its own."""
    return shorten(one_line(without_address(written)), LONGEST_CHOICE)


def plain_word(written: str) -> str:
    """A word of a vocabulary as it is said: "business case", where files have `business_case`."""
    return one_line(written.replace("_", " "))


def shorten(text: str, longest: int = LONGEST) -> str:
    """A text cut at the end of a word, with an ellipsis, where it is longer than `longest` characters."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    words = cut.rpartition(" ")[0].rstrip(" ,;:.")
    return f"{words if len(words) > longest // 2 else cut}…"


def count(number: float, noun: str) -> str:
    """A number with its noun: "1 line", "1,200 lines"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def lower_first(title: str) -> str:
    """A title inside a sentence: "As of" gives "as of"; "KPIs" and "TRL" keep their capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
