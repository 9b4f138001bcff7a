"""What changed since a reader last looked, where commits changed more records than a page names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from minutebook.pages.act_lines import MOST_LINES
from tests.browser.since import remember, subjects, words
from tests.browser.visits import Visit, served
from tests.site.making import WITH_MEETINGS, start, task, write
from tests.support.repository_builder import RepositoryBuilder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MANY = 150


@dataclass
class Archive:
    """A published office in which imports came before and after the last meeting."""

    url: str
    imported: str
    """The commit of the first import."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An import of many tasks, which fills two pages, in March; a meeting; then an edit of most of them, and of one."""
    folder = tmp_path_factory.mktemp("archive")
    repo = start(RepositoryBuilder(folder / "repository"), WITH_MEETINGS)
    for number in range(MANY):
        repo.write(f"portfolio/tasks/b-{number}.md", task(f"Bulk {number}", status="open", due="2027-01-01"))
    imported = repo.commit("Import", date="2026-03-03T10:00:00+00:00")
    repo.write("portfolio/tasks/t-1.md", task("Lay rails", status="open"))
    repo.commit("Reword", date="2026-03-04T10:00:00+00:00")
    repo.write("portfolio/sessions/s-1.yml", "title: Autumn session\nheld: 2026-09-01\n")
    repo.commit("Meet", date="2026-09-01T10:00:00+00:00")
    for number in range(100):
        repo.write(f"portfolio/tasks/b-{number}.md", task(f"Bulk {number}", status="done", due="2027-01-01"))
    repo.commit("Finish most", date="2026-09-02T10:00:00+00:00")
    repo.write("portfolio/tasks/b-3.md", task("Bulk three", status="done", due="2027-01-01"))
    repo.commit("Reword one", date="2026-09-03T10:00:00+00:00")
    write(repo, folder / "host" / "minutes")
    with served(folder / "host") as url:
        yield Archive(url, imported)


@pytest.mark.parametrize("page", ["", "changes/"])
def test_records_that_the_page_does_not_name_are_counted_once(visit: Visit, archive: Archive, page: str) -> None:
    visit.open(f"{archive.url}{page}?since=meeting")
    assert words(visit).endswith("3 commits changed 101 records.")
    visit.open(f"{archive.url}{page}?since=2026-09-02")
    assert words(visit) == "Since 2026-09-02: 2 commits changed 100 records."
    visit.open(f"{archive.url}{page}?since=2026-09-03")
    assert words(visit) == "Since 2026-09-03: 1 commit changed 1 record."
    assert not [url for url in visit.asked if "/changes/2026" in url], "the page itself knows"


@pytest.mark.parametrize("page", ["", "changes/"])
def test_with_commits_of_earlier_months_each_record_is_still_counted_once(
    visit: Visit, archive: Archive, page: str
) -> None:
    remember(visit, archive.url, archive.imported, 1, "2026-03-03")
    visit.open(f"{archive.url}{page}?since=visit")
    assert words(visit) == "Since your last visit on 2026-02-02: 4 commits changed 102 records."
    visit.open(f"{archive.url}{page}?since=2026-03-03")
    assert words(visit) == f"Since 2026-03-03: 5 commits changed {MANY + 2} records."
    assert subjects(visit)[:4] == ["Reword one", "Finish most", "Meet", "Reword"]


def test_a_commit_that_comes_from_the_page_of_its_month_is_told_in_brief_too(visit: Visit, archive: Archive) -> None:
    visit.open(f"{archive.url}changes/?since=2026-03-03")
    words(visit)
    acts = visit.page.locator(".mb-acts > li:has(details)")
    assert acts.count() == 3  # the import fills two pages of its month
    told = [acts.nth(place).locator(".mb-records > li").count() for place in range(3)]
    assert max(told) == MOST_LINES
    visit.page.evaluate("for (const fold of document.querySelectorAll('.mb-acts details')) fold.open = true")
    assert acts.first.locator(".mb-others").inner_text() == f"and {100 - MOST_LINES} more"
    acts.last.locator(".mb-others a").click()
    visit.page.wait_for_url(f"{archive.url}changes/2026-03/*#c-{archive.imported}")
    assert visit.page.locator(f"[id='c-{archive.imported}'] .mb-records > li").count() > MOST_LINES


def test_where_a_month_cannot_be_read_what_the_page_knows_is_counted(visit: Visit, archive: Archive) -> None:
    visit.page.route("**/changes/2026-*/", lambda route: route.fulfill(status=404))
    visit.open(f"{archive.url}?since=2026-03-01")
    assert words(visit) == "Since 2026-03-01: 3 commits changed 101 records."
    assert "this is a part of it" in visit.page.inner_text(".mb-since-more")
    visit.complaints.clear()  # the browser tells of the 404
