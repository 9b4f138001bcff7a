"""Timelines as a browser without scripts has them: who wrote a change, who let it in, and what a commit is called."""

from __future__ import annotations

import re

import pytest

from tests.site.making import CONFIGURATION, html_of, make, start, task
from tests.support.html import words_of
from tests.support.repository_builder import ANA, BO, RepositoryBuilder

PLACES = ("task/t-1/", "changes/2026-01/")
"""Where the same change is told: on the record's page and on that of its month."""


def merge(repo: RepositoryBuilder, author: str, message: str = "Merge branch 'work'", **trailers: str) -> None:
    """Land a change of a task that Ana wrote."""
    start(repo)
    repo.branch("work")
    repo.commit_file("portfolio/tasks/t-1.md", task("Lay tracks", status="done"), author=ANA)
    repo.switch("main")
    repo.merge("work", message=message, author=author, date="2026-01-20T10:00:00+00:00", trailers=trailers)


@pytest.mark.parametrize("address", PLACES)
def test_whoever_merged_what_others_wrote_is_named_beside_them(repo: RepositoryBuilder, address: str) -> None:
    merge(repo, BO)
    assert "Ana Li · merged by Bo Chen" in words_of(html_of(make(repo), address))


@pytest.mark.parametrize("author", [ANA, "Ana Li <ana@elsewhere.example>", "A. Li <ana@example.org>"])
def test_whoever_merged_their_own_change_is_named_once(repo: RepositoryBuilder, author: str) -> None:
    merge(repo, author)
    site = make(repo)
    assert all("merged by" not in html_of(site, address) for address in PLACES)


@pytest.mark.parametrize("address", PLACES)
def test_approvals_are_told_by_what_was_done_with_every_name(repo: RepositoryBuilder, address: str) -> None:
    merge(repo, ANA, "Finish\n\nApproved-by: Bo Chen <bo@example.org>\nApproved-by: Cy Roe <cy@example.org>\n")
    told = words_of(html_of(make(repo), address))
    assert "· approved by Bo Chen, Cy Roe ·" in told
    assert told.count("approved by") == 1


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.parametrize("approver", [ANA, "Ana Li <ana@elsewhere.example>", "A. Li <ANA@example.org>"])
def test_who_approved_their_own_change_is_marked(repo: RepositoryBuilder, address: str, approver: str) -> None:
    merge(repo, ANA, f"Finish\n\nApproved-by: Bo Chen <bo@example.org>\nApproved-by: {approver}\n")
    name = approver.partition(" <")[0]
    assert f"· approved by Bo Chen, {name} also wrote it ·" in words_of(html_of(make(repo), address))


@pytest.mark.parametrize("address", PLACES)
def test_a_request_is_told_by_its_link_and_not_once_more_in_what_the_commit_is_called(
    repo: RepositoryBuilder, address: str
) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    repo.commit("Finish (see #4) (#12)", date="2026-01-20T10:00:00+00:00")
    told = words_of(html_of(make(repo), address))
    assert "Finish (see #4)" in told
    assert "(#12)" not in told
    assert "#12" in told


BY_MERGE = "Merge pull request #12 from ana/work\n\nFinish"
GITLAB_MERGE = "Finish\n\nSee merge request city/office!12"


@pytest.mark.parametrize(
    ("forge", "message", "told", "to"),
    [
        ("https://github.com/city/office", "Finish (#12)", "Pull request #12", "pull/12"),
        ("https://github.com/city/office", BY_MERGE, "Pull request #12", "pull/12"),
        ("https://github.com/city/office", GITLAB_MERGE, "Merge request !12", None),
        ("https://gitlab.com/city/office", GITLAB_MERGE, "Merge request !12", "-/merge_requests/12"),
        ("https://gitlab.com/city/office", BY_MERGE, "Pull request #12", None),
        ("https://gitlab.com/city/office", "Finish (#12)", "Finish (#12)", None),
        ("https://bitbucket.org/city/office", "Pull request #12: Finish", "Pull request #12", "pull-requests/12"),
        ("https://bitbucket.org/city/office", "Finish (#12)", "Finish (#12)", None),
        ("https://codeberg.org/city/office", "Finish (#12)", "Pull request #12", "pulls/12"),
        ("https://dev.azure.com/city/_git/office", "Finish (#12)", "Finish (#12)", None),
        ("https://forge.example/office", GITLAB_MERGE, "Merge request !12", "-/merge_requests/12"),
        (None, "Finish (#12)", "Pull request #12", None),
    ],
)
def test_a_request_leads_where_its_forge_has_it_and_is_none_where_the_forge_writes_issues_so(
    repo: RepositoryBuilder, forge: str | None, message: str, told: str, to: str | None
) -> None:
    where = f"forge: {forge}\n" if forge is not None else ""
    start(repo, CONFIGURATION.replace("forge: https://forge.example/office\n", where))
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    repo.commit(message, date="2026-01-20T10:00:00+00:00")
    html = html_of(make(repo), "task/t-1/")
    assert told in words_of(html)
    assert ("Pull request" in words_of(html)) == told.startswith("Pull request")
    assert re.findall(r'href="([^"]*/12)"', html) == ([f"{forge}/{to}"] if to is not None else [])


