"""What each group holds: records with their groups in; for each group what is in it or in its parts out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from minutebook.analyses.attention import Ailing
from minutebook.analyses.decisions import Decision, Decisions
from minutebook.analyses.groups import Groups
from minutebook.analyses.overdue import Overdue
from minutebook.model.record import RecordKey


@dataclass(slots=True)
class Holding:
    """What one group holds. A decision is held by the groups of the records that it affects.

    What it asks for is not: that is due from the group of the body that decided, see `holdings_of`.
    """

    keys: list[RecordKey] = field(default_factory=list)
    """In the order of the records; those of its parts and those that are its parts included, itself left out."""
    here: set[RecordKey] = field(default_factory=set)
    """Those of them that are in no part of it."""
    ailing: list[Ailing] = field(default_factory=list)
    """Of all of them, the worst first."""
    overdue: list[Overdue] = field(default_factory=list)
    """The longest first: of all of them, except of decisions that others took; and of decisions taken in this group."""
    pending: list[Decision] = field(default_factory=list)
    """Those of them that wait to be taken, the longest first."""


def holdings_of(
    keys: Iterable[RecordKey],
    groups: Groups,
    decisions: Decisions,
    ailing: Iterable[Ailing],
    overdue: Iterable[Overdue],
) -> Mapping[RecordKey, Holding]:
    """The holding of every group that holds any of these records. A group counts as part of those around it.

    An action of a decision is not due from everyone whom the decision touches. It is due from the group that the
    decision is in, its own or its body's; where that is not known, from those that all of the affected are in.
    """
    found: dict[RecordKey, Holding] = {}
    holders: dict[RecordKey, tuple[Holding, ...]] = {}
    for key in keys:
        decision = decisions.by_key.get(key)
        chains = [groups.around(key)] if decision is None else list(map(groups.counting, decision.affects))
        around = dict.fromkeys(group for chain in chains for group in chain)
        holders[key] = tuple(found.setdefault(group, Holding()) for group in around)
        for holding in holders[key]:
            holding.keys.append(key)
        for chain in chains:
            if chain:
                found[chain[0]].here.add(key)
    for one in ailing:
        for holding in holders.get(one.key, ()):
            holding.ailing.append(one)
    for late in overdue:
        for group in _due_from(late.key, groups, decisions):
            found.setdefault(group, Holding()).overdue.append(late)
    for waiting in decisions.pending:
        for holding in holders.get(waiting.key, ()):
            holding.pending.append(waiting)
    return found


def _due_from(key: RecordKey, groups: Groups, decisions: Decisions) -> Iterable[RecordKey]:
    """The groups that answer for what is overdue of a record."""
    decision = decisions.by_key.get(key)
    if decision is None or groups.around(key):
        return groups.around(key)
    first, *others = map(groups.counting, decision.affects) if decision.affects else [()]
    return [group for group in first if all(group in other for other in others)]
