"""A parsed file and what its path says -> the versions of its records, or why it gives none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from minutebook.model.record import FileVersion, Position, RecordKey, RecordVersion, Unreadable
from minutebook.model.record_type import RecordType
from minutebook.model.value import Fields, Text, Value
from minutebook.records.document import Parsed, ParsedRecord, ParseFailure
from minutebook.records.meaning import undeclared_value, value_of
from minutebook.records.paths import Match
from minutebook.records.yaml_reader import Tree

_MEMO_LIMIT = 65_536
"""Records whose values are remembered at a time."""


class _Typed(NamedTuple):
    """A record's fields with their meaning."""

    fields: Fields
    undeclared: tuple[str, ...]
    key: RecordKey | None
    """None: neither the record, nor its register, nor its path says its id."""
    folded: str
    """The id in the form in which two ids are compared."""


_Memo: TypeAlias = dict[tuple[str, str | None], _Typed]
"""By the record's fingerprint and its key in the register."""


class VersionReader:
    """Gives parsed files their meaning, and remembers it: equal YAML gives the very same `Fields` object."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self._types: dict[str, RecordType] = {}
        self._memos: dict[tuple[object, ...], _Memo] = {}
        """By record type, and by what the path says."""
        self._size = 0

    def versions(
        self, match: Match, path: str, blob: str, parsed: Parsed | ParseFailure, text: Text | None = None
    ) -> FileVersion:
        """The records of the file at `path` whose object id is `blob`, in its order, or why it gives none.

        `text` is what stands in the file beside it, for a type whose text is a file of its own.
        """
        if isinstance(parsed, ParseFailure):
            return Unreadable(path, blob, parsed.reason, parsed.position, parsed.hint)
        memo = self._memo_of(match)
        versions: list[RecordVersion] = []
        seen: dict[str, int] = {}
        for record in parsed.records:
            typed = memo.get((record.fingerprint, record.id))
            if typed is None:
                typed = memo[record.fingerprint, record.id] = _give_meaning(match, record)
                self._size += 1
            if typed.key is None:
                position = Position(record.line, 1)
                return Unreadable(path, blob, "never told which record it is", position, _hint_for_id(match))
            if typed.folded in seen:
                reason = f"the id `{typed.key.id}` stands twice: first on line {seen[typed.folded]}"
                return Unreadable(path, blob, reason, Position(record.line, 1))
            seen[typed.folded] = record.line
            own_text = text
            if record.digest is not None and record.lines is not None:
                own_text = Text(blob, record.digest, record.lines)
            versions.append(RecordVersion(typed.key, path, blob, typed.fields, own_text, typed.undeclared))
        return tuple(versions)

    def _memo_of(self, match: Match) -> _Memo:
        """What is remembered of files of this type whose paths say the same."""
        record_type = match.type
        known = self._types.setdefault(record_type.name, record_type)
        if known is not record_type or self._size > _MEMO_LIMIT:
            # Another configuration, or too much: begin again.
            self._memos.clear()
            self._size = 0
            self._types = {record_type.name: record_type}
        return self._memos.setdefault((record_type.name, match.id, *match.placeholders.items()), {})


_SHARED = VersionReader()


def versions_of(
    match: Match, path: str, blob: str, parsed: Parsed | ParseFailure, text: Text | None = None
) -> FileVersion:
    """As `VersionReader.versions`, with what the whole program remembers."""
    return _SHARED.versions(match, path, blob, parsed, text)


def fields_of(
    record_type: RecordType, tree: Mapping[str, Tree], placeholders: Mapping[str, str]
) -> tuple[Fields, tuple[str, ...]]:
    """The values of a record in the order of the file, then those of its path; and the names its type does not declare.

    Empty values are absent. A placeholder gives the field of its name, unless the record states that itself.
    """
    declared = {field.name: field for field in record_type.fields}
    fields: dict[str, Value] = {}
    undeclared: list[str] = []
    for name, part in tree.items():
        field = declared.get(name)
        value = undeclared_value(part) if field is None else value_of(field, part)
        if value is None:
            continue
        fields[name] = value
        if field is None:
            undeclared.append(name)
    for name, written in placeholders.items():
        field = declared.get(name)
        if name not in fields and field is not None:
            fields[name] = value_of(field, written)
    return fields, tuple(undeclared)


def _give_meaning(match: Match, record: ParsedRecord) -> _Typed:
    """A record's fields and its key: the id is what the record says, else its key in the register, else its path's."""
    fields, undeclared = fields_of(match.type, record.tree, match.placeholders)
    record_id = record.id if record.id is not None else match.id
    id_field = match.type.id_field
    if id_field is not None:
        stated = fields.get(id_field.name)
        if isinstance(stated, str):
            record_id = stated
        elif stated is None and record_id is not None:
            fields = {id_field.name: record_id, **fields}
    if record_id is None:
        return _Typed(fields, undeclared, None, "")
    return _Typed(fields, undeclared, RecordKey(match.type.name, record_id), record_id.casefold())


def _hint_for_id(match: Match) -> str:
    """How a record is given an id."""
    id_field = match.type.id_field
    if id_field is None:
        return "Give its path an {id} in portfolio.yml, or its record type a field of the type id."
    return f"Write `{id_field.name}: ...` into it."
