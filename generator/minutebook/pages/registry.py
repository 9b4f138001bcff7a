"""Every page family in one list: a Book in, all generated pages and redirects of the site out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minutebook.model.configuration import Configuration
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
from minutebook.pages.links import ASSETS, CHANGES, COMPLETENESS, DICTIONARY, PUBLICATION, type_address
from minutebook.pages.page import Page, Redirect

FAMILIES: tuple[Callable[[Book], Iterator[Page]], ...] = (
    home.pages,
    type_table.pages,
    decision_log.pages,
    removed.pages,
    record.pages,
    record_years.pages,
    pending.pages,
    versions.pages,
    changes.pages,
    dictionary.pages,
    completeness.pages,
    publication.pages,
)


def make_pages(book: Book) -> Iterator[Page]:
    """Every generated page."""
    for family in FAMILIES:
        yield from family(book)


def make_redirects(book: Book) -> Iterator[Redirect]:
    """Every address that leads to a page that has another now."""
    return record.redirects(book)


def reserved_prefixes(configuration: Configuration) -> dict[str, str]:
    """Addresses under which generated pages live, with what lives there. The home page is an address and no prefix."""
    found = {
        CHANGES.path: "the change timeline",
        COMPLETENESS.path: "the completeness page",
        DICTIONARY.path: "the data dictionary",
        PUBLICATION.path: "the page about this publication",
        ASSETS: "the stylesheets and scripts of the site",
        "search/": "the index of the search",
        "provenance/": "the sums of the site's files",
    }
    for name in configuration.types:
        found[type_address(name).path] = f"the record type {name}"
    return found