def test_a_month_says_how_many_commits_changed_how_many_records(repo: RepositoryBuilder) -> None:
    start(repo)
    for status in ("done", "open"):
        repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status=status))
        repo.commit("Change", date="2026-01-20T10:00:00+00:00")
    site = make(repo)
    assert "3 commits changed 4 records." in words_of(html_of(site, "changes/2026-01/"))
    (said,) = re.findall(r'aria-label="([^"]*2026-01[^"]*)"', html_of(site, "changes/"))
    assert said == "2026-01: 3 commits changed 4 records", "the calendar says the same"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"status": "open"}, "Created as open"),
        ({"status": "open", "health": "green", "due": "2026-03-01"}, "Created: open, green, due 2026-03-01"),
        ({"health": "green"}, "Created: green"),
        ({"hidden": "secret"}, "Created"),
        ({"status": "[open]"}, "Created"),
    ],
)
def test_the_creation_of_a_record_tells_what_it_was_from_the_first(
    repo: RepositoryBuilder, fields: dict[str, str], told: str
) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-9.md", task("Test", **fields))
    repo.commit("Add", date="2026-01-20T10:00:00+00:00")
    html = html_of(make(repo), "task/t-9/")
    assert re.findall(r'class="mb-what">(.*?)</div>', html) == [with_days(told)]


def test_the_creation_of_a_record_tells_no_status_that_is_not_published(repo: RepositoryBuilder) -> None:
    start(repo, CONFIGURATION.replace("        role: status\n", "        role: status\n        publish: false\n"))
    assert "Created: due 2026-03-01" in words_of(html_of(make(repo), "task/t-1/"))


@pytest.mark.parametrize("address", PLACES)
def test_no_day_in_a_sentence_is_broken_and_no_markup_comes_with_it(repo: RepositoryBuilder, address: str) -> None:
    start(repo)
    title = "<b>2026-05-06</b> &#50;026-01-01 12026-05-06"
    repo.write("portfolio/tasks/t-1.md", task(f"'{title}'", due="2026-03-02", status="done", owner="Ana Li"))
    repo.commit("Rename", date="2026-01-20T10:00:00+00:00")
    html = html_of(make(repo), address)
    assert with_days("Due moved 1 day later: 2026-03-01 to 2026-03-02") in html
    assert with_days("&lt;b&gt;2026-05-06&lt;/b&gt; &amp;#50;026-01-01 12026-05-06") in html


def with_days(words: str) -> str:
    """Words as a line has them in HTML."""
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", r'<span class="mb-date">\g<0></span>', words)


def test_a_line_is_told_of_its_own_record_where_another_has_that_id_now(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.move("portfolio/tasks/t-1.md", "portfolio/tasks/t-3.md")
    repo.commit("Renumber", date="2026-01-20T10:00:00+00:00")
    repo.write("portfolio/tasks/t-1.md", task("Quite another thing", status="done"))
    repo.commit("Use the number again", date="2026-02-02T10:00:00+00:00")
    site = make(repo)
    told = words_of(html_of(site, "changes/2026-01/"))
    assert "Lay tracks Task t-1 Created: open, due 2026-03-01" in told
    assert "Quite another thing" not in told
    assert "Quite another thing Task t-1 Created as done" in words_of(html_of(site, "changes/2026-02/"))
    assert "Created: open, due 2026-03-01" in words_of(html_of(site, "task/t-3/"))


def test_what_a_commit_did_to_a_record_stands_on_a_line_of_its_own(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done", due="2026-03-01", owner="Ana Li"))
    repo.commit("Finish", date="2026-01-20T10:00:00+00:00")
    html = html_of(make(repo), "changes/2026-01/")
    assert re.search(r'<span class="mb-kind">Task t-1</span><div>Status open to done</div>', html)
