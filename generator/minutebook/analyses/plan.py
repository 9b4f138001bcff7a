"""How things stand against their plan: fields of a record or an item in; its slip and the step that comes next out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from minutebook.analyses.ending import ending_of, is_secret, open_items
from minutebook.model.record_type import Field, RecordType
from minutebook.model.value import Fields

STEP_ROLES = ("milestones", "roadmap", "actions")
"""Lists of what is to be done: the first that has an open item with a day to come tells what is next."""
SLIP_ROLES = ("baseline", "due", "done")
"""The day that was approved, and those that may have taken its place: the last that is known counts."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The open item of a record that is due first of those whose day is still to come."""

    items: Field
    """The list that holds it."""
    name: str
    """Its id; empty: it has none."""
    item: Fields
    due: dt.date


def next_step(record_type: RecordType, values: Fields, as_of: dt.date) -> NextStep | None:
    """What is to be done next; None: nothing that has a day to come, or it is not published what is done."""
    if is_secret(record_type, "status"):
        return None
    ending = ending_of(record_type, values)
    for role in STEP_ROLES:
        items = record_type.published_role(role)
        due = items.published_role("due") if items is not None else None
        if items is None or due is None:
            continue
        steps = [
            NextStep(items, name, item, day)
            for name, item in open_items(items, values.get(items.name), ending)
            if isinstance(day := item.get(due.name), dt.date) and day >= as_of
        ]
        if steps:
            return min(steps, key=lambda step: step.due)
    return None


@dataclass(frozen=True, slots=True)
class Slip:
    """How far an item is from its plan."""

    planned: dt.date
    """The day that was approved."""
    day: dt.date
    """The day on which it was done, else is due."""


def slip_of(items: Field, item: Fields, as_of: dt.date | None) -> Slip | None:
    """The approved day of an item and the day that it was done, else is due; None: the slip cannot be told.

    What was due before `as_of` and is not known to be done did not keep its day: it is neither on plan nor early.
    """
    fields = [items.published_role(role) for role in SLIP_ROLES]
    baseline, due, done = [item.get(field.name) if field is not None else None for field in fields]
    day = done if isinstance(done, dt.date) else due
    if not isinstance(baseline, dt.date) or not isinstance(day, dt.date):
        return None
    has_passed = day is due and as_of is not None and day < as_of
    return None if has_passed and day <= baseline else Slip(baseline, day)
