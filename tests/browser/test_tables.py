"""Tables and lists that are narrowed and sorted in the browser, and views that are sent to a colleague."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import Visit, served
from tests.site import test_views as views
from tests.site.making import write
from tests.support.repository_builder import RepositoryBuilder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHOWN = "all => all.filter(one => one.checkVisibility()).map(one => one.querySelector('th[scope=row] a').innerText)"
CELLS = "(all, column) => all.filter(one => one.checkVisibility()).map(one => one.cells[column].innerText.trim())"
NOTHING = "\N{EN DASH}"


def titles(visit: Visit, table: str = "records") -> list[str]:
    """The records that the table shows, from top to bottom."""
    found: list[str] = visit.page.locator(f"#{table} tbody tr").evaluate_all(SHOWN)
    return found


def told(visit: Visit) -> str:
    """What the filters say of how much is shown."""
    return visit.page.inner_text("[data-mb-filters] output")


def sort_key(words: str, *, figures: bool) -> tuple[int, str]:
    """Figures are sorted by the number that they begin with: "4 of 5" by 4; days and words as they are."""
    number = re.match(r"\d[\d,]*(?=\s|$)", words) if figures else None
    return (int(number[0].replace(",", "")), "") if number else (0, words)


def options(visit: Visit, name: str) -> dict[str, int]:
    """The answers that a question offers, with the number of rows that the filters give for each."""
    words = visit.page.locator(f"select[name={name}] option:not([value=''])").all_inner_texts()
    return {word.rpartition(" (")[0]: int(word.rpartition(" (")[2][:-1]) for word in words}


def test_several_filters_narrow_together_and_a_colleague_who_opens_the_address_sees_the_same(
    demo: str, browser: Browser
) -> None:
    visit = Visit(browser)
    visit.load(f"{demo}project/")
    everything = titles(visit)
    visit.page.select_option("select[name=stage]", "executing")
    executing = titles(visit)
    assert len(executing) == options(visit, "stage")["executing"]
    visit.page.select_option("select[name=health]", "amber")
    both = titles(visit)
    assert 0 < len(both) < len(executing)
    assert set(both) < set(executing)
    visit.page.fill("input[name=contains]", "holm")
    assert titles(visit) == ["Charging at Depot North"], "the words of every column count"
    assert told(visit) == f"1 of {len(everything)} projects"
    visit.page.fill("input[name=contains]", "")
    visit.page.click("th[data-sort=title] button")
    visit.page.click("th[data-sort=title] button")
    view = visit.address
    assert view.partition("?")[2] == "stage=executing&health=amber&sort=title&order=desc"
    assert titles(visit) == sorted(both, reverse=True)

    visit.load(view)
    assert titles(visit) == sorted(both, reverse=True), "reloading changes nothing"
    other = Visit(browser)
    other.load(view)
    assert titles(other) == sorted(both, reverse=True)
    assert told(other) == told(visit)
    assert other.page.input_value("select[name=health]") == "amber"
    other.page.click("[data-mb-filters] button")
    other.wait_until("location.search === ''")
    assert titles(other) == everything, "in the order in which the page came"
    assert other.page.locator("[data-mb-filters] button").is_hidden()
    assert other.complaints == []
    other.page.close()
    visit.page.close()


@pytest.mark.parametrize("name", ["project", "innovation", "meeting", "decision"])
def test_every_column_sorts_both_ways_and_what_is_empty_comes_last(name: str, demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.load(f"{demo}{name}/")
    table = visit.page.locator("table:has(th[data-sort=title])")
    heads = table.locator("thead th").evaluate_all("all => all.map(one => one.dataset.sort)")
    for column, head in enumerate(heads):
        if head == "lead_time":
            continue  # spans of time, in words: test_decisions.py
        its_head = table.locator(f"th[data-sort='{head}']")
        has_order = its_head.get_attribute("data-facet") is not None
        figures = "mb-figures" in (its_head.get_attribute("class") or "").split()
        order = [word.casefold() for word in options(visit, head)] if has_order else []
        for down in (False, True):
            its_head.locator("button").click()
            cells: list[str] = table.locator("tbody tr").evaluate_all(CELLS, column)
            words = [" ".join(cell.split("\n")[0].lstrip("○●✓▲■ ").casefold().split()) for cell in cells]
            filled = [word for word in words if word != NOTHING]
            assert words == filled + [NOTHING] * (len(words) - len(filled)), f"{head}: what has no value is last"
            keys = [order.index(word) if order else sort_key(word, figures=figures) for word in filled]
            assert keys == sorted(keys, reverse=down), f"{name} by {head}, {'down' if down else 'up'}"
    assert visit.complaints == []
    visit.page.close()


def test_the_counts_of_the_first_page_lead_to_the_records_that_were_counted(demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.load(demo)
    counts = visit.page.locator("tbody .mb-count a")
    links = counts.evaluate_all("all => all.map(one => [one.href, Number(one.innerText.split(/\\s+/).pop())])")
    assert len(links) > 10
    for link, number in links[:: len(links) // 6]:
        visit.load(link)
        shown = visit.page.locator("table:has(th[data-sort=title]) tbody tr:visible").count()
        assert shown == number, link
    assert visit.complaints == []
    visit.page.close()


def test_a_table_in_several_parts_is_narrowed_and_sorted_as_a_whole(eips: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(f"{eips}proposal/")
    visit.wait_until("document.querySelector('[data-mb-filters] output').innerText === '350 of 949 proposals'")
    visit.page.select_option("select[name=status]", "Moved")
    visit.wait_until("document.querySelector('[data-mb-filters] output').innerText.includes('365')")
    assert told(visit) == "365 of 949 proposals"
    assert len(titles(visit)) == 365
    visit.page.select_option("select[name=status]", "Living")
    assert len(titles(visit)) == 3
    visit.page.select_option("select[name=status]", "")
    visit.page.click("th[data-sort=id] button")
    visit.page.click("th[data-sort=id] button")
    ids = visit.page.locator("#records tbody tr td:first-child").all_inner_texts()
    assert len(ids) == 949
    numbers = [int(one) for one in ids if one.isdigit()]
    assert numbers == sorted(numbers, reverse=True)
    visit.page.locator("#records tbody tr th a").first.click()
    visit.page.wait_for_url(f"{eips}proposal/{ids[0]}/")
    view = f"{eips}proposal/-part/2/?status=Last+Call"
    visit.load(view)
    visit.wait_until("document.querySelector('[data-mb-filters] output').innerText.startsWith('5 ')")
    assert len(titles(visit)) == 5, "whichever part the address names"
    assert visit.complaints == []
    assert visit.asked_elsewhere(eips) == []
    visit.page.close()


def test_on_a_phone_the_form_and_the_heads_that_sort_are_folded_away_while_nothing_is_asked(
    demo: str, browser: Browser
) -> None:
    visit = Visit(browser, width=390)
    visit.load(f"{demo}project/")
    form, heads = visit.page.locator("[data-mb-filters]"), visit.page.locator("#records thead button")
    assert heads.count() > 5
    assert not form.is_visible()
    assert not heads.first.is_visible()
    visit.page.click(".mb-narrowing summary")
    assert form.is_visible()
    assert heads.first.is_visible()
    visit.load(f"{demo}project/?health=amber")
    assert form.is_visible(), "who is sent a view sees what it asks for"
    visit.load(f"{demo}project/")
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    form.wait_for(state="visible")
    assert not visit.page.locator(".mb-narrowing summary").is_visible()
    assert visit.complaints == []
    visit.page.close()


def test_a_month_is_narrowed_to_the_changes_asked_for_and_to_the_commits_that_made_them(
    demo: str, browser: Browser
) -> None:
    visit = Visit(browser)
    visit.load(f"{demo}changes/2025-04/")
    lines = visit.page.locator("#changes [data-f]")
    commits = visit.page.locator("#changes > li")
    everything = lines.count()
    unfolded = visit.page.locator("#changes [data-f]:visible").count()
    for control in visit.page.locator("[data-mb-filters] select").all():
        name = control.get_attribute("name")
        assert name
        word, number = next(iter(options(visit, name).items()))
        control.select_option(word)
        assert visit.page.locator("#changes [data-f]:visible").count() == number < everything
        for commit in commits.locator("visible=true").all():
            assert commit.locator("[data-f]:visible").count() > 0, "a commit of which nothing is asked is hidden"
        control.select_option("")
    assert visit.page.locator("#changes [data-f]:visible").count() == unfolded, "as it was before anybody asked"
    assert visit.complaints == []
    visit.page.close()


def test_the_decision_log_is_narrowed_by_year_and_status(demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.load(f"{demo}decision/")
    years, states = options(visit, "year"), options(visit, "status")
    assert {"2024", "2025", "2026"} <= set(years)
    assert sum(states.values()) == len(titles(visit, "decisions"))
    visit.page.select_option("select[name=year]", "2025")
    assert len(titles(visit, "decisions")) == years["2025"]
    visit.page.select_option("select[name=status]", "accepted")
    accepted = titles(visit, "decisions")
    assert 0 < len(accepted) < years["2025"]
    days = visit.page.locator("#decisions tbody tr:visible td.mb-day").all_inner_texts()
    assert all(day.startswith("2025-") for day in days)
    visit.page.close()


def test_a_list_is_narrowed_and_sorted_by_fields_that_are_called_as_the_page_calls_its_own(
    tmp_path: Path, browser: Browser
) -> None:
    write(views.fill(RepositoryBuilder(tmp_path / "repository")), tmp_path / "host" / "minutes")
    with served(tmp_path / "host") as url:
        visit, other = Visit(browser), Visit(browser)
        for number, name in enumerate(views.NAMES):
            for kind, table in (("table", "records"), ("log", "decisions")):
                visit.page.goto(f"{url}{kind}-{number}/")
                category, status = "select:has([value=high])", "select:has([value=shut])"
                visit.page.select_option(category, "high")
                visit.page.select_option(status, "shut")
                assert titles(visit, table) == ["Record a"], name
                visit.page.select_option(status, "")
                head = f"th[data-sort='{visit.page.get_attribute(status, 'name')}']"
                visit.page.click(f"{head} button")
                assert titles(visit, table) == ["Record c", "Record a"], name
                other.page.goto(visit.address)
                assert titles(other, table) == ["Record c", "Record a"], f"{name}: the view is in the address"
                assert other.page.get_attribute(head, "aria-sort") == "ascending", name
        assert visit.complaints == other.complaints == []
        visit.page.close()
        other.page.close()
