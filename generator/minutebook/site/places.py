"""Where the links of texts lead: a relative link and the file it stands in, in; a page, an image or a refusal out."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode, urlsplit

from minutebook.pages.page import Address, Elsewhere
from minutebook.site.inert import make_visible

OUTSIDE = frozenset(["http", "https", "mailto"])
"""Schemes of links that may lead elsewhere."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A link that is taken away."""

    reason: str
    """For a person, after the link: "leaves the portfolio"."""


@dataclass(frozen=True, slots=True)
class ImagePlace:
    """A published image."""

    path: str
    """Relative to the top of the site."""


@dataclass(frozen=True)
class Places:
    """Everything that a text may link to, by path in the repository."""

    root: str
    """Where the portfolio lies in the repository; empty: at the top."""
    pages: Mapping[str, Address]
    """Records' files, those they once were, and handbook pages."""
    items: Mapping[str, Mapping[str, Address]]
    """For a register: its records by id, case-folded."""
    images: Mapping[str, ImagePlace]

    def link(self, href: str, base: str) -> Address | Elsewhere | Refused:
        """Where a link of the file `base` leads."""
        found = self._outside(href)
        if found is not None:
            return found
        path, anchor = self._path(href, base)
        if path is None:
            return Address("", anchor)
        if isinstance(path, Refused):
            return path
        if path in self.items:
            item = self.items[path].get(unquote(urlsplit(href).fragment).casefold())
            if item is not None:
                return item
        page = self.pages.get(path)
        if page is not None:
            return Address(page.path, anchor)
        if path in self.images:
            return Refused("leads to an image, not to a page")
        return Refused("leads to no page of this site")

    def image(self, src: str, base: str) -> ImagePlace | Elsewhere | Refused:
        """What an image of the file `base` shows; Elsewhere: it is on another host, and is only linked to."""
        found = self._outside(src)
        if isinstance(found, Elsewhere) and not found.url.startswith("mailto:"):
            return found
        if found is not None:
            return Refused("is no image")
        path, _ = self._path(src, base)
        if isinstance(path, Refused):
            return path
        return self.images.get(path or "") or Refused("is no image that this site publishes")

    def _outside(self, href: str) -> Elsewhere | Refused | None:
        """What a link with a scheme or a host is; None: it has neither."""
        # Browsers drop controls and spaces, and read a backslash as a slash, before they look for a host.
        bare = "".join(letter for letter in href if letter > " ").replace("\\", "/")
        if bare.startswith("//"):
            return Refused("names a host without a scheme")
        try:
            scheme = urlsplit(bare).scheme.lower()
        except ValueError:
            return Refused("is no URL")
        if not scheme:
            # `urlsplit` sees no scheme in `1x:y` or `jav&#x61;script :x`; a browser might.
            return Refused("is no URL") if ":" in bare.split("/")[0].split("?")[0].split("#")[0] else None
        if scheme in OUTSIDE:
            return Elsewhere(href.strip())
        return Refused(f"has the scheme {scheme[:20]}:")

    def _path(self, href: str, base: str) -> tuple[str | Refused | None, str]:
        """The path in the repository and the id on that page; None: the same page."""
        path, _, fragment = href.strip().replace("\\", "/").partition("#")
        path = unquote(path.partition("?")[0])
        anchor = f"text-{unquote(fragment)}" if fragment else ""
        if not path:
            return None, anchor
        start = "" if path.startswith("/") else posixpath.dirname(base)
        full = posixpath.normpath(posixpath.join(start, path.lstrip("/")))
        if full.startswith("../") or full == "..":
            return Refused("leaves the repository"), anchor
        if self.root and not f"{full}/".startswith(f"{self.root}/"):
            return Refused("leaves the portfolio"), anchor
        return full, anchor


def relative_url(here: str, to: Address) -> str:
    """The way from a page's address to another, whatever the site stands under."""
    anchor = f"#{quote(to.anchor, safe=':.-_~')}" if to.anchor else ""
    # As the options of the filters have them, in which hidden controls are made visible.
    view = f"?{urlencode([(name, make_visible(word)) for name, word in to.view])}" if to.view else ""
    if here == to.path and anchor and not view:
        return anchor
    return relative_path(here, to.path) + view + anchor


def relative_path(here: str, path: str) -> str:
    """The way from a page's address to a page or file of the site."""
    up = "../" * here.count("/")
    return f"{up}{quote(path, safe='/')}" or "./"
