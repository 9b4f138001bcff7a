"""The history up to a mainline position, without what must not be published: a History in, a smaller History out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from minutebook.history.misspelt import sounds_hidden
from minutebook.history.places import steps_of
from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.configuration import Configuration
from minutebook.model.note import DOUBTS, HINTS
from minutebook.model.portfolio import Gap, History, RecordHistory, RecordState, records_by_key
from minutebook.model.record import RecordVersion
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Impossible, Value


def published_history(history: History, configuration: Configuration, position: int) -> History:
    """`history` as a reader may see it: nothing after `position`, no type and no field that says `publish: false`.

    Doubts of such types are kept: they name no value. A record that did not exist yet is left out; one that was renamed
    later has the key that it had then.
    """
    types = {name for name, record_type in configuration.types.items() if record_type.publish}
    secretive = {
        name for name, record_type in configuration.types.items() if any(field.hides for field in record_type.fields)
    }
    if position >= history.commits - 1 and not secretive and len(types) == len(configuration.types):
        return history
    found = (
        _cut_record(record, position, configuration.types[record.key.type] if record.key.type in secretive else None)
        for record in history.records.values()
        if record.key.type in types
    )
    records = records_by_key((record for record in found if record is not None), configuration.types)
    seen = {entry.landing.position for record in records.values() for entry in record.entries}
    return History(
        commit=history.commit,
        records=records,
        landings=tuple(landing for landing in history.landings if landing.position in seen),
        commits=position + 1,
        clocks=history.clocks[: position + 1],
        notes=tuple(
            note
            for note in history.notes
            if note.kind in DOUBTS | HINTS
            or (note.record_type if note.key is None else note.key.type) in (None, *types)
        ),
    )


def _cut_record(record: RecordHistory, position: int, secretive: RecordType | None) -> RecordHistory | None:
    """A record up to a position. `secretive` is its type, where that has fields that are not published."""
    states = tuple((start, _without(state, secretive)) for start, state in record.states if start <= position)
    if not states:
        return None
    entries = (_entry_without(entry, secretive) for entry in record.entries if entry.landing.position <= position)
    return RecordHistory(
        key=states[-1][1].key,
        states=states,
        entries=tuple(entry for entry in entries if entry.changes),
        gaps=tuple(_cut_gap(gap, position) for gap in record.gaps if gap.since.position <= position),
        former=tuple(former for former in record.former if former.landing.position <= position),
    )


def _cut_gap(gap: Gap, position: int) -> Gap:
    lasts = gap.until is not None and gap.until.position > position
    return replace(gap, until=None) if lasts else gap


def _without(state: RecordState, secretive: RecordType | None) -> RecordState:
    if secretive is None or state.version is None:
        return state
    return replace(state, version=published_version(secretive, state.version))


def published_version(record_type: RecordType, version: RecordVersion) -> RecordVersion:
    """A version with the values that a reader may see."""
    fields = _published_fields(record_type.fields, version.fields)
    return replace(version, fields=fields, undeclared=tuple(name for name in version.undeclared if name in fields))


def _published_fields(fields: tuple[Field, ...], values: Fields) -> Fields:
    """The values that a reader may see, parts of items and objects included.

    Undeclared ones are kept, but for those whose names are almost that of one that is not published.
    """
    declared = {field.name: field for field in fields}
    return {
        name: _published_value(declared[name], value) if name in declared else value
        for name, value in values.items()
        if (declared[name].publish if name in declared else not sounds_hidden(name, fields))
    }


def _published_value(field: Field, value: Value) -> Value:
    """A value of a published field, without the parts that are not."""
    if not field.hides:
        return value
    if isinstance(value, tuple):
        return tuple(_published_item(field, item) for item in value)
    if isinstance(value, Mapping) and field.type is FieldType.ITEMS:
        return {id_: _published_item(field, item) for id_, item in value.items()}
    return _published_item(field, value)


def _published_item(field: Field, item: Value) -> Value:
    if isinstance(item, Impossible) and field.hides:
        return Impossible("…", item.reason)
    return _published_fields(field.fields, item) if isinstance(item, Mapping) else item


def _entry_without(entry: Entry, secretive: RecordType | None) -> Entry:
    if secretive is None:
        return entry
    kept = (_change_without(change, secretive) for change in entry.changes)
    return replace(entry, changes=tuple(change for change in kept if change is not None))


def _change_without(change: Change, record_type: RecordType) -> Change | None:
    """A change without what is not published; None: all of it is not."""
    if change.kind.is_event or change.kind is ChangeKind.MARKDOWN:
        return change
    field: Field | None = None
    parts = record_type.fields
    path = change.field
    for step in steps_of(path):
        field = next((part for part in parts if part.name == step.name), None)
        if field is None:
            # The rest is the name of a field that is not declared, whatever signs it holds.
            return None if sounds_hidden(path, parts) else change
        path = path[len(step.written) + 1 :]
        if not field.publish:
            return None
        parts = field.fields
    if field is None or not field.hides:
        return change
    clean = _published_item if change.kind is ChangeKind.ITEM else _published_value
    return replace(change, before=clean(field, change.before), after=clean(field, change.after))
