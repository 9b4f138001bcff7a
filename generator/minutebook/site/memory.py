"""What one build of a process leaves for the next, so that a live preview makes again only what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from minutebook.cache import Cache
from minutebook.pages.book import Book
from minutebook.pages.page import Page, TextSource
from minutebook.pages.redlines import Redline, RedlineSource
from minutebook.site.markdown import MarkdownReader
from minutebook.site.places import Places
from minutebook.site.render import FinishedPage, Renderer
from minutebook.site.texts import FinishedText

Texts: TypeAlias = "dict[tuple[str, TextSource], FinishedText]"
"""Rendered texts by the address of their page and where they come from."""


@dataclass
class Memory:
    """Results of the last build. Each is used again only while everything that it was made from is the same."""

    _basis: object = None
    _book: Book | None = None
    _places: Places | None = None
    _texts: Texts = field(default_factory=dict)
    redlines: dict[RedlineSource, Redline] = field(default_factory=dict)
    """Of contents, which never change; to be added to."""
    _markdown: MarkdownReader | None = None
    _templates: object = None
    _pages: dict[str, tuple[Page, FinishedText | None, FinishedPage]] = field(default_factory=dict)

    def book(self, basis: object, make: Callable[[], Book]) -> Book:
        """The Book of everything that `basis` names."""
        if self._book is None or basis != self._basis:
            self._book, self._basis = make(), basis
        return self._book

    def markdown(self, cache: Cache | None) -> MarkdownReader:
        """The parser with the texts that it knows."""
        if self._markdown is None:
            self._markdown = MarkdownReader(cache)
        return self._markdown

    def texts(self, places: Places) -> Texts:
        """The texts whose links lead to these places; to be added to."""
        if places != self._places:
            self._places, self._texts = places, {}
        return self._texts

    def draw(self, renderer: Renderer, page: Page, text: FinishedText | None) -> FinishedPage:
        """A page, drawn; as it was drawn last where it, its text and the templates are the same."""
        if renderer.fingerprint != self._templates:
            self._templates, self._pages = renderer.fingerprint, {}
        last = self._pages.get(page.address)
        if last is not None and last[0] == page and last[1] == text:
            return last[2]
        finished = renderer.page(page, text.text if text is not None else None)
        self._pages[page.address] = (page, text, finished)
        return finished
