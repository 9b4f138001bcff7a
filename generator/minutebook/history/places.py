"""The path of a field goes in; which definitions it runs through and what a sentence about it speaks of come out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from minutebook.history.value_words import item_number, lower_first, one_line, own_title
from minutebook.model.change import Change, ChangeKind
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Value

COUNTED = frozenset(["baseline", "planned", "target", "forecast", "actual"])
"""Roles of the figures that a unit beside them is that of; a rank beside it has none."""

STEP = re.compile(r"(?P<name>[^.\[]+)(?:\[(?P<item>.*?)\](?=\.|\Z))?(?:\.|\Z)", re.DOTALL)


class Step(NamedTuple):
    """One part of a path: "milestones[go-live]" of "milestones[go-live].due"."""

    name: str
    item: str | None
    """The key of an item; None: the field as a whole."""

    @property
    def written(self) -> str:
        """As it stands in a path."""
        return self.name if self.item is None else f"{self.name}[{self.item}]"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a record a change took place, as a reader is told of it."""

    field: Field | None
    """The definition of the field that changed, of the list for an item.

    None: an event, the text, or an undeclared field."""
    subject: str
    """What the sentence speaks of: "Health", "Milestone “Go-live”", "Risk “Late supplier”, likelihood"."""
    currency: str | None = None
    """The currency that the record states beside the amount; None: it states none."""
    unit: str | None = None
    """What the record states beside the figure that it counts; None: it states nothing, or two things at once."""


def steps_of(path: str) -> tuple[Step, ...]:
    """The parts of a path, outermost first. The key of an item may hold full stops and brackets."""
    steps = []
    at = 0
    while at < len(path):
        match = STEP.match(path, at)
        if match is None:
            return (Step(path, None),)
        steps.append(Step(match["name"], match["item"]))
        at = match.end()
    return tuple(steps)


def fields_at(record_type: RecordType, path: str) -> tuple[Field, ...]:
    """The definitions that a path runs through, outermost first; only as far as it is declared."""
    whole = record_type.field(path)
    if whole is not None:
        return (whole,)
    found: list[Field] = []
    level = record_type.fields
    for step in steps_of(path):
        field = next((field for field in level if field.name == step.name), None)
        if field is None:
            break
        found.append(field)
        level = field.fields
    return tuple(found)


def place_of(change: Change, record_type: RecordType, states: Sequence[Fields]) -> Place:
    """Where a change took place.

    `states` are the fields of the record after and before it: the first that knows an item names it.
    """
    if change.kind.is_event or change.kind is ChangeKind.MARKDOWN:
        return Place(None, "Text")
    fields = fields_at(record_type, change.field)
    if not fields:
        return Place(None, one_line(change.field))
    steps = steps_of(change.field)
    return Place(
        field=fields[-1] if len(fields) == len(steps) else None,
        subject=_subject(fields, steps, states, change, _titles_at_any_depth(record_type.fields)),
        currency=_currency(fields, steps, states),
        unit=_unit(fields, steps, states),
    )


def value_at(fields: Fields, steps: Sequence[Step]) -> Value:
    """What stands at a path; None where nothing does."""
    value: Value = fields
    for step in steps:
        for name in (step.name, step.item):
            if name is not None:
                value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _titles_at_any_depth(fields: tuple[Field, ...]) -> Counter[str]:
    """How many fields, and parts of fields, bear each title."""
    found: Counter[str] = Counter()
    for field in fields:
        found[field.title.casefold()] += 1
        found += _titles_at_any_depth(field.fields)
    return found


def _subject(
    fields: tuple[Field, ...], steps: tuple[Step, ...], states: Sequence[Fields], change: Change, titles: Counter[str]
) -> str:
    """The whole way, but the day of a milestone goes by the milestone, and an amount of the budget by its own title.

    `titles` counts those of the record type: an amount whose title something else has too goes by the whole way.
    """
    words = ""
    for depth, step in enumerate(steps):
        field = fields[depth] if depth < len(fields) else None
        parent = fields[depth - 1] if 0 < depth <= len(fields) else None
        last = depth == len(steps) - 1
        if parent is not None and field is not None and last and _goes_without_saying(parent, field):
            return words
        if parent is not None and field is not None and _is_an_amount_of_its_own(parent, field, titles):
            words = field.title
            continue
        title = field.title if field is not None else one_line(step.name)
        if step.item is not None:
            title = _item_words(field, steps[: depth + 1], states, change if last else None)
        separator = ", " if depth and steps[depth - 1].item is not None else " "
        words = f"{words}{separator}{lower_first(title)}" if words else title
    return words


def _goes_without_saying(parent: Field, field: Field) -> bool:
    """Whether a field is what its item is all about: the day on which a milestone is due."""
    return parent.role == "milestones" and field.role == "due"


def _is_an_amount_of_its_own(parent: Field, field: Field, titles: Counter[str]) -> bool:
    """Whether an amount of the budget is known by its title alone."""
    return parent.role == "budget" and field.type is FieldType.MONEY and titles[field.title.casefold()] == 1


def _item_words(field: Field | None, steps: tuple[Step, ...], states: Sequence[Fields], change: Change | None) -> str:
    """An item as a sentence speaks of it: "Risk “Late supplier”", "Milestone “Go-live”".

    Where the definition does not say what one item is called, it is one of its list: "Analyses: “Noise”". No language's
    singular can be told from its plural. `change` is that of the whole item; None: a part of it changed.
    """
    key = steps[-1].item or ""
    title = _item_title(field, steps, states, change)
    item = f"“{title}”" if title else item_number(key)
    if field is None:
        return f"{one_line(steps[-1].name)}: {item}"
    return f"{field.singular} {item}" if field.singular is not None else f"{field.title}: {item}"


def _item_title(field: Field | None, steps: tuple[Step, ...], states: Sequence[Fields], change: Change | None) -> str:
    """The title of an item after the change, else before it, the change itself may be all that knows it; or empty."""
    values = [value_at(fields, steps) for fields in states]
    if change is not None:
        values += [change.after, change.before]
    for value in values:
        if field is not None and isinstance(value, Mapping):
            return own_title(field, value)
    return ""


def _currency(fields: tuple[Field, ...], steps: tuple[Step, ...], states: Sequence[Fields]) -> str | None:
    """What stands in the field for the currency that is the amount's neighbour."""
    return next(_beside("currency", fields, steps, states), None)


def _unit(fields: tuple[Field, ...], steps: tuple[Step, ...], states: Sequence[Fields]) -> str | None:
    """What stands in the field for the unit that is the figure's neighbour, where it was the same before."""
    if not fields or fields[-1].type is not FieldType.NUMBER or fields[-1].role not in COUNTED:
        return None
    stated = set(_beside("unit", fields, steps, states))
    return stated.pop() if len(stated) == 1 else None


def _beside(role: str, fields: tuple[Field, ...], steps: tuple[Step, ...], states: Sequence[Fields]) -> Iterator[str]:
    """What each state has in the field of a role that is the changed field's neighbour, where it has something."""
    if len(fields) < 2 or len(fields) != len(steps):
        return
    beside = fields[-2].with_role(role)
    if beside is None:
        return
    for state in states:
        value = value_at(state, (*steps[:-1], Step(beside.name, None)))
        if isinstance(value, str) and value.strip():
            yield value
