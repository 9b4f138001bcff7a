"""A cheap scan before the Markdown parser: a text in, why it would keep the parser busy for too long out.

Python-Markdown takes quadratic time (or worse) over a few patterns. What each costs was measured, and the limits keep
the worst text that passes under a second or so. The scan itself is linear.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter

MOST_CHARACTERS = 1 << 20
MOST_BRACKETS = 50_000
BRACKET_WORK = 2_000_000
"""The sum over all blocks of the square of their opening brackets: 1,400 in one block, or 100 in each of 200."""
INLINE_WORK = 1_000_000_000
"""The sum over all paragraphs of their marks times their characters: the parser copies a paragraph for every mark."""
MOST_OPEN_TAGS = 1_000
"""`<` with a name and no `>` before the next `<`."""
MOST_DECLARATIONS = 20
"""`<![`, by far the dearest."""
FENCE_WORK = 20_000_000
"""Characters that the parser looks through, over and over, for the ends of code blocks that never end."""
MOST_CELLS = 100_000
"""Of one table, whose short rows the parser fills up."""
MOST_REFERENCE = 1_000
"""Characters of a link definition, which is repeated wherever it is used."""
FOOTNOTE_WORK = 500_000
"""The sum over all footnotes of the square of their references: 700 to one, or 100 to each of 50."""
MOST_FOOTNOTES = 6_000_000
"""All footnotes times all references to any: 2,400 footnotes that are each referred to once."""
DEEPEST_LIST = 100
"""Columns by which an item of a list is moved in."""

FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
MARK = re.compile(r"[*_`&<\[\\!]|://")
LIST_ITEM = re.compile(r" {0,3}(?:([-*+])|\d+\.)[ ]")
TABLE_RULE = re.compile(r"[ |:-]*-[ |:-]*")
BLOCK_END = re.compile(r"\n[ \t]*\n")
OPEN_TAG = re.compile(r"<[A-Za-z/!?][^<>]*(?=<|\Z)")
REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]*\]:([^\n]*)", re.MULTILINE)
DEEP_ITEM = re.compile(rf"^[ \t>]{{{DEEPEST_LIST},}}(?:[-*+]|\d+\.)[ \t]", re.MULTILINE)


def why_slow(text: str) -> str | None:
    """Why this Markdown is not rendered, for a person; None: it is harmless."""
    if len(text) > MOST_CHARACTERS:
        return f"it is longer than {MOST_CHARACTERS:,} characters"
    prose, fence_work = without_code(text)
    if fence_work > FENCE_WORK:
        return "it opens too many code blocks that it does not close"
    if prose.count("[") > MOST_BRACKETS:
        return "it has too many brackets"
    if prose.count("<![") > MOST_DECLARATIONS:
        return "it has too many `<![`"
    if len(OPEN_TAG.findall(prose)) > MOST_OPEN_TAGS:
        return "it has too many tags that are not closed by `>`"
    if any(len(reference) > MOST_REFERENCE for reference in REFERENCE.findall(prose)):
        return f"it defines a link of more than {MOST_REFERENCE:,} characters"
    footnotes = _footnotes(prose)
    if sum(count**2 for count in footnotes.values()) > FOOTNOTE_WORK:
        return "it refers to one footnote too often"
    if len(footnotes) * footnotes.total() > MOST_FOOTNOTES:
        return "it has too many footnotes"
    if DEEP_ITEM.search(prose):
        return "its lists are nested too deeply"
    return _why_slow_blocks(BLOCK_END.split(prose))


def _footnotes(prose: str) -> Counter[str]:
    """How often each footnote is named. For every further time, the parser counts up to the next free id."""
    # A name ends at `]` and may hold `[^`: what follows the last one is the same in all references to one footnote.
    ends = (part.rpartition("[^") for part in prose.split("]")[:-1])
    return Counter(name for _, begun, name in ends if begun)


def _why_slow_blocks(blocks: list[str]) -> str | None:
    """Why paragraphs, lists or tables would keep the parser busy."""
    bracket_work = inline_work = 0
    for block in blocks:
        for piece in _pieces(block):
            bracket_work += piece.count("[") ** 2
            inline_work += len(MARK.findall(piece)) * len(piece)
        if "|" in block:
            lines = block.split("\n")
            if max(line.count("|") for line in lines) * len(lines) > MOST_CELLS:
                return "it has a table of too many cells"
    if bracket_work > BRACKET_WORK:
        return "it has too many brackets in one paragraph"
    return "it has too many marks in one paragraph" if inline_work > INLINE_WORK else None


def _pieces(block: str) -> list[str]:
    """The parts of a block that the parser takes one by one: rows of a table, items of a list, or the whole."""
    lines = block.split("\n")
    if len(lines) > 1 and "|" in lines[0] and TABLE_RULE.fullmatch(lines[1]):
        return lines
    first = LIST_ITEM.match(lines[0])
    if first is None:
        return [block]
    pieces: list[list[str]] = []
    for line in lines:
        item = LIST_ITEM.match(line)
        if item is not None and (item[1] is None) == (first[1] is None):
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return ["\n".join(piece) for piece in pieces]


def without_code(text: str) -> tuple[str, int]:
    """The text without its fenced code, and how many characters are searched in vain for the ends of fences."""
    lines = text.split("\n")
    ends: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        fence = FENCE.match(line)
        if fence is not None and not fence[2].strip():
            ends.setdefault(fence[1], []).append(number)
    kept: list[str] = []
    work = 0
    left = len(text)
    number = 0
    while number < len(lines):
        fence = FENCE.match(lines[number])
        end = _first_after(ends.get(fence[1], []), number) if fence is not None else None
        if end is None:
            work += left if fence is not None else 0
            end = number
            kept.append(lines[number])
        left -= sum(len(line) + 1 for line in lines[number : end + 1])
        number = end + 1
    return "\n".join(kept), work


def _first_after(numbers: list[int], number: int) -> int | None:
    """The first of some rising numbers that is larger than this one."""
    index = bisect.bisect_right(numbers, number)
    return numbers[index] if index < len(numbers) else None
