"""Every link of the demo's site that stays within it: the page is there, and so is the place on the page."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from minutebook.site.build import Settings, Site, build_site
from tests.demo.conftest import Demo

pytestmark = pytest.mark.slow

MONTH = re.compile(r"changes/\d{4}-\d\d/(\d+/)?")


@pytest.fixture(scope="module")
def site(demo: Demo) -> Site:
    """The demo's whole site."""
    configuration = demo.folder / "portfolio" / "portfolio.yml"
    return build_site(Settings(repository=demo.folder, configuration=configuration, folder="portfolio"))


def test_every_link_leads_to_a_place_that_is_there(site: Site) -> None:
    places = {
        page.address: {unescape(one) for one in re.findall(r'\sid="([^"]+)"', page.html)} for page in site.all_pages
    }
    followed = 0
    for page in site.all_pages:
        for link in links_of(page.html):
            path, anchor = target_of(page.address, link)
            if path in places:
                assert not anchor or anchor in places[path], f"{link} on /{page.address}"
                followed += bool(anchor)
            else:
                assert path in site.redirects or path in site.images, f"{link} on /{page.address}"
    assert followed > 1_000


def test_a_day_that_is_linked_leads_to_its_change_and_not_to_the_top_of_its_month(site: Site) -> None:
    days = 0
    for page in site.all_pages:
        for link in re.findall(r'<a href="([^"]*)">\d{4}-\d\d-\d\d</a>', page.html):
            path, anchor = target_of(page.address, unescape(link))
            if MONTH.fullmatch(path):
                assert anchor, f"{link} on /{page.address}"
                days += 1
    assert days > 100


def links_of(html: str) -> list[str]:
    """Where the links of a page lead, those to other hosts left out."""
    found = (unescape(one) for one in re.findall(r'<a [^>]*?href="([^"]*)"', html))
    return [one for one in found if not urlsplit(one).scheme]


def target_of(address: str, link: str) -> tuple[str, str]:
    """The address of the page, relative to the top of the site, and the id that a link on a page leads to."""
    parts = urlsplit(urljoin(f"https://site.example/{address}", link))
    return unquote(parts.path).lstrip("/"), unquote(parts.fragment)
