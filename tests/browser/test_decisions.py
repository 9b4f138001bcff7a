"""The pages of decisions in a real browser: narrowed, sorted, followed and read on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import Scheme, Shared, Visit, served
from tests.site.deciding import begin, on, rule, work
from tests.site.making import write
from tests.support.repository_builder import RepositoryBuilder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = "Move the opening of the northern depot to autumn and lease four buses from the neighbouring authority meanwhile"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of a council with rulings of two years."""
    folder = tmp_path_factory.mktemp("decisions")
    repo = RepositoryBuilder(folder / "repository")
    begin(repo)
    rule(repo, "r-1", "asked", title=LONG, sort="money")
    rule(repo, "r-2", "asked", sort="time")
    on(repo, "2026-01-10")
    rule(repo, "r-1", "agreed", title=LONG, sort="money", yes_from="Cy Roe")
    on(repo, "2026-01-19")
    rule(repo, "r-1", "agreed", "We do that, and " + "more " * 60 + "\n", title=LONG, sort="money", yes_from="Cy Roe")
    work(repo, "w-1", because="r-1")
    on(repo, "2026-02-01")
    rule(repo, "r-2", "agreed", sort="time", replaces="r-1")
    on(repo, "2027-02-01")
    rule(repo, "r-3", "asked")
    on(repo, "2027-02-02")
    write(repo, folder / "host" / "minutes")
    with served(folder / "host") as url:
        yield url


def ids(visit: Visit) -> list[str]:
    """The decisions that the log shows, from top to bottom."""
    shown = "all => all.filter(one => one.offsetParent).map(one => one.querySelector('.mb-id').textContent)"
    found: list[str] = visit.page.eval_on_selector_all("#decisions tbody tr", shown)
    return found


def test_the_log_is_narrowed_and_sorted_and_the_view_is_kept_in_the_address(address: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.load(f"{address}ruling/")
    assert ids(visit) == ["r-3", "r-2", "r-1"]
    visit.page.click("#decisions th[data-sort=lead_time] button")
    assert ids(visit) == ["r-1", "r-2", "r-3"], "9 days before 387 days, and what is not decided last"
    visit.page.select_option("select[name=year]", "2027")
    visit.page.select_option("select[name=state]", "agreed")
    assert ids(visit) == ["r-2"]
    view = visit.address
    assert view.partition("?")[2] == "year=2027&state=agreed&sort=lead_time"
    visit.page.close()
    other = Visit(browser)
    other.load(view)
    assert ids(other) == ["r-2"]
    assert other.complaints == []
    other.page.close()


def test_an_edit_leads_to_the_version_that_shows_it(address: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.load(f"{address}ruling/r-1/")
    visit.page.click("text=before and after")
    visit.page.wait_for_url("**/versions/#*")
    assert visit.page.locator(":target h2").inner_text().startswith("Version 3")
    assert visit.page.locator(":target ins").count() > 0
    assert visit.complaints == []
    visit.page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["ruling/", "ruling/r-1/", "ruling/r-1/versions/"])
def test_no_page_of_decisions_is_wider_than_a_phone(path: str, scheme: Scheme, address: str, shared: Shared) -> None:
    visit = shared(390, scheme)
    visit.load(address + path)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = visit.page.eval_on_selector_all(".mb-scroll", "all => all.map(one => [one.scrollWidth, one.clientWidth])")
    assert boxes or path.endswith("/r-1/"), "tables have boxes in which they can be moved"
    assert all(needed <= given for needed, given in boxes)
