"""The search of the demo's site, as a reader uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def visit(demo: str, browser: Browser) -> Iterator[Visit]:
    """The first page, with the search open."""
    found = Visit(browser)
    found.open(demo)
    found.page.set_default_timeout(10_000)
    found.open_search()
    yield found
    assert found.complaints == []
    assert found.asked_elsewhere(demo) == []
    found.page.close()


FOUND = """address => [...document.querySelectorAll(".md-search-result__item a")].slice(0, 5)
  .some((one) => new URL(one.href).pathname === new URL(address).pathname)"""
FIRST = """([address, ...words]) => {
  const first = document.querySelector(".md-search-result__item a");
  if (first === null) return false;
  const found = new URL(first.href);
  return found.pathname === new URL(address).pathname
    && words.every((one) => found.searchParams.get("h").split(" ").includes(one));
}"""
"""The first that was found is the page, and for all words: it names those that it was found for."""


def look_for(visit: Visit, words: str) -> None:
    # The theme's search listens to keys, and not to what is put into the field.
    visit.page.fill("input.md-search__input", "")
    visit.page.keyboard.press("Backspace")
    visit.page.wait_for_selector(".md-search-result__item", state="detached")
    visit.page.keyboard.type(words)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Charging at Depot North", "project/depot-north-charging/"),
        ("d-2024-20", "decision/d-2024-20/"),
        ("Karin Holm", "project/depot-south-rebuild/"),
        ("cancelled", "project/depot-south-rebuild/"),
        ("how we decide", "handbook/how-we-decide/"),
    ],
    ids=["title", "id", "person", "status", "handbook page"],
)
def test_a_record_is_found_by(words: str, address: str, visit: Visit, demo: str) -> None:
    look_for(visit, words)
    visit.wait_until(FOUND, demo + address)  # what was found for half a word stands there for a moment


def test_what_was_found_is_opened(visit: Visit, demo: str) -> None:
    look_for(visit, "Charging at Depot North")
    # What was found for the first letter has the page as well, in another place: it must not be opened.
    visit.wait_until(FIRST, [f"{demo}project/depot-north-charging/", "charging", "depot", "north"])
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"{demo}project/depot-north-charging/*")
    assert visit.page.inner_text("h1") == "Charging at Depot North"
