"""Commits that change hundreds of records: pages that tell of them in brief lead to all of it."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from minutebook.pages.act_lines import MOST_LINES, MOST_SENTENCES
from minutebook.pages.removed import SHOWN_REMOVED
from minutebook.pages.tables import PAGE_ROWS
from tests.site.deciding import CONFIGURATION as DECIDING
from tests.site.making import addresses, html_of, make, start, task
from tests.support.html import section, words_of
from tests.support.repository_builder import RepositoryBuilder

MANY = 60
"""Records of a commit: so many of them stand on one page of its month."""
GONE = 130


def bring(repo: RepositoryBuilder, number: int = MANY) -> str:
    """So many tasks in one commit, whose id is given."""
    for place in range(number):
        repo.write(f"portfolio/tasks/b-{place}.md", task(f"Bulk {place}", status="open"))
    return repo.commit("Import", date="2026-02-03T10:00:00+00:00")


def drop(repo: RepositoryBuilder, number: int = MANY) -> str:
    """The same tasks removed in one commit."""
    for place in range(number):
        repo.remove(f"portfolio/tasks/b-{place}.md")
    return repo.commit("Clean up", date="2026-02-04T10:00:00+00:00")


@pytest.mark.parametrize("address", ["", "changes/"])
def test_a_commit_of_many_records_is_told_in_brief_and_leads_to_all_of_it(
    repo: RepositoryBuilder, address: str
) -> None:
    start(repo)
    brought, dropped = bring(repo), drop(repo)
    site = make(repo, as_of=dt.date(2026, 2, 20))
    since = section(html_of(site, address), "since")
    assert f"2 commits changed {MANY} records" in words_of(since)
    clean_up, imported = since.split("data-position")[1:]
    for act, commit, words in ((clean_up, dropped, "removed"), (imported, brought, "created")):
        assert act.count('class="mb-kind"') == MOST_LINES
        assert f"{MANY} records: {words}" in words_of(act)
        assert f"and {MANY - MOST_LINES} more" in words_of(act)
        more = re.search(r'class="mb-others">and <a href="([^"]+)">', act)
        assert more is not None
        assert more[1].endswith(f"changes/2026-02/#c-{commit}")
    month = html_of(site, "changes/2026-02/")
    assert month.count('class="mb-kind"') == 2 * MANY
    assert "mb-others" not in month


def test_what_happened_to_most_of_a_commit_is_told_of_each_record_where_two_types_have_the_same_ids(
    repo: RepositoryBuilder,
) -> None:
    start(repo)
    bring(repo, 13)
    for place in range(13):
        repo.remove(f"portfolio/tasks/b-{place}.md")
    notes = "".join(f"- {{id: b-{place}, title: Note {place}}}\n" for place in range(13))
    repo.write("portfolio/notes.yml", f"- {{id: n-1, title: First}}\n- {{id: n-2, title: Second}}\n{notes}")
    repo.commit("Make notes of them", date="2026-02-04T10:00:00+00:00")
    month = html_of(make(repo, as_of=dt.date(2026, 2, 20)), "changes/2026-02/")
    assert "26 records: various changes" in words_of(month)


def test_a_commit_of_as_many_records_as_are_told_is_told_whole(repo: RepositoryBuilder) -> None:
    start(repo)
    bring(repo, MOST_LINES)
    since = section(html_of(make(repo, as_of=dt.date(2026, 2, 20)), ""), "since")
    assert since.count('class="mb-kind"') == MOST_LINES
    assert "mb-others" not in since


def test_a_record_that_changed_in_many_ways_is_told_in_brief_and_leads_to_all_of_it(repo: RepositoryBuilder) -> None:
    start(repo)
    for number, month in ((0, "03"), (1, "04")):
        steps = "".join(f"\n  - {{id: s-{place}, title: Step {place}, due: 2026-{month}-01}}" for place in range(40))
        repo.write("portfolio/tasks/t-9.md", task("Plan", status="open", steps=steps))
        commit = repo.commit(f"Plan {number}", date=f"2026-02-0{number + 3}T10:00:00+00:00")
    site = make(repo, as_of=dt.date(2026, 2, 20))
    for address in ("", "changes/"):
        newest = section(html_of(site, address), "since").split("data-position")[1]
        assert len(re.findall(r"<li>[^<]*moved", newest)) == MOST_SENTENCES
        assert re.search(rf'<li>and <a href="[^"]*changes/2026-02/#c-{commit}-task-t-9">{40 - MOST_SENTENCES} ', newest)
    assert html_of(site, "changes/2026-02/").count("days later") == 40
    assert html_of(site, "task/t-9/").count("days later") == 40


def test_each_commit_says_how_many_records_have_changed_from_it_on(repo: RepositoryBuilder) -> None:
    start(repo)
    bring(repo)
    repo.write("portfolio/tasks/b-3.md", task("Bulk 3", status="done"))
    repo.commit("Finish one", date="2026-02-04T10:00:00+00:00")
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    repo.commit("Finish another", date="2026-02-05T10:00:00+00:00")
    since = section(html_of(make(repo, as_of=dt.date(2026, 2, 20)), ""), "since")
    assert re.findall(r'data-records="(\d+)"', since) == ["1", "2", str(MANY + 1)]


def test_few_removed_records_stand_below_the_table_and_need_no_page(repo: RepositoryBuilder) -> None:
    start(repo)
    bring(repo, SHOWN_REMOVED)
    drop(repo, SHOWN_REMOVED)
    site = make(repo)
    assert html_of(site, "task/").count('href="../task/b-') == SHOWN_REMOVED
    assert not [address for address in addresses(site) if "-removed" in address]


def test_of_many_removed_records_some_stand_below_the_table_and_a_page_lists_them_all(repo: RepositoryBuilder) -> None:
    start(repo)
    bring(repo, GONE)
    drop(repo, GONE)
    site = make(repo)
    removed = section(html_of(site, "task/"), "removed")
    assert re.findall(r'href="\.\./task/b-(\d+)/"', removed) == [str(number) for number in range(SHOWN_REMOVED)]
    assert f"These are the first {SHOWN_REMOVED} of {GONE}, by id" in words_of(removed)
    assert 'href="../task/-removed/"' in removed
    page = html_of(site, "task/-removed/")
    assert re.findall(r'href="\.\./\.\./task/b-(\d+)/"', page) == [str(number) for number in range(GONE)]
    assert f"{GONE} of the tasks were removed" in words_of(page)


def test_a_page_of_removed_records_has_parts(repo: RepositoryBuilder) -> None:
    start(repo)
    rows = "".join(f"- {{id: m-{number}, title: Note {number}}}\n" for number in range(PAGE_ROWS + 7))
    repo.write("portfolio/notes.yml", rows)
    repo.commit("Write them", date="2026-02-03T10:00:00+00:00")
    repo.write("portfolio/notes.yml", "- {id: n-1, title: First}\n")
    repo.commit("Throw them away", date="2026-02-04T10:00:00+00:00")
    site = make(repo)
    first, second = (html_of(site, f"note/-removed/{part}") for part in ("", "2/"))
    listed = re.findall(r'href="[./]*note/([mn]-\d+)/"', first + second)
    assert listed == [f"m-{number}" for number in range(PAGE_ROWS + 7)] + ["n-2"]
    assert 'href="../../note/-removed/2/"' in first
    assert 'href="../../../note/-removed/"' in second


def test_removed_decisions_are_listed_as_other_removed_records_are(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/portfolio.yml", DECIDING)
    for number in range(GONE):
        repo.write(f"portfolio/rulings/r-{number}.md", f"---\ntitle: Ruling {number}\nstate: asked\n---\n\nWhy.\n")
    repo.write("portfolio/rulings/last.md", "---\ntitle: Last\nstate: asked\n---\n\nWhy.\n")
    repo.commit("Ask")
    for number in range(GONE):
        repo.remove(f"portfolio/rulings/r-{number}.md")
    repo.commit("Forget")
    site = make(repo)
    removed = section(html_of(site, "ruling/"), "removed")
    assert removed.count('href="../ruling/r-') == SHOWN_REMOVED
    assert 'href="../ruling/-removed/"' in removed
    assert html_of(site, "ruling/-removed/").count('href="../../ruling/r-') == GONE
