"""A record's tree and a setting in, the tree with that setting out; and what a record type says against a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Impossible
from minutebook.records.definition import suggest
from minutebook.records.meaning import show_tree, value_of
from minutebook.records.yaml_reader import Tree

REMOVED = "~"
"""In the place of a value: there is none any more."""

ID = "id"
"""The field by which an item of a list is named."""

_PLACE = re.compile(r"(?:[\w-]+|\[[^][]+\])(?:\.[\w-]+|\[[^][]+\])*")
_STEP = re.compile(r"([\w-]+)|\[([^][]+)\]")


class Mistake(Exception):
    """A setting that cannot be made, and why. Stays inside `demo`."""


def set_field(tree: dict[str, Tree], place: str, value: Tree, fields: Sequence[Field]) -> dict[str, Tree]:
    """The tree in which the field at a place (`milestones[go-live].due`) has a value; nothing that is given changes.

    `fields` are those of the record type: a new field takes its place among them. A mapping is set field by field;
    `~` and nothing remove a field or an item. Raises Mistake.
    """
    if not _PLACE.fullmatch(place):
        raise Mistake(f"`{place}` names no field: write `field`, `field.part` or `field[item].part`")
    steps = [(found[1] or found[2], bool(found[2])) for found in _STEP.finditer(place)]
    try:
        changed = _changed(tree, steps, _clean(value), fields)
    except Mistake as mistake:
        raise Mistake(f"`{place}`: {mistake}") from None
    # A record with nothing in it is still a mapping.
    return changed if isinstance(changed, dict) else {}


def _changed(tree: Tree, steps: Sequence[tuple[str, bool]], value: Tree, fields: Sequence[Field]) -> Tree:
    """A value with a change somewhere inside it; None: it is removed. As deep as places are, so it may recurse."""
    if not steps:
        return _merged(tree, value, fields)
    (name, is_item), rest = steps[0], steps[1:]
    if is_item:
        return _with_item(tree, name, rest, value, fields)
    if tree is not None and not isinstance(tree, dict):
        raise Mistake(f"what holds `{name}` has no fields")
    before = dict(tree or {})
    if value is None and name not in before:
        raise Mistake(f"`{name}` is not there, so it cannot be removed")
    after = _changed(before.get(name), rest, value, _inside(fields, name))
    return _with_entry(before, name, after, fields) or None


def _with_item(tree: Tree, name: str, rest: Sequence[tuple[str, bool]], value: Tree, fields: Sequence[Field]) -> Tree:
    """A list in which one item is changed, added at the end or removed; None: no item is left."""
    if tree is not None and not isinstance(tree, tuple):
        raise Mistake(f"what holds the item `{name}` is no list")
    items = list(tree or ())
    index = next((i for i, item in enumerate(items) if isinstance(item, dict) and item.get(ID) == name), None)
    if index is not None:
        after = _changed(items[index], rest, value, fields)
        items[index : index + 1] = [] if after is None else [after]
        return tuple(items) or None
    if rest or not isinstance(value, dict):
        known = [str(item[ID]) for item in items if isinstance(item, dict) and ID in item]
        raise Mistake(f"there is no item `{name}`; {suggest(name, known)}")
    items.append({ID: name, **value})
    return tuple(items)


def _merged(before: Tree, value: Tree, fields: Sequence[Field]) -> Tree:
    """What a value becomes: a mapping is set field by field, anything else takes the place of what was there."""
    if not isinstance(before, dict) or not isinstance(value, dict):
        return _without_removed(value)
    found = before
    for name, part in value.items():
        found = _with_entry(found, name, _merged(found.get(name), part, _inside(fields, name)), fields)
    return found or None


def _without_removed(value: Tree) -> Tree:
    """A new value: what it says is removed was never there."""
    if isinstance(value, dict):
        return {name: kept for name, part in value.items() if (kept := _without_removed(part)) is not None}
    if isinstance(value, tuple):
        return tuple(_without_removed(part) for part in value)
    return value


def _with_entry(mapping: dict[str, Tree], name: str, value: Tree, fields: Sequence[Field]) -> dict[str, Tree]:
    """A mapping with, or (None) without, an entry; a new one stands where the record type has it."""
    if value is None:
        return {key: part for key, part in mapping.items() if key != name}
    if name in mapping:
        return {key: value if key == name else part for key, part in mapping.items()}
    order = [field.name for field in fields]
    later = frozenset(order[order.index(name) + 1 :]) if name in order else frozenset[str]()
    found: dict[str, Tree] = {}
    for key, part in mapping.items():
        if key in later and name not in found:
            found[name] = value
        found[key] = part
    found.setdefault(name, value)
    return found


def _inside(fields: Sequence[Field], name: str) -> tuple[Field, ...]:
    """The fields inside a field."""
    return next((field.fields for field in fields if field.name == name), ())


def _clean(value: Tree) -> Tree:
    """A value as a record has it: `~` is nothing, a text ends with its last character."""
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return tuple(_clean(part) for part in value)
    return None if value == REMOVED or value is None else value.strip()


def complaints(fields: Sequence[Field], name: str, tree: Tree) -> Iterator[str]:
    """What a record type says against the value of one of its fields; nothing where it is as it should be."""
    field = next((one for one in fields if one.name == name), None)
    if field is None:
        yield f"`{name}` is no field here; {suggest(name, [one.name for one in fields])}"
        return
    value = value_of(field, tree)
    if isinstance(value, Impossible):
        yield f"`{name}`: {value.written} {value.reason}"
    elif field.values and isinstance(value, str) and value not in field.values:
        yield f"`{name}` is `{value}`; {suggest(value, field.values)}"
    elif isinstance(tree, dict):
        for key, part in tree.items():
            yield from complaints(field.fields, key, part)
    elif field.type is FieldType.ITEMS and isinstance(tree, tuple):
        for item in tree:
            if isinstance(item, dict) and ID not in item and field.id_field is not None:
                yield f"an item of `{name}` has no `{ID}`: {show_tree(item)}"
            for key, part in item.items() if isinstance(item, dict) else ():
                yield from complaints(field.fields, key, part)
