"""The text of a register -> its entries, each distinct top-level piece parsed once, as an edit changes one of them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from minutebook.model.record import Position
from minutebook.records.scan import is_oversize, refuse_dangerous_yaml
from minutebook.records.yaml_reader import Positions, Tree, YamlProblem, read_yaml

_ODD = re.compile(r"\n(?:---|\.\.\.|[?%\[{\"'|>&*!@`\x85\u2028\u2029]|-[ \x85\u2028\u2029]*(?:#|$))", re.MULTILINE)
"""Lines at which cutting a register in pieces could differ from reading it whole: then it is read whole.

Document marks, complex and quoted keys, flow style, block scalars at the top, indicators, a dash alone; and a line
separator of other worlds, which is read as a space: what follows it is indented, though nobody sees that.
"""

_START = re.compile(r"\n(?=[^ \n#])")
"""Where a piece begins: a line that is neither indented, empty nor a comment. A pattern that begins with a newline is
searched ten times as fast as one that begins with ^."""

_MEMO_LIMIT = 16_000_000
"""Characters of pieces remembered at a time."""


class RegisterEntry(NamedTuple):
    """One record of a register."""

    id: str | None
    """Its key where the register is a mapping; None where it is a list."""
    tree: dict[str, Tree]
    """Shared between equal entries: nobody changes it."""
    fingerprint: str
    """The same for entries read from the same piece of YAML."""
    number: int
    """Its place in a list, from 0; 0 where the register is a mapping."""


class NotInPieces(Exception):
    """Read in pieces, this register, or this part of one, could differ from what it is when it is read whole."""


@dataclass(slots=True)
class RegisterReader:
    """Reads registers and remembers their pieces."""

    _known: dict[str, RegisterEntry] = field(default_factory=dict)
    _size: int = 0

    def read(self, content: str) -> list[tuple[RegisterEntry, int]]:
        """The entries of a decoded register in its order, each with the line it begins on.

        Raises YamlProblem: no YAML, a key twice, an entry that is no mapping, neither a list nor a mapping.
        """
        try:
            return self._in_pieces(content)
        except NotInPieces:
            return read_whole(content)

    def read_part(self, part: str) -> list[tuple[RegisterEntry, str]]:
        """The entries of some lines of a decoded register in their order, each with its piece.

        The first line is that of the register, or one that a piece begins with; after the last, another piece begins,
        or the register ends. Raises NotInPieces.
        """
        lines = f"\n{part}"
        # A byte order mark is read as nothing: wherever it stands, a line may begin otherwise than it seems to.
        if "\t" in part or "\ufeff" in part or _ODD.search(lines):
            raise NotInPieces
        # The newline in front makes the place of a line's newline that of the line itself.
        starts = [*(found.start() for found in _START.finditer(lines)), len(part)]
        head = part[: starts[0]]
        if not _only_comments(head) or refuse_dangerous_yaml(head) is not None:
            raise NotInPieces
        is_list = part.startswith("-", starts[0])
        found: list[tuple[RegisterEntry, str]] = []
        for start, end in pairwise(starts):
            piece = part[start:end]
            entry = self._known.get(piece)
            if entry is None:
                entry = self._parse(piece)
            if (entry.id is None) is not is_list:
                raise NotInPieces
            found.append((entry, piece))
        return found

    def _in_pieces(self, content: str) -> list[tuple[RegisterEntry, int]]:
        """The entries, by pieces; raises NotInPieces wherever that could differ from reading the register whole."""
        # A bound of the whole is no bound of its pieces; reading it whole refuses it.
        if is_oversize(content):
            raise NotInPieces
        found = self.read_part(content)
        line = content.count("\n", 0, len(content) - sum(len(piece) for _, piece in found)) + 1
        entries: list[tuple[RegisterEntry, int]] = []
        seen: set[str] = set()
        for entry, piece in found:
            if entry.id is not None:
                if entry.id in seen:
                    raise YamlProblem(f"the key `{entry.id}` stands twice", Position(line, 1))
                seen.add(entry.id)
            entries.append((entry, line))
            line += piece.count("\n")
        return entries

    def _parse(self, piece: str) -> RegisterEntry:
        """One piece that was not seen before. Errors are left to reading the whole, which knows their place."""
        try:
            found = split_entries(read_yaml(piece), piece)
        except YamlProblem:
            raise NotInPieces from None
        if len(found) != 1:
            raise NotInPieces
        self._size += len(piece) + 200
        if self._size > _MEMO_LIMIT:
            self._known.clear()
            self._size = len(piece) + 200
        self._known[piece] = found[0]
        return found[0]


def read_whole(content: str) -> list[tuple[RegisterEntry, int]]:
    """As `RegisterReader.read`, by one parse of the whole text."""
    positions = Positions()
    entries = split_entries(read_yaml(content, positions), content, positions)
    lines = positions.values if entries and entries[0].id is None else positions.keys
    return [(entry, lines[(entry.number if entry.id is None else entry.id,)].line) for entry in entries]


def split_entries(tree: Tree, source: str = "", positions: Positions | None = None) -> list[RegisterEntry]:
    """The entries of a register's tree; raises YamlProblem where it is no register."""

    def problem(reason: str, place: str | int) -> YamlProblem:
        return YamlProblem(reason, None if positions is None else positions.find(place))

    if tree is None:
        return []
    entries: list[RegisterEntry] = []
    mark = hashlib.blake2b(source.encode(), digest_size=12).hexdigest()
    if isinstance(tree, tuple):
        for index, part in enumerate(tree):
            if not isinstance(part, dict):
                raise problem(f"entry {index + 1} of the register is not a mapping of fields", index)
            entries.append(RegisterEntry(None, part, f"{mark}-{index}", index))
        return entries
    if not isinstance(tree, dict):
        raise problem("a register is a list of records, or a mapping of records by id", 0)
    for name, part in tree.items():
        if part is not None and not isinstance(part, dict):
            raise problem(
                f"`{name}` is not a mapping of fields: a register is a list of records, or a mapping by id", name
            )
        entries.append(RegisterEntry(name, part or {}, f"{mark}-{len(entries)}", 0))
    return entries


def _only_comments(text: str) -> bool:
    """Whether a text has no line but empty lines and comments."""
    return all(not line.strip(" ") or line.startswith("#") for line in text.split("\n"))
