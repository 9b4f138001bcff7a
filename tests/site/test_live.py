"""A live preview follows edits and commits, and makes again only what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.cli.serve import tell_of
from minutebook.site.build import build_site
from minutebook.site.live import _Preview
from minutebook.site.memory import Memory
from minutebook.site.watch import watched_paths
from tests.site.making import settings, start, task
from tests.support.repository_builder import RepositoryBuilder


@pytest.fixture
def preview(repo: RepositoryBuilder, tmp_path: Path) -> _Preview:
    start(repo)
    (tmp_path / "preview").mkdir()
    made = _Preview(settings(repo, preview=True), tmp_path / "preview", said.append, tell_of)
    made.url = "http://127.0.0.1:8000/"
    said.clear()
    made.build()
    return made


said: list[str] = []


def page(preview: _Preview, address: str) -> Path:
    return preview.site / address / "index.html"


def test_an_edit_is_shown_as_not_landed_until_it_is_committed(repo: RepositoryBuilder, preview: _Preview) -> None:
    file = repo.path / "portfolio/tasks/t-1.md"
    assert "Not yet landed" not in page(preview, "task/t-1").read_text()
    file.write_text(task("Lay tracks", status="done"))
    preview.again()
    assert "Not yet landed" in page(preview, "task/t-1").read_text()
    repo.write("portfolio/tasks/t-1.md", file.read_text())
    repo.commit("Finish")
    repo.checkout()
    preview.again()
    html = page(preview, "task/t-1").read_text()
    assert "Not yet landed" not in html
    assert "Status open to done" in html


def test_only_pages_that_changed_are_written_again(repo: RepositoryBuilder, preview: _Preview) -> None:
    before = page(preview, "task/t-2").stat().st_mtime_ns
    (repo.path / "portfolio/tasks/t-1.md").write_text(task("Lay tracks", "Other words.\n"))
    preview.again()
    assert "Other words." in page(preview, "task/t-1").read_text()
    assert page(preview, "task/t-2").stat().st_mtime_ns == before


def test_a_page_that_is_gone_is_gone_from_the_preview(repo: RepositoryBuilder, preview: _Preview) -> None:
    guide = repo.path / "portfolio/guide.md"
    guide.write_text("# Guide\n")
    preview.again()
    assert page(preview, "guide").is_file()
    guide.unlink()
    preview.again()
    assert not page(preview, "guide").exists()


def test_what_cannot_be_built_is_told_and_the_last_site_stays(repo: RepositoryBuilder, preview: _Preview) -> None:
    (repo.path / "portfolio/index.md").write_text("# Mine\n")
    preview.again()
    assert "home page" in said[-1]
    assert page(preview, "task/t-1").is_file()


def test_what_cannot_be_read_is_told_after_each_build(repo: RepositoryBuilder, preview: _Preview) -> None:
    assert [line.startswith("Built ") for line in said] == [True]
    repo.write("portfolio/tasks/t-1.md", "---\ntitle: [\n---\n")
    repo.commit("Break it")
    repo.checkout()
    for _ in range(2):
        said.clear()
        preview.again()
        assert said[0].startswith("Built ")
        assert said[1].startswith("portfolio/tasks/t-1.md:")


def test_new_commits_records_and_templates_are_watched(repo: RepositoryBuilder) -> None:
    names = {path.name for path in watched_paths(settings(start(repo)))}
    assert {"portfolio", "HEAD", "refs", "site_templates"} <= names


def test_a_build_that_remembers_gives_what_a_fresh_one_gives(repo: RepositoryBuilder) -> None:
    memory = Memory()
    start(repo)
    wanted = settings(repo)
    build_site(wanted, memory=memory)
    repo.write("portfolio/tasks/t-1.md", task("Other title", "[other](t-2.md)\n"))
    repo.write("portfolio/guide.md", "# Guide\n\n[task](tasks/t-1.md)\n")
    repo.commit("Edit")
    repo.checkout()
    assert build_site(wanted, memory=memory) == build_site(wanted)
