"""A finished site in; a line for each doubt of it, for a terminal or a log, out."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.model.note import DOUBTS, HINTS, Note, NoteKind
from minutebook.site.build import Site
from minutebook.site.inert import make_visible

TOLD = 20
"""Lines of doubts; the completeness page has all of them."""


def lines_of(site: Site, most: int = TOLD) -> Iterator[str]:
    """A line for each of the first `most` doubts and hints, as the page Completeness has them, and one for the rest.

    They are safe for a terminal.
    """
    told = [note for kind in NoteKind if kind in DOUBTS | HINTS for note in site.notes if note.kind is kind]
    for note in told[:most]:
        yield line_of(note)
    if len(told) > most:
        yield f"and {len(told) - most:,} more: see the page completeness/ of the site."


def line_of(note: Note) -> str:
    """A note in one line that is safe for a terminal."""
    place = f"{note.place}: " if note.place else ""
    hint = f" Hint: {note.hint}" if note.hint else ""
    return " ".join(make_visible(f"{place}{note.message}{hint}").split())
