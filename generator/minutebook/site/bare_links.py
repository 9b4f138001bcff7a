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
from markdown.util import AtomicString

ADDRESS = r"(?i)\bhttps?://[^\W_][^\s<>\[\]`\x02\x03]*"
"""Up to white space or what ends a link in Markdown; the parser puts its own marks between the last two controls."""
AFTER_AUTOLINKS_AND_TAGS = 85
"""Its priority: links, code and tags that were written as such are taken before it, emphasis after it."""
NEVER_LAST = "?!.,:;*_~^'\"|\\"
"""What ends the sentence or the emphasis around an address, and not the address."""


class BareLinks(Extension):
    """Lets the parser link bare addresses."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the parser calls it so
        """Registers the pattern."""
        md.inlinePatterns.register(_BareLink(ADDRESS, md), "bare-link", AFTER_AUTOLINKS_AND_TAGS)


class _BareLink(InlineProcessor):
    """One address in running text."""

    ANCESTOR_EXCLUDES: ClassVar[tuple[str, ...]] = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the parser calls it so; the stubs know the older form
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - what the parser hands over
    ) -> tuple[Element, int, int]:
        address = _without_last_mark(m[0])
        element = Element("a", href=address)
        element.text = AtomicString(address)
        return element, m.start(), m.start() + len(address)


def _without_last_mark(written: str) -> str:
    """The address alone: `(see https://a.example/b_(c).)` names one that ends in its own bracket."""
    depth = 0
    for place, letter in enumerate(written):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            return written[:place].rstrip(NEVER_LAST)
    return written.rstrip(NEVER_LAST)
