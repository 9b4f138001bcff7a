"""A record type -> its JSON Schema (2020-12), for editors and other tools."""

from __future__ import annotations

import re
from typing import Any, TypeAlias, assert_never

from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.records.meaning import NUMBER_PATTERN
from minutebook.records.paths import FileKind, kind_of

Json: TypeAlias = dict[str, Any]
"""What the json module writes as an object."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SCALAR = ["string", "number", "boolean"]
"""An editor resolves YAML's scalars, so it sees the number 1984 where the title is 1984."""

_CURRENCY = "[A-Z]{3}"
_MONEY_PATTERN = rf"^(?:{_CURRENCY}\s*)?{NUMBER_PATTERN}$|^{NUMBER_PATTERN}\s*{_CURRENCY}$"
_BOOLEAN_PATTERN = (
    "^(?:[Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF)$"  # JSON Schema has no "in any case"
)
_DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"


def json_schema(record_type: RecordType) -> Json:
    """The schema of a record's front matter or YAML file; of the register, for a type that lives in registers alone.

    Fields that are not declared are allowed, as they are in records; empty fields are allowed where none is required.
    """
    record = _mapping(record_type.fields)
    head: Json = {
        "$schema": DIALECT,
        "$id": f"urn:minutebook:record-type:{record_type.name}",
        "title": record_type.title,
    }
    if record_type.description:
        head["description"] = record_type.description
    if all(kind_of(path) is FileKind.REGISTER for path in record_type.paths):
        return {
            **head,
            **_collection(record_type.fields),
            "$comment": "A register: a list of records, or a mapping by id.",
        }
    return {**head, **record}


def _field(field: Field) -> Json:
    """The schema of one field."""
    schema: Json = {"title": field.title}
    if field.description:
        schema["description"] = field.description
    schema |= _value(field)
    if not field.required:
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
        else:
            schema["type"] = [*_types(schema), "null"]
    return schema


def _value(field: Field) -> Json:
    """The schema of what a field may hold when it is not empty."""
    match field.type:
        case FieldType.ENUM | FieldType.STATUS | FieldType.HEALTH if field.values:
            return {"enum": [seen for word in field.values for seen in _as_seen(word)]}
        case FieldType.ENUM | FieldType.STATUS | FieldType.HEALTH:
            return {"type": _SCALAR}
        case FieldType.ID | FieldType.TEXT | FieldType.PROSE | FieldType.PERSON | FieldType.REFERENCE | FieldType.URL:
            return {"type": _SCALAR}
        case FieldType.DATE:
            return {"type": "string", "format": "date", "pattern": _DATE_PATTERN}
        case FieldType.MONEY:
            return {"type": ["number", "string"], "pattern": _MONEY_PATTERN}
        case FieldType.NUMBER:
            return {"type": ["number", "string"], "pattern": f"^{NUMBER_PATTERN}$"}
        case FieldType.PERCENT:
            return {"type": ["number", "string"], "pattern": rf"^{NUMBER_PATTERN}\s*%?$"}
        case FieldType.BOOLEAN:
            return {"type": ["boolean", "string"], "pattern": _BOOLEAN_PATTERN}
        case FieldType.LIST | FieldType.PERSONS | FieldType.REFERENCES:
            return {"type": ["array", *_SCALAR], "items": {"type": [*_SCALAR, "null"]}}
        case FieldType.ITEMS:
            return _collection(field.fields, field.singular)
        case FieldType.OBJECT:
            return _mapping(field.fields)
        case _:
            assert_never(field.type)


def _mapping(fields: tuple[Field, ...]) -> Json:
    """The schema of a mapping with these fields."""
    schema: Json = {"type": "object", "properties": {field.name: _field(field) for field in fields}}
    required = [field.name for field in fields if field.required]
    return {**schema, "required": required} if required else schema


def _collection(fields: tuple[Field, ...], singular: str | None = None) -> Json:
    """The schema of many mappings with these fields: a list, or a mapping by their id where they have one.

    `singular` is what one of them is called, where that is known.
    """
    head: Json = {"title": singular} if singular is not None else {}
    schema: Json = {"type": "array", "items": head | _mapping(fields)}
    if any(field.type is FieldType.ID for field in fields):
        by_id = head | _mapping(tuple(field for field in fields if field.type is not FieldType.ID))
        schema |= {"type": ["array", "object"], "additionalProperties": {**by_id, "type": ["object", "null"]}}
    return schema


def _types(schema: Json) -> list[str]:
    """The types of a schema as a list."""
    types = schema["type"]
    return [types] if isinstance(types, str) else list(types)


def _as_seen(word: str) -> list[str | int | bool]:
    """A word of a vocabulary, and the number or boolean that an editor takes it for."""
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,17})", word, re.ASCII):
        return [word, int(word)]
    if word.lower() in ("true", "false"):
        return [word, word.lower() == "true"]
    return [word]
