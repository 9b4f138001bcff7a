"""Links as texts write them in; where in its file each stands, and which lead to an id that is not there, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import islice

from minutebook.model.note import Note
from minutebook.model.record import Position
from minutebook.pages.page import Address
from minutebook.records.document import ParseFailure, decode, split_front_matter
from minutebook.site.clean import CleanText

MOST_PLACED = 500
"""So many of what is told of one text have a place: each costs a search."""
MOST_TRIED = 100
"""So many longer targets are passed by before the first is taken."""
GOES_ON = re.compile(r"[\w/.#-]")
"""What makes a target a longer one."""
IDS = re.compile(r' id="([^"]*)"')


def positions_in_text(content: bytes, written: Sequence[str]) -> list[Position | None]:
    """Where each of these stands first in the text of a file; None where it is written otherwise, as with entities."""
    decoded = decode(content) if written else ""
    if isinstance(decoded, ParseFailure):
        return [None] * len(written)
    parts = split_front_matter(decoded)
    start = 0 if isinstance(parts, ParseFailure) else len(decoded) - len(parts.text)
    placed = [_position(decoded, start, one) for one in written[:MOST_PLACED]]
    return [*placed, *[None] * (len(written) - len(placed))]


def _position(decoded: str, start: int, written: str) -> Position | None:
    found = list(islice(_occurrences(decoded, start, written), MOST_TRIED))
    # A longer target that begins alike is another one.
    at = next((at for at in found if not GOES_ON.match(decoded, at + len(written))), found[0] if found else None)
    return None if at is None else Position(decoded.count("\n", 0, at) + 1, at - decoded.rfind("\n", 0, at))


def _occurrences(decoded: str, start: int, written: str) -> Iterator[int]:
    """Where a target stands. `find` takes no longer for a hostile text, as a pattern would."""
    at = decoded.find(written, start) if written else -1
    while at >= 0:
        yield at
        at = decoded.find(written, at + 1)


def broken_anchors(links: Iterable[tuple[Note, Address]], pages: Mapping[str, CleanText]) -> Iterator[Note]:
    """Of links to an id, each with what to tell if nothing has it, the notes of those of which that is so.

    `pages` are the texts of pages by address: whatever a text links to is in one of them.
    """
    ids: dict[str, frozenset[str]] = {}
    for note, to in links:
        if to.path not in ids:
            page = pages.get(to.path)
            ids[to.path] = frozenset(map(unescape, IDS.findall(page.html))) if page is not None else frozenset()
        if to.anchor not in ids[to.path]:
            yield note
