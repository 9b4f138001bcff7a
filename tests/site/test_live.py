"""A live preview follows edits and commits, and makes again only what changed."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from minutebook.errors import PublicationError
from minutebook.site.build import build_site
from minutebook.site.doubts import lines_of
from minutebook.site.live import _Preview, serve_site
from minutebook.site.memory import Memory
from minutebook.site.publish import BuiltSite
from minutebook.site.watch import watched_paths
from tests.site.making import settings, start, task
from tests.support.repository_builder import RepositoryBuilder

pytestmark = pytest.mark.slow


@pytest.fixture
def preview(repo: RepositoryBuilder, tmp_path: Path) -> _Preview:
    start(repo)
    (tmp_path / "preview").mkdir()
    made = _Preview(settings(repo, preview=True), tmp_path / "preview", said.append, lines_of)
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
    (repo.path / "portfolio/changes").mkdir()
    (repo.path / "portfolio/changes/mine.md").write_text("# Mine\n")
    preview.again()
    assert "the change timeline" in said[-1]
    assert page(preview, "task/t-1").is_file()


def test_a_template_that_is_not_utf_8_is_told_and_the_last_site_stays(repo: RepositoryBuilder, tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    template = tmp_path / "ours/home.html"
    template.write_text("<h1>Ours</h1>")
    made = _Preview(settings(start(repo), preview=True, templates=template.parent), tmp_path, said.append, lines_of)
    made.build()
    template.write_bytes(b"<h1>Caf\xe9</h1>")
    made.again()
    assert f"{template}:1: it is not UTF-8." in said[-1]
    assert "<h1>Ours</h1>" in page(made, "").read_text()


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


def test_what_was_just_typed_is_told_and_what_was_mended_is_not(repo: RepositoryBuilder, preview: _Preview) -> None:
    file = repo.path / "portfolio/tasks/t-1.md"
    for due, told in (("2026-31-12", ["portfolio/tasks/t-1.md:3:6"]), ("2026-12-31", [])):
        file.write_text(task("Lay tracks", due=due))
        said.clear()
        preview.again()
        assert [line.split(": ")[0] for line in said[1:]] == told


def test_a_new_record_can_be_looked_at_before_it_has_landed(repo: RepositoryBuilder, preview: _Preview) -> None:
    file = repo.path / "portfolio/tasks/t-3.md"
    file.write_text(task("Paint"))
    preview.again()
    assert "Paint" in page(preview, "task/t-3").read_text()
    assert "tasks/t-3.md" in page(preview, "").read_text()
    file.unlink()
    preview.again()
    assert not page(preview, "task/t-3").exists()


def test_a_port_that_is_taken_is_told_before_anything_else(repo: RepositoryBuilder) -> None:
    told: list[str] = []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PublicationError, match="cannot be served: Address already in use"):
            serve_site(settings(start(repo)), "127.0.0.1", other.getsockname()[1], told.append, lines_of)
    assert told == []


def test_a_port_that_is_free_is_served_until_it_is_interrupted(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(LiveReloadServer, "_build_loop", lambda _: told.append("looping"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    serve_site(settings(start(repo)), "127.0.0.1", port, told.append, lines_of)
    assert [line.split(" ")[0] for line in told] == ["Built", "Serving", "looping"]
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))


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


def test_a_disk_that_fails_is_told_and_the_next_build_goes_on(
    preview: _Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(BuiltSite, "on_post_build", fail)
        preview.again()
    assert said[-1] == "[Errno 28] No space left on device: 'site'\nThe site stays as it was."
    preview.again()
    assert said[-1].startswith("Built ")


def fail(*_: object, **__: object) -> None:
    """What a full disk does."""
    raise OSError(errno.ENOSPC, "No space left on device", "site")
