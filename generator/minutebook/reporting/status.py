"""A published portfolio goes in; how every record stands comes out, as tables for a reader or as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minutebook.analyses.standing import since_when
from minutebook.history.names import PortfolioNames, title_of
from minutebook.history.value_words import shorten, word_value
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.model.portfolio import Portfolio, RecordHistory, RecordState
from minutebook.model.record_type import Field, RecordType
from minutebook.reporting.changes import landed_day, place_words
from minutebook.reporting.json_values import Json, json_fields, json_text, json_value
from minutebook.reporting.plain import align, visible

COLUMNS = ("status", "health", "owner", "due")
"""The roles whose fields stand in the tables, in this order, where a type has them."""

LONGEST_CELL = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """The portfolio of which is told, and when."""

    portfolio: Portfolio
    configuration: Configuration
    names: PortfolioNames
    as_of: dt.date | None
    """None: no commit has a valid date."""
    types: tuple[RecordType, ...]
    """The record types asked for, in the order of the configuration."""
    notes: tuple[Note, ...] = ()
    """What is doubtful in the files of the published commit; empty where the portfolio is told of an earlier one."""

    @property
    def last_change(self) -> str:
        """The commit that changed the portfolio last by then, in words."""
        landings = self.portfolio.history.landings
        return f"last changed by {landings[-1].commit.short}" if landings else "no records yet"

    def states(self, record_type: RecordType) -> Iterator[tuple[RecordHistory, RecordState]]:
        """Every record of a type that had been seen by then, with how it stood."""
        for record in self.portfolio.history.records.values():
            state = record.at(self.portfolio.position)
            if state is not None and state.key.type == record_type.name:
                yield record, state


def status_as_text(standing: Standing) -> Iterator[str]:
    """A table for each record type that has records: id, title, status and since when, health, owner, due."""
    day = standing.as_of.isoformat() if standing.as_of is not None else "(no commit has a valid date)"
    yield visible(f"{standing.configuration.title}, as of {day}, {standing.last_change}")
    for record_type in standing.types:
        states = list(standing.states(record_type))
        if states:
            yield ""
            yield from type_lines(record_type, states, standing)
    yield from rival_lines(standing)


def rival_lines(standing: Standing) -> Iterator[str]:
    """The files of today that claim a record which another file is already, below a heading; none where none do."""
    asked = {record_type.name for record_type in standing.types}
    rivals = [
        note
        for note in standing.notes
        if note.kind is NoteKind.DUPLICATE and (note.key is None or note.key.type in asked)
    ]
    if rivals:
        yield from ("", f"Two files, one record ({len(rivals):,})")
    for note in rivals:
        yield visible(f"  {note.place}: {note.message}")


def type_lines(
    record_type: RecordType, states: list[tuple[RecordHistory, RecordState]], standing: Standing
) -> Iterator[str]:
    """The table of one type, and below it what it does not show: records removed, files unreadable."""
    here = [(record, state) for record, state in states if not state.removed]
    removed = len(states) - len(here)
    yield visible(f"{record_type.plural} ({len(here):,}{f', and {removed:,} removed' if removed else ''})")
    declared = [field for role in COLUMNS if (field := record_type.with_role(role)) is not None]
    columns = [
        field
        for field in declared
        if any(state.version is not None and state.version.fields.get(field.name) is not None for _, state in here)
    ]
    head = ["Id", "Title"]
    for field in columns:
        head += [field.title, "Since"] if field.role == "status" else [field.title]
    rows = [[visible(cell) for cell in head]]
    rows += [list(record_cells(record, state, record_type, columns, standing)) for record, state in here]
    yield from align(rows, "  ")
    for _, state in here:
        if state.unreadable is not None:
            place = place_words(state.unreadable)
            yield visible(f"  {place}: {state.key.id} cannot be read: {state.unreadable.reason}")


def record_cells(
    record: RecordHistory,
    state: RecordState,
    record_type: RecordType,
    columns: list[Field],
    standing: Standing,
) -> Iterator[str]:
    """The cells of one record."""
    yield visible(shorten(state.key.id, LONGEST_CELL))
    yield visible(shorten(" ".join((title_of(state, record_type) or "").split()), LONGEST_CELL))
    fields: Mapping[str, object] = state.version.fields if state.version is not None else {}
    for field in columns:
        value = state.version.fields.get(field.name) if state.version is not None else None
        yield visible(shorten(word_value(value, field, standing.names), LONGEST_CELL))
        if field.role == "status":
            since = since_when(record, field.name) if field.name in fields else None
            yield landed_day(since.landing, standing.configuration) if since is not None else ""


def status_as_json(standing: Standing) -> str:
    """Every record that had been seen by then, with each of its fields; those that were removed say so."""
    landings = standing.portfolio.history.landings
    records: list[Json] = [
        record_object(record, state, record_type)
        for record_type in standing.types
        for record, state in standing.states(record_type)
    ]
    return json_text(
        {
            "commit": standing.portfolio.history.commit,
            "as_of": standing.as_of.isoformat() if standing.as_of is not None else None,
            "last_change": landings[-1].commit.id if landings else None,
            "records": records,
        },
        indent=2,
    )


def record_object(record: RecordHistory, state: RecordState, record_type: RecordType) -> dict[str, Json]:
    """One record as it stood: who it is, where it is, what can be said of its file, and what its fields hold."""
    version = state.version
    field = record_type.with_role("status")
    since = since_when(record, field.name) if field is not None else None
    return {
        "record": str(state.key),
        "title": title_of(state, record_type),
        "path": state.path,
        "removed": state.removed,
        "unreadable": state.unreadable.reason if state.unreadable is not None else None,
        "status_since": str(since.landing.landed) if since is not None else None,
        "fields": json_fields(version.fields, record_type.fields) if version is not None else {},
        "undeclared": list[Json](version.undeclared) if version is not None else [],
        "text": json_value(version.text, None) if version is not None else None,
    }
