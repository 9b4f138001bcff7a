"""About how many bytes of a page words and values take: texts and shapes in, numbers out."""

from __future__ import annotations

import html
from typing import assert_never

from minutebook.pages.page import Address, Link
from minutebook.pages.shown import (
    Dated,
    Doubtful,
    Facts,
    Grid,
    Late,
    Nothing,
    Paragraphs,
    Reference,
    Series,
    Shown,
    Tag,
    Words,
)

CODE_POINT = 10
"""Bytes of a hidden control that is written out."""
TAGS = 50
"""Bytes of the tags around one thing."""


def weigh(text: str) -> int:
    """A text: escaped, and with hidden controls written out."""
    hidden = 0 if text.isprintable() else sum(1 for letter in text if not letter.isprintable())
    return len(html.escape(text).encode("utf-8", "surrogatepass")) + CODE_POINT * hidden


def weigh_shown(shown: Shown) -> int:
    """A value. Values are as deep as their fields, so it may recurse."""
    match shown:
        case Words(text=text, note=note):
            words = weigh(text) + (TAGS + weigh(note) if note else 0)
        case Paragraphs(paragraphs=some):
            words = sum(TAGS + weigh(one) for one in some)
        case Tag(word=word):
            words = TAGS + weigh(word)
        case Reference(link=link, id=id_):
            words = weigh_link(link) + (TAGS + weigh(id_) if id_ is not None else 0)
        case Series(items=items):
            words = sum(map(weigh_shown, items))
        case Facts(rows=pairs):
            words = sum(weigh(title) + weigh_shown(value) for title, value in pairs)
        case Grid(columns=columns, rows=rows):
            words = 4 * TAGS + sum(TAGS + weigh(one.title) for one in columns)
            words += sum(TAGS + weigh_shown(cell) for row in rows for cell in row)
        case Doubtful(written=written, reason=reason):
            words = TAGS + weigh(written) + weigh(reason)
        case Late(day=day, words=late):
            words = TAGS + weigh(day) + weigh(late)
        case Dated(before=before, day=day, after=after):
            words = TAGS + weigh(before) + weigh(day) + weigh(after)
        case Nothing():
            words = 0
        case _:
            assert_never(shown)
    return TAGS + words


def weigh_link(link: Link) -> int:
    """A link: its words and where it leads."""
    to = link.to
    target = "" if to is None else f"{to.path}{to.anchor}" if isinstance(to, Address) else to.url
    # As far up as an address is deep, and every letter of it perhaps written as three.
    return TAGS + weigh(link.text) + 4 * len(target)
