"""What a field can hold, once its type has given the text of a YAML scalar a meaning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency."""

    amount: Decimal
    """Exact, with the digits that were written."""
    currency: str | None
    """ISO 4217 code written with the amount; None where the record or the portfolio gives it."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """A value that its field's type does not allow, such as the date 2018-31-03. It spoils itself only."""

    written: str
    """The text as it stands in the file."""
    reason: str
    """Why the type refuses it, for a person: "is not a date: write YYYY-MM-DD"."""


@dataclass(frozen=True, slots=True)
class Text:
    """The Markdown of a record, by reference: contents stay in git until a page shows them."""

    blob: str
    """The object id of the file that holds it."""
    digest: str
    """Hex SHA-256 of the text with newlines normalised: two texts are the same when their digests are."""
    lines: int
    """How many lines it has."""


Value: TypeAlias = (
    "str | bool | Decimal | dt.date | Money | Text | Impossible | tuple[Value, ...] | Mapping[str, Value] | None"
)
"""None: absent or empty. tuple: persons, references, list, or items that have no id of their own.

Mapping: an `object`, or `items` by the id of each item (its order is no part of the value).
An undeclared field is text, a tuple or a mapping, as it was written.
"""

Fields: TypeAlias = Mapping[str, Value]
"""The top-level fields of a record by name, in the order of the file. An absent field is not in it."""


def several(value: Value) -> tuple[Value, ...]:
    """What a field holds of which there may be one or a list; None is one, too."""
    return value if isinstance(value, tuple) else (value,)


def texts_of(value: Value) -> tuple[str, ...]:
    """The texts of a field that holds one or a list: words, persons or references. What is no text is left out."""
    return tuple(one for one in several(value) if isinstance(one, str))
