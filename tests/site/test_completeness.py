"""The page Completeness, and what home says of it: doubtful records in, what a reader is told out."""

from __future__ import annotations

import re

from tests.site.making import html_of, make, start, task
from tests.support.html import section
from tests.support.repository_builder import RepositoryBuilder


def test_a_field_that_is_probably_misspelt_is_told_with_its_place_and_what_was_meant(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", helth="red", room="12", hiden="x"))
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", health="red", helth="green"))
    repo.commit("Misspell")
    html = html_of(make(repo), "completeness/")
    misspelt = section(html, "misspelt")
    assert misspelt.count("<li>") == 2
    assert "<code>portfolio/tasks/t-1.md:3:1</code>" in misspelt
    assert 'href="../task/t-1/">Lay tracks</a>' in misspelt
    assert "Did you mean <code>health</code>?" in misspelt
    assert "<code>portfolio/tasks/t-1.md:5:1</code>" in misspelt, "what is not published is told, but no guess"
    own = section(html, "undeclared")
    assert "<code>portfolio/tasks/t-1.md:4:1</code>" in own
    assert "<code>portfolio/tasks/t-2.md:4:1</code>" in own, "a health is there already, so it is another field"
    assert "did you mean" not in own.lower(), "what is not published is no guess"


def test_many_fields_of_ones_own_leave_the_page_of_completeness_light(repo: RepositoryBuilder) -> None:
    start(repo)
    for number in range(700):
        repo.write(f"portfolio/tasks/own-{number:03}.md", task("A title", room=str(number), **{f"x-{number}-y": "1"}))
    repo.commit("Many")
    site = make(repo)
    pages = {page.address: page.html for page in site.pages if page.address.startswith("completeness/")}
    assert max(map(len, pages.values())) < 300_000
    assert len(pages["completeness/"]) < 60_000
    places = {place for html in pages.values() for place in re.findall(r"own-\d+\.md:\d:1", html)}
    assert len(places) == 1_400
    assert "701" in pages["completeness/"] or "700" in pages["completeness/"]
    assert "The 100 of 701 that most records have" in pages["completeness/"]


def test_home_tells_which_records_could_not_be_read_for_a_time(repo: RepositoryBuilder) -> None:
    start(repo)
    assert "no problem is known." in html_of(make(repo), "")
    good = repo.read("portfolio/tasks/t-1.md")
    repo.commit_file("portfolio/tasks/t-1.md", "---\ntitle: [\n---\n", date="2026-02-11T10:00:00+00:00")
    repo.commit_file("portfolio/tasks/t-1.md", good, date="2026-02-13T10:00:00+00:00")
    told = "no problem is known today; 1 record could not be read from 2026-02-11 to 2026-02-13."
    assert told in html_of(make(repo), "")
    for content in ("---\ntitle: [\n---\n", good):
        repo.commit_file("portfolio/tasks/t-2.md", content, date="2026-02-14T10:00:00+00:00")
    assert "no problem is known today; 2 records could not be read for a time." in html_of(make(repo), "")
    repo.commit_file("portfolio/tasks/t-2.md", "---\ntitle: [\n---\n")
    assert "1 thing to know before trusting these pages" in html_of(make(repo), "")


def test_a_sentence_that_is_told_of_many_places_stands_there_once(repo: RepositoryBuilder) -> None:
    start(repo)
    for number in range(3):
        repo.write(f"portfolio/tasks/x-{number}.md", task("Dig", text="See [this](nowhere.txt).\n"))
    repo.commit("Dig")
    html = html_of(make(repo), "completeness/")
    refused = section(html, "refused")
    assert refused.count("nowhere.txt") == 1
    assert [*re.findall(r"<code>portfolio/tasks/(x-\d)\.md", refused)] == ["x-0", "x-1", "x-2"]
    assert "(3)</span></h2>" in refused


def test_commits_of_which_the_same_is_told_stand_in_a_list_with_their_days(repo: RepositoryBuilder) -> None:
    start(repo)
    for day in (10, 11):
        repo.branch(f"work-{day}")
        repo.commit_file(f"portfolio/tasks/x-{day}.md", task("Dig"))
        repo.switch("main")
        repo.commit_file("portfolio/tasks/t-1.md", task(f"Lay tracks {day}"))
        repo.switch(f"work-{day}")
        repo.merge("main", message="Merge branch 'main' into work", date=f"2026-02-{day}T10:00:00+00:00")
        repo.switch("main")
        repo.fast_forward(f"work-{day}")
    foxtrots = section(html_of(make(repo), "completeness/"), "foxtrot")
    assert foxtrots.count("Hint:") == 1
    assert re.findall(r"<li> ?(2026-02-\d\d) ", foxtrots) == ["2026-02-10", "2026-02-11"]
