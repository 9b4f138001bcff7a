"""After an edit of any kind, a live preview serves the files that one begun afresh would serve, byte by byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from minutebook.errors import PublicationError
from minutebook.site.build import Settings
from minutebook.site.doubts import lines_of
from minutebook.site.live import _Preview
from minutebook.site.publish import BuiltSite
from tests.site.making import CONFIGURATION, start, task
from tests.support.repository_builder import RepositoryBuilder

pytestmark = pytest.mark.slow

PICTURE = b"\x89PNG\r\n\x1a\n"
MKDOCS = """\
site_name: Office
theme: {name: material, palette: {primary: teal}}
"""
Edit = Callable[[Path], object]

said: list[str] = []


@pytest.fixture
def office(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    """A checked-out portfolio with a handbook page, an image, a former id, a look and, beside it, own templates."""
    start(repo)
    repo.move("portfolio/tasks/t-2.md", "portfolio/tasks/t-5.md")
    repo.write("portfolio/guide.md", "# Guide\n\n![Map](map.png)\n")
    repo.write("portfolio/map.png", PICTURE)
    repo.write("mkdocs.yml", MKDOCS)
    repo.commit("Furnish")
    (tmp_path / "ours/assets").mkdir(parents=True)
    (tmp_path / "ours/home.html").write_text('<div class="mb"><h1>{{ view.title }}</h1></div>')
    (tmp_path / "ours/assets/site.css").write_text("h1 { color: teal }")
    return repo.checkout()


def preview_of(office: Path, folder: Path) -> _Preview:
    """A preview in a folder of its own, built once."""
    folder.mkdir()
    configuration = office / "portfolio/portfolio.yml"
    settings = Settings(office, configuration, "portfolio", preview=True, templates=office.parent / "ours")
    preview = _Preview(settings, folder, said.append, lines_of)
    preview.url = "http://127.0.0.1:8000/"
    said.clear()
    preview.build()
    return preview


def files_of(preview: _Preview) -> dict[str, bytes]:
    """All that is served, by path."""
    files = (path for path in preview.site.rglob("*") if path.is_file())
    return {path.relative_to(preview.site).as_posix(): path.read_bytes() for path in files}


def other(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The files that only one of two sites has, or has otherwise."""
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}


def write(path: str, content: str) -> Edit:
    """A file of the office with a new content."""
    return lambda office: (office / path).write_text(content)


def remove(path: str) -> Edit:
    """A file of the office taken away."""
    return lambda office: (office / path).unlink()


EDITS: dict[str, tuple[Edit, str]] = {
    "the text of a record": (write("portfolio/tasks/t-1.md", task("Lay tracks", "Other.\n")), "task/t-1/index.html"),
    "the title of a record": (write("portfolio/tasks/t-1.md", task("Rails")), "task/t-1/index.html"),
    "the summary of a record": (
        write("portfolio/tasks/t-1.md", task("Lay tracks", summary="All of it")),
        "task/t-1/index.html",
    ),
    "a new record": (write("portfolio/tasks/t-9.md", task("Paint")), "task/t-9/index.html"),
    "a record in place of a former id": (write("portfolio/tasks/t-2.md", task("Paint")), "task/t-2/index.html"),
    "a record that is gone": (remove("portfolio/tasks/t-1.md"), "task/t-1/index.html"),
    "a new handbook page": (write("portfolio/other.md", "# Other\n"), "task/t-1/index.html"),
    "the title of a handbook page": (write("portfolio/guide.md", "# How to\n"), "task/t-1/index.html"),
    "a handbook page that is gone": (remove("portfolio/guide.md"), "task/t-1/index.html"),
    "an image": (lambda office: (office / "portfolio/map.png").write_bytes(PICTURE * 2), "map.png"),
    "an image that is gone": (remove("portfolio/map.png"), "map.png"),
    "the name of the site": (write("mkdocs.yml", MKDOCS.replace("Office", "Bureau")), "task/t-1/index.html"),
    "the palette": (write("mkdocs.yml", MKDOCS.replace("teal", "red")), "task/t-1/index.html"),
    "the menu": (write("mkdocs.yml", f"{MKDOCS}nav: [index.md, guide.md]\n"), "task/t-1/index.html"),
    "no mkdocs.yml": (remove("mkdocs.yml"), "task/t-1/index.html"),
    "the title of the portfolio": (
        write("portfolio/portfolio.yml", CONFIGURATION.replace("title: Office", "title: Bureau")),
        "index.html",
    ),
    "a record type that is gone": (
        write("portfolio/portfolio.yml", CONFIGURATION[: CONFIGURATION.index("  note:")]),
        "note/n-1/index.html",
    ),
    "the place where files are edited": (
        write("portfolio/portfolio.yml", CONFIGURATION.replace("example/office", "example/bureau")),
        "guide/index.html",
    ),
    "a template": (write("../ours/home.html", '<div class="mb"><h1>Good day</h1></div>'), "index.html"),
    "a new template": (
        write("../ours/record.html", '<div class="mb"><h1>A record</h1></div>'),
        "task/t-1/index.html",
    ),
    "a style": (write("../ours/assets/site.css", "h1 { color: red }"), "assets/minutebook/site.css"),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_of_any_kind_gives_the_files_of_a_fresh_preview_and_so_does_taking_it_back(
    office: Path, tmp_path: Path, kind: str
) -> None:
    edit, path = EDITS[kind]
    preview = preview_of(office, tmp_path / "preview")
    before = files_of(preview)
    shutil.copytree(tmp_path, tmp_path / "kept", ignore=shutil.ignore_patterns(".git", "preview", "kept"))
    edit(office)
    preview.again()
    after = files_of(preview)
    assert path in other(before, after)
    assert other(after, files_of(preview_of(office, tmp_path / "fresh"))) == set()
    for name in (office.name, "ours"):
        for file in (tmp_path / name).rglob("*"):
            if ".git" not in file.parts and file.is_file():
                file.unlink()
        shutil.copytree(tmp_path / "kept" / name, tmp_path / name, dirs_exist_ok=True)
    preview.again()
    assert other(before, files_of(preview)) == set()


def test_a_commit_gives_the_files_of_a_fresh_preview(repo: RepositoryBuilder, office: Path, tmp_path: Path) -> None:
    preview = preview_of(office, tmp_path / "preview")
    repo.move("portfolio/tasks/t-1.md", "portfolio/tasks/t-7.md")
    repo.write("portfolio/tasks/t-5.md", task("Buy trains", status="done"))
    repo.commit("Rename and finish")
    repo.checkout()
    preview.again()
    assert other(files_of(preview), files_of(preview_of(office, tmp_path / "fresh"))) == set()


def refuse(*_: object, **__: object) -> None:
    """An end of a build that never comes, when every page has been written."""
    raise PublicationError("Broken.")


def test_what_a_broken_build_left_half_written_is_written_again(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = preview_of(office, tmp_path / "preview")
    before = files_of(preview)
    with monkeypatch.context() as broken:
        broken.setattr(BuiltSite, "on_post_build", refuse)
        (office / "mkdocs.yml").write_text(MKDOCS.replace("Office", "Bureau"))
        preview.again()
    assert said[-1].startswith("Broken.")
    (office / "mkdocs.yml").write_text(MKDOCS)
    preview.again()
    assert other(before, files_of(preview)) == set()
