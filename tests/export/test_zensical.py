"""The exported demo, built by Zensical: the same pages at the same addresses, whole, linked and searchable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from minutebook.demo.portfolio import write_demo
from minutebook.site.build import Settings, build_site
from minutebook.site.inert import inert_title
from minutebook.site.mkdocs_yml import read_look
from minutebook.site.templates import stylesheets
from tests.browser.visits import Visit
from tests.export.conftest import Build, Export, make_both, served_theirs
from tests.export.reading import block_of, fetched_from_elsewhere, lost_links, pages_of

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser


STYLES_THAT_APPLY = """
[...document.styleSheets]
  .filter((one) => one.cssRules.length && one.href.includes("assets/minutebook/"))
  .map((one) => one.href.slice(one.href.indexOf("assets/")))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, build_with_zensical: Build) -> Export:
    folder = tmp_path_factory.mktemp("demo")
    repository = folder / "varnland"
    write_demo(repository)
    site = build_site(Settings(repository, repository / "portfolio" / "portfolio.yml", "portfolio"))
    look = read_look(repository / "mkdocs.yml")
    return make_both(site, look, folder, build_with_zensical)


def test_the_same_pages_are_at_the_same_addresses(demo: Export) -> None:
    theirs = pages_of(demo.theirs)
    assert theirs.keys() == pages_of(demo.ours).keys()
    assert {page.address for page in demo.site.all_pages} <= theirs.keys()


def test_each_page_has_the_same_elements_and_words(demo: Export) -> None:
    ours, theirs = pages_of(demo.ours), pages_of(demo.theirs)
    other = [
        page.address for page in demo.site.all_pages if block_of(ours[page.address]) != block_of(theirs[page.address])
    ]
    assert other == []


def test_tables_timelines_calendar_and_redlines_are_in_place(demo: Export) -> None:
    theirs = pages_of(demo.theirs)
    for address, mark in (
        ("", '<table class="mb-table'),
        ("project/", '<table class="mb-table'),
        ("project/app-relaunch/", '<ol class="mb-timeline">'),
        ("decision/d-2025-20/versions/", "<del>"),
        ("changes/", '<table class="mb-calendar"'),
        ("changes/2026-01/", '<ol class="mb-timeline mb-acts"'),
    ):
        assert mark in theirs[address], address


def test_every_link_and_anchor_leads_to_a_page_or_an_id_that_is_there(demo: Export) -> None:
    assert list(lost_links(demo.theirs)) == []


def test_no_page_names_anything_of_another_host_to_fetch(demo: Export) -> None:
    assert list(fetched_from_elsewhere(demo.theirs)) == []


def test_our_styles_and_scripts_are_there_byte_for_byte(demo: Export) -> None:
    assert demo.site.assets
    for path, content in demo.site.assets.items():
        assert (demo.theirs / path).read_bytes() == content, path


def test_the_search_has_the_pages_of_ours_by_title_and_no_ledgers(demo: Export) -> None:
    items = json.loads((demo.theirs / "search.json").read_text("utf-8"))["items"]
    found = {item["location"].split("#")[0]: item for item in reversed(items)}
    wanted = {page.address: page for page in demo.site.all_pages if page.search is not None}
    assert found.keys() == wanted.keys()
    for address in wanted.keys() - {""}:
        assert found[address]["title"] == inert_title(wanted[address].title), address
    assert found[""]["title"] == "Home"
    assert demo.site.title in found[""]["text"]
    whole = " ".join(item["text"] for item in items)
    assert "Owner" in whole
    assert "Approved-by" not in whole
    assert (demo.theirs / "search.json").stat().st_size < 500_000


@pytest.fixture(scope="module")
def address(demo: Export) -> Iterator[str]:
    with served_theirs(demo) as url:
        yield url


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["", "project/", "project/app-relaunch/", "decision/", "decision/d-2024-01/versions/", "changes/2026-01/"]
)
def test_a_page_works_in_the_browser_and_asks_no_other_host(
    path: str, address: str, demo: Export, browser: Browser
) -> None:
    visit = Visit(browser)
    visit.open(address + path)
    assert visit.complaints == []
    assert visit.asked_elsewhere(address) == []
    assert visit.page.evaluate(STYLES_THAT_APPLY) == stylesheets(demo.site.assets)
    assert visit.page.evaluate("typeof window.minutebook.fetchPage") == "function"
    visit.page.close()


@pytest.mark.browser
def test_a_filter_narrows_a_table_and_is_kept_in_the_address(address: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(f"{address}project/")
    rows = visit.page.locator(".mb-table tbody tr:visible")
    whole = rows.count()
    visit.page.select_option("[data-mb-filters] select >> nth=0", index=1)
    visit.wait_until("whole => document.querySelectorAll('.mb-table tbody tr:not([hidden])').length < whole", whole)
    assert 0 < rows.count() < whole
    assert "?" in visit.address
    assert visit.complaints == []
    visit.page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "first"), [("d-2024-01", "decision/d-2024-01/"), ("App relaunch", "project/app-relaunch/")]
)
def test_the_search_finds_a_record_by_id_and_by_title(typed: str, first: str, address: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(address)
    visit.page.keyboard.press("/")
    visit.page.get_by_role("combobox", name="Search").fill(typed)
    wanted = visit.page.locator(f"a:is([href='{address}{first}'], [href^='{address}{first}?'])")
    # What was found before may stand there for a moment.
    visit.page.locator("a[role=option]").first.and_(wanted).wait_for()
    assert visit.complaints == []
    visit.page.close()
