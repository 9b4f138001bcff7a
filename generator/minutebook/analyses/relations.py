"""Which records speak of which: a Portfolio in, the relations by the record spoken of out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minutebook.analyses.items import items_of
from minutebook.history.names import PortfolioNames
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Fields, texts_of


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


def _references(fields: tuple[Field, ...], values: Fields) -> Iterator[tuple[Field, str]]:
    """Every reference among the values, those of items and objects included."""
    for field in fields:
        value = values.get(field.name)
        if field.type in (FieldType.REFERENCE, FieldType.REFERENCES):
            for id_ in texts_of(value):
                yield field, id_
        elif field.type is FieldType.OBJECT and isinstance(value, Mapping):
            yield from _references(field.fields, value)
        elif field.type is FieldType.ITEMS:
            for _, item in items_of(value):
                yield from _references(field.fields, item)
