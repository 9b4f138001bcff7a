"""What changed since a reader last looked, in a real browser with a clock and a memory of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.since import AFTERNOON, EVENING, key, remember, subjects, words
from tests.browser.visits import Visit, served
from tests.site.making import WITH_MEETINGS, start, task, write
from tests.support.repository_builder import RepositoryBuilder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OLD, MEETING, LATELY = 30, 2, 3
"""So many commits landed long before the last meeting, on its day, and after it."""


def open_office(folder: Path) -> RepositoryBuilder:
    """Thirty edits of March, a meeting in September, and a few edits on its day and after it."""
    repo = start(RepositoryBuilder(folder / "repository"), WITH_MEETINGS)
    for number in range(OLD):
        day = dt.datetime(2026, 3, number + 1, 10, tzinfo=dt.UTC)
        repo.write(f"portfolio/tasks/old-{number % 5}.md", task(f"Old {number}", status="open"))
        repo.commit(f"Old edit {number}", date=day.isoformat())
    repo.write("portfolio/sessions/s-1.yml", "title: Autumn session\nheld: 2026-09-01\n")
    for number in range(MEETING + LATELY):
        day = dt.datetime(2026, 9, 1 + max(0, number - 1), 10, tzinfo=dt.UTC)
        repo.write("portfolio/tasks/t-1.md", task(f"Lay tracks {number}", status="open"))
        repo.commit(f"Late edit {number}", date=day.isoformat())
    return repo


@dataclass
class Publisher:
    """An office whose site is published again and again."""

    folder: Path
    repo: RepositoryBuilder
    url: str

    def land(self, *names: str) -> None:
        """A record comes in a commit each, and the site is published anew."""
        for name in names:
            self.repo.write(f"portfolio/tasks/{name}.md", task(f"New {name}", status="done"))
            self.repo.commit(f"Bring {name}", date="2026-10-20T12:00:00+00:00")
        self.publish("minutes")

    def publish(self, name: str) -> None:
        write(self.repo, self.folder / "host" / name)


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    """An office whose site a test may publish anew."""
    yield from publish_office(tmp_path)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publisher]:
    """An office whose site stays as it is."""
    yield from publish_office(tmp_path_factory.mktemp("office"))


def publish_office(folder: Path) -> Iterator[Publisher]:
    repo = open_office(folder)
    with served(folder / "host") as url:
        found = Publisher(folder, repo, url)
        found.publish("minutes")
        yield found


@pytest.fixture
def host(office: Publisher) -> str:
    """The address of the site that stays as it is."""
    return office.url


@pytest.mark.parametrize("page", ["", "changes/"])
def test_at_the_first_visit_the_changes_since_the_last_meeting_are_shown(visit: Visit, host: str, page: str) -> None:
    visit.open(host + page)
    assert words(visit) == (
        "This is your first visit on this browser. Since the last meeting, Autumn session on 2026-09-01: "
        "5 commits changed 2 records."
    )
    assert visit.page.locator("select[name=since] option[value=visit]").is_disabled()
    assert visit.page.input_value("select[name=since]") == "meeting"


def test_a_later_visit_shows_what_was_published_in_between(visit: Visit, publisher: Publisher) -> None:
    host = publisher.url
    visit.open(host)
    publisher.land("a", "b")
    visit.page.clock.set_fixed_time("2026-10-20T12:59:00Z")
    visit.open(f"{host}task/")  # a page of the same sitting, on which nothing is told
    visit.page.clock.set_fixed_time("2026-10-20T16:58:00Z")
    visit.open(host)
    assert words(visit).startswith("This is your first visit"), "no four hours went by without a look"
    visit.page.clock.set_fixed_time("2026-10-20T23:00:00Z")
    publisher.land("c", "d")
    for _ in range(2):  # looking again does not make it old
        visit.open(host)
        assert words(visit) == "Since your last visit on 2026-10-20: 2 commits changed 2 records."
        assert subjects(visit) == ["Bring d", "Bring c"]
    assert visit.page.inner_text("[data-mb-since-brief]") == "2 records changed since your last visit"


def test_when_nothing_was_published_since_it_says_so(visit: Visit, host: str) -> None:
    visit.open(host)
    visit.page.clock.set_fixed_time(AFTERNOON)
    visit.open(f"{host}changes/")
    assert words(visit) == "Nothing has changed since your last visit on 2026-10-20."
    assert subjects(visit) == []
    visit.page.select_option("select[name=since]", "meeting")
    assert words(visit).startswith("Since the last meeting, Autumn session on 2026-09-01: 5 commits")
    assert len(subjects(visit)) == MEETING + LATELY


def test_changes_from_before_the_last_meeting_come_from_the_pages_of_their_months(
    visit: Visit, host: str, office: Publisher
) -> None:
    tenth = office.repo.git("rev-list", "--first-parent", "--reverse", "main").split()[10]
    remember(visit, host, tenth, 10, "2026-03-10")
    visit.open(host)
    assert words(visit) == "Since your last visit on 2026-02-02: 25 commits changed 7 records."
    assert len(subjects(visit)) == 12
    visit.page.click(".mb-since-more a")
    visit.page.wait_for_url(f"{host}changes/?since=visit#since")
    assert words(visit) == "Since your last visit on 2026-02-02: 25 commits changed 7 records."
    assert subjects(visit)[-1] == "Old edit 10"
    last = visit.page.locator(".mb-acts > li").last
    last.locator(".mb-records a").first.click()
    visit.page.wait_for_url(f"{host}task/old-0/")
    visit.page.go_back()
    assert words(visit).startswith("Since your last visit on 2026-02-02"), "as it was left"
    visit.page.locator(".mb-acts > li").last.locator("a.mb-permanent").click()
    visit.page.wait_for_url(f"{host}changes/2026-03/#c-*")
    assert [url for url in visit.asked if not url.startswith(host)] == []


def test_where_the_history_was_rewritten_the_day_counts_and_it_is_said(visit: Visit, host: str) -> None:
    remember(visit, host, "f" * 40, 33, "2026-09-02")
    visit.open(host)
    assert words(visit) == (
        "What was published on your last visit on 2026-02-02 is no part of this history any more. "
        "Since 2026-09-02: 3 commits changed 1 record."
    )


def test_what_cannot_be_fetched_is_said_to_be_missing(visit: Visit, host: str) -> None:
    visit.page.route("**/changes/2026-*/", lambda route: route.fulfill(status=404))
    visit.open(f"{host}changes/?since=2026-03-29")
    assert words(visit) == "Since 2026-03-29: 5 commits changed 2 records."
    assert "The pages of the months could not be read: this is a part of it." in visit.page.inner_text(".mb-since-more")
    visit.complaints.clear()  # the browser tells of the 404


def test_a_day_is_chosen_kept_in_the_address_and_opened_again(visit: Visit, host: str, browser: Browser) -> None:
    visit.open(f"{host}changes/")
    visit.page.select_option("select[name=since]", "date")
    visit.page.fill("input[name=day]", "2026-03-29")
    visit.page.locator("input[name=day]").dispatch_event("change")
    assert words(visit) == "Since 2026-03-29: 7 commits changed 4 records."
    assert visit.address == f"{host}changes/?since=2026-03-29"
    other = Visit(browser)
    other.open(visit.address)
    assert words(other) == "Since 2026-03-29: 7 commits changed 4 records."
    assert other.page.input_value("input[name=day]") == "2026-03-29"
    other.page.close()


def test_a_browser_that_keeps_nothing_shows_the_changes_since_the_last_meeting(visit: Visit, host: str) -> None:
    visit.page.add_init_script(
        """for (const name of ["getItem", "setItem"]) {
          const ofTheme = Storage.prototype[name];
          Storage.prototype[name] = function (key, ...rest) {
            if (key.startsWith("minutebook:")) throw new DOMException("blocked", "SecurityError");
            return ofTheme.call(this, key, ...rest);
          };
        }"""
    )
    for _ in range(2):
        visit.open(host)
        assert "Since the last meeting, Autumn session on 2026-09-01: 5 commits changed 2 records." in words(visit)
        visit.page.clock.set_fixed_time(EVENING)


@pytest.mark.parametrize(
    "kept", ["{", "7", "null", '{"seen": {"position": "x"}, "at": 0}', '{"last": {"position": 1}}']
)
def test_a_memory_that_is_none_of_ours_is_a_first_visit(visit: Visit, host: str, kept: str) -> None:
    visit.open(f"{host}publication/")
    visit.page.evaluate("([name, kept]) => localStorage.setItem(name, kept)", [key(host), kept])
    visit.open(host)
    assert words(visit).startswith("This is your first visit on this browser.")


def test_two_portfolios_of_one_host_have_a_memory_each(visit: Visit, publisher: Publisher) -> None:
    host = publisher.url
    publisher.publish("others")
    visit.open(host)
    visit.page.clock.set_fixed_time(AFTERNOON)
    visit.open(host.replace("/minutes/", "/others/"))
    assert words(visit).startswith("This is your first visit on this browser.")
    visit.open(host)
    assert words(visit).startswith("Nothing has changed since your last visit")


def test_without_scripts_there_is_nothing_to_choose_and_no_age_is_claimed(host: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(host)
    assert page.locator(".mb-since form").is_hidden()
    assert "Since the last meeting, Autumn session" in page.inner_text(".mb-since-words")
    assert "old)" not in page.inner_text(".mb")
    context.close()


def test_a_page_says_how_old_it_is_by_the_clock_of_the_reader(visit: Visit, host: str) -> None:
    for now, age in [
        ("2026-09-04T20:00:00", "(today)"),
        ("2026-09-05T00:10:00", "(1 day old)"),
        ("2026-09-28T12:00:00", "(3 weeks old)"),
        ("2027-10-04T12:00:00", "(13 months old)"),
        ("2029-09-03T12:00:00", "(35 months old)"),
        ("2029-09-04T12:00:00", "(3 years old)"),
    ]:
        visit.page.clock.set_fixed_time(now)
        visit.load(host)
        assert f"As of 2026-09-04 {age}, from commit" in visit.page.inner_text(".mb")
    visit.page.clock.set_fixed_time("2026-09-03T12:00:00")
    visit.load(host)
    assert "As of 2026-09-04, from commit" in visit.page.inner_text(".mb"), "a clock that is behind knows no age"


def test_a_month_is_narrowed_and_the_view_is_kept_in_the_address(
    visit: Visit, publisher: Publisher, browser: Browser
) -> None:
    host, repo = publisher.url, publisher.repo
    for number in range(20):
        repo.write(f"portfolio/tasks/many-{number}.md", task(f"Many {number}", status="open"))
    repo.commit("Import", date="2026-10-01T10:00:00+00:00")
    repo.write("portfolio/tasks/many-3.md", task("Many 3", status="done"))
    repo.commit("Finish one", date="2026-10-02T10:00:00+00:00")
    publisher.publish("minutes")
    visit.open(f"{host}changes/")
    visit.page.click(".mb-calendar a[href$='2026-10/']")
    visit.page.wait_for_url(f"{host}changes/2026-10/")
    assert not visit.page.locator("#changes details").evaluate("fold => fold.open")
    visit.page.fill("input[name=contains]", "many-7")
    assert visit.page.locator(".mb-records > li:visible .mb-kind").all_inner_texts() == ["Task many-7"]
    assert visit.page.locator("#changes details").evaluate("fold => fold.open")
    visit.page.fill("input[name=contains]", "")
    assert not visit.page.locator("#changes details").evaluate("fold => fold.open"), "it was open for the words only"
    visit.page.select_option("select[name=kind]", "status")
    assert visit.page.locator(".mb-acts > li:visible .mb-subject").all_inner_texts() == ["Finish one"]
    assert "1 of 21 entries" in visit.page.inner_text("[data-mb-filters] output")
    assert visit.address == f"{host}changes/2026-10/?kind=status"
    visit.page.click("[data-mb-filters] button")
    visit.page.click("#changes details summary")
    visit.page.fill("input[name=contains]", "many-7")
    visit.page.click("[data-mb-filters] button")
    visit.wait_until("location.search === ''")
    assert visit.page.locator("#changes details").evaluate("fold => fold.open"), "a reader had opened it"
    visit.page.select_option("select[name=kind]", "status")
    other = Visit(browser)
    other.open(visit.address)
    assert other.page.locator(".mb-acts > li:visible .mb-subject").all_inner_texts() == ["Finish one"]
    other.page.close()
