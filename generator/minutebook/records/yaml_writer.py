"""A tree of texts -> YAML as a person would write it, which `read_yaml` reads as the same tree."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator

from ruamel.yaml.emitter import Emitter
from ruamel.yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.tag import Tag

from minutebook.records.yaml_reader import Tree

WIDTH = 100
"""Columns of a line that can be broken."""

INDENT = 2
"""Columns by which what belongs to a key, or to the dash of an entry, stands further to the right."""

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@/-]*")
"""An entry that can stand in a list on one line: an id, a number, a date, an address."""

_ODD = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What only double quotes can hold, as an escape: tabs, control characters, line separators of other worlds."""

_UNFOLDABLE = re.compile(r"\A | \Z|  ")
"""Where the break of a folded line would lose a blank."""

_FOLD = "\a "
"""Where ruamel.yaml's emitter is to break a folded line; it can stand in no text that is folded, being odd."""


class _Emitter(Emitter):
    """ruamel.yaml's emitter of events, which asks for nothing but the version of YAML to be kept to: libyaml's."""

    use_version = (1, 1)


def write_yaml(tree: dict[str, Tree] | tuple[Tree, ...]) -> str:
    """The YAML of a mapping or a list, ended by a line feed. The order of a mapping is kept.

    Block style; plain scalars wherever the reader takes them as they are, else quoted ones; texts of several lines as
    `|`, long lines as `>`; lists of words on one line where that is not too long.
    """
    written = io.StringIO()
    # No line is broken but where `_folded` says so: the emitter's own breaks leave blanks at the ends of lines.
    emitter = _Emitter(written, indent=INDENT, width=1 << 30, allow_unicode=True, block_seq_indent=INDENT)
    emitter.best_sequence_indent = 2 * INDENT
    for event in (StreamStartEvent(), DocumentStartEvent(explicit=False), *_events(tree, 0)):
        emitter.emit(event)
    emitter.emit(DocumentEndEvent(explicit=False))
    emitter.emit(StreamEndEvent())
    text = written.getvalue()
    return text if text.endswith("\n") else f"{text}\n"


def _events(tree: Tree, column: int) -> Iterator[Event]:
    """The events of a value whose lines begin in a column. As deep as trees may be, so it may recurse."""
    if isinstance(tree, dict):
        yield MappingStartEvent(anchor=None, tag=None, implicit=True, flow_style=not tree)
        for key, value in tree.items():
            yield _key(key)
            yield from _events(value, column + INDENT)
        yield MappingEndEvent()
    elif isinstance(tree, tuple):
        yield SequenceStartEvent(anchor=None, tag=None, implicit=True, flow_style=_fits_on_a_line(tree, column))
        for value in tree:
            yield from _events(value, column + 2 * INDENT)
        yield SequenceEndEvent()
    else:
        yield _scalar(tree, column)


def _fits_on_a_line(entries: tuple[Tree, ...], column: int) -> bool:
    """Whether a list is short and of words alone."""
    words = [entry for entry in entries if isinstance(entry, str) and _WORD.fullmatch(entry)]
    return len(words) == len(entries) and column + len(", ".join(words)) <= WIDTH - 2 * INDENT


def _key(name: str) -> ScalarEvent:
    """A key; YAML's merge key is one only in quotes."""
    style = '"' if "\n" in name or _ODD.search(name) else "'" if name == "<<" else None
    return ScalarEvent(anchor=None, tag=None, implicit=(True, True), value=name, style=style)


def _scalar(text: str | None, column: int) -> ScalarEvent:
    """A value: None is empty, an empty text is quoted."""
    value, style = text or "", None
    if text == "":
        style = "'"
    elif text and _ODD.search(text):
        style = '"'
    elif text and "\n" in text:
        style = "|" if _is_literal(text) else '"'
    elif text and len(text) > WIDTH - column and not _UNFOLDABLE.search(text):
        value, style = _folded(text, column), ">"
    # ruamel.yaml's emitter asks an empty scalar for the handle of its tag, so it gets a tag that has none.
    return ScalarEvent(anchor=None, tag=None if value else Tag(), implicit=(True, True), value=value, style=style)


def _is_literal(text: str) -> bool:
    """Whether a text has lines that `|` keeps: no blanks that nobody sees, one line end at most at the end."""
    lines = text.split("\n")
    if not lines[0] or lines[0].startswith(" ") or not (lines[-1] or lines[-2]):
        return False
    return all(line == line.rstrip(" ") for line in lines)


def _folded(text: str, column: int) -> str:
    """A long line with marks where it is to be broken."""
    lines = textwrap.wrap(text, WIDTH - column, break_long_words=False, break_on_hyphens=False)
    return _FOLD.join(lines)
