"""Two texts in; the part in which they differ, with what stands around it, out. Costs little where they differ little.

All that is done with the whole of a text is done by the methods of strings, without an object for each line or word.
"""

from __future__ import annotations

from typing import NamedTuple

from minutebook.records.common_ends import same_from_end, same_from_start

AROUND = 12_000
"""Letters of the same text that stay before and after the part that differs, for the heading above it."""
AROUND_IN_LINE = 800
"""The same where the text has no line that ends there."""
ELLIPSIS = "… "
"""Stands for the part of a line that is left out."""


class Excerpt(NamedTuple):
    """The same part of two texts."""

    before: str
    after: str
    differing: int
    """Letters from the first difference to the last, in the text that has more of them."""
    head: str
    """The lines that both have before the part."""
    tail: str
    """The lines that both have after it."""


def make_excerpt(before: str, after: str) -> Excerpt:
    """The part of two texts in which they differ. It begins and ends between paragraphs, or at least lines."""
    same = same_from_start(before, after)
    ends = same_from_end(before, after, min(len(before), len(after)) - same)
    start, stop = _start(before, same), _stop(before, len(before) - ends)
    left = len(before) - stop
    return Excerpt(
        before=_part(before, start, stop),
        after=_part(after, start, len(after) - left),
        differing=max(len(before), len(after)) - same - ends,
        head=before[: before.rfind("\n", 0, start) + 1],
        tail=before[stop:].partition("\n")[2],
    )


def count_lines(text: str) -> int:
    """How many lines of a text are not empty."""
    while "\n\n" in text:
        text = text.replace("\n\n", "\n")
    text = text.strip("\n")
    return text.count("\n") + 1 if text else 0


def _start(text: str, same: int) -> int:
    """Where a part begins that is to hold something of what stands before the first difference."""
    if same <= AROUND:
        return 0
    for sign in ("\n\n", "\n"):
        at = text.find(sign, same - AROUND, same)
        if at >= 0:
            return at + len(sign)
    return same - AROUND_IN_LINE


def _stop(text: str, last: int) -> int:
    """Where a part ends that is to hold something of what stands after the last difference."""
    if len(text) - last <= AROUND:
        return len(text)
    for sign in ("\n\n", "\n"):
        at = text.rfind(sign, last, last + AROUND)
        if at >= 0:
            return at
    return last + AROUND_IN_LINE


def _part(text: str, start: int, stop: int) -> str:
    first = ELLIPSIS if start and text[start - 1] != "\n" else ""
    last = f" {ELLIPSIS.strip()}" if stop < len(text) and text[stop] != "\n" else ""
    return f"{first}{text[start:stop]}{last}"
