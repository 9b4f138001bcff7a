"""How the status of a decision became final and what became of that: a record and its type in; its entries out."""

from __future__ import annotations

from dataclasses import dataclass

from minutebook.analyses.standing import since_when
from minutebook.history.places import fields_at
from minutebook.model.change import Change, Entry
from minutebook.model.portfolio import RecordHistory, RecordState
from minutebook.model.record_type import Field, Lifecycle, RecordType
from minutebook.model.value import Value

LATER_ROLES = frozenset(["status", "supersedes", "actions", "told"])
"""Roles of fields that are expected to change when a decision has been taken: no edit of what was decided."""


@dataclass(frozen=True, slots=True)
class Course:
    """How the status of a record became final, perhaps several times."""

    deciding: tuple[Entry, ...]
    """The entries by which it did, oldest first."""
    reopened: Entry | None
    """The entry after which it was not final any more, before the last of them; None: it had not been final."""


def lifecycle_of(record_type: RecordType) -> Lifecycle | None:
    """The lifecycle that a reader may see; None: the type has none, or its status is not published."""
    status = record_type.published_role("status")
    return status.lifecycle if status is not None else None


def course_of(record: RecordHistory, record_type: RecordType) -> Course:
    """When the status of a record became final, and stopped being so."""
    lifecycle = lifecycle_of(record_type)
    final = lifecycle.final if lifecycle is not None else frozenset()
    entries = {entry.landing.position: entry for entry in record.entries}
    deciding: list[Entry] = []
    left: Entry | None = None
    reopened: Entry | None = None
    was_final = False
    for start, state in record.states:
        is_final = state.value_of(record_type, "status") in final
        entry = entries.get(start)
        if entry is not None and is_final and not was_final:
            deciding.append(entry)
            reopened = left
        elif was_final and not is_final:
            left = entry
        was_final = is_final
    return Course(tuple(deciding), reopened)


def held_since(record: RecordHistory, record_type: RecordType) -> Entry | None:
    """The entry by which a record reached the status that it waits in; None: that is the first one, or it is final."""
    status = record_type.published_role("status")
    if status is None or status.lifecycle is None:
        return None
    waiting = [one for one in status.lifecycle.transitions if one not in status.lifecycle.final]
    now = record.last.value_of(record_type, "status")
    return since_when(record, status.name) if now in waiting[1:] else None


def is_open(state: RecordState, record_type: RecordType) -> bool:
    """Whether a question waits for a decision: its status is one of its lifecycle, and not a final one."""
    lifecycle = lifecycle_of(record_type)
    status = state.value_of(record_type, "status")
    return lifecycle is not None and status in lifecycle.transitions and status not in lifecycle.final


def overturned(record: RecordHistory, record_type: RecordType, deciding: Entry | None) -> str | None:
    """The status that was decided, where another final one stands now to which its lifecycle does not lead."""
    lifecycle = lifecycle_of(record_type)
    if deciding is None or lifecycle is None:
        return None
    decided = next(
        state.value_of(record_type, "status") for start, state in record.states if start == deciding.landing.position
    )
    now = record.last.value_of(record_type, "status")
    if not isinstance(decided, str) or now not in lifecycle.final:
        return None
    return None if now in _may_follow(decided, lifecycle) else decided


def _may_follow(status: str, lifecycle: Lifecycle) -> set[str]:
    """A final status, and those final ones that are expected to follow it, one after another."""
    found = [status]
    for one in found:
        found += [after for after in _final_after(one, lifecycle) if after not in found]
    return set(found)


def _final_after(status: Value, lifecycle: Lifecycle) -> list[str]:
    """The final states to which a lifecycle leads from a status at once."""
    following = lifecycle.transitions.get(status, ()) if isinstance(status, str) else ()
    return [one for one in following if one in lifecycle.final]


def edits_of(record: RecordHistory, record_type: RecordType, deciding: Entry | None) -> tuple[Entry, ...]:
    """The entries after the deciding one that changed what was decided, oldest first.

    They end where the question was open again: whoever works on it then edits no decision.
    """
    if deciding is None:
        return ()
    start = deciding.landing.position
    later = (position for position, state in record.states if position > start and is_open(state, record_type))
    end = next(later, None)
    decided = (
        entry
        for entry in record.entries
        if start < entry.landing.position and (end is None or entry.landing.position < end)
    )
    return tuple(entry for entry in decided if _rewrites(entry, record_type))


def _rewrites(entry: Entry, record_type: RecordType) -> bool:
    status = record_type.published_role("status")
    for change in entry.changes:
        if not change.kind.is_event:
            fields = fields_at(record_type, change.field)
            if status is not None and fields == (status,):
                if not _is_expected(change, status):
                    return True
            elif not fields or fields[0].role not in LATER_ROLES:
                return True
    return False


def _is_expected(change: Change, status: Field) -> bool:
    """Whether a status changed as it may once it is final: to another final one that its lifecycle lets follow."""
    lifecycle = status.lifecycle
    if lifecycle is None or change.before not in lifecycle.final:
        return True
    return change.after in _final_after(change.before, lifecycle)
