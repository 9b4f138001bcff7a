"""Texts compared cheaply: two texts in, the sections that differ and how many lines they grew or shrank by out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from minutebook.model.change import SectionDelta, TextDelta

_FENCE = "\n```"
"""What opens and closes fenced code, in which a line that begins with # is no heading."""

_BLANKS = frozenset(["", " ", "\t"])
"""What must follow the # signs of a heading."""


class Outline:
    """A text cut into sections, so that each version is cut once for both of its comparisons."""

    __slots__ = ("_distinct", "_odd", "_sections", "text")

    def __init__(self, text: str) -> None:
        """Keep a text; it is cut when it is first compared, which many versions never are."""
        self.text = text
        self._sections: list[str] | None = None
        self._distinct: frozenset[str] = frozenset()
        self._odd: list[int] | None = None
        """Sections after which fenced code is open, or closed, that was not before; None: not looked for yet."""

    @property
    def sections(self) -> list[str]:
        """Its parts, cut before each line that begins with #, which may be a heading. The # itself is left out."""
        if self._sections is None:
            self._sections = f"\n{self.text}".split("\n#")
            self._distinct = frozenset(self._sections)
        return self._sections

    @property
    def distinct(self) -> frozenset[str]:
        """The same, each once."""
        _ = self.sections
        return self._distinct

    def lines_outside(self, common: Collection[str]) -> dict[str, int]:
        """How many lines the sections that are not common have, by the words of the heading that each stands under."""
        counts: dict[str, int] = {}
        for index, section in enumerate(self.sections):
            if section not in common:
                heading = self._heading(index)
                # The first section has a line break before its first line, the others a line before their first.
                counts[heading] = counts.get(heading, 0) + section.count("\n") + (index > 0)
        return counts

    def _heading(self, index: int) -> str:
        """The words of the heading that a section stands under; empty before the first.

        Two # or more are taken for a heading wherever they stand. A single one is also how a comment begins, so it is
        only looked at outside fenced code: counting fences is what costs.
        """
        for at in range(index, 0, -1):
            section = self.sections[at]
            line = section[: section.find("\n")] if "\n" in section else section
            if line.lstrip("#")[:1] in _BLANKS and (line[:1] == "#" or not self._in_fence(at)):
                return line.strip("# \t")
        return ""

    def _in_fence(self, index: int) -> bool:
        if self._odd is None:
            self._odd = [at for at, section in enumerate(self.sections) if section.count(_FENCE) % 2]
        return sum(at < index for at in self._odd) % 2 == 1


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
