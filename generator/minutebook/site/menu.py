"""A menu that somebody wrote, and the pages there are, in; the menu without what leads nowhere, each a doubt, out."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from minutebook.model.note import Note, NoteKind
from minutebook.model.record import Position
from minutebook.site.build import Site
from minutebook.site.mkdocs_yml import NAME, Look
from minutebook.site.navigation import Nav, handbook_sources, source_uri


def settle_menu(look: Look, site: Site) -> tuple[Look, Site]:
    """The look with a menu of pages and links only, and the site with a doubt for each entry that was left out."""
    if look.nav is None:
        return look, site
    pages = {*handbook_sources(site), *(source_uri(page) for page in site.all_pages)}
    nav, notes = without_dead(look.nav, pages, look.nav_places)
    return replace(look, nav=nav), replace(site, notes=(*site.notes, *notes))


def without_dead(
    nav: Nav, pages: Collection[str], places: Mapping[str, Position | None]
) -> tuple[Nav, tuple[Note, ...]]:
    """A menu without the entries that are neither links nor among `pages`, and a doubt for each target of these.

    `pages` are sources as a menu names them; `places` tells where in mkdocs.yml a target stands, as far as known.
    """
    targets = dict.fromkeys(_targets(nav))
    dead = [target for target in targets if not _leads_out(target) and posixpath.normpath(target) not in pages]
    return list(_without(dead, nav)), tuple(_doubt(target, sorted(pages), places.get(target)) for target in dead)


def _targets(nav: Nav) -> Iterator[str]:
    """Every page and link of a menu, at any depth."""
    for item in nav:
        for to in [item] if isinstance(item, str) else item.values():
            if isinstance(to, str):
                yield to
            else:
                yield from _targets(to)


def _leads_out(target: str) -> bool:
    """Whether a target is a link to somewhere, not the file of a page."""
    return bool(urlsplit(target).scheme) or target.startswith(("/", "#"))


def _without(dead: Collection[str], nav: Nav) -> Iterator[str | dict[str, str | Nav]]:
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


def _doubt(target: str, pages: Sequence[str], position: Position | None) -> Note:
    near = difflib.get_close_matches(target, pages, n=1)
    return Note(
        NoteKind.REFUSED,
        f"The menu has no `{target}`: it is no page of this site.",
        f"did you mean {near[0]}?" if near else "name a Markdown file by its path in the portfolio, or a link.",
        NAME,
        position,
    )
