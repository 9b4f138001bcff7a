"""The engine's values and states in, plain data as the oracle writes it out; and changes applied to such data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from minutebook.model.change import Change, ChangeKind
from minutebook.model.portfolio import RecordState
from minutebook.model.value import Impossible, Money, Text, Value
from tests.property.oracle import Expected, Plain


def plain_value(value: Value) -> Plain:
    """A value as the oracle writes it."""
    match value:
        case Money(amount, currency):
            return ("money", amount, currency)
        case Impossible(written, _):
            return ("impossible", written)
        case Text(_, digest, _):
            return digest
        case None | bool() | str() | Decimal() | dt.date():
            return value
        case tuple():
            return [plain_value(one) for one in value]
        case _:
            return {name: plain_value(one) for name, one in value.items() if one is not None}


def plain_state(state: RecordState) -> Expected:
    """A state as the oracle writes it."""
    version = state.version
    return Expected(
        key=(state.key.type, state.key.id),
        path=state.path,
        fields=None if version is None else plain_value(dict(version.fields)),  # type: ignore[arg-type]  # a dict gives a dict
        text=None if version is None or version.text is None else version.text.digest,
        removed=state.removed,
        unreadable=state.unreadable is not None,
    )


@dataclass
class Ledger:
    """One record as its changes alone tell of it."""

    state: Expected | None = None
    """None: it has not been created."""

    def apply(self, record_type: str, record_id: str, changes: Iterable[Change]) -> None:
        """Take one entry's changes; AssertionError where a change does not begin where the last one ended."""
        fresh = Expected((record_type, record_id), None, None, None, removed=False, unreadable=False)
        state = self.state or fresh
        for change in changes:
            if change.kind is ChangeKind.CREATED:
                state = replace(fresh, path=str(change.after))
            elif change.kind.is_event:
                state = self._event(state, change)
            else:
                state = _with_field(state, change)
        self.state = state

    @staticmethod
    def _event(state: Expected, change: Change) -> Expected:
        before, after = change.before, change.after
        match change.kind:
            case ChangeKind.REMOVED:
                return replace(state, removed=True, unreadable=False)
            case ChangeKind.RESTORED:
                return replace(state, removed=False, path=str(after))
            case ChangeKind.RENAMED:
                assert before == state.key[1], "renamed from another id than it had"
                return replace(state, key=(state.key[0], str(after)))
            case ChangeKind.MOVED:
                assert before == state.path, "moved from another path than it had"
                return replace(state, path=str(after))
            case ChangeKind.UNREADABLE:
                return replace(state, unreadable=True)
            case _:
                return replace(state, unreadable=False)


def _with_field(state: Expected, change: Change) -> Expected:
    """The state with one field changed."""
    before, after = plain_value(change.before), plain_value(change.after)
    if change.kind is ChangeKind.MARKDOWN:
        assert before == state.text, "the text was another before"
        return replace(state, text=after)  # type: ignore[arg-type]  # the plain form of a Text is its digest
    fields: dict[str, Any] = _copy(state.fields or {})
    place: dict[str, Any] = fields
    *folders, last = re.findall(r"[^.\[\]]+", change.field)
    for name in folders:
        place = place[name] if name in place else place.setdefault(name, {})
    assert place.get(last) == before, f"{change.field} was {place.get(last)!r} and not {before!r}"
    if after is None:
        del place[last]
    else:
        place[last] = after
    return replace(state, fields=without_empty(fields))


def without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields without empty mappings: an object or list of items that holds nothing is told of by no change."""
    found = {name: without_empty(value) if isinstance(value, Mapping) else value for name, value in fields.items()}
    return {name: value for name, value in found.items() if value != {}}


def _copy(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _copy(value) if isinstance(value, Mapping) else value for name, value in fields.items()}
