"""Registers: their contents, version after version, in; the records that each edit changed out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from minutebook.history.identity import EditedRegister
from minutebook.model.record import FileVersion, RecordKey, RecordVersion, Unreadable
from minutebook.records.document import Parsed, ParsedRecord, ParseFailure, Reader
from minutebook.records.live_register import Edit, LiveRegister
from minutebook.records.paths import FileKind, Match
from minutebook.records.values import VersionReader

_Mark: TypeAlias = tuple[str | None, str]
"""An entry's key and fingerprint: the same where the file says the same."""


@dataclass(slots=True)
class _Register:
    """One register as its last readable version had it."""

    live: LiveRegister
    records: dict[_Mark, RecordVersion] = field(default_factory=dict)
    keys: set[RecordKey] = field(default_factory=set)
    """Folded."""


class Registers:
    """All registers. Of hundreds of records an edit changes one: only what stands around it is read and compared."""

    def __init__(self) -> None:
        """Begin before the first version of any."""
        self._reader = Reader()
        self._meanings = VersionReader()
        self._registers: dict[str, _Register] = {}
        """By path."""

    def take(self, match: Match, path: str, blob: str, content: bytes) -> FileVersion | EditedRegister:
        """What the next version of the register at a path says.

        Records that did not change are the very objects that the last readable version gave. Only what changed is
        given where the last version at this path could be read, unless `forget` was called since.
        """
        register = self._registers.get(path)
        if register is None:
            register = self._registers[path] = _Register(LiveRegister(self._reader.registers))
        edit = register.live.take(content)
        if edit is None:
            parsed = self._reader.parse(FileKind.REGISTER, content)
            if isinstance(parsed, ParseFailure):
                return self._meanings.versions(match, path, blob, parsed)
            edit = Edit((), parsed.records, whole=True)
        says = self._apply(edit, register, match, path, blob)
        if says is None:
            # No id, or one that stands twice: only the whole register tells where.
            register.live.forget()
            return self._meanings.versions(match, path, blob, self._reader.parse(FileKind.REGISTER, content))
        return says

    def forget(self, path: str) -> None:
        """Tell that a path has no register now: the next one is given with all its records."""
        if path in self._registers:
            self._registers[path].live.forget()

    def _apply(
        self, edit: Edit, register: _Register, match: Match, path: str, blob: str
    ) -> FileVersion | EditedRegister | None:
        """What an edit says; None, and nothing is noted, where a record of it has no id or one that is taken."""
        marks = register.records if edit.whole else map(_mark, edit.gone)
        before = dict.fromkeys(marks)
        after = {_mark(record): record for record in edit.fresh}
        coming = [mark for mark in after if mark not in before]
        leaving = [mark for mark in before if mark not in after]
        found = self._meanings.versions(match, path, blob, Parsed(tuple(after[mark] for mark in coming)))
        if isinstance(found, Unreadable) or len(after) < len(edit.fresh):
            return None
        given_up = dict.fromkeys(register.records[mark].key.folded for mark in leaving)
        taken = dict.fromkeys(version.key.folded for version in found)
        if any(key in register.keys and key not in given_up for key in taken):
            return None
        for mark in leaving:
            del register.records[mark]
        register.records.update(zip(coming, found, strict=True))
        register.keys.difference_update(given_up)
        register.keys.update(taken)
        if edit.whole:
            return tuple(register.records[mark] for mark in after)
        return EditedRegister(tuple(key for key in given_up if key not in taken), found)


def _mark(record: ParsedRecord) -> _Mark:
    return record.id, record.fingerprint
