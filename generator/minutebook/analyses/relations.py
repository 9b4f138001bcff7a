"""Which records speak of which: a Portfolio in, the relations by the record spoken of out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minutebook.history.names import PortfolioNames
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Value


@dataclass(frozen=True, slots=True)
class Relation:
    """One record that refers to another."""

    source: RecordKey
    field: Field
    """The field, perhaps of an item, that holds the reference."""


def relations_of(
    portfolio: Portfolio, configuration: Configuration, names: PortfolioNames
) -> Mapping[RecordKey, tuple[Relation, ...]]:
    """For each record that others refer to: who does, in the order of the records; each record and field once."""
    found: dict[RecordKey, dict[tuple[RecordKey, str], Relation]] = {}
    for key, state in portfolio.records.items():
        record_type = configuration.types.get(key.type)
        if state.version is None or record_type is None:
            continue
        for field, id_ in _references(record_type.fields, state.version.fields):
            for target in names.keys_of(field.to, id_):
                if target == key:
                    continue
                found.setdefault(target, {}).setdefault((key, field.title), Relation(source=key, field=field))
    return {key: tuple(relations.values()) for key, relations in found.items()}


def _references(fields: tuple[Field, ...], values: Mapping[str, Value]) -> Iterator[tuple[Field, str]]:
    """Every reference among the values, those of items and objects included."""
    for field in fields:
        value = values.get(field.name)
        if field.type in (FieldType.REFERENCE, FieldType.REFERENCES):
            for id_ in value if isinstance(value, tuple) else (value,):
                if isinstance(id_, str):
                    yield field, id_
        elif field.fields:
            for item in _items(value):
                yield from _references(field.fields, item)


def _items(value: Value) -> Iterator[Mapping[str, Value]]:
    if isinstance(value, tuple):
        yield from (item for item in value if isinstance(item, Mapping))
    elif isinstance(value, Mapping):
        inner = [item for item in value.values() if isinstance(item, Mapping)]
        yield from inner or [value]
