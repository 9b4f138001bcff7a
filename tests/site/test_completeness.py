"""The page Completeness, and what home says of it: doubtful records in, what a reader is told out."""

from __future__ import annotations

import re

from tests.site.making import html_of, make, start, task
from tests.support.repository_builder import RepositoryBuilder


def test_a_field_that_is_probably_misspelt_is_told_with_its_place_and_what_was_meant(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", helth="red", room="12", hiden="x"))
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", health="red", helth="green"))
    repo.commit("Misspell")
    html = html_of(make(repo), "completeness/")
    misspelt = html[html.index('id="misspelt"') : html.index('id="undeclared"')]
    assert misspelt.count("<li>") == 1
    assert "<code>portfolio/tasks/t-1.md:3:1</code>" in misspelt
    assert 'href="../task/t-1/">Lay tracks</a>' in misspelt
    assert "Did you mean <code>health</code>?" in misspelt
    own = html[html.index('id="undeclared"') :]
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


def test_home_tells_of_spans_in_the_past_that_cannot_be_read(repo: RepositoryBuilder) -> None:
    start(repo)
    assert "nothing is in doubt." in html_of(make(repo), "")
    good = repo.read("portfolio/tasks/t-1.md")
    repo.commit_file("portfolio/tasks/t-1.md", "---\ntitle: [\n---\n")
    repo.commit_file("portfolio/tasks/t-1.md", good)
    assert "nothing is in doubt today; 1 span in the past cannot be read." in html_of(make(repo), "")
    repo.commit_file("portfolio/tasks/t-2.md", "---\ntitle: [\n---\n")
    assert "1 thing to know before trusting these pages" in html_of(make(repo), "")
