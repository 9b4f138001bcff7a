"""How many records of each type stand in which status: their states in, counts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from minutebook.analyses.ending import Ending, record_ending
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import RecordState
from minutebook.model.record_type import Field, RecordType
from minutebook.model.value import Impossible, Value


@dataclass(frozen=True, slots=True)
class TypeCount:
    """The records of one type."""

    record_type: RecordType
    standing: int
    """How many stand on the day of the page."""
    removed: int
    """How many there were once."""
    by_status: tuple[tuple[str | None, int], ...]
    """In the order of the lifecycle or vocabulary, other words after it by frequency, None (no status) last."""
    by_health: tuple[tuple[str | None, int], ...]
    """The same for the health of those that are not finished; empty where records of the type have none."""


def count_records(states: Iterable[RecordState], configuration: Configuration) -> tuple[TypeCount, ...]:
    """One count for each published type, in the order of the configuration."""
    standing: dict[str, list[RecordState]] = {name: [] for name in configuration.types}
    removed: Counter[str] = Counter()
    for state in states:
        if state.removed:
            removed[state.key.type] += 1
        elif state.key.type in standing:
            standing[state.key.type].append(state)
    return tuple(
        TypeCount(
            record_type=record_type,
            standing=len(standing[name]),
            removed=removed[name],
            by_status=_by_word(record_type.published_role("status"), standing[name]),
            by_health=_by_word(
                record_type.published_role("health"),
                [state for state in standing[name] if record_ending(record_type, state) is not Ending.FINISHED],
            ),
        )
        for name, record_type in configuration.types.items()
        if record_type.publish
    )


def _by_word(field: Field | None, states: list[RecordState]) -> tuple[tuple[str | None, int], ...]:
    if field is None:
        return ()
    counted = Counter(_word(state.version.fields.get(field.name)) if state.version else None for state in states)
    known = [(word, counted[word]) for word in field.values if counted[word]]
    others = [(word, number) for word, number in counted.most_common() if word is not None and word not in field.values]
    missing = [(None, counted[None])] if counted[None] else []
    return (*known, *others, *missing)


def _word(value: Value) -> str | None:
    if isinstance(value, Impossible):
        return value.written
    return value if isinstance(value, str) else None
