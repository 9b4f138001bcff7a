"""Words from a hostile repository go in; lines that are safe and aligned on a terminal come out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from minutebook.model.hidden import HIDDEN

CONTROLS = re.compile(rf"[\t\n]|{HIDDEN}")
"""Characters that steer a terminal, hide, or turn the order of others; and halves of characters, which stand alone."""

LINE_CONTROLS = re.compile(HIDDEN)
"""The same, but for the line ends and tabs of a text."""


def visible(text: str) -> str:
    r"""One line of text with every control character shown as its escape: `\x1b`, `\u202e`."""
    return text if text.isascii() and text.isprintable() else CONTROLS.sub(_escape, text)


def visible_lines(text: str) -> str:
    """A text of many lines with its control characters shown, but for line ends and tabs."""
    return LINE_CONTROLS.sub(_escape, text)


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def pad(text: str, width: int) -> str:
    """A text filled with spaces to a number of columns."""
    return text + " " * (width - width_of(text))


def align(rows: Sequence[Sequence[str]], indent: str = "") -> Iterator[str]:
    """Rows of cells as lines whose columns stand under one another, two spaces apart. All rows have as many cells."""
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield indent + "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
