"""A folder is replaced where all of it is ours and of the same kind; what anybody else put there is never lost."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from minutebook.errors import PublicationError
from minutebook.site.export import export_site
from minutebook.site.mkdocs_yml import Look
from minutebook.site.ours import Kind, check_ours, mark_ours
from minutebook.site.publish import publish
from tests.site.making import make, start, write
from tests.support.repository_builder import RepositoryBuilder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site as we leave it."""
    folder = tmp_path / "site"
    for name in ("index.html", "task/t-1/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("words")
    mark_ours(folder, Kind.SITE, {"commit": "abc"})
    return folder


def test_what_we_wrote_may_be_replaced_and_so_may_what_is_not_there(site: Path) -> None:
    check_ours(site, Kind.SITE)
    check_ours(site.parent / "none", Kind.SITE)
    (site.parent / "empty").mkdir()
    check_ours(site.parent / "empty", Kind.SITE)
    (site / "task" / ".DS_Store").write_bytes(b"x")
    check_ours(site, Kind.SITE)


@pytest.mark.parametrize("name", ["CNAME", ".nojekyll", ".git/HEAD", "task/t-1/notes.txt"])
def test_a_file_that_somebody_added_is_not_lost(site: Path, name: str) -> None:
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_text("theirs")
    with pytest.raises(PublicationError, match=name.replace(".", r"\.")):
        check_ours(site, Kind.SITE)


def test_a_file_that_somebody_edited_or_made_a_link_is_not_lost(site: Path) -> None:
    (site / "index.html").write_text("better words")
    with pytest.raises(PublicationError, match=r"index\.html"):
        check_ours(site, Kind.SITE)
    (site / "index.html").unlink()
    (site / "index.html").symlink_to("task/t-1/index.html")
    with pytest.raises(PublicationError, match=r"index\.html"):
        check_ours(site, Kind.SITE)


def test_of_many_files_the_first_are_named(site: Path) -> None:
    for number in range(9):
        (site / f"theirs-{number}").write_text("x")
    with pytest.raises(PublicationError, match="theirs-0, theirs-1, theirs-2 and 6 more"):
        check_ours(site, Kind.SITE)


@pytest.mark.parametrize("content", ["thesis.txt", "index.html", "minutebook.json"])
def test_a_folder_that_is_not_ours_is_not_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / content).write_text("mine")
    with pytest.raises(PublicationError, match="did not make"):
        check_ours(tmp_path, Kind.SITE)


@pytest.mark.parametrize("marker", ["{", "[]", "{}", '{"kind": "export"}', "\xff"])
def test_a_folder_of_another_kind_is_not_replaced(site: Path, marker: str) -> None:
    (site / "minutebook.json").write_text(marker, "latin-1")
    with pytest.raises(PublicationError, match="holds no site"):
        check_ours(site, Kind.SITE)


def test_a_file_or_a_link_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("file", "link"):
        with pytest.raises(PublicationError, match="no folder"):
            check_ours(tmp_path / name, Kind.SITE)


def test_a_site_and_an_export_never_take_each_others_place(repo: RepositoryBuilder, tmp_path: Path) -> None:
    built = make(start(repo))
    publish(built, Look(), tmp_path / "site")
    export_site(built, Look(), tmp_path / "export")
    for folder, kind in (("site", "site"), ("export", "export")):
        assert json.loads((tmp_path / folder / "minutebook.json").read_text())["kind"] == kind
    with pytest.raises(PublicationError, match="holds no export"):
        export_site(built, Look(), tmp_path / "site")
    with pytest.raises(PublicationError, match="holds no site"):
        publish(built, Look(), tmp_path / "export")
    publish(built, Look(), tmp_path / "site")
    export_site(built, Look(), tmp_path / "export")


def test_the_sums_of_a_site_are_what_sha256sum_checks(repo: RepositoryBuilder, tmp_path: Path) -> None:
    folder = write(start(repo), tmp_path / "site")
    sums = (folder / "provenance/SHA256SUMS").read_text()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert [line[66:] for line in sums.splitlines()] == sorted(files - {"provenance/SHA256SUMS"})
    command = ["sha256sum", "--check", "--strict", "--quiet", "provenance/SHA256SUMS"]
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0
    (folder / "index.html").write_text("other words")
    assert subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 1
