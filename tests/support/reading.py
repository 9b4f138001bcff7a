"""A repository and the text of a portfolio.yml in, its History out, as any caller of the engine gets it."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from minutebook.cache import Cache
from minutebook.history.portfolio import read_history
from minutebook.model.change import Change
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.model.portfolio import History, RecordHistory
from minutebook.model.record import RecordKey
from minutebook.records.configuration import read_configuration
from minutebook.repository import open_repository

PLANS = """\
format: 1
title: Plans
record_types:
  plan:
    title: Plan
    plural: Plans
    paths: ["plans/{id}.md", "old/{id}.md", "plans/{id}.yml", "registers/plans.yml"]
    fields:
      title:  {type: text, role: title}
      status: {type: status, role: status}
      due:    {type: date, role: due}
      needs:  {type: references, separator: ","}
      steps:  {type: items, fields: {id: {type: id}, due: {type: date}}}
"""
"""A configuration with one simple record type, for tests of histories."""


@functools.cache
def configure(portfolio: str = PLANS) -> Configuration:
    """The configuration that the text of a portfolio.yml gives."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portfolio.yml"
        path.write_text(portfolio)
        return read_configuration(path)


def history_of(
    repository: Path, portfolio: str = PLANS, *, revision: str | None = None, cache: Path | None = None
) -> History:
    """The history of a repository; `cache` is the folder of a cache, None: without one."""
    with open_repository(repository) as opened:
        store = None if cache is None else Cache(cache)
        return read_history(opened, configure(portfolio), revision=revision, cache=store)


def record_of(history: History, record_id: str, record_type: str = "plan") -> RecordHistory:
    """The one record that has, or had, this id. AssertionError where there is none."""
    record = history.find(RecordKey(record_type, record_id))
    assert record is not None, f"no record {record_id} among {[str(key) for key in history.records]}"
    return record


def told(record: RecordHistory) -> list[list[tuple[str, str]]]:
    """For each entry, oldest first, its changes as kind and field."""
    return [[(change.kind.value, change.field) for change in entry.changes] for entry in record.entries]


def changes_of(record: RecordHistory, field: str) -> list[Change]:
    """Every change of one field, oldest first."""
    return [change for entry in record.entries for change in entry.changes if change.field == field]


def notes_of(history: History, kind: NoteKind) -> list[Note]:
    """The notes of one kind."""
    return [note for note in history.notes if note.kind is kind]
