"""The bytes of a record's file -> text trees of its records, their identity in the file, and a digest of their text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias, assert_never

from minutebook.model.record import FILE_LIMIT, Position
from minutebook.records.paths import FileKind
from minutebook.records.register import RegisterEntry, RegisterReader, split_entries
from minutebook.records.yaml_reader import Positions, Tree, YamlMemo, YamlProblem, read_yaml

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)")
_LFS = b"version https://git-lfs.github.com/spec/"


@dataclass(frozen=True, slots=True)
class ParseFailure:
    """Why a file gives no record."""

    reason: str
    """For a person, without the place."""
    position: Position | None = None
    """In the file; None where it is about the whole."""
    hint: str | None = None
    """How to mend it, where the reason does not say so."""


class ParsedRecord(NamedTuple):
    """One record as its file has it, before its type gives the texts a meaning."""

    id: str | None
    """Its key in a register that is a mapping; None in every other form."""
    tree: Mapping[str, Tree]
    """Its fields in the order of the file. Shared between equal records: nobody changes it."""
    fingerprint: str
    """The same for trees read from the same YAML, so that their values are made once."""
    digest: str | None
    """Hex SHA-256 of its text as `text_of` gives it; None: this form has no text."""
    lines: int | None
    """How many lines that text has; None where digest is."""
    line: int
    """The line of the file on which the record begins, from 1; 0 where only a part of the file was read."""


class Parsed(NamedTuple):
    """All records of one file, in its order; a register may hold none."""

    records: tuple[ParsedRecord, ...]


class FrontMatter(NamedTuple):
    """A document in its two parts."""

    yaml: str
    """Between the dashes; begins on line 2 of the file."""
    text: str
    """The Markdown after them, as written."""
    line: int
    """The line of the file on which the text begins, from 1."""


class Reader:
    """Reads files, and remembers the YAML it has seen, because the next version of a file mostly has the same."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self._front_matters = YamlMemo()
        self.registers = RegisterReader()

    def parse(self, kind: FileKind, data: bytes) -> Parsed | ParseFailure:
        """The records of a file, or why it gives none. The same bytes give an equal result, whatever came before."""
        if kind is FileKind.DOCUMENT:
            return self.parse_document(data)[0]
        content = _decode_record(data)
        if isinstance(content, ParseFailure):
            return content
        match kind:
            case FileKind.DATA:
                return self._data(content)
            case FileKind.REGISTER:
                return self._register(content)
            case _:
                assert_never(kind)

    def parse_document(self, data: bytes) -> tuple[Parsed | ParseFailure, str]:
        """The record of a document, and its text as `text_of` gives it: who wants both decodes the file once."""
        content = _decode_record(data)
        parts = content if isinstance(content, ParseFailure) else split_front_matter(content)
        if isinstance(parts, ParseFailure):
            return parts, ""
        text = normalise_text(parts.text)
        return self._single(parts.yaml, 1, *measure_text(text)), text

    def _data(self, content: str) -> Parsed | ParseFailure:
        """One record without a text."""
        return self._single(content, 0, None, None)

    def _single(self, yaml: str, lines_above: int, digest: str | None, lines: int | None) -> Parsed | ParseFailure:
        """One record from its YAML."""
        try:
            tree = self._front_matters.read(yaml)
        except YamlProblem as problem:
            return _failure(problem, lines_above)
        if tree is None:
            tree = {}
        if not isinstance(tree, dict):
            return ParseFailure(
                "a record is a mapping of fields: write `field: value` lines", Position(lines_above + 1, 1)
            )
        return Parsed((ParsedRecord(None, tree, fingerprint(yaml), digest, lines, lines_above + 1),))

    def _register(self, content: str) -> Parsed | ParseFailure:
        """Many records."""
        try:
            entries = self.registers.read(content)
        except YamlProblem as problem:
            return _failure(problem, 0)
        return Parsed(tuple(record_of(entry, line) for entry, line in entries))


_SHARED = Reader()


def parse_file(kind: FileKind, data: bytes) -> Parsed | ParseFailure:
    """The records of a file, or why it gives none. It depends on nothing but the bytes, and can be kept by content."""
    return _SHARED.parse(kind, data)


def record_of(entry: RegisterEntry, line: int) -> ParsedRecord:
    """An entry of a register as a record that begins on a line of its file."""
    return ParsedRecord(entry.id, entry.tree, entry.fingerprint, None, None, line)


def _decode_record(data: bytes) -> str | ParseFailure:
    """The characters of a record's file, which is not too large."""
    if len(data) > FILE_LIMIT:
        return ParseFailure(f"the file is larger than {FILE_LIMIT >> 20} MiB")
    return decode(data)


def decode(data: bytes) -> str | ParseFailure:
    """The characters of a file in UTF-8, without byte order mark, lines ended by line feeds; or why it is no text."""
    if data.startswith(_LFS):
        return ParseFailure("not a record: Git LFS pointer", hint="Keep the file itself in git.")
    if b"\0" in data:
        return ParseFailure(f"not a text: the byte at offset {data.index(0)} is NUL", hint="Save it as text, in UTF-8.")
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        position = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
        reason = f"not UTF-8: the byte at offset {error.start} is 0x{data[error.start]:02x}"
        return ParseFailure(reason, position, "Save it as UTF-8.")
    content = content.removeprefix("\ufeff")
    if "\r" in content:
        content = content.replace("\r\n", "\n").replace("\r", "\n")
    return content


