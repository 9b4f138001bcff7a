"""Which groups a record is in: a Portfolio in; for each record its group and those around it, nearest first, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from minutebook.history.names import PortfolioNames
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio
from minutebook.model.record import RecordKey

DEEPEST = 12
"""So many groups around each other are followed: nobody nests deeper, and a chain without end costs no more."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a portfolio."""

    chains: Mapping[RecordKey, tuple[RecordKey, ...]]
    """For each record there was the groups that it is in, the nearest first."""
    groups: frozenset[RecordKey]
    """The records that are groups themselves."""

    def around(self, key: RecordKey) -> tuple[RecordKey, ...]:
        """The groups that a record is in, the nearest first."""
        return self.chains.get(key, ())

    def parents(self, key: RecordKey) -> tuple[RecordKey, ...]:
        """The groups of its own type that a group is a part of, the outermost first."""
        return tuple(one for one in reversed(self.around(key)) if one.type == key.type)

    def counting(self, key: RecordKey) -> tuple[RecordKey, ...]:
        """The groups that a record counts for: those that it is in, and itself where it is one."""
        return (key, *self.around(key)) if key in self.groups else self.around(key)


def groups_of(portfolio: Portfolio, configuration: Configuration, names: PortfolioNames) -> Groups:
    """The groups of every record there was, from its own to the outermost.

    A record belongs to its group, and a group to the one that it is a part of. A meeting, a decision or another record
    whose type has no group of its own belongs to the group of its body. A reference that leads nowhere ends the chain,
    and so does a group that it has passed already.
    """
    steps = {key: _own_group(key, portfolio, configuration, names) for key in portfolio.states}
    fields = ((record_type.name, record_type.published_role("group")) for record_type in configuration.types.values())
    # Where records of one type belong to one another, only those are groups to which others belong.
    types = {to for name, field in fields if field is not None for to in field.to if to != name}
    groups = {key for key in steps if key.type in types} | {step for step in steps.values() if step is not None}
    found = list(groups)
    for key in found:
        step = steps.get(key) or _named(key, "parent", portfolio, configuration, names)
        steps[key] = step
        if step is not None and step not in groups:
            groups.add(step)
            found.append(step)
    chains: dict[RecordKey, tuple[RecordKey, ...]] = {}
    for key in portfolio.states:
        chain: list[RecordKey] = []
        step = steps[key]
        while step is not None and step != key and step not in chain and len(chain) < DEEPEST:
            chain.append(step)
            step = steps.get(step)
        chains[key] = tuple(chain)
    return Groups(chains, frozenset(groups))


def _own_group(
    key: RecordKey, portfolio: Portfolio, configuration: Configuration, names: PortfolioNames
) -> RecordKey | None:
    """The group that a record names, or else that of its body where its type has no field for groups at all."""
    if configuration.types[key.type].with_role("group"):
        return _named(key, "group", portfolio, configuration, names)
    body = _named(key, "body", portfolio, configuration, names)
    return _named(body, "group", portfolio, configuration, names) if body is not None else None


def _named(
    key: RecordKey, role: str, portfolio: Portfolio, configuration: Configuration, names: PortfolioNames
) -> RecordKey | None:
    """The one record that a field leads to."""
    state = portfolio.states.get(key)
    field = configuration.types[key.type].published_role(role)
    if state is None or state.version is None or field is None:
        return None
    return names.key_of(field.to, state.version.fields.get(field.name))
