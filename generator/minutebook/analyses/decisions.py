"""How each decision came about: a Portfolio and a day in; when raised and decided, who approved, what came after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from statistics import median_low

from minutebook.analyses.supersession import Chain, chains_of
from minutebook.history.names import PortfolioNames
from minutebook.history.places import fields_at
from minutebook.model.change import Entry
from minutebook.model.commit import Landing, Trailer
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio, RecordHistory, RecordState
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, Lifecycle, RecordType
from minutebook.model.value import Value

LATER_ROLES = frozenset(["status", "supersedes", "actions", "told"])
"""Roles of fields that are expected to change when a decision has been taken: no edit of what was decided."""


class Evidence(Enum):
    """What an approval rests on, the stronger first. A trailer only proves that somebody typed it."""

    COMMIT = "in the commit"
    DECLARED = "declared in the record"
    NONE = "not known to git"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a decision, as far as is known."""

    evidence: Evidence
    trailers: tuple[Trailer, ...] = ()
    """Of the commit that landed the decision; only where the evidence is the commit."""
    declared: tuple[str, ...] = ()
    """People as the record names them; only where the evidence is the record."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the history tells of one decision."""

    key: RecordKey
    removed: bool
    is_pending: bool
    """Whether its status is one of its lifecycle, and not a final one."""
    raised: dt.date | None
    """The day on which the question was asked; None: it is not known."""
    raised_in_record: bool
    """Whether the record says so; False: it is the day on which the record first landed."""
    deciding: Entry | None
    """The entry by which its status first became final; None: it never did."""
    decided: dt.date | None
    """The day on which it was decided; None: it was not, or its commit has no valid date."""
    decided_in_record: bool
    """Whether the record says so; False: it is the day on which the decision landed."""
    odd_date: bool
    """Whether the record names a day of the decision that cannot be: before it was raised, or after it had landed."""
    affects: tuple[RecordKey, ...]
    supersedes: tuple[RecordKey, ...]
    superseded_by: tuple[RecordKey, ...]
    approval: Approval
    edits: tuple[Entry, ...]
    """Entries after the deciding one that changed what was decided, oldest first."""
    told: Entry | None
    """The entry that first named who was told; None: none did."""
    told_days: int | None
    """Days from the day of the decision to that entry; None: nobody is named, or it was named before."""
    as_of: dt.date

    @property
    def lead_days(self) -> int | None:
        """Days from being raised to being decided; None: it is not decided, or one of the days is not known."""
        if self.is_pending or self.raised is None or self.decided is None:
            return None
        return (self.decided - self.raised).days

    @property
    def waiting_days(self) -> int | None:
        """Days since a pending decision was raised; None: it is not pending, or that day is not known."""
        if not self.is_pending or self.removed or self.raised is None:
            return None
        return (self.as_of - self.raised).days


@dataclass(frozen=True)
class Decisions:
    """All decisions of a portfolio."""

    types: tuple[RecordType, ...]
    """The record types that are decisions."""
    by_key: Mapping[RecordKey, Decision]
    """In the order of the records, removed ones included."""
    chains: tuple[Chain, ...]

    @cached_property
    def pending(self) -> tuple[Decision, ...]:
        """Those that wait, the longest first; those of which nobody knows how long come last."""
        waiting = [one for one in self.by_key.values() if one.is_pending and not one.removed]
        return tuple(sorted(waiting, key=lambda one: -(one.waiting_days if one.waiting_days is not None else -1)))

    @cached_property
    def chain_of(self) -> Mapping[RecordKey, Chain]:
        """For each decision that took another's place, or was taken the place of, its chain."""
        return {key: chain for chain in self.chains for key in chain.keys}

    def of_type(self, record_type: RecordType) -> Iterator[Decision]:
        """The decisions of one type that stand."""
        return (one for key, one in self.by_key.items() if key.type == record_type.name and not one.removed)


def median_days(days: list[int]) -> int | None:
    """The middle one of some spans, the lower of two; None: there are none."""
    return median_low(days) if days else None


def decision_types(configuration: Configuration) -> tuple[RecordType, ...]:
    """The record types that are decisions: with a lifecycle, and with something that they affect."""
    return tuple(
        one for one in configuration.types.values() if one.publish and one.with_role("affects") and _lifecycle(one)
    )


