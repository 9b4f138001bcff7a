"""The navigation: a finished site, or what mkdocs.yml says, in; menus without records out."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import TypeAlias

from minutebook.pages.links import CHANGES, COMPLETENESS, DICTIONARY, PUBLICATION
from minutebook.pages.page import Address
from minutebook.site.build import Site
from minutebook.site.inert import inert_title
from minutebook.site.places import OUTSIDE
from minutebook.site.render import FinishedPage

Nav: TypeAlias = "list[str | dict[str, str | Nav]]"
"""As `nav` of mkdocs.yml: pages by their source, with or without a title, and sections."""

HANDBOOK = "Handbook"


def default_nav(site: Site) -> Nav:
    """Home, the table of each type, the change timeline, the handbook, and what tells of the records and the site."""
    tables = [link.to for link in site.types if isinstance(link.to, Address)]
    nav: Nav = [{"Home": "index.md"}, *(f"{table.path}index.md" for table in tables), f"{CHANGES.path}index.md"]
    handbook: Nav = [_entry(page) for page in site.handbook]
    if handbook:
        nav.append({HANDBOOK: handbook})
    return [*nav, f"{DICTIONARY.path}index.md", f"{COMPLETENESS.path}index.md", f"{PUBLICATION.path}index.md"]


def _entry(page: FinishedPage) -> str | dict[str, str | Nav]:
    """A page below the handbook's heading; one that is called as that, as a README may be, has another name there."""
    return {f"{HANDBOOK} overview": source_uri(page)} if page.title == HANDBOOK else source_uri(page)


def site_nav(nav: object, site: Site) -> Nav:
    """What mkdocs.yml says, with handbook pages by the sources that MkDocs knows; where it says nothing, ours."""
    if not nav:
        return default_nav(site)
    return _renamed(clean_nav(nav), handbook_sources(site))


def handbook_sources(site: Site) -> dict[str, str]:
    """What MkDocs is told of each handbook page, by the path of its file in the portfolio."""
    return {_inside(page.source or "", site.root): source_uri(page) for page in site.handbook}


def source_uri(page: FinishedPage) -> str:
    """What MkDocs is told that a page was made from: never its own name, so that MkDocs finds the address we give."""
    return f"{page.address}index.md"


def _inside(path: str, root: str) -> str:
    """A path of the repository relative to the portfolio's folder."""
    return path[len(root) :].lstrip("/")


def _renamed(nav: Nav, names: Mapping[str, str]) -> Nav:
    renamed: Nav = []
    for item in nav:
        if isinstance(item, str):
            renamed.append(names.get(posixpath.normpath(item), item))
        else:
            renamed.extend(
                {title: names.get(posixpath.normpath(to), to) if isinstance(to, str) else _renamed(to, names)}
                for title, to in item.items()
            )
    return renamed


def clean_nav(nav: object) -> Nav:
    """A navigation that somebody wrote, with inert titles and without links that could run anything."""
    cleaned: Nav = []
    for item in nav if isinstance(nav, list) else []:
        if isinstance(item, str):
            if is_harmless(item):
                cleaned.append(item)
        elif isinstance(item, dict):
            for title, target in item.items():
                if isinstance(target, list):
                    cleaned.append({inert_title(str(title)): clean_nav(target)})
                elif isinstance(target, str) and is_harmless(target):
                    cleaned.append({inert_title(str(title)): target})
    return cleaned


def nav_titles(nav: object) -> dict[str, str | None]:
    """The sources that a navigation names, with the title it gives each, if any."""
    found: dict[str, str | None] = {}
    for item in nav if isinstance(nav, list) else []:
        if isinstance(item, str):
            found[posixpath.normpath(item)] = None
        elif isinstance(item, dict):
            for title, target in item.items():
                if isinstance(target, str):
                    found[posixpath.normpath(target)] = str(title)
                else:
                    found.update(nav_titles(target))
    return found


def is_harmless(target: str) -> bool:
    """Whether a target is a page or a link of a scheme that runs nothing."""
    bare = "".join(letter for letter in target if letter > " ").lower()
    if bare.startswith("//") or any(letter in bare for letter in "<>\"'`\\"):
        return False
    scheme, colon, _ = bare.partition(":")
    return not colon or "/" in scheme or "#" in scheme or scheme in OUTSIDE
