"""Two versions of a text as one, which shows what was taken out and put in; `site/redline.py` makes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeAlias

from minutebook.pages.page import TextSource
from minutebook.pages.weight import weigh

Side: TypeAlias = "TextSource | str | None"
"""One version of a text: where its Markdown comes from, or the words of a field; None: there was no text."""


class RedlineSource(NamedTuple):
    """What is compared."""

    before: Side
    after: Side


class Fate(Enum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


HEADING_MARKS = re.compile(r"#{1,6}\s+")
"""How the line of a heading begins."""
MARKS = 12
"""Bytes of the tags around words that came or went, and at the end of a line."""
BLOCK_MARKS = 60
"""Bytes of the tags around a paragraph, and of the sentence that stands for lines that are left out."""


class Piece(NamedTuple):
    """Words of one line that share a fate."""

    fate: Fate
    text: str
    is_heading: bool = False
    """Whether a heading begins with it, marks and all; where the marks themselves changed, they are shown instead."""

    @property
    def words(self) -> str:
        """What a reader is shown of it: a heading without its marks."""
        return HEADING_MARKS.sub("", self.text, count=1) if self.is_heading else self.text

    @property
    def weight(self) -> int:
        """About how many bytes of a page it takes."""
        return MARKS + weigh(self.text)


Row: TypeAlias = tuple[Piece, ...]
"""One line."""


class Paragraph(NamedTuple):
    """Lines between two blank ones."""

    rows: tuple[Row, ...]

    @property
    def weight(self) -> int:
        """About how many bytes of a page it takes."""
        return BLOCK_MARKS + sum(piece.weight for row in self.rows for piece in row)


class Fold(NamedTuple):
    """Lines that are left out because they are the same in both."""

    lines: int

    @property
    def weight(self) -> int:
        """About how many bytes of a page it takes."""
        return BLOCK_MARKS


@dataclass(frozen=True, slots=True)
class Redline:
    """Two versions as one."""

    blocks: tuple[Paragraph | Fold, ...]
    """In the order of the text; empty: nothing can be seen of the difference, and `why` tells why."""
    why: str | None = None
    """What a reader must know of what is not shown; None: all of it is."""

    @property
    def weight(self) -> int:
        """About how many bytes of a page it takes."""
        return sum(block.weight for block in self.blocks)
