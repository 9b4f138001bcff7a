"""A heading as its file has it goes in; the words that a reader sees of it come out: text, without marks or markup.

No Markdown parser: it belongs to `site`, and would cost more for each of many thousand changes than the rest of a
sentence. What is read here is what stands in headings: links, code, emphasis, entities and tags.
"""

from __future__ import annotations

import re
from html import unescape

from minutebook.history.value_words import one_line

MARKS = frozenset("\\`[<&*_")
"""Without one of these a heading is shown as it was written."""
LONGEST_READ = 400
"""Characters of a heading that are looked at: sentences name the first few, and nobody's heading may cost more."""
DEEPEST = 2
"""So many marks of one sort may stand in each other: a picture in a link, a soft word in a strong one."""
AS_IT_STANDS = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()>#+\-.!])"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<address>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
"""What is shown whatever marks it holds: a character after a backslash, code, an address, an entity."""
TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>")
LINK = re.compile(r"!?\[(?P<words>[^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
EMPHASIS = (
    re.compile(r"(\*{1,3})(?![\s*])([^*]+)(?<!\s)\1"),
    re.compile(r"(?<![^\W_])(?<!_)(_{1,3})(?![\s_])((?:[^_]|(?<=[^\W_])_+(?=[^\W_]))+)(?<!\s)\1(?![^\W_])(?!_)"),
)
"""Stars wherever they stand in pairs; low lines only around whole words: `snake_case` is a word with its own."""
FIRST_KEPT = 0xF0000
"""Where the private characters begin that hold the place of what is shown as it stands."""


def plain_heading(written: str) -> str:
    """The words of a heading; as it was written where a reader would see none."""
    if MARKS.isdisjoint(written):
        return one_line(written)
    kept: dict[str, str] = {}

    def keep(match: re.Match[str]) -> str:
        place = chr(FIRST_KEPT + len(kept))
        kept[place] = _shown(match)
        return place

    words = TAG.sub("", AS_IT_STANDS.sub(keep, written[:LONGEST_READ]))
    for _ in range(DEEPEST):
        words = LINK.sub(r"\g<words>", words)
        for marks in EMPHASIS:
            words = marks.sub(r"\2", words)
    return one_line("".join(kept.get(character, character) for character in words)) or one_line(written)


def _shown(match: re.Match[str]) -> str:
    """What a reader sees of a part that is shown as it stands."""
    if match["code"] is not None:
        return match["code"].strip()
    return match["escaped"] or match["address"] or unescape(match["entity"])
