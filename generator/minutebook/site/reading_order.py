"""Handbook pages with their texts in; the same in the order in which the index page of their folder has them, out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import TypeAlias
from urllib.parse import unquote

from minutebook.pages.page import Page
from minutebook.site.texts import FinishedText

Sheet: TypeAlias = tuple[Page, FinishedText]
"""A page of the handbook and its text."""

LINKS = re.compile(r'<a href="([^"#?]*)')


def in_reading_order(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The index page of a folder, then what it links to there in that order; what no page links to by its path."""
    left: dict[str, list[Sheet]] = {}
    for sheet in sorted(sheets, key=lambda sheet: sheet[0].address):
        # That two files want one address is told later, and by those who know both.
        left.setdefault(sheet[0].address, []).append(sheet)
    found: list[Sheet] = []
    for address in list(left):
        for sheet in left.pop(address, ()):
            found.append(sheet)
            found += [below for one in _linked_below(sheet) for below in left.pop(one, ())]
    return found


def _linked_below(sheet: Sheet) -> Iterator[str]:
    """The addresses in the folder of a page to which its text links."""
    page, text = sheet
    for written in LINKS.findall(text.text.html):
        target = posixpath.normpath(posixpath.join(page.address, unquote(unescape(written)))) + "/"
        if target.startswith(page.address):
            yield target
