"""The history of every record, and the portfolio as it stood at a commit."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from minutebook.model.change import Entry
from minutebook.model.commit import Landing
from minutebook.model.note import Note
from minutebook.model.record import RecordKey, RecordVersion, Unreadable, natural_key
from minutebook.model.record_type import RecordType
from minutebook.model.value import Value


@dataclass(frozen=True, slots=True)
class RecordState:
    """How a record stands after a mainline commit."""

    key: RecordKey
    path: str
    """Where it stands, or stood last."""
    version: RecordVersion | None
    """The last good version; None: it could never be read."""
    removed: bool
    unreadable: Unreadable | None
    """Why today's file cannot be read, while it cannot."""

    def value_of(self, record_type: RecordType, role: str) -> Value:
        """What it holds in the published field of a role; None: nothing, or its type has no such field."""
        field = record_type.published_role(role)
        return self.version.fields.get(field.name) if field is not None and self.version is not None else None

    def day_of(self, record_type: RecordType, role: str) -> dt.date | None:
        """The day that it holds there; None: nothing, or what is no day."""
        value = self.value_of(record_type, role)
        return value if isinstance(value, dt.date) else None


@dataclass(frozen=True, slots=True)
class Gap:
    """A span in which a record could not be read."""

    since: Landing
    until: Landing | None
    """The commit that mended or removed it; None: it lasts."""
    unreadable: Unreadable


@dataclass(frozen=True, slots=True)
class FormerKey:
    """An id that a record had before."""

    key: RecordKey
    landing: Landing
    """The commit that renamed it."""
    similarity: float | None
    """How much of the content stayed, 0 to 1; None: a `lineage` entry says so."""


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """All that is known of one record, oldest first."""

    key: RecordKey
    """As it is called last."""
    states: tuple[tuple[int, RecordState], ...]
    """Positions on the mainline, rising, with the state from there on."""
    entries: tuple[Entry, ...]
    gaps: tuple[Gap, ...]
    former: tuple[FormerKey, ...]

    @property
    def last(self) -> RecordState:
        """How it stands, or stood last."""
        return self.states[-1][1]

    def at(self, position: int) -> RecordState | None:
        """How it stood after the mainline commit at this position; None: before its first commit."""
        index = bisect.bisect_right(self.states, position, key=lambda pair: pair[0])
        return self.states[index - 1][1] if index else None


def records_by_key(records: Iterable[RecordHistory], types: Iterable[str]) -> dict[RecordKey, RecordHistory]:
    """Records by the keys that they have last, in the order of `History.records`; `types` are in theirs."""
    order = {name: index for index, name in enumerate(types)}
    found = sorted(records, key=lambda record: (order[record.key.type], natural_key(record.key.id)))
    return {record.key: record for record in found}


@dataclass(frozen=True)
class History:
    """What the mainline did to the portfolio, from its root to the published commit."""

    commit: str
    """The id of the published commit."""
    records: Mapping[RecordKey, RecordHistory]
    """Every record there ever was, by its last key, sorted by type (in the configuration's order) and `natural_key`."""
    landings: tuple[Landing, ...]
    """Mainline commits that changed a record, oldest first."""
    commits: int
    """How many commits the mainline has."""
    clocks: Sequence[int]
    """For every position the running maximum of landed times, in seconds since 1970, UTC."""
    notes: tuple[Note, ...]
    """What makes the history incomplete or doubtful, in the order of the mainline."""

    @cached_property
    def by_folded_key(self) -> Mapping[RecordKey, RecordHistory]:
        """Records by every key they ever had, case-folded; a key in use wins over a former one."""
        found: dict[RecordKey, RecordHistory] = {}
        for record in self.records.values():
            for former in record.former:
                found[former.key.folded] = record
        for record in self.records.values():
            found[record.key.folded] = record
        return found

    def find(self, key: RecordKey) -> RecordHistory | None:
        """The record that has, or had, this key in any letter case. Whose an entry is, `owner_of` tells."""
        return self.by_folded_key.get(key.folded)

    @cached_property
    def _owners(self) -> Mapping[tuple[int, RecordKey], RecordHistory]:
        return {entry.identity: record for record in self.records.values() for entry in record.entries}

    def owner_of(self, entry: Entry) -> RecordHistory:
        """The record that an entry of this history is of, whatever is called by its key now."""
        return self._owners[entry.identity]

    def entries(self) -> Iterator[Entry]:
        """Every entry, oldest first; those of one commit by type and id, as their records were called then.

        What happens later moves none of them: not a renaming, nor another order of the types.
        """
        found = (entry for record in self.records.values() for entry in record.entries)
        return iter(sorted(found, key=lambda entry: entry.identity))

    def position_at(self, end: dt.datetime) -> int | None:
        """The last mainline position whose clock is at or before `end` (aware); None: nothing had landed yet."""
        position = bisect.bisect_right(self.clocks, end.timestamp()) - 1
        return position if position >= 0 else None

    def clock_at(self, position: int) -> dt.datetime | None:
        """The running maximum of landed times at a position, UTC; None: no commit up to there has a valid date."""
        try:
            return dt.datetime.fromtimestamp(self.clocks[position], dt.UTC)
        except (OverflowError, ValueError, OSError):
            return None

    def portfolio(self, position: int) -> Portfolio:
        """The portfolio after the mainline commit at this position. Costs a search per record, and no replay."""
        return Portfolio(history=self, position=position)


@dataclass(frozen=True)
class Portfolio:
    """The records as they stood after one mainline commit."""

    history: History
    position: int

    @cached_property
    def states(self) -> Mapping[RecordKey, RecordState]:
        """Every record seen by then, removed ones included, by its key then, in the order of `History.records`."""
        found: dict[RecordKey, RecordState] = {}
        for record in self.history.records.values():
            state = record.at(self.position)
            if state is not None:
                found[state.key] = state
        return found

    @cached_property
    def records(self) -> Mapping[RecordKey, RecordState]:
        """The records that stood then: not removed."""
        return {key: state for key, state in self.states.items() if not state.removed}

    def of_type(self, record_type: RecordType) -> Iterator[RecordState]:
        """The records of one type that stood then."""
        return (state for key, state in self.records.items() if key.type == record_type.name)