def decisions_of(
    portfolio: Portfolio, configuration: Configuration, names: PortfolioNames, as_of: dt.date
) -> Decisions:
    """Every decision of the portfolio as it stands."""
    types = decision_types(configuration)
    of_type = {one.name: one for one in types}
    states = {key: state for key, state in portfolio.states.items() if key.type in of_type} if types else {}
    older = {
        key: tuple(one for one in _references(state, of_type[key.type], "supersedes", names) if one in states)
        for key, state in states.items()
    }
    newer: dict[RecordKey, list[RecordKey]] = {key: [] for key in states}
    for key, ones in older.items():
        for one in ones:
            newer[one].append(key)
    maker = _Maker(configuration, names, as_of)
    made = {
        key: maker.decision(portfolio.history.records[key], state, of_type[key.type], older[key], tuple(newer[key]))
        for key, state in states.items()
    }
    order = sorted(made, key=lambda key: portfolio.history.records[key].states[0][0])
    return Decisions(types=types, by_key=made, chains=chains_of(order, older))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes decisions of records."""

    configuration: Configuration
    names: PortfolioNames
    as_of: dt.date

    def decision(
        self,
        record: RecordHistory,
        state: RecordState,
        record_type: RecordType,
        supersedes: tuple[RecordKey, ...],
        superseded_by: tuple[RecordKey, ...],
    ) -> Decision:
        deciding = _deciding(record, record_type)
        landed = self._day(deciding.landing) if deciding is not None else None
        days = self._days(record, record_type, state, deciding, landed)
        told = _first_filled(record, record_type.with_role("told"))
        told_days = None
        if told is not None and deciding is not None and told.landing.position >= deciding.landing.position:
            day = self._day(told.landing)
            told_days = (day - days.decided).days if day is not None and days.decided is not None else None
        return Decision(
            key=record.key,
            removed=state.removed,
            is_pending=_is_pending(state, record_type),
            raised=days.raised,
            raised_in_record=days.raised_in_record,
            deciding=deciding,
            decided=days.decided,
            decided_in_record=days.decided_in_record,
            odd_date=days.odd_date,
            affects=_references(state, record_type, "affects", self.names),
            supersedes=supersedes,
            superseded_by=superseded_by,
            approval=_approval(state, record_type, deciding),
            edits=_edits(record, record_type, deciding),
            told=told,
            told_days=told_days,
            as_of=self.as_of,
        )

    def _days(
        self,
        record: RecordHistory,
        record_type: RecordType,
        state: RecordState,
        deciding: Entry | None,
        landed: dt.date | None,
    ) -> _Days:
        """When a decision was raised and decided.

        A secretary records a decision some days after the meeting that took it: the day that the record names is the
        better one. It must lie between the day on which the question was raised and that on which the decision landed;
        else it is the date of something else, or mistyped, and the day of the landing is what git knows.
        Where a record first lands already decided, that day says nothing of when the question was raised.
        """
        end = landed or self.as_of
        raised = _date(state, record_type, "raised")
        raised = raised if raised is not None and raised <= end else None
        claimed = _date(state, record_type, "date") if deciding is not None else None
        fits = claimed is not None and (landed is None or claimed <= landed) and (raised is None or claimed >= raised)
        decided = claimed if fits else landed
        first = record.entries[0] if record.entries else None
        first_day = self._day(first.landing) if first is not None else None
        is_late = first is deciding or (decided is not None and first_day is not None and first_day > decided)
        return _Days(
            raised=raised or (None if is_late else first_day),
            raised_in_record=raised is not None,
            decided=decided,
            decided_in_record=fits,
            odd_date=claimed is not None and not fits,
        )

    def _day(self, landing: Landing) -> dt.date | None:
        when = landing.landed.when
        return self.configuration.day_of(when) if when is not None else None


@dataclass(frozen=True, slots=True)
class _Days:
    """See the fields of the same names of `Decision`."""

    raised: dt.date | None
    raised_in_record: bool
    decided: dt.date | None
    decided_in_record: bool
    odd_date: bool


def _lifecycle(record_type: RecordType) -> Lifecycle | None:
    status = record_type.with_role("status")
    return status.lifecycle if status is not None and status.publish else None


def _value(state: RecordState, record_type: RecordType, role: str) -> Value:
    field = record_type.with_role(role)
    return state.version.fields.get(field.name) if field is not None and state.version is not None else None


def _date(state: RecordState, record_type: RecordType, role: str) -> dt.date | None:
    value = _value(state, record_type, role)
    return value if isinstance(value, dt.date) else None


def _is_pending(state: RecordState, record_type: RecordType) -> bool:
    lifecycle = _lifecycle(record_type)
    status = _value(state, record_type, "status")
    return lifecycle is not None and status in lifecycle.transitions and status not in lifecycle.final


def _deciding(record: RecordHistory, record_type: RecordType) -> Entry | None:
    """The entry by which the status of a record first became final."""
    lifecycle = _lifecycle(record_type)
    final = lifecycle.final if lifecycle is not None else frozenset()
    position = next((start for start, state in record.states if _value(state, record_type, "status") in final), None)
    return next((entry for entry in record.entries if entry.landing.position == position), None)


def _references(state: RecordState, record_type: RecordType, role: str, names: PortfolioNames) -> tuple[RecordKey, ...]:
    """The records that a field leads to, each once; a reference that may mean several, or none, is left out."""
    field = record_type.with_role(role)
    value = _value(state, record_type, role)
    words = value if isinstance(value, tuple) else (value,)
    found = (names.keys_of(field.to, word) for word in words if field is not None and isinstance(word, str))
    return tuple(dict.fromkeys(keys[0] for keys in found if len(keys) == 1 and keys[0] != state.key))


def _approval(state: RecordState, record_type: RecordType, deciding: Entry | None) -> Approval:
    if deciding is not None and deciding.landing.approvals:
        return Approval(Evidence.COMMIT, trailers=deciding.landing.approvals)
    value = _value(state, record_type, "approver")
    people = tuple(one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str) and one)
    return Approval(Evidence.DECLARED, declared=people) if people else Approval(Evidence.NONE)


def _edits(record: RecordHistory, record_type: RecordType, deciding: Entry | None) -> tuple[Entry, ...]:
    """What changed a decision after it was one."""
    if deciding is None:
        return ()
    later = (entry for entry in record.entries if entry.landing.position > deciding.landing.position)
    return tuple(entry for entry in later if _rewrites(entry, record_type))


def _rewrites(entry: Entry, record_type: RecordType) -> bool:
    for change in entry.changes:
        if not change.kind.is_event:
            fields = fields_at(record_type, change.field)
            if not fields or fields[0].role not in LATER_ROLES:
                return True
    return False


def _first_filled(record: RecordHistory, field: Field | None) -> Entry | None:
    """The entry that first gave a field a value."""
    if field is None:
        return None
    filled = (
        start
        for start, state in record.states
        if state.version is not None and state.version.fields.get(field.name) not in (None, "", ())
    )
    position = next(filled, None)
    return next((entry for entry in record.entries if entry.landing.position == position), None)
