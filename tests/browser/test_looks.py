"""What a reader sees on a phone and on a desk: nothing is squeezed, cut off or empty without a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.kinds import KINDS
from tests.browser.visits import Shared, Visit, served
from tests.site.making import start, task, write
from tests.support.repository_builder import RepositoryBuilder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

PHONE = 390
TABLES = [
    "",
    "project/",
    "project/depot-north-charging/",
    "innovation/",
    "innovation/demand-bus/",
    "meeting/",
    "group/",
]
CUT = "all => all.map(one => one.scrollWidth - one.clientWidth).filter(more => more > 0)"
SQUEEZED = """all => all.filter(one => {
    const box = one.getBoundingClientRect();
    return one.innerText.trim().length > 3 && box.width < 40 && box.height > 50;
}).map(one => one.innerText)"""


BROKEN = """all => all.filter(one => {
    const words = document.createRange();
    return [...one.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).some(node =>
        [...node.data.matchAll(/[^\\s-]+/g)].some(word => {
            words.setStart(node, word.index);
            words.setEnd(node, word.index + word[0].length);
            return words.getClientRects().length > 1;
        }));
}).map(one => one.innerText)"""
"""Of elements, what those read whose words are broken over two lines."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small office with a date that is none."""
    folder: Path = tmp_path_factory.mktemp("looks")
    repo = start(RepositoryBuilder(folder / "repository"))
    repo.write("portfolio/tasks/t-3.md", task("Paint stations", status="open", due="some-day-in-the-spring-of-2026"))
    repo.commit("Guess")
    write(repo, folder / "host" / "minutes")
    with served(folder / "host") as url:
        yield url


@pytest.mark.parametrize(
    "path", [*TABLES, "changes/", "dictionary/", "dictionary/project/", "product/journey-planner/"]
)
def test_no_table_is_wider_than_a_phone(path: str, demo: str, shared: Shared) -> None:
    visit = shared(PHONE)
    visit.load(demo + path)
    boxes = visit.page.locator(".mb-scroll")
    assert boxes.count() > 0
    assert boxes.evaluate_all(CUT) == []


@pytest.mark.parametrize("path", [*KINDS.values(), "dictionary/project/"])
def test_no_words_run_down_a_column_of_a_letters_width(path: str, demo: str, shared: Shared) -> None:
    visit = shared(PHONE)
    visit.load(demo + path)
    cells = visit.page.locator(".mb-table tbody :is(th, td), .mb-facts dd, .mb-glance dd")
    assert cells.evaluate_all(SQUEEZED) == []


@pytest.mark.parametrize(
    "path", ["project/depot-north-charging/", "project/driver-rostering/", "innovation/demand-bus/"]
)
def test_the_tables_of_a_record_fit_on_a_desk(path: str, demo: str, shared: Shared) -> None:
    visit = shared()
    visit.load(demo + path)
    assert visit.page.locator(".mb-scroll").evaluate_all(CUT) == []


@pytest.mark.parametrize("width", [600, 700, 800, 960, 1240])
@pytest.mark.parametrize("path", ["project/", "innovation/", "meeting/", "goal/"])
def test_a_table_of_records_fits_on_a_tablet_and_breaks_no_word(
    path: str, width: int, demo: str, browser: Browser
) -> None:
    visit = Visit(browser, width=width)
    visit.open(demo + path)
    assert visit.page.locator(".mb-scroll").evaluate_all(CUT) == []
    assert visit.page.locator("#records tbody a").evaluate_all(BROKEN) == []
    assert visit.page.locator("#records thead button").first.is_visible(), "the heads that sort are not folded away"
    visit.page.close()