def split_front_matter(content: str) -> FrontMatter | ParseFailure:
    """A decoded document in its two parts; only `---` on the very first line opens a front matter."""
    opening = _OPENING.match(content)
    if opening is None:
        hint = (
            "Begin it with ---, the fields and --- again; a page that is no record belongs elsewhere, as in handbook/."
        )
        return ParseFailure("no front matter: the first line must be ---", Position(1, 1), hint)
    # The line break that ends the opening line may be the one before the closing line.
    closing = _CLOSING.search(content, opening.end() - 1)
    if closing is None:
        return ParseFailure("the front matter that begins on line 1 is not closed by a line of ---", Position(1, 1))
    yaml = content[opening.end() : closing.start() + 1]
    return FrontMatter(yaml, content[closing.end() + 1 :], yaml.count("\n") + 3)


def normalise_text(text: str) -> str:
    """A text as it is compared and published: no empty lines at its ends, and one newline, unless it is empty."""
    stripped = text.strip("\n")
    return f"{stripped}\n" if stripped else ""


def measure_text(normal: str) -> tuple[str, int]:
    """The hex SHA-256 and the number of lines of a normalised text."""
    return hashlib.sha256(normal.encode()).hexdigest(), normal.count("\n")


def fingerprint(yaml: str) -> str:
    """A short name of a piece of YAML: 32 hexadecimal digits."""
    return hashlib.blake2b(yaml.encode(), digest_size=16).hexdigest()


def text_of(kind: FileKind, data: bytes) -> str:
    """The Markdown alone, normalised; of a file of any other form, or one that cannot be read, nothing."""
    content = decode(data)
    if kind is not FileKind.DOCUMENT or isinstance(content, ParseFailure):
        return ""
    parts = split_front_matter(content)
    return "" if isinstance(parts, ParseFailure) else normalise_text(parts.text)


def text_beside(data: bytes) -> str | ParseFailure:
    """The Markdown of a file that is all text, normalised: the one beside a YAML record."""
    content = _decode_record(data)
    return content if isinstance(content, ParseFailure) else normalise_text(content)


def positions_of(kind: FileKind, data: bytes) -> tuple[Positions, ...]:
    """Where the fields of each record stand in the file, in the order of `parse_file`; nothing where that fails."""
    content = decode(data)
    if isinstance(content, ParseFailure):
        return ()
    lines_above = 0
    if kind is FileKind.DOCUMENT:
        parts = split_front_matter(content)
        if isinstance(parts, ParseFailure):
            return ()
        content, lines_above = parts.yaml, 1
    positions = Positions()
    try:
        tree = read_yaml(content, positions)
        entries: list[RegisterEntry] = split_entries(tree) if kind is FileKind.REGISTER else []
    except YamlProblem:
        return ()
    if kind is not FileKind.REGISTER:
        return (positions.moved(lines_above),) if tree is None or isinstance(tree, dict) else ()
    by_entry = positions.parts()
    return tuple(by_entry[entry.id if entry.id is not None else entry.number] for entry in entries)


def _failure(problem: YamlProblem, lines_above: int) -> ParseFailure:
    """A problem of the YAML, in the file that holds it."""
    if problem.position is None:
        return ParseFailure(problem.reason)
    return ParseFailure(problem.reason, Position(problem.position.line + lines_above, problem.position.column))


Json: TypeAlias = Any
"""What the json module reads and writes."""


def to_json(result: Parsed | ParseFailure) -> Json:
    """A result as lists, mappings, texts and numbers."""
    if isinstance(result, ParseFailure):
        return {"reason": result.reason, "position": result.position, "hint": result.hint}
    return [list(record) for record in result.records]


def from_json(data: Json) -> Parsed | ParseFailure:
    """What `to_json` was given. Raises KeyError, TypeError or ValueError where the data is of another shape."""
    if isinstance(data, dict):
        position = data["position"]
        return ParseFailure(data["reason"], None if position is None else Position(*position), data["hint"])
    records = []
    for name, tree, mark, digest, lines, line in data:
        if not isinstance(tree, dict):
            raise TypeError(f"a tree is a mapping, not {type(tree).__name__}")
        records.append(ParsedRecord(name, {key: _tree(part) for key, part in tree.items()}, mark, digest, lines, line))
    return Parsed(tuple(records))


def _tree(data: Json) -> Tree:
    """A tree from JSON, whose lists are tuples here. As deep as the trees that are read, so it may recurse."""
    if isinstance(data, list):
        return tuple([_tree(part) for part in data])
    if isinstance(data, dict):
        return {key: _tree(part) for key, part in data.items()}
    if data is None or isinstance(data, str):
        return data
    raise TypeError(f"a tree holds no {type(data).__name__}")
