"""A field that no record type declares in; the declared field that it was probably meant to be out, or nothing."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping, Sequence

from minutebook.model.record_type import Field
from minutebook.model.value import Fields, Value
from minutebook.records.yaml_reader import Place

ALIKE = 0.75
"""How much of two names must be the same, 0 to 1: `helth` and `stauts` pass, `room` for `group` does not."""


def meant_by(place: Place, fields: Fields, declared: Sequence[Field]) -> str | None:
    """The field whose name is almost the last one of `place`, and which stands empty there; None: none is.

    `place` is one of `undeclared_places` of these `fields`. What the record fills or what is not published is no guess.
    """
    values, declared = _beside(place, fields, declared)
    filled = values if isinstance(values, Mapping) else {}
    return _nearest(
        str(place[-1]), tuple(field.name for field in declared if field.publish and field.name not in filled)
    )


def is_withheld(place: Place, fields: Fields, declared: Sequence[Field]) -> bool:
    """Whether what stands at one of `undeclared_places` is not published: see `sounds_hidden`."""
    return sounds_hidden(str(place[-1]), _beside(place, fields, declared)[1])


def sounds_hidden(name: str, declared: Sequence[Field]) -> bool:
    """Whether a name that is not declared is almost that of a field that is not published as a whole.

    Its value is probably one that nobody is to see: it may be another field that was meant, but nobody can know.
    """
    return _nearest(name, tuple(field.name for field in declared if field.hides)) is not None


def _beside(place: Place, fields: Fields, declared: Sequence[Field]) -> tuple[Value, Sequence[Field]]:
    """What holds the value at a place, and the fields that are declared for it."""
    values: Value = fields
    for step in place[:-1]:
        field = next((field for field in declared if field.name == step), None) if isinstance(values, Mapping) else None
        # Ids and numbers of items are steps, too; the fields of an item are those of its list.
        declared = field.fields if field is not None and field.fields else declared
        values = below(values, step)
    return values, declared


def below(values: Value, step: str | int) -> Value:
    """The part of a value that a step leads to; None: there is none."""
    if isinstance(values, Mapping) and isinstance(step, str):
        return values.get(step)
    if isinstance(values, tuple) and isinstance(step, int):
        return values[step] if step < len(values) else None
    return None


@functools.lru_cache(maxsize=1024)
def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    folded = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=ALIKE)
    return folded[near[0]] if near else None
