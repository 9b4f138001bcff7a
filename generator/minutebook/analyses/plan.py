"""How things stand against their plan: a record's or an item's fields in; its slip and the step that comes next out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from minutebook.analyses.overdue import is_final, is_secret, open_items
from minutebook.model.record_type import Field, RecordType
from minutebook.model.value import Fields

STEP_ROLES = ("milestones", "roadmap", "actions")
"""Lists of what is to be done: the first that has an open item with a day tells what comes next."""
SLIP_ROLES = ("baseline", "due", "done")
"""The day that was approved, and those that may have taken its place: the last that is known counts."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The open item of a record that is due first."""

    items: Field
    """The list that holds it."""
    name: str
    """Its id; empty: it has none."""
    item: Fields
    due: dt.date


def next_step(record_type: RecordType, values: Fields) -> NextStep | None:
    """What is to be done next; None: nothing that has a day, or it is not published what is done."""
    if is_secret(record_type, "status"):
        return None
    finished = is_final(record_type, values)
    for role in STEP_ROLES:
        items = record_type.published_role(role)
        due = items.published_role("due") if items is not None else None
        if items is None or due is None:
            continue
        steps = [
            NextStep(items, name, item, day)
            for name, item in open_items(items, values.get(items.name), finished=finished)
            if isinstance(day := item.get(due.name), dt.date)
        ]
        if steps:
            return min(steps, key=lambda step: step.due)
    return None


def slip_of(items: Field, item: Fields) -> int | None:
    """Days from the approved day of an item to the day that it was done, else is due; None: there are no such days."""
    fields = [items.published_role(role) for role in SLIP_ROLES]
    baseline, *later = [item.get(field.name) if field is not None else None for field in fields]
    days = [day for day in later if isinstance(day, dt.date)]
    return (days[-1] - baseline).days if days and isinstance(baseline, dt.date) else None
