"""Text of a repository in, text that cannot hide or do anything out."""

from __future__ import annotations

import re

from minutebook.model.hidden import HIDDEN

_HIDDEN = re.compile(HIDDEN)


def make_visible(text: str) -> str:
    """The text with every hidden character written out as its code point: `[U+202E]`."""
    return _HIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


LESS, MORE, QUOTE = "\u2039", "\u203a", "\u201d"
"""What is shown in the place of angle brackets and of a quotation mark."""
LOOK_ALIKES = str.maketrans({"<": LESS, ">": MORE, '"': QUOTE, "\n": " ", "\t": " "})


def inert_title(title: str) -> str:
    """A title for places that print it as it is, or take tags away and turn entities back first, as themes do.

    Angle brackets and quotes become their typographic likes: neither way of printing makes a tag or ends an attribute.
    """
    return make_visible(title).translate(LOOK_ALIKES).replace("&", "&amp;")
