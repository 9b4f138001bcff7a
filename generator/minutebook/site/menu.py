"""A menu that somebody wrote, and a finished site, in; both without what leads nowhere, each told as a doubt, out."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from minutebook.model.note import Note, NoteKind
from minutebook.site.build import Site
from minutebook.site.mkdocs_yml import NAME, Look
from minutebook.site.navigation import Nav, handbook_sources, source_uri


def settle_menu(look: Look, site: Site) -> tuple[Look, Site]:
    """The look with a menu of pages and links only, and the site with a doubt for each entry that was left out."""
    if look.nav is None:
        return look, site
    pages = sorted({*handbook_sources(site), *(source_uri(page) for page in site.all_pages)})
    dead = {target for target in look.nav_places if not _leads_out(target) and posixpath.normpath(target) not in pages}
    notes = tuple(_doubt(target, look, pages) for target in look.nav_places if target in dead)
    nav = list(_without(dead, look.nav))
    return replace(look, nav=nav), replace(site, notes=(*site.notes, *notes))


def _leads_out(target: str) -> bool:
    """Whether a target is a link to somewhere, not the file of a page."""
    return bool(urlsplit(target).scheme) or target.startswith(("/", "#"))


def _without(dead: set[str], nav: Nav) -> Iterator[str | dict[str, str | Nav]]:
    for item in nav:
        if isinstance(item, str):
            if item not in dead:
                yield item
            continue
        for title, to in item.items():
            if isinstance(to, list):
                below = list(_without(dead, to))
                if below:
                    yield {title: below}
            elif to not in dead:
                yield {title: to}


def _doubt(target: str, look: Look, pages: list[str]) -> Note:
    near = difflib.get_close_matches(target, pages, n=1)
    return Note(
        NoteKind.REFUSED,
        f"The menu has no `{target}`: it is no page of this site.",
        f"did you mean {near[0]}?" if near else "name a Markdown file by its path in the portfolio, or a link.",
        NAME,
        look.nav_places[target],
    )
