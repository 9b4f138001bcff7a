"""Addresses that a text just names become links: an extension of the Markdown parser, for `https://` and `http://`.

Our own, because the one at hand links e-mail addresses, too, and its older versions take exponential time over dots.
"""

from __future__ import annotations

import re
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_RE, AtomicString

ADDRESS = r"(?<![^\W_])https?://[^\W_](?:[^\s<>\[\]`\x02\x03&]++|&(?:amp;|(?!#?\w+;)))*+"
"""Up to white space or what ends a link in Markdown, be it written as a character or as `&gt;`.

The parser puts its own marks between the last two controls.
"""
TAG_OR_ADDRESS = rf"(?i){INLINE_PLACEHOLDER_RE.pattern}|{ADDRESS}"
"""What the parser put in the place of a tag or of what else it has read already, by its number; or an address."""
OPENS_LINK = re.compile(r"<a\s.*href", re.IGNORECASE | re.DOTALL)
CLOSES_LINK = re.compile(r"</a\s*>", re.IGNORECASE)
AFTER_AUTOLINKS_AND_TAGS = 85
"""Its priority: links, code and tags that were written as such are taken before it, emphasis after it."""
NEVER_LAST = "?!.,:;*_~^'\"|\\"
"""What ends the sentence or the emphasis around an address, and not the address."""


class BareLinks(Extension):
    """Lets the parser link bare addresses."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the parser calls it so
        """Registers the pattern."""
        md.inlinePatterns.register(_BareLink(TAG_OR_ADDRESS, md), "bare-link", AFTER_AUTOLINKS_AND_TAGS)


class _BareLink(InlineProcessor):
    """One address in running text."""

    ANCESTOR_EXCLUDES: ClassVar[tuple[str, ...]] = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the parser calls it so; the stubs know the older form
        self,
        m: re.Match[str],
        data: str,
    ) -> tuple[Element | None, int, int]:
        if m[1] is not None:
            return None, m.start(), self._end_of_link(m, data)
        address = _without_last_mark(m[0])
        element = Element("a", href=address)
        element.text = AtomicString(address)
        return element, m.start(), m.start() + len(address)

    def _end_of_link(self, tag: re.Match[str], data: str) -> int:
        """Where to look on after a tag: after one that opens a link behind its end, because no link holds another."""
        if not OPENS_LINK.match(self._written(tag)):
            return tag.end()
        tags = INLINE_PLACEHOLDER_RE.finditer(data, tag.end())
        return next((one.end() for one in tags if CLOSES_LINK.match(self._written(one))), len(data))

    def _written(self, mark: re.Match[str]) -> str:
        """The tag that a mark of the parser stands for, as it was written; empty: it stands for something else."""
        inline = self.md.treeprocessors["inline"]
        held = inline.stashed_nodes.get(mark[1])  # type: ignore[attr-defined]  # the library types no one of them
        tag = HTML_PLACEHOLDER_RE.fullmatch(held) if isinstance(held, str) else None
        return str(self.md.htmlStash.rawHtmlBlocks[int(tag[1])]) if tag is not None else ""


def _without_last_mark(written: str) -> str:
    """The address alone: `(see https://a.example/b_(c).)` names one that ends in its own bracket."""
    depth = 0
    end = len(written)
    for place, letter in enumerate(written):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            end = place
            break
    # What is left of an `&amp;` that lost its last mark goes with it.
    return written[:end].rstrip(NEVER_LAST).removesuffix("&amp")
