"""A register's bytes, version after version -> the entries that each edit took out and put in; the rest is not read."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from minutebook.records.common_ends import same_from_end, same_from_start
from minutebook.records.document import ParsedRecord, ParseFailure, decode, record_of
from minutebook.records.register import NotInPieces, RegisterEntry, RegisterReader
from minutebook.records.scan import SIZE_LIMIT

_START = re.compile(rb"\n(?=[^ \n\r#])")
"""Before a line with which a piece begins, whatever the file ends its lines with."""

_NO_START = b" \n\r#"
"""Bytes with which the first line of a piece does not begin."""


class Edit(NamedTuple):
    """What the next version of a register says in the place of what the one before said. All other entries stayed.

    An entry in both stayed too: it moved, or it stands beside one that changed.
    """

    gone: tuple[ParsedRecord, ...]
    """Entries of the version before, in its order."""
    fresh: tuple[ParsedRecord, ...]
    """Entries of the next version, in its order."""
    whole: bool
    """Whether there is no version before: `fresh` is all that the register holds."""


class LiveRegister:
    """One register as it goes from version to version."""

    def __init__(self, pieces: RegisterReader) -> None:
        """Begin before the first version. `pieces` remembers the pieces of any number of registers."""
        self._pieces = pieces
        self._content = b""
        """The version before, which could be read in pieces."""
        self._is_list: bool | None = None
        """Whether that is a list, not a mapping; None: it has no entry."""
        self._keys: set[str] = set()
        """Its keys, where it is a mapping."""
        self._begun = False

    def take(self, content: bytes) -> Edit | None:
        """Compare the next version with the one before, which it becomes.

        None: only reading it whole tells what it holds, or why it gives nothing; the version after it is compared with
        nothing.
        """
        try:
            return self._compare(content)
        except NotInPieces:
            self.forget()
            return None

    def forget(self) -> None:
        """Compare the next version with nothing."""
        self._content, self._is_list, self._keys, self._begun = b"", None, set(), False

    def _compare(self, content: bytes) -> Edit:
        if len(content) > SIZE_LIMIT:
            raise NotInPieces
        head, tail = _unchanged_ends(self._content, content)
        gone = self._entries(self._content[head : len(self._content) - tail], at_top=head == 0)
        fresh = self._entries(content[head : len(content) - tail], at_top=head == 0)
        self._replace_keys(gone, fresh)
        edit = Edit(_records_of(gone), _records_of(fresh), whole=not self._begun)
        self._content, self._begun = content, True
        return edit

    def _entries(self, part: bytes, *, at_top: bool) -> list[RegisterEntry]:
        """The entries of a part of a version. A byte order mark is none but at the top of the file."""
        text = decode(part)
        if isinstance(text, ParseFailure) or (not at_top and part.startswith(codecs.BOM_UTF8)):
            raise NotInPieces
        return [entry for entry, _ in self._pieces.read_part(text)]

    def _replace_keys(self, gone: list[RegisterEntry], fresh: list[RegisterEntry]) -> None:
        """Note what the entries are; raises NotInPieces for what no register may hold, which is told with its line."""
        if fresh:
            is_list = fresh[0].id is None
            if self._is_list not in (None, is_list):
                raise NotInPieces
            self._is_list = is_list
        keys = [entry.id for entry in fresh if entry.id is not None]
        self._keys.difference_update(entry.id for entry in gone if entry.id is not None)
        if len(set(keys)) < len(keys) or not self._keys.isdisjoint(keys):
            raise NotInPieces
        self._keys.update(keys)


def _records_of(entries: list[RegisterEntry]) -> tuple[ParsedRecord, ...]:
    return tuple(record_of(entry, 0) for entry in entries)


def _unchanged_ends(before: bytes, after: bytes) -> tuple[int, int]:
    """How many bytes at the beginning and at the end of two versions are the same, and whole pieces in both."""
    same = same_from_start(before, after)
    # The piece in which they part begins, in both, with the last line whose first byte they have in common.
    newline = before.rfind(b"\n", 0, same)
    while newline >= 0 and (newline + 1 == same or before[newline + 1] in _NO_START):
        newline = before.rfind(b"\n", 0, newline)
    head = newline + 1
    same = same_from_end(before, after, min(len(before), len(after)) - head)
    found = _START.search(before, len(before) - same)
    return head, 0 if found is None else len(before) - found.end()
