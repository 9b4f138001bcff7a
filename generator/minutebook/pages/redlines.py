"""Two versions of a text as one, which shows what was taken out and put in; `site/redline.py` makes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeAlias

from minutebook.pages.page import TextSource

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


class Piece(NamedTuple):
    """Words of one line that share a fate."""

    fate: Fate
    text: str


Row: TypeAlias = tuple[Piece, ...]
"""One line."""


class Paragraph(NamedTuple):
    """Lines between two blank ones."""

    rows: tuple[Row, ...]


class Fold(NamedTuple):
    """Lines that are left out because they are the same in both."""

    lines: int


@dataclass(frozen=True, slots=True)
class Redline:
    """Two versions as one."""

    blocks: tuple[Paragraph | Fold, ...]
    """In the order of the text; empty: nothing can be seen of the difference, and `why` tells why."""
    why: str | None = None
    """What a reader must know of what is not shown; None: all of it is."""
