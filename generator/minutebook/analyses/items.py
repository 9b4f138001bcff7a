"""The items of a list: what a record holds in it in; each item with its id out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from minutebook.model.value import Fields, Value


def items_of(value: Value) -> Iterator[tuple[str, Fields]]:
    """Items with the id that each has; those of a list without ids have none."""
    if isinstance(value, Mapping):
        yield from ((name, item) for name, item in value.items() if isinstance(item, Mapping))
    elif isinstance(value, tuple):
        yield from (("", item) for item in value if isinstance(item, Mapping))
