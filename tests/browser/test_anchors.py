"""Links that lead into a page: permanent links of changes, also into folds, and the table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BULK = "changes/2023-10/"
"""The month in which one commit changed 365 proposals."""
BACKGROUND = "one => getComputedStyle(one).backgroundColor"
IN_VIEW = """() => {
  const box = document.querySelector(":target")?.getBoundingClientRect();
  return box !== undefined && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
}"""
"""The place that the address names is shown, and on the screen."""


def test_the_permanent_link_of_a_change_opens_its_month_and_marks_the_line(demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(f"{demo}project/depot-north-charging/")
    line = visit.page.locator("ol.mb-timeline > li").nth(2)
    anchor = line.get_attribute("id")
    words = " ".join(line.locator(".mb-what").inner_text().split())
    line.locator("a.mb-permanent").click()
    visit.page.wait_for_url(f"{demo}changes/*/#{anchor}")
    target = visit.page.locator(":target")
    assert words in " ".join(target.inner_text().split())
    visit.wait_until(IN_VIEW)
    other = visit.page.locator(f"#changes [data-f]:not([id='{anchor}'])").first
    assert target.evaluate(BACKGROUND) != other.evaluate(BACKGROUND)
    assert visit.complaints == []
    visit.page.close()


def test_a_link_into_a_folded_commit_opens_the_fold(eips: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(eips + BULK)
    inside = visit.page.locator("details:not([open]) li[id]")
    first, last = (inside.nth(place).get_attribute("id") for place in (10, inside.count() - 1))
    other = Visit(browser)
    other.open(f"{eips}{BULK}#{first}")
    other.wait_until(IN_VIEW)
    other.page.close()
    visit.page.evaluate("anchor => { location.hash = anchor; }", last)
    visit.wait_until("anchor => document.getElementById(anchor).checkVisibility()", last)
    visit.wait_until(IN_VIEW)
    assert visit.complaints == []
    visit.page.close()


def test_an_address_that_names_nothing_harms_nothing(demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    for anchor in ("#nothing", "#%", "#%E0%A4%A", "#'\"<img>"):
        visit.open(f"{demo}changes/2025-04/{anchor}")
        visit.open("about:blank")
    assert visit.complaints == []
    visit.page.close()


@pytest.mark.parametrize("path", ["project/depot-north-charging/", "dictionary/decision/", "decision/d-2024-20/"])
def test_the_table_of_contents_leads_to_each_heading(path: str, demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(demo + path)
    links = visit.page.locator(".md-sidebar--secondary .md-nav__link[href]")
    assert links.count() > 1
    for link in links.all():
        link.click()
        href = link.get_attribute("href")
        assert href
        visit.wait_until("hash => location.hash === hash", href)
        target = visit.page.locator(":target")
        assert target.inner_text().strip().startswith(link.inner_text().strip())
        visit.wait_until("document.querySelector(':target').getBoundingClientRect().top < innerHeight")
    visit.page.close()
