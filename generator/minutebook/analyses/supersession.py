"""Which decisions took the place of which: pairs of older and newer in, chains from the oldest to the newest out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from minutebook.model.record import RecordKey


@dataclass(frozen=True, slots=True)
class Chain:
    """Decisions that hang together because one took the place of another."""

    keys: tuple[RecordKey, ...]
    """The older before the newer; at least two."""
    circular: frozenset[RecordKey]
    """Those that are said to have taken the place of one another, so that none is the older."""


def chains_of(order: Sequence[RecordKey], supersedes: Mapping[RecordKey, tuple[RecordKey, ...]]) -> tuple[Chain, ...]:
    """The chains, each where its first decision stands in `order`, which also decides between equals.

    `supersedes` gives for a decision those that it took the place of. A record that is not in `order` is left out.
    """
    place = {key: index for index, key in enumerate(order)}
    older = {key: [one for one in supersedes.get(key, ()) if one in place and one != key] for key in order}
    found: list[Chain] = []
    for together in _connected(order, older):
        keys = sorted(together, key=place.__getitem__)
        if len(keys) > 1:
            found.append(_chain(keys, older))
    return tuple(found)


def _connected(order: Iterable[RecordKey], older: Mapping[RecordKey, list[RecordKey]]) -> list[list[RecordKey]]:
    """The decisions in groups that hang together, in whichever direction."""
    beside: dict[RecordKey, list[RecordKey]] = {key: list(ones) for key, ones in older.items()}
    for key, ones in older.items():
        for one in ones:
            beside[one].append(key)
    seen: set[RecordKey] = set()
    groups: list[list[RecordKey]] = []
    for key in order:
        if key in seen:
            continue
        group = [key]
        seen.add(key)
        for current in group:
            for one in beside[current]:
                if one not in seen:
                    seen.add(one)
                    group.append(one)
        groups.append(group)
    return groups


def _chain(keys: list[RecordKey], older: Mapping[RecordKey, list[RecordKey]]) -> Chain:
    """A group, ordered so that what was superseded comes first; whoever is in a circle, or after one, comes last."""
    newer: dict[RecordKey, list[RecordKey]] = {key: [] for key in keys}
    waits: dict[RecordKey, int] = {}
    for key in keys:
        ones = dict.fromkeys(older[key])
        waits[key] = len(ones)
        for one in ones:
            newer[one].append(key)
    ready = [key for key in keys if not waits[key]]
    for key in ready:
        for one in newer[key]:
            waits[one] -= 1
            if not waits[one]:
                ready.append(one)
    done = set(ready)
    rest = [key for key in keys if key not in done]
    return Chain((*ready, *rest), frozenset(_in_circles(rest, older)))


def _in_circles(keys: list[RecordKey], older: Mapping[RecordKey, list[RecordKey]]) -> set[RecordKey]:
    """Of decisions that no order could be found for, those that are in a circle and not merely after one.

    One that none of the others took its place from is after a circle; when it is gone, so may the next be.
    """
    left = set(keys)
    asked = Counter(one for key in keys for one in set(older[key]) & left)
    after = [key for key in keys if not asked[key]]
    for key in after:
        left.remove(key)
        for one in set(older[key]) & left:
            asked[one] -= 1
            if not asked[one]:
                after.append(one)
    return left
