"""Differences: the fields of two versions in, typed changes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from minutebook.history.lines import Outline, compare_outlines
from minutebook.model.change import Change, ChangeKind
from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Fields, Value

_NOTHING: Fields = {}

_KINDS = {field_type: ChangeKind(field_type.value) for field_type in FieldType}


def diff_fields(before: Fields, after: Fields, fields: Sequence[Field], prefix: str = "") -> Iterator[Change]:
    """What became of each field, in the order of `fields`, then of those undeclared. Equal values give no change.

    `prefix` stands before the name of each field in the change's path.
    """
    # Most edits are those of texts: comparing all fields at once is cheaper than one by one.
    if before == after:
        return
    declared = set()
    for field in fields:
        declared.add(field.name)
        old, new = before.get(field.name), after.get(field.name)
        if old is not new and old != new:
            yield from _diff_value(prefix + field.name, field, old, new)
    for name in (*after, *(name for name in before if name not in after)):
        if name not in declared:
            old, new = before.get(name), after.get(name)
            if old != new:
                yield Change(prefix + name, ChangeKind.UNDECLARED, old, new)


def _diff_value(path: str, field: Field, before: Value, after: Value) -> Iterator[Change]:
    match field.type:
        case FieldType.OBJECT if (pair := _mappings(before, after)) is not None:
            yield from diff_fields(*pair, field.fields, f"{path}.")
        case FieldType.ITEMS if (pair := _mappings(before, after)) is not None:
            yield from _diff_items(path, field, *pair)
        case FieldType.PROSE if isinstance(before, str) and isinstance(after, str):
            yield Change(path, ChangeKind.PROSE, before, after, compare_outlines(Outline(before), Outline(after)))
        case _:
            yield Change(path, _KINDS[field.type], before, after)


def _diff_items(path: str, field: Field, before: Fields, after: Fields) -> Iterator[Change]:
    """Items by id: those that stayed field by field, those that came or went as a whole."""
    for name in (*after, *(name for name in before if name not in after)):
        old, new = before.get(name), after.get(name)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from diff_fields(old, new, field.fields, f"{path}[{name}].")
        elif old != new:
            yield Change(f"{path}[{name}]", ChangeKind.ITEM, old, new)


def _mappings(before: Value, after: Value) -> tuple[Fields, Fields] | None:
    """Both values as mappings, an absent one as an empty mapping; None where one of them is something else."""
    old = _NOTHING if before is None else before
    new = _NOTHING if after is None else after
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old, new
    return None
