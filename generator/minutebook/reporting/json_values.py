"""Values, people and moments go in; the JSON by which other tools read them comes out."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from minutebook.history.names import approvers_of, without_address
from minutebook.history.value_words import is_ordinary
from minutebook.model.commit import Landing, Request
from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Impossible, Money, Text, Value
from minutebook.reporting.plain import LINE_CONTROLS

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


def json_text(value: Json, *, indent: int | None = None) -> str:
    """A value as JSON in readable characters, control characters and halves of characters as escapes."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return LINE_CONTROLS.sub(_escape, written)


def json_value(value: Value, field: Field | None, *, item: bool = False) -> Json:
    """A field's value: dates in ISO 8601, numbers as strings of their digits, lists and mappings as they are.

    `field` is None for an undeclared one. `item` says that the value is one item of the field's list, not the list.
    Addresses of people are left out.
    """
    match value:
        case None | bool():
            return value
        case str():
            bare = field is None or field.type in (FieldType.PERSON, FieldType.PERSONS)
            return without_address(value) if bare else value
        case Decimal():
            return number_text(value)
        case dt.date():
            return value.isoformat()
        case Money():
            return {"amount": number_text(value.amount), "currency": value.currency}
        case Text():
            return {"lines": value.lines, "blob": value.blob}
        case Impossible():
            return {"impossible": without_address(value.written), "reason": value.reason}
        case tuple():
            if field is not None and field.type is FieldType.ITEMS:
                return [json_value(part, field, item=True) for part in value]
            return [json_value(part, field) for part in value]
        case Mapping():
            return json_fields(value, field.fields) if item and field is not None else json_mapping(value, field)


def json_mapping(value: Mapping[str, Value], field: Field | None) -> dict[str, Json]:
    """An object by the names of its fields, or items by their ids."""
    if field is None:
        return {name: json_value(part, None) for name, part in value.items()}
    if field.type is not FieldType.ITEMS:
        return json_fields(value, field.fields)
    return {
        name: json_fields(part, field.fields) if isinstance(part, Mapping) else json_value(part, None)
        for name, part in value.items()
    }


def json_fields(values: Mapping[str, Value], fields: tuple[Field, ...]) -> dict[str, Json]:
    """Values by the name of their field: in the order of the definitions, undeclared ones last."""
    known = {field.name: field for field in fields}
    order = [*(name for name in known if name in values), *(name for name in values if name not in known)]
    return {name: json_value(values[name], known.get(name)) for name in order}


def number_text(number: Decimal) -> str:
    """A number with all its digits and no exponent, unless its size makes that absurd."""
    return f"{number:f}" if is_ordinary(number) else str(number)


def json_request(request: Request | None) -> Json:
    """The pull or merge request that landed a change, or None."""
    if request is None:
        return None
    return {"forge": request.forge, "name": request.name, "number": request.number}


def json_approvals(landing: Landing) -> Json:
    """Who a trailer says let a change in, by name."""
    return [{"token": token, "name": name} for token, names in approvers_of(landing).items() for name in names]


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code >= 0x10000:
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"
