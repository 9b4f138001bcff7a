"""Which groups a record is in: a Portfolio in; for each record its group and those around it, nearest first, out."""

from __future__ import annotations

from collections.abc import Mapping

from minutebook.history.names import PortfolioNames
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio
from minutebook.model.record import RecordKey

DEEPEST = 12
"""So many groups around each other are followed: nobody nests deeper, and a chain without end costs no more."""


def groups_of(
    portfolio: Portfolio, configuration: Configuration, names: PortfolioNames
) -> Mapping[RecordKey, tuple[RecordKey, ...]]:
    """The groups of every record there was, from its own to the outermost.

    A reference that leads nowhere ends the chain, and so does a group that it has passed already.
    """
    parents: dict[RecordKey, RecordKey | None] = {}
    found: dict[RecordKey, tuple[RecordKey, ...]] = {}
    for key in portfolio.states:
        chain: list[RecordKey] = []
        step = _next(key, "group", portfolio, configuration, names)
        while step is not None and step != key and step not in chain and len(chain) < DEEPEST:
            chain.append(step)
            if step not in parents:
                parents[step] = _next(step, "parent", portfolio, configuration, names)
            step = parents[step]
        found[key] = tuple(chain)
    return found


def _next(
    key: RecordKey, role: str, portfolio: Portfolio, configuration: Configuration, names: PortfolioNames
) -> RecordKey | None:
    state = portfolio.states.get(key)
    field = configuration.types[key.type].published_role(role)
    if state is None or state.version is None or field is None:
        return None
    written = state.version.fields.get(field.name)
    keys = names.keys_of(field.to, written) if isinstance(written, str) else ()
    return keys[0] if len(keys) == 1 else None
