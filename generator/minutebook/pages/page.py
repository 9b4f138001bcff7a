"""What a page is before it is drawn: an address, a title, the name of a template and the facts that it lays out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Address(NamedTuple):
    """A place of the site, wherever the site stands."""

    path: str
    """Relative to the top of the site, with a slash at its end: `decision/d-1/`; empty: the home page."""
    anchor: str = ""
    """An id on that page; empty: its top."""
    view: tuple[tuple[str, str], ...] = ()
    """What its lists are narrowed by, as names and words of facets; a page ignores what it does not offer."""


class Elsewhere(NamedTuple):
    """A place outside the site: a commit or pull request on the forge."""

    url: str


Target: TypeAlias = "Address | Elsewhere | None"
"""Where a link leads; None: it is words only."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that may lead somewhere."""

    text: str
    to: Target = None


class TextSource(NamedTuple):
    """Where a page's Markdown comes from."""

    blob: str
    """The object id of the file that holds it."""
    path: str
    """Where that file stands in the repository; its relative links start there."""


class Heading(NamedTuple):
    """A section of a page, for its table of contents."""

    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What the search knows of a page: titles, ids, people and key fields, no ledgers."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page, ready to be drawn."""

    address: str
    """As `Address.path`."""
    title: str
    template: str
    """The file in the templates folder: `record.html`."""
    view: object
    """A frozen dataclass that the template lays out."""
    origin: str
    """What it was made from, for messages: "the record decision/d-1"."""
    summary: str = ""
    """One sentence for search engines; empty: none."""
    headings: tuple[Heading, ...] = ()
    """Its own sections in order. Those of a text stand under the heading `text`."""
    text: TextSource | None = None
    """The Markdown that it shows; None: none."""
    source: str | None = None
    """The file that it shows, relative to the top of the repository; None: it is generated from many."""
    search: SearchEntry | None = None
    """None: the search does not list it."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that a record had before."""

    address: str
    title: str
    to: Address
    origin: str
