"""Paragraphs of a redline in; the same with their headings known as such, out. In a block of code, a # is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from minutebook.pages.redlines import HEADING_MARKS, Fate, Paragraph

FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)


def ends_in_code(text: str) -> bool:
    """Whether a block of code begins in a text and does not end there."""
    return ("```" in text or "~~~" in text) and sum(1 for _ in FENCE.finditer(text)) % 2 == 1


def with_headings(blocks: Iterable[tuple[Paragraph, bool]], *, in_code: bool) -> Iterator[tuple[Paragraph, bool]]:
    """Each paragraph with whether it stayed, as it came. `in_code`: whether both texts begin in a block of code."""
    code = {Fate.REMOVED: in_code, Fate.ADDED: in_code}
    for paragraph, kept in blocks:
        first, *others = paragraph.rows[0]
        side = Fate.REMOVED if first.fate is Fate.REMOVED else Fate.ADDED
        if HEADING_MARKS.match(first.text) and not code[side]:
            yield Paragraph(((first._replace(is_heading=True), *others), *paragraph.rows[1:])), kept
        else:
            yield paragraph, kept
        for one in code:
            code[one] ^= ends_in_code(_text_of(paragraph, one))


def _text_of(paragraph: Paragraph, side: Fate) -> str:
    """What stood there before, which is what stayed or was removed, or what stands there after."""
    return "\n".join("".join(piece.text for piece in row if piece.fate in (Fate.KEPT, side)) for row in paragraph.rows)
