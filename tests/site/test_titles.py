"""What records are called on pages: by the last title that they had, and with code in it as code."""

from __future__ import annotations

import datetime as dt

from tests.site.making import CONFIGURATION, html_of, make, start, task
from tests.support.repository_builder import RepositoryBuilder

UNTIL = "the one that it had until 2026-02-01"


def lose_title(repo: RepositoryBuilder) -> RepositoryBuilder:
    """A record with three titles, the last of which somebody took away."""
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay more tracks", status="open"))
    repo.commit("Rename it", date="2026-01-20T10:00:00+00:00")
    repo.write("portfolio/tasks/t-1.md", "---\nstatus: done\n---\n\nMoved elsewhere.\n")
    repo.commit("Leave a stub", date="2026-02-01T10:00:00+00:00")
    return repo


def test_a_record_that_lost_its_title_is_called_by_the_last_one_and_its_page_says_so(repo: RepositoryBuilder) -> None:
    site = make(lose_title(repo))
    page = html_of(site, "task/t-1/")
    assert "<h1>Lay more tracks</h1>" in page
    assert UNTIL in page
    assert ">Lay more tracks</a>" in html_of(site, "task/"), "in the table"
    assert ">Lay more tracks</a>" in html_of(site, "task/t-2/"), "where another record names it"
    assert UNTIL not in html_of(site, "task/t-2/")


def test_a_site_of_an_earlier_day_knows_no_later_title(repo: RepositoryBuilder) -> None:
    site = make(lose_title(repo), as_of=dt.date(2026, 1, 10))
    assert "<h1>Lay tracks</h1>" in html_of(site, "task/t-1/")
    assert "It has no title now" not in html_of(site, "task/t-1/")


def test_a_title_that_is_not_published_names_nothing_when_it_is_gone(repo: RepositoryBuilder) -> None:
    lose_title(repo)
    hidden = CONFIGURATION.replace(
        "title: {type: text, role: title}", "title: {type: text, role: title, publish: false}"
    )
    repo.write("portfolio/portfolio.yml", hidden)
    repo.commit("Hide the titles")
    site = make(repo)
    assert "<h1>Task t-1</h1>" in html_of(site, "task/t-1/")
    assert not [page.address for page in site.all_pages if "Lay more tracks" in page.html]


def test_words_of_a_title_between_backticks_are_code_and_a_lone_backtick_stays(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task('"Use `<b>tracks</b>` and `more"'))
    repo.commit("Quote it")
    site = make(repo)
    told = "Use <code>&lt;b&gt;tracks&lt;/b&gt;</code> and `more"
    assert f"<h1>{told}</h1>" in html_of(site, "task/t-1/")
    assert f">{told}</a>" in html_of(site, "task/")
    page = next(page for page in site.all_pages if page.address == "task/t-1/")
    assert page.title == "t-1: Use `<b>tracks</b>` and `more"
