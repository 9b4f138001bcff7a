"""Since when a record stands as it does: its history and a field in, the entry that gave the present value out."""

from __future__ import annotations

from minutebook.model.change import Entry
from minutebook.model.portfolio import RecordHistory


def since_when(record: RecordHistory, field: str) -> Entry | None:
    """The entry from which on a top-level field has its present value; None: the history tells of none."""
    return next(
        (entry for entry in reversed(record.entries) if any(change.field == field for change in entry.changes)), None
    )
