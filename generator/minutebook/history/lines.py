"""Texts compared cheaply: two texts in, sections and numbers of lines that differ out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from minutebook.model.change import SectionDelta, TextDelta

_BLANKS = frozenset(["", " ", "\t"])
"""What must follow the # signs of a heading."""

_FENCE = "\n```"
"""What opens and closes fenced code, in which a line that begins with # is no heading. Fences of tildes are rare enough
for a section to be called after a comment in one."""


class Outline:
    """A text cut into sections, so that each version is cut once for both of its comparisons."""

    __slots__ = ("distinct", "sections")

    def __init__(self, text: str) -> None:
        """Cut before each line that begins with #, which may be a heading."""
        self.sections = f"\n{text}".split("\n#")
        self.distinct = frozenset(self.sections)

    def lines_outside(self, common: Collection[str]) -> dict[str, int]:
        """How many lines the sections that are not common have, by the words of the heading that each stands under."""
        counts: dict[str, int] = {}
        left = len(self.sections) - sum(map(common.__contains__, self.sections))
        heading, fenced = "", False
        for index, section in enumerate(self.sections):
            if not left:
                break
            if index > 0 and not fenced:
                words = section[: section.find("\n")] if "\n" in section else section
                if words.lstrip("#")[:1] in _BLANKS:
                    heading = words.strip("# \t")
            if section not in common:
                left -= 1
                counts[heading] = counts.get(heading, 0) + section.count("\n") + (index > 0)
            if _FENCE in section:
                fenced ^= section.count(_FENCE) % 2 == 1
        return counts


def compare_outlines(before: Outline, after: Outline) -> TextDelta:
    """Which sections of a Markdown text changed, and by how many lines each grew or shrank.

    Sections are compared as wholes and lines are only counted: a line diff of every version of every text would cost
    more than the rest of the history together. A section that only moved is no difference.
    """
    common = before.distinct & after.distinct
    if len(before.distinct) < len(before.sections) or len(after.distinct) < len(after.sections):
        # A section that occurs several times may occur less often now.
        common = frozenset()
    was, now = before.lines_outside(common), after.lines_outside(common)
    headings = [*now, *(heading for heading in was if heading not in now)]
    growth = {heading: now.get(heading, 0) - was.get(heading, 0) for heading in headings}
    return TextDelta(tuple(SectionDelta(one, max(lines, 0), max(-lines, 0)) for one, lines in growth.items()))


def similarity(before: Sequence[str], after: Sequence[str]) -> float:
    """How much of the content stayed, from 0 to 1: the characters of common lines by those of the larger content."""
    larger = max(_size(before), _size(after))
    if larger == 0:
        return 1.0
    common = Counter(before) & Counter(after)
    return sum((len(line) + 1) * count for line, count in common.items()) / larger


def _size(lines: Iterable[str]) -> int:
    return sum(len(line) + 1 for line in lines)
