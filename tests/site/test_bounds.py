"""No page grows without end, whatever somebody writes into one record."""

from __future__ import annotations

import datetime as dt
import re

from tests.site.making import html_of, make, start, task
from tests.support.html import section
from tests.support.repository_builder import RepositoryBuilder

LARGEST = 300_000
"""Bytes of a page."""


def test_a_record_that_names_thousands_and_is_late_with_thousands_has_a_page_of_ordinary_size(
    repo: RepositoryBuilder,
) -> None:
    start(repo)
    needs = ", ".join(f"x-{number}" for number in range(20_000))
    steps = "".join(f"  - {{id: s-{number}, title: Step {number}, due: 2025-01-01}}\n" for number in range(5_000))
    repo.write("portfolio/tasks/t-1.md", f"---\ntitle: Much\nstatus: open\nneeds: {needs}\nsteps:\n{steps}---\n")
    repo.commit("Write much")
    site = make(repo, as_of=dt.date(2026, 3, 1))
    page = html_of(site, "task/t-1/")
    assert "and 19900 more" in page
    assert "And 4,800 more" in page
    assert re.search(r'<li>and <a href="../../changes/2[^"]*#c-[^"]*">4,0\d\d more</a>', page)
    assert len(page.encode()) < LARGEST
    assert len(html_of(site, "").encode()) < LARGEST


def test_words_that_nobody_expected_are_cut_and_their_addresses_of_people_left_out(repo: RepositoryBuilder) -> None:
    start(repo)
    for number in range(80):
        repo.write(f"portfolio/tasks/w-{number}.md", task(f"Word {number}", status=f"w{number}" + "o" * 15_000))
    repo.write("portfolio/tasks/mail.md", task("Mail", status="ask ann@office.example"))
    repo.commit("Write words")
    site = make(repo)
    for address in ("", "task/", "task/w-1/"):
        page = html_of(site, address)
        assert len(page.encode()) < LARGEST
        assert "ooo…" in page
        assert "ann@office.example" not in page


def test_a_count_leads_to_its_records_though_its_word_has_hidden_controls(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status='"open\\u202e"'))
    repo.commit("Hide a control")
    site = make(repo)
    assert 'href="task/?status=open%5BU%2B202E%5D"' in html_of(site, "")
    assert '<option value="open[U+202E]"' in html_of(site, "task/")


def test_what_names_a_record_is_told_newest_first_and_the_rest_in_the_table(repo: RepositoryBuilder) -> None:
    start(repo)
    for number in range(30):
        repo.write(f"portfolio/tasks/n-{number:02}.md", task(f"Needs {number}", needs="t-1"))
    repo.commit("Need it")
    page = html_of(make(repo), "task/t-1/")
    relations = section(page, "relations")
    assert len(re.findall(r">Needs \d+<", relations)) == 20
    assert re.search(r'<a href="../../task/">and 11 more</a>', relations)
