"""Which groups a record belongs to: a Portfolio in, its group and those around it out, the nearest first."""

from __future__ import annotations

from minutebook.history.names import PortfolioNames
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio
from minutebook.model.record import RecordKey


def groups_of(
    key: RecordKey, portfolio: Portfolio, configuration: Configuration, names: PortfolioNames
) -> tuple[RecordKey, ...]:
    """The groups that a record is in, from its own to the outermost; a reference that leads nowhere ends the chain."""
    found: list[RecordKey] = []
    step = _next(key, "group", portfolio, configuration, names)
    while step is not None and step not in found and step != key:
        found.append(step)
        step = _next(step, "parent", portfolio, configuration, names)
    return tuple(found)


def _next(
    key: RecordKey, role: str, portfolio: Portfolio, configuration: Configuration, names: PortfolioNames
) -> RecordKey | None:
    state = portfolio.states.get(key)
    field = configuration.types[key.type].with_role(role)
    if state is None or state.version is None or field is None or not field.publish:
        return None
    written = state.version.fields.get(field.name)
    keys = names.keys_of(field.to, written) if isinstance(written, str) else ()
    return keys[0] if len(keys) == 1 else None
