"""Every page family in one list: a Book in, all generated pages and redirects of the site out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from minutebook.model.configuration import Configuration
from minutebook.model.reserved import RESERVED
from minutebook.pages import (
    changes,
    completeness,
    decision_log,
    dictionary,
    home,
    pending,
    publication,
    record,
    record_years,
    removed,
    type_table,
    versions,
)
from minutebook.pages.book import Book
from minutebook.pages.links import type_address
from minutebook.pages.page import Page, Redirect, TextSource
from minutebook.pages.redlines import RedlineSource


def _none(_book: Book) -> tuple[()]:
    """What a family gives that needs none of a thing."""
    return ()


@dataclass(frozen=True, slots=True)
class Family:
    """Pages of one kind, and what has to be read or written for them."""

    pages: Callable[[Book], Iterable[Page]]
    texts: Callable[[Book], Iterable[tuple[str, TextSource]]] = _none
    """Addresses of its pages that show a text, each with where that text is."""
    redlines: Callable[[Book], Iterable[tuple[RedlineSource, ...]]] = _none
    """For each record the versions of a text that its pages compare, the newest first."""
    redirects: Callable[[Book], Iterable[Redirect]] = _none
    """Addresses that lead to one of its pages."""


FAMILIES = (
    Family(home.pages),
    Family(type_table.pages),
    Family(decision_log.pages),
    Family(removed.pages),
    Family(record.pages, texts=record.text_sources, redirects=record.redirects),
    Family(record_years.pages),
    Family(pending.pages, texts=pending.text_sources),
    Family(versions.pages, redlines=versions.redline_sources),
    Family(changes.pages),
    Family(dictionary.pages),
    Family(completeness.pages),
    Family(publication.pages),
)


def make_pages(book: Book) -> Iterator[Page]:
    """Every generated page."""
    for family in FAMILIES:
        yield from family.pages(book)


def text_sources(book: Book) -> Iterator[tuple[str, TextSource]]:
    """The address of every generated page that shows a text, and where that text is."""
    for family in FAMILIES:
        yield from family.texts(book)


def redline_sources(book: Book) -> Iterator[tuple[RedlineSource, ...]]:
    """All that pages compare: for each record its sources, the newest first."""
    for family in FAMILIES:
        yield from family.redlines(book)


def make_redirects(book: Book) -> Iterator[Redirect]:
    """Every address that leads to a page that has another now."""
    for family in FAMILIES:
        yield from family.redirects(book)


def reserved_prefixes(configuration: Configuration) -> dict[str, str]:
    """Addresses under which generated pages live, with what lives there. The home page is an address and no prefix."""
    own = {f"{name}/": what for name, what in RESERVED.items()}
    return own | {type_address(name).path: f"the record type {name}" for name in configuration.types}
