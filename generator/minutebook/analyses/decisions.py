"""How each decision came about: a Portfolio and a day in; when raised and decided, who approved, what came after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from statistics import median_low

from minutebook.analyses.outcome import Course, course_of, edits_of, lifecycle_of, overturned
from minutebook.analyses.supersession import Chain, chains_of
from minutebook.history.names import PortfolioNames
from minutebook.model.change import Entry
from minutebook.model.commit import Landing, Trailer
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio, RecordHistory, RecordState
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, RecordType

RESTS_ON = ("raised", "date", "approver", "affects", "body", "owner")
"""Roles of which a page would say that there is nothing, where there may be something that is not published."""


class Evidence(Enum):
    """What an approval rests on, the stronger first. A trailer only proves that somebody typed it."""

    COMMIT = "in the commit"
    DECLARED = "declared in the record"
    HIDDEN = "not published"
    """No commit names anybody, and the field that may do is not published."""
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
    """The day on which the question was asked; None: it is not known, or `hidden`."""
    raised_in_record: bool
    """Whether the record says so; False: it is the day on which the record first landed."""
    deciding: Entry | None
    """The entry by which its status became final, the last such; None: it never did."""
    earlier: tuple[Entry, ...]
    """The entries by which it had become final before that, and did not stay so, oldest first."""
    overturned: str | None
    """The status that was decided, where it has another final one now that may not follow; None: it stands."""
    landed: dt.date | None
    """The day on which the decision landed; None: it did not, or its commit has no valid date."""
    decided: dt.date | None
    """The day on which it was decided; None: it was not, its commit has no valid date, or `hidden`."""
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
    """Days from the day of the decision to that entry; None: nobody is named, it was named before, or not known."""
    hidden: frozenset[str]
    """Roles of fields that figures of a decision rest on and that its type does not publish, out of `RESTS_ON`."""
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
        one for one in configuration.types.values() if one.publish and one.with_role("affects") and lifecycle_of(one)
    )


def hidden_roles(record_type: RecordType) -> frozenset[str]:
    """Those of `RESTS_ON` for which a type has a field that is not published."""
    return frozenset(
        role for role in RESTS_ON if record_type.with_role(role) and record_type.published_role(role) is None
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
        course = course_of(record, record_type)
        deciding = course.deciding[-1] if course.deciding else None
        landed = self._day(deciding.landing) if deciding is not None else None
        hidden = hidden_roles(record_type)
        days = self._days(record, record_type, state, course, hidden)
        told = _first_filled(record, record_type.published_role("told"))
        return Decision(
            key=record.key,
            removed=state.removed,
            is_pending=_is_pending(state, record_type),
            raised=days.raised,
            raised_in_record=days.raised_in_record,
            deciding=deciding,
            earlier=course.deciding[:-1],
            overturned=overturned(record, record_type, deciding),
            landed=landed,
            decided=days.decided,
            decided_in_record=days.decided_in_record,
            odd_date=days.odd_date,
            affects=_references(state, record_type, "affects", self.names),
            supersedes=supersedes,
            superseded_by=superseded_by,
            approval=_approval(state, record_type, deciding, hidden),
            edits=edits_of(record, record_type, deciding),
            told=told,
            told_days=self._told_days(told, deciding, days.decided),
            hidden=hidden,
            as_of=self.as_of,
        )

    def _told_days(self, told: Entry | None, deciding: Entry | None, decided: dt.date | None) -> int | None:
        if told is None or deciding is None or told.landing.position < deciding.landing.position:
            return None
        day = self._day(told.landing)
        return (day - decided).days if day is not None and decided is not None and day >= decided else None

    def _days(
        self,
        record: RecordHistory,
        record_type: RecordType,
        state: RecordState,
        course: Course,
        hidden: frozenset[str],
    ) -> _Days:
        """When a decision was raised and decided.

        A secretary records a decision some days after the meeting that took it: the day that the record names is the
        better one. It must lie between the day on which the question was raised, or was open again, and that on which
        the decision landed; else it is the date of something else, or mistyped, and the day of the landing is what git
        knows. Where a record first lands already decided, that day says nothing of when the question was raised.
        A day that the record may name and that is not published is not known: no other day takes its place.
        """
        deciding = course.deciding[-1] if course.deciding else None
        landed = self._day(deciding.landing) if deciding is not None else None
        raised = _date(state, record_type, "raised")
        raised = raised if raised is not None and raised <= (landed or self.as_of) else None
        claimed = _date(state, record_type, "date") if deciding is not None else None
        reopened = self._day(course.reopened.landing) if course.reopened is not None else None
        bounds = [day for day in (raised, reopened) if day is not None]
        fits = claimed is not None and (landed is None or claimed <= landed) and all(claimed >= day for day in bounds)
        decided = claimed if fits else None if "date" in hidden else landed
        first = record.entries[0] if record.entries else None
        first_day = self._day(first.landing) if first is not None else None
        is_late = first in course.deciding or (decided is not None and first_day is not None and first_day > decided)
        return _Days(
            raised=raised or (None if is_late or "raised" in hidden else first_day),
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


def _date(state: RecordState, record_type: RecordType, role: str) -> dt.date | None:
    value = state.value_of(record_type, role)
    return value if isinstance(value, dt.date) else None


def _is_pending(state: RecordState, record_type: RecordType) -> bool:
    lifecycle = lifecycle_of(record_type)
    status = state.value_of(record_type, "status")
    return lifecycle is not None and status in lifecycle.transitions and status not in lifecycle.final


def _references(state: RecordState, record_type: RecordType, role: str, names: PortfolioNames) -> tuple[RecordKey, ...]:
    """The records that a field leads to, each once; a reference that may mean several, or none, is left out."""
    field = record_type.published_role(role)
    value = state.value_of(record_type, role)
    words = value if isinstance(value, tuple) else (value,)
    found = (names.keys_of(field.to, word) for word in words if field is not None and isinstance(word, str))
    return tuple(dict.fromkeys(keys[0] for keys in found if len(keys) == 1 and keys[0] != state.key))


def _approval(state: RecordState, record_type: RecordType, deciding: Entry | None, hidden: frozenset[str]) -> Approval:
    if deciding is not None and deciding.landing.approvals:
        return Approval(Evidence.COMMIT, trailers=deciding.landing.approvals)
    value = state.value_of(record_type, "approver")
    people = tuple(one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str) and one)
    if people:
        return Approval(Evidence.DECLARED, declared=people)
    return Approval(Evidence.HIDDEN if "approver" in hidden else Evidence.NONE)


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
