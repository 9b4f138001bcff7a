"""Two versions of a text in; one text that shows what was taken out and put in, out. Costs no more than their length.

Paragraphs are aligned first, then the words of those that differ. Both go by the shortest edit (E. Myers, "An O(ND)
difference algorithm", 1986) and give up where that is long: what has nothing in common is read better side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from minutebook.pages.redlines import BLOCK_MARKS, MARKS, Fate, Fold, Paragraph, Piece, Redline, Row
from minutebook.pages.weight import weigh
from minutebook.site.excerpt import Excerpt, count_lines
from minutebook.site.redline_headings import FENCE, ends_in_code, with_headings

MOST_PARAGRAPHS = 4_000
"""Between the first and the last difference; a text of more is told by its sections."""
MOST_PARAGRAPH_EDITS = 400
MOST_WORDS = 4_000
"""Between the first and the last difference of paragraphs; longer ones are shown as they were and as they are."""
MOST_WORD_EDITS = 250
MOST_COMPARED = 40
"""So many places of one text are compared word by word; those that follow are not."""
LEAST_KEPT = 0.3
"""The part of the letters that must have stayed for a paragraph to be called edited, and not replaced."""
MOST_DIFFERING = 200_000
"""Letters between the first and the last difference; a text of more is told by its sections."""
MOST_SHOWN = 12_000
"""Bytes of a page that one comparison may take."""
CONTEXT_ROWS, CONTEXT_LETTERS = 3, 400
"""What is shown of a paragraph that stayed, beside one that did not."""
FEW_LETTERS = 5
"""Fewer letters than these between two edits are no island of their own."""

BREAK = "\n\n"
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
STRUCTURE = re.compile(r"^(?:[ \t]*(?:[-*+#>|:~`]|\d+[.)])|[ \t]{2})|(?:  |\\)$", re.MULTILINE)
"""What gives the lines of a paragraph a meaning of their own: lists, tables, code, hard breaks."""
TOKEN = re.compile(r"\n\n|\s+|\d[\d.,]*\d|\w+|[^\w\s]")
"""A break between paragraphs, white space, a number with its separators, a word, a sign."""
WORD = re.compile(r"\w+")
BREAK_SIGN = "¶"

TOO_LARGE = "The two versions differ in too many places, or too far apart, to be compared on a page"
TOO_LONG = "What follows is left out: the comparison is too long for a page"
ONLY_SPACES = "Only line breaks and spaces differ"

Pairs: TypeAlias = list[tuple[int, int]]
"""Places in two sequences that hold the same, rising."""


class Run(NamedTuple):
    """Words that share a fate, perhaps over several lines and paragraphs."""

    fate: Fate
    text: str


def compare_excerpt(excerpt: Excerpt) -> Redline:
    """The redline of two versions of a Markdown text, which stays as it was written; only what differs is at hand."""
    if excerpt.differing > MOST_DIFFERING:
        return Redline((), TOO_LARGE)
    in_code = ends_in_code(excerpt.head)
    old, new = _paragraphs(excerpt.before, in_code=in_code), _paragraphs(excerpt.after, in_code=in_code)
    pairs = align([_squeeze(one) for one in old], [_squeeze(one) for one in new], MOST_PARAGRAPHS, MOST_PARAGRAPH_EDITS)
    if pairs is None:
        return Redline((), TOO_LARGE)
    blocks = list(with_headings(_blocks(old, new, pairs), in_code=in_code))
    if all(kept for _, kept in blocks):
        return Redline((), ONLY_SPACES)
    outer = [count_lines(text) for text in (excerpt.head, excerpt.tail)]
    shown: list[Paragraph | Fold] = []
    room = MOST_SHOWN
    for block in _merged(_fold(blocks), *outer):
        if room < BLOCK_MARKS:
            return Redline(tuple(shown), TOO_LONG)
        cut = _cut(block, room) if isinstance(block, Paragraph) else block
        shown.append(cut)
        if cut is not block:
            return Redline(tuple(shown), TOO_LONG)
        room -= block.weight
    return Redline(tuple(shown))


def align(before: Sequence[str], after: Sequence[str], longest: int, most: int) -> Pairs | None:
    """What stayed, so that as little as possible came and went.

    None: more than `most` parts did, or more than `longest` stand between the first difference and the last. It takes
    at most `most` times `longest` steps beyond the length of the two, whatever they hold.
    """
    start, shorter = 0, min(len(before), len(after))
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    if max(len(before), len(after)) - start - end > longest:
        return None
    middle = _shortest_edit(before[start : len(before) - end], after[start : len(after) - end], most)
    if middle is None:
        return None
    head = [(at, at) for at in range(start)]
    tail = [(len(before) - at, len(after) - at) for at in range(end, 0, -1)]
    return [*head, *((one + start, other + start) for one, other in middle), *tail]


def _shortest_edit(before: Sequence[str], after: Sequence[str], most: int) -> Pairs | None:
    reach = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(most, len(before) + len(after)) + 1):
        trace.append(dict(reach))
        for diagonal in range(-edits, edits + 1, 2):
            at = reach[_origin(reach, diagonal, edits)] + (_origin(reach, diagonal, edits) < diagonal)
            while at < len(before) and at - diagonal < len(after) and before[at] == after[at - diagonal]:
                at += 1
            reach[diagonal] = at
            if at >= len(before) and at - diagonal >= len(after):
                return _walk_back(trace, len(before), len(after))
    return None


def _origin(reach: dict[int, int], diagonal: int, edits: int) -> int:
    """The neighbouring diagonal from which this one is reached: above it by an addition, below it by a removal."""
    if diagonal == -edits or (diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1]):
        return diagonal + 1
    return diagonal - 1


def _walk_back(trace: list[dict[int, int]], one: int, other: int) -> Pairs:
    found: Pairs = []
    for edits in range(len(trace) - 1, -1, -1):
        origin = _origin(trace[edits], one - other, edits)
        start = trace[edits][origin]
        while one > start and other > start - origin:
            one, other = one - 1, other - 1
            found.append((one, other))
        one, other = start, start - origin
    return found[::-1]


def _paragraphs(text: str, *, in_code: bool) -> list[str]:
    """The parts between blank lines; one of running words as a single line, wherever its writer broke it."""
    found: list[str] = []
    for part in BLANK_LINES.split(text.strip("\n")):
        fences = len(FENCE.findall(part))
        if part.strip():
            found.append(part if in_code or fences or STRUCTURE.search(part) else _squeeze(part))
        in_code ^= fences % 2 == 1
    return found


def _squeeze(paragraph: str) -> str:
    """A paragraph as it is compared: where its lines are broken makes no difference."""
    return " ".join(paragraph.split())


def _blocks(old: list[str], new: list[str], pairs: Pairs) -> Iterator[tuple[Paragraph, bool]]:
    """Every paragraph with whether it stayed, in the order of the text."""
    one = other = compared = 0
    for next_one, next_other in [*pairs, (len(old), len(new))]:
        if one < next_one or other < next_other:
            removed, added = BREAK.join(old[one:next_one]), BREAK.join(new[other:next_other])
            both = bool(removed and added)
            compared += both
            runs = _edited(removed, added) if both and compared <= MOST_COMPARED else None
            for paragraph in _laid_out(runs or _replaced(removed, added)):
                yield paragraph, False
        if next_other < len(new):
            yield Paragraph(tuple((Piece(Fate.KEPT, line),) for line in new[next_other].split("\n"))), True
        one, other = next_one + 1, next_other + 1


def _replaced(removed: str, added: str) -> list[Run]:
    runs = [Run(Fate.REMOVED, part) for part in removed.split(BREAK) if part]
    runs += [Run(Fate.ADDED, part) for part in added.split(BREAK) if part]
    return [part for run in runs for part in (run, Run(Fate.KEPT, BREAK))]


def _edited(before: str, after: str) -> list[Run] | None:
    """Word by word; None: there are too many words, or too few of them stayed."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    pairs = align([_alike(token) for token in old], [_alike(token) for token in new], MOST_WORDS, MOST_WORD_EDITS)
    if pairs is None:
        return None
    runs: list[Run] = []
    one = other = 0
    for next_one, next_other in [*pairs, (len(old), len(new))]:
        runs.append(Run(Fate.REMOVED, "".join(old[one:next_one])))
        runs.append(Run(Fate.ADDED, "".join(new[other:next_other])))
        runs.append(Run(Fate.KEPT, "".join(new[next_other : next_other + 1])))
        one, other = next_one + 1, next_other + 1
    runs = _joined(_without_islands(_joined(runs)))
    kept = sum(len(run.text) for run in runs if run.fate is Fate.KEPT)
    return runs if kept >= LEAST_KEPT * max(len(before), len(after)) else None


