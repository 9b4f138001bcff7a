"""Addresses last: what lands later moves no change to another page, and a day in the past shows that day alone."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from minutebook.pages import links
from tests.site.making import CONFIGURATION, html_of, make, start, task
from tests.support.repository_builder import RepositoryBuilder


def places_of_changes(repo: RepositoryBuilder) -> dict[str, str]:
    """The address of every change's permanent id."""
    found: dict[str, str] = {}
    for page in make(repo).pages:
        if page.address.startswith("changes/2"):
            found.update(dict.fromkeys(re.findall(r'id="(c-[0-9a-f]{40}-[^"]+)"', page.html), page.address))
    return found


def test_a_renaming_and_another_order_of_the_types_move_no_change(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "MONTH_PAGE_LINES", 8)
    start(repo)
    for number in range(9):
        repo.write(f"portfolio/tasks/a-{number}.md", task(f"A long enough title, number {number}", "Text.\n" * 20))
    repo.commit("Add nine", date="2026-01-06T10:00:00+00:00")
    before = places_of_changes(repo)
    assert len(set(before.values())) > 2, "the month has several pages"

    repo.move("portfolio/tasks/a-0.md", "portfolio/tasks/z-0.md")
    repo.commit("Call it otherwise", date="2026-01-07T10:00:00+00:00")
    head, types = CONFIGURATION.split("record_types:\n")
    task_type, note_type = types.split("  note:\n")
    repo.write("portfolio/portfolio.yml", f"{head}record_types:\n  note:\n{note_type}{task_type}")
    repo.commit("Turn the types round", date="2026-01-08T10:00:00+00:00")
    after = places_of_changes(repo)
    assert {anchor: after[anchor] for anchor in before} == before


def test_a_day_in_the_past_shows_the_pages_of_that_day_and_names_its_commit(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/handbook/how.md", "# How we work\n\nSlowly.\n")
    repo.commit("Say how", date="2026-01-06T10:00:00+00:00")
    then = repo.tip
    repo.write("portfolio/handbook/how.md", "# How we work\n\nFast.\n")
    repo.write("portfolio/handbook/new.md", "# New\n")
    repo.commit("Work faster", date="2026-02-06T10:00:00+00:00")
    now = repo.tip

    site = make(repo, as_of=dt.date(2026, 1, 31))
    assert "Slowly." in html_of(site, "handbook/how/")
    assert [page.address for page in site.handbook] == ["handbook/how/"]
    assert then[:10] in html_of(site, "")
    assert now[:10] not in html_of(site, "")
    publication = html_of(site, "publication/")
    assert now in publication
    assert then[:10] in publication

    preview = make(repo, as_of=dt.date(2026, 1, 31), preview=True)
    assert "Slowly." in html_of(preview, "handbook/how/"), "no edit is one of a day in the past"
