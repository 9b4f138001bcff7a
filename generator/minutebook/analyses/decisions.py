"""How each decision came about: a Portfolio and a day in; when raised and decided, who approved, what came after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from minutebook.analyses.acts import landed_on
from minutebook.analyses.outcome import Course, course_of, edits_of, held_since, is_open, lifecycle_of, overturned
from minutebook.analyses.supersession import Chain, chains_of
from minutebook.history.names import PortfolioNames
from minutebook.model.change import Entry
from minutebook.model.commit import Landing, Trailer
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio, RecordHistory, RecordState
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, RecordType
from minutebook.model.value import texts_of

RESTS_ON = ("raised", "date", "approver", "affects", "body", "owner")
"""Roles of which a page would say that there is nothing, where there may be something that is not published."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a decision, as far as is known."""

    trailers: tuple[Trailer, ...] = ()
    """Of the commit that landed it. They only prove that somebody typed them."""
    declared: tuple[str, ...] = ()
    """People as the record names them, those of the commit perhaps among them."""


@dataclass(frozen=True, slots=True)
class Step:
    """A status that a decision reached: when, and who let it in."""

    entry: Entry
    landed: dt.date | None
    """The day on which it landed; None: its commit has no valid date."""
    day: dt.date | None
    """The day on which it took place; None: not known, or `hidden`."""
    day_in_record: bool
    """Whether the record says so; False: it is the day on which it landed."""
    odd_date: bool
    """Whether the record names a day that cannot be: before it was raised or opened again, or after it had landed."""
    approval: Approval


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
    taken: Step | None
    """How its status became final, the last time; None: it never did."""
    earlier: tuple[Entry, ...]
    """The entries by which it had become final before that, and did not stay so, oldest first."""
    overturned: str | None
    """The status that was decided, where it has another final one now that may not follow; None: it stands."""
    affects: tuple[RecordKey, ...]
    supersedes: tuple[RecordKey, ...]
    superseded_by: tuple[RecordKey, ...]
    held: Step | None
    """How it came to wait in a status that is not the first of its lifecycle; None: it does not wait in such a one."""
    planned: dt.date | None
    """The day that the record of one that waits names: of a meeting to come, or of one that did not decide it."""
    edits: tuple[Entry, ...]
    """Entries after the deciding one that changed what was decided, oldest first."""
    told: Entry | None
    """The entry that first named who was told; None: none did."""
    told_days: int | None
    """Days from that of the decision, or of `held`, to that entry; None: nobody is named, or before, or not known."""
    hidden: frozenset[str]
    """Roles of fields that figures of a decision rest on and that its type does not publish, out of `RESTS_ON`."""
    as_of: dt.date

    @property
    def deciding(self) -> Entry | None:
        """The entry by which its status became final, the last such; None: it never did."""
        return self.taken.entry if self.taken is not None else None

    @property
    def landed(self) -> dt.date | None:
        """The day on which the decision landed; None: it did not, or its commit has no valid date."""
        return self.taken.landed if self.taken is not None else None

    @property
    def decided(self) -> dt.date | None:
        """The day on which it was decided; None: it was not, its commit has no valid date, or `hidden`."""
        return self.taken.day if self.taken is not None else None

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


def median_days(days: list[int]) -> float | None:
    """The middle one of some spans, or what lies between the middle two; None: there are none."""
    if not days:
        return None
    middle = median(days)
    return int(middle) if middle == int(middle) else middle


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
        hidden = hidden_roles(record_type)
        is_pending = is_open(state, record_type)
        deciding = course.deciding[-1] if course.deciding else None
        raised = self._raised(state, record_type, deciding)
        reopened = self._day(course.reopened.landing) if course.reopened is not None else None
        declared = _declared(state, record_type)
        taken = held = None
        if deciding is not None:
            taken = self._step(deciding, (raised, reopened), state, record_type, declared)
            # They approved what was decided, not that it waits again.
            declared = ()
        holding = held_since(record, record_type)
        if holding is not None:
            held = self._step(holding, (raised, taken.landed if taken else None), state, record_type, declared)
        told = _first_filled(record, record_type.published_role("told"))
        return Decision(
            key=record.key,
            removed=state.removed,
            is_pending=is_pending,
            raised=raised or (None if "raised" in hidden else self._first_day(record, course, taken)),
            raised_in_record=raised is not None,
            taken=taken,
            earlier=course.deciding[:-1],
            overturned=overturned(record, record_type, deciding),
            affects=_references(state, record_type, "affects", self.names),
            supersedes=supersedes,
            superseded_by=superseded_by,
            held=held,
            planned=state.day_of(record_type, "date") if is_pending else None,
            edits=edits_of(record, record_type, deciding),
            told=told,
            told_days=self._told_days(told, held or taken),
            hidden=hidden,
            as_of=self.as_of,
        )

    def _told_days(self, told: Entry | None, step: Step | None) -> int | None:
        if told is None or step is None or told.landing.position < step.entry.landing.position:
            return None
        day = self._day(told.landing)
        return (day - step.day).days if day is not None and step.day is not None and day >= step.day else None

    def _raised(self, state: RecordState, record_type: RecordType, deciding: Entry | None) -> dt.date | None:
        """The day on which it was raised as the record says; None: it names none, or one that cannot be."""
        claimed = state.day_of(record_type, "raised")
        last = self._day(deciding.landing) if deciding is not None else None
        return claimed if claimed is not None and claimed <= (last or self.as_of) else None

    def _first_day(self, record: RecordHistory, course: Course, taken: Step | None) -> dt.date | None:
        """The day on which the record first landed; None where that says nothing of when the question was raised.

        It says nothing where the record first landed already decided.
        """
        first = record.entries[0] if record.entries else None
        day = self._day(first.landing) if first is not None else None
        is_late = first in course.deciding or (taken and taken.day and day and day > taken.day)
        return None if is_late else day

    def _step(
        self,
        entry: Entry,
        not_before: tuple[dt.date | None, ...],
        state: RecordState,
        record_type: RecordType,
        declared: tuple[str, ...],
    ) -> Step:
        """When a status was reached.

        A secretary records a decision some days after the meeting that took it: the day that the record names is the
        better one. It must lie between the day on which the question was raised, or was open again, and that on which
        the status landed; else it is the date of something else, or mistyped, and the day of the landing is what git
        knows. A day that the record may name and that is not published is not known: no other day takes its place.
        """
        hidden = hidden_roles(record_type)
        landed = self._day(entry.landing)
        claimed = state.day_of(record_type, "date")
        bounds = [day for day in not_before if day is not None]
        fits = claimed is not None and (landed is None or claimed <= landed) and all(claimed >= day for day in bounds)
        return Step(
            entry=entry,
            landed=landed,
            day=claimed if fits else None if "date" in hidden else landed,
            day_in_record=fits,
            odd_date=claimed is not None and not fits,
            approval=Approval(entry.landing.approvals, declared),
        )

    def _day(self, landing: Landing) -> dt.date | None:
        return landed_on(landing.landed, self.configuration)


def _references(state: RecordState, record_type: RecordType, role: str, names: PortfolioNames) -> tuple[RecordKey, ...]:
    """The records that a field leads to, each once; a reference that may mean several, or none, is left out."""
    field = record_type.published_role(role)
    if field is None:
        return ()
    found = (names.key_of(field.to, word) for word in texts_of(state.value_of(record_type, role)))
    return tuple(dict.fromkeys(key for key in found if key is not None and key != state.key))


def _declared(state: RecordState, record_type: RecordType) -> tuple[str, ...]:
    return tuple(filter(None, texts_of(state.value_of(record_type, "approver"))))


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
