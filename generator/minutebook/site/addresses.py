"""One owner for every address: pages, redirects and images in; nothing out, or an error that names both owners."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.errors import PublicationError
from minutebook.pages.page import Page, Redirect
from minutebook.site.handbook import ImageFile


def check_addresses(pages: Iterable[Page], redirects: Iterable[Redirect], images: Iterable[ImageFile]) -> None:
    """PublicationError: two sources want one address; it names all such.

    Letter case tells no addresses apart: on some disks it cannot.
    """
    owners: dict[str, str] = {}
    claims = [
        *((page.address, page.origin) for page in pages),
        *((redirect.address, redirect.origin) for redirect in redirects),
        *((image.target, f"the image {image.path}") for image in images),
    ]
    problems: list[str] = []
    for address, origin in claims:
        # A page's address is a folder: beside a file of that name it cannot be written.
        place = address.rstrip("/").casefold()
        if place in owners:
            problems.append(f"Two sources want the address /{address}: {owners[place]}, and {origin}.")
        owners.setdefault(place, origin)
    if problems:
        raise PublicationError("\n".join(problems), "rename one of the two.")
