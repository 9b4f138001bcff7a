"""Pages in a real browser: nothing runs that is not the theme's, no other host is asked, the search works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import Scheme, Shared, Visit, served
from tests.site.hostile import fill
from tests.site.making import start, write
from tests.support.repository_builder import RepositoryBuilder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The hostile portfolio's site, served under a sub-path of a host."""
    folder = tmp_path_factory.mktemp("browser")
    write(fill(RepositoryBuilder(folder / "repository")), folder / "host" / "minutes")
    with served(folder / "host") as url:
        yield url


@pytest.fixture(scope="module")
def broken_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of an office in which a record cannot be read."""
    folder = tmp_path_factory.mktemp("broken")
    repo = start(RepositoryBuilder(folder / "repository"))
    repo.write("portfolio/tasks/t-1.md", "---\ntitle: [\n---\n")
    repo.commit("Break it")
    write(repo, folder / "host" / "minutes")
    with served(folder / "host") as url:
        yield url


FOUND = """address => [...document.querySelectorAll(".md-search-result__item a")].some((one) =>
  one.href.startsWith(address) && new URL(one.href).searchParams.get("h") === "onerror")"""
"""A page was found, and for the whole word: what was found for its beginning stands there for a moment."""

PAGES = [
    "",
    "task/",
    "task/t-0/",
    "task/t-1/",
    "task/t-2/",
    "task/t-3/",
    "handbook/evil/",
    "changes/2026-01/",
    "completeness/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_nothing_of_a_contributors_and_asks_no_other_host(
    path: str, address: str, browser: Browser
) -> None:
    visit = Visit(browser)
    visit.open(address + path)
    assert visit.page.evaluate("window.hits") == 0
    assert visit.complaints == []
    assert visit.asked_elsewhere(address) == []
    assert "hit(1)" in visit.page.content()
    visit.page.close()


def test_the_search_finds_a_record_and_its_hostile_title_stays_text(address: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(address)
    visit.open_search()
    visit.page.keyboard.type("onerror")
    visit.wait_until(FOUND, f"{address}task/t-1/")
    assert "onerror=hit(1)" in visit.page.inner_text(".md-search-result__list")
    assert visit.page.locator(".md-search-result__list img, .md-search-result__list script").count() == 0
    assert visit.page.evaluate("window.hits") == 0
    assert visit.complaints == []
    visit.page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "task/", "task/t-0/", "changes/2026-01/", "completeness/", "publication/"])
def test_no_page_is_wider_than_a_phone(path: str, scheme: Scheme, address: str, shared: Shared) -> None:
    visit = shared(390, scheme)
    visit.load(address + path)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["", "completeness/"])
def test_the_tables_of_the_first_pages_fit_on_a_phone(path: str, broken_address: str, shared: Shared) -> None:
    visit = shared(390)
    visit.load(broken_address + path)
    widths = visit.page.eval_on_selector_all(".mb-scroll", "all => all.map(one => [one.scrollWidth, one.clientWidth])")
    assert widths
    assert all(needed <= given for needed, given in widths)
    row = visit.page.locator(".mb-table tbody tr").first.bounding_box()
    assert row is not None
    assert row["height"] < 140, "a row with a sentence in it is not squeezed into a column of a word's width"


def test_a_page_reads_without_scripts(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}task/t-1/")
    assert page.locator("h1").inner_text() == "<img src=x onerror=hit(1)>"
    assert page.locator(".mb-timeline li").count() == 1
    context.close()