def _alike(token: str) -> str:
    return token if token == BREAK or not token.isspace() else " "


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Runs as long as they can be; between two that stayed, what was removed stands before what was added."""
    found: list[Run] = []
    for kept, together in groupby((run for run in runs if run.text), key=lambda run: run.fate is Fate.KEPT):
        some = list(together)
        for fate in (Fate.KEPT,) if kept else (Fate.REMOVED, Fate.ADDED):
            text = "".join(run.text for run in some if run.fate is fate)
            if text:
                found.append(Run(fate, text))
    return found


def _without_islands(runs: list[Run]) -> Iterator[Run]:
    """A few words that happened to stay between two longer edits are told as removed and added, as a reader sees it."""
    for index, run in enumerate(runs):
        inside = 0 < index < len(runs) - 1
        if run.fate is Fate.KEPT and inside and BREAK not in run.text and _is_island(run, runs, index):
            yield Run(Fate.REMOVED, run.text)
            yield Run(Fate.ADDED, run.text)
        else:
            yield run


def _is_island(run: Run, runs: list[Run], index: int) -> bool:
    if len("".join(run.text.split())) < FEW_LETTERS:
        return True
    around = min(_words(runs[index - 1]), _words(runs[index + 1]))
    return _words(run) * 3 <= around


def _words(run: Run) -> int:
    return len(WORD.findall(run.text))


def _laid_out(runs: Iterable[Run]) -> Iterator[Paragraph]:
    """Runs as paragraphs and lines. A break between paragraphs that came or went shows as a sign."""
    rows: list[list[Piece]] = [[]]
    for fate, text in runs:
        for number, part in enumerate(text.split(BREAK)):
            if number and fate is not Fate.KEPT:
                rows[-1].append(Piece(fate, BREAK_SIGN))
            if number and fate is not Fate.REMOVED:
                yield from _paragraph(rows)
                rows = [[]]
            for line_number, line in enumerate(part.split("\n")):
                # A line break that was taken out is no line of the text as it is now.
                if line_number and fate is Fate.REMOVED:
                    rows[-1].append(Piece(fate, " "))
                elif line_number:
                    rows.append([])
                if line:
                    rows[-1].append(Piece(fate, line))
    yield from _paragraph(rows)


def _paragraph(rows: list[list[Piece]]) -> Iterator[Paragraph]:
    full = tuple(tuple(row) for row in rows if row)
    if full:
        yield Paragraph(full)


def _fold(blocks: list[tuple[Paragraph, bool]]) -> Iterator[Paragraph | Fold]:
    """What changed, with a little of what stands beside it and the heading above it; the rest is counted."""
    spans = [(kept, [block for block, _ in some]) for kept, some in groupby(blocks, key=lambda pair: pair[1])]
    for number, (kept, some) in enumerate(spans):
        if not kept:
            for paragraph in some:
                yield from _fold_rows(paragraph)
            continue
        first = number == 0
        last = number == len(spans) - 1
        if not first:
            yield from _context(some[0], at_end=False)
        inner = some[0 if first else 1 : len(some) if last else -1]
        headings = [] if last else [at for at, one in enumerate(inner) if one.rows[0][0].text.startswith("#")]
        at = headings[-1] if headings else len(inner)
        yield from _folded(inner[:at])
        if headings:
            yield inner[at]
        yield from _folded(inner[at + 1 :])
        if not last and (first or len(some) > 1):
            yield from _context(some[-1], at_end=True)


def _merged(blocks: Iterable[Paragraph | Fold], before: int, after: int) -> Iterator[Paragraph | Fold]:
    """Folds that stand beside one another as one, together with the lines that stand outside of the excerpt."""
    lines = before
    for block in blocks:
        if isinstance(block, Fold):
            lines += block.lines
            continue
        if lines:
            yield Fold(lines)
            lines = 0
        yield block
    if lines + after:
        yield Fold(lines + after)


def _fold_rows(paragraph: Paragraph) -> Iterator[Paragraph | Fold]:
    """An edited paragraph without the long spans of lines, or of words in one line, that stayed."""
    shown: list[Row] = []
    by_fate = groupby(paragraph.rows, key=lambda row: all(piece.fate is Fate.KEPT for piece in row))
    spans = [(kept, [tuple(map(_without_middle, row)) for row in together]) for kept, together in by_fate]
    for number, (kept, rows) in enumerate(spans, 1):
        head, tail = (CONTEXT_ROWS if number > 1 else 0), (CONTEXT_ROWS if number < len(spans) else 0)
        left = len(rows) - head - tail
        if kept and left > 1:
            shown += rows[:head]
            if shown:
                yield Paragraph(tuple(shown))
            yield Fold(left)
            shown = rows[head + left :]
        else:
            shown += rows
    if shown:
        yield Paragraph(tuple(shown))


def _without_middle(piece: Piece) -> Piece:
    if piece.fate is not Fate.KEPT or len(piece.text) <= 2 * CONTEXT_LETTERS:
        return piece
    return Piece(piece.fate, f"{piece.text[:CONTEXT_LETTERS]} … {piece.text[-CONTEXT_LETTERS:]}")


def _folded(paragraphs: list[Paragraph]) -> Iterator[Fold]:
    lines = sum(len(paragraph.rows) for paragraph in paragraphs)
    if lines:
        yield Fold(lines)


def _context(paragraph: Paragraph, *, at_end: bool) -> Iterator[Paragraph | Fold]:
    """A paragraph that stayed: the lines that stand next to the change."""
    rows, left = paragraph.rows, len(paragraph.rows) - CONTEXT_ROWS
    if left > 1:
        rows = rows[left:] if at_end else rows[:CONTEXT_ROWS]
    if left > 1 and at_end:
        yield Fold(left)
    yield Paragraph(tuple(_shortened(row, at_end=at_end) for row in rows))
    if left > 1 and not at_end:
        yield Fold(left)


def _shortened(row: Row, *, at_end: bool) -> Row:
    text = row[0].text
    if len(text) <= CONTEXT_LETTERS:
        return row
    return (Piece(Fate.KEPT, f"… {text[-CONTEXT_LETTERS:]}" if at_end else f"{text[:CONTEXT_LETTERS]} …"),)


def _cut(paragraph: Paragraph, room: int) -> Paragraph:
    """As much of a paragraph as there is room for; itself, where that is all of it."""
    if paragraph.weight <= room:
        return paragraph
    room -= BLOCK_MARKS
    rows: list[Row] = []
    for row in paragraph.rows:
        pieces: list[Piece] = []
        for piece in row:
            if piece.weight > room:
                pieces.append(Piece(piece.fate, f"{_beginning(piece.text, room - MARKS)} …"))
                return Paragraph((*rows, tuple(pieces)))
            room -= piece.weight
            pieces.append(piece)
        rows.append(tuple(pieces))
    return Paragraph(tuple(rows))


def _beginning(text: str, room: int) -> str:
    """The letters for which there is room."""
    at = 0
    for letter in text[: max(room, 0)]:
        room -= weigh(letter)
        if room < 0:
            break
        at += 1
    return text[:at]
