"""The search index: finished pages in, the entries that the theme's search reads out; no ledgers among them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape, unescape

from minutebook.site.clean import ANY_TAG
from minutebook.site.inert import make_visible
from minutebook.site.render import FinishedPage

LONGEST = 260
"""Characters of an entry's words: the index of a thousand records stays under 500 kB."""


def search_entries(pages: Iterable[FinishedPage], *, texts: bool) -> list[dict[str, str]]:
    """One entry a page that is listed, with its whole text where that is asked for.

    The theme puts titles and words into the page as HTML: they are escaped here.
    """
    return [
        {
            "location": page.address,
            "title": escape(make_visible(page.search.title), quote=True),
            "text": escape(make_visible(_words(page.search.words, page, texts=texts)), quote=True),
        }
        for page in pages
        if page.search is not None
    ]


def _words(words: str, page: FinishedPage, *, texts: bool) -> str:
    words = " ".join(words.split())
    if texts:
        return " ".join([words, *unescape(ANY_TAG.sub(" ", page.text)).split()])
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