@pytest.mark.parametrize("path", ["", "project/", "innovation/", "project/ticketing-core/"])
def test_the_name_of_a_person_stands_on_one_line_of_a_table(path: str, demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(demo + path)
    names = visit.page.locator(".mb-table .mb-name")
    assert names.count() > 3
    assert set(names.evaluate_all("all => all.map(one => one.getBoundingClientRect().height < 24)")) == {True}
    visit.page.close()


def test_a_row_on_a_phone_tells_its_title_first_and_what_each_fact_is(demo: str, browser: Browser) -> None:
    visit = Visit(browser, width=PHONE)
    visit.load(f"{demo}project/")
    row = visit.page.locator("#records tbody tr").first
    title, id_ = row.locator("th").bounding_box(), row.locator("td.mb-id").bounding_box()
    owner = row.locator("td[data-label=Manager]")
    assert title is not None
    assert id_ is not None
    assert id_["y"] == pytest.approx(title["y"], abs=5), "the id stands beside the title"
    assert id_["x"] > title["x"]
    label = owner.evaluate("one => getComputedStyle(one, '::before').content")
    assert "attr" in label or "Manager" in label
    assert owner.evaluate("one => one.getBoundingClientRect().top") > title["y"] + title["height"] - 1
    visit.page.close()


def test_a_list_sorts_and_narrows_on_a_phone(demo: str, browser: Browser) -> None:
    for path, table in (("project/", "records"), ("decision/", "decisions")):
        visit = Visit(browser, width=PHONE)
        visit.load(demo + path)
        rows = visit.page.locator(f"#{table} tbody tr")
        visit.page.click(".mb-narrowing summary")
        visit.page.click("th[data-sort=title] button")
        titles = rows.locator("th a").all_inner_texts()
        assert titles == sorted(titles, key=str.casefold)
        visit.page.fill("input[name=contains]", titles[0])
        assert rows.filter(visible=True).count() < len(titles)
        assert visit.complaints == []
        visit.page.close()


@pytest.mark.parametrize(("path", "table"), [("project/", "records"), ("decision/", "decisions")])
def test_a_list_that_is_narrowed_to_nothing_says_so_and_how_to_go_on(
    path: str, table: str, demo: str, browser: Browser
) -> None:
    visit = Visit(browser)
    visit.load(demo + path)
    none = visit.page.locator(".mb-none")
    assert none.is_hidden()
    visit.page.fill("input[name=contains]", "no such words")
    assert none.inner_text() == f"No {path.removesuffix('/')}s fit. Clear the filters"
    assert visit.page.locator(f"#{table}").is_hidden(), "no bare heads"
    none.locator("button").click()
    visit.page.locator(f"#{table} tbody tr").first.wait_for(state="visible")
    assert none.is_hidden()
    assert visit.page.input_value("input[name=contains]") == ""
    visit.page.close()


def test_a_month_that_is_narrowed_to_nothing_says_so_too(demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.load(f"{demo}{KINDS['month']}?contains=nosuchword")
    assert visit.page.locator(".mb-none").inner_text() == "No entries fit. Clear the filters"
    visit.page.close()


def test_a_view_that_is_sent_to_a_colleague_does_not_open_the_search_over_it(demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.load(f"{demo}project/")
    visit.page.fill("input[name=contains]", "Holm")
    visit.load(visit.address)
    assert visit.page.input_value("input[name=contains]") == "Holm"
    assert not visit.page.is_checked("#__search")
    visit.page.close()


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_the_year_of_the_calendar_that_is_newest_can_be_seen_whole(width: int, demo: str, browser: Browser) -> None:
    visit = Visit(browser, width=width)
    visit.load(f"{demo}changes/")
    cells = visit.page.locator(".mb-calendar tbody tr").first.locator("td")
    assert cells.count() == 13
    for cell in (cells.nth(0), cells.nth(11), cells.nth(12)):
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    visit.page.close()


def test_a_date_that_is_none_breaks_its_line_on_a_phone(office: str, browser: Browser) -> None:
    visit = Visit(browser, width=PHONE)
    for path in ("task/t-3/", "task/"):
        visit.load(office + path)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE
        doubt = visit.page.locator(".mb-doubt").first.bounding_box()
        assert doubt is not None
        assert doubt["x"] + doubt["width"] <= PHONE
    visit.page.close()
