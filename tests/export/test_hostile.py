"""An export of hostile and odd content, built by Zensical: nothing runs, and what stands beside the pages is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from minutebook.site.mkdocs_yml import Look
from tests.browser.visits import Visit
from tests.export.conftest import Build, Export, make_both, served_theirs
from tests.export.reading import block_of, fetched_from_elsewhere, lost_links, pages_of
from tests.site.hostile import HIT, dangers_of, fill
from tests.site.making import make, task
from tests.support.repository_builder import RepositoryBuilder

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURE = b"\x89PNG\r\n\x1a\n"
LETTER = "# R&D *letter*\n\n![plan](../handbook/plan.png) {{ 7*7 }} :smile: ==a== https://plain.example/ (c)\n"
OLD = task("Moved & kept", "The same words, whatever the record is called.\n" * 9)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory, build_with_zensical: Build) -> Export:
    folder = tmp_path_factory.mktemp("hostile")
    repo = fill(RepositoryBuilder(folder / "repository"))
    repo.write("portfolio/handbook/plan.png", PICTURE)
    repo.write("portfolio/templates/letter.md", LETTER)
    repo.write("portfolio/tasks/old.md", OLD)
    repo.commit("Odd, and harmless")
    repo.remove("portfolio/tasks/old.md")
    repo.write("portfolio/tasks/new.md", OLD)
    repo.commit("Another id")
    site = make(repo)
    look = Look(site_name=f"<script>{HIT}</script>", copyright="R&amp;D")
    return make_both(site, look, folder, build_with_zensical)


def test_the_same_pages_redirects_and_images_are_at_the_same_addresses(export: Export) -> None:
    assert pages_of(export.theirs).keys() == pages_of(export.ours).keys()
    assert list(export.site.redirects) == ["task/old/"]
    assert pages_of(export.theirs)["task/old/"] == export.site.redirects["task/old/"]
    assert export.site.images == {"handbook/plan.png": PICTURE}
    assert (export.theirs / "handbook/plan.png").read_bytes() == PICTURE


def test_the_other_generator_reads_a_page_as_finished_html(export: Export) -> None:
    ours, theirs = pages_of(export.ours), pages_of(export.theirs)
    other = [
        page.address for page in export.site.all_pages if block_of(ours[page.address]) != block_of(theirs[page.address])
    ]
    assert other == []


def test_every_link_leads_somewhere_and_nothing_is_fetched_from_elsewhere(export: Export) -> None:
    assert list(lost_links(export.theirs)) == []
    assert list(fetched_from_elsewhere(export.theirs)) == []


def test_no_page_has_anything_of_a_contributors_that_would_run(export: Export) -> None:
    found = {address: dangers_of(html) for address, html in pages_of(export.theirs).items()}
    assert {address: dangers for address, dangers in found.items() if dangers and address != "task/old/"} == {}


@pytest.fixture(scope="module")
def address(export: Export) -> Iterator[str]:
    with served_theirs(export) as url:
        yield url


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["", "task/", "task/t-0/", "task/t-2/", "task/t-3/", "handbook/evil/", "changes/2026-01/"]
)
def test_a_page_runs_nothing_of_a_contributors_and_asks_no_other_host(
    path: str, address: str, browser: Browser
) -> None:
    visit = Visit(browser)
    visit.open(address + path)
    assert visit.page.evaluate("window.hits") == 0
    assert visit.complaints == []
    assert visit.asked_elsewhere(address) == []
    assert HIT in visit.page.content()
    visit.page.close()


@pytest.mark.browser
def test_a_hostile_title_stays_text_in_the_search(address: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(address)
    visit.page.keyboard.press("/")
    visit.page.get_by_role("combobox", name="Search").fill("onerror")
    results = visit.page.locator("a[role=option]")
    results.first.filter(has_text="onerror=hit(1)").wait_for()
    assert results.locator("img, script, a a").count() == 0
    assert visit.page.evaluate("window.hits") == 0
    assert visit.complaints == []
    visit.page.close()


@pytest.mark.browser
def test_a_redirect_leads_to_the_record_and_its_title_reads_as_it_was_written(address: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(f"{address}task/old/")
    visit.page.wait_for_url(f"{address}task/new/")
    assert visit.page.title().startswith("new: Moved & kept")
    assert "R&D" in visit.page.inner_text("footer")
    visit.page.close()
