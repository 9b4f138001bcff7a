"""Handbook pages: a Markdown file of the portfolio that is no record in, its page out."""

from __future__ import annotations

from dataclasses import dataclass

from minutebook.pages.page import Address, Page, SearchEntry, TextSource


@dataclass(frozen=True, slots=True)
class HandbookView:
    """What a handbook page lays out."""

    title: str
    show_title: bool
    """Whether the text brings no title of its own."""
    path: str
    pending: bool
    """Whether the working tree has it otherwise than the published commit; only in a preview."""


def handbook_page(
    address: Address,
    source: TextSource,
    title: str,
    *,
    show_title: bool,
    pending: bool,
    opening: str,
) -> Page:
    """One page. `opening` is its first words, for the search."""
    return Page(
        address=address.path,
        title=title,
        template="handbook.html",
        view=HandbookView(title=title, show_title=show_title, path=source.path, pending=pending),
        origin=f"the page {source.path}",
        text=source,
        source=source.path,
        search=SearchEntry(title, opening),
    )
