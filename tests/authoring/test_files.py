"""Files of a new portfolio: written beside what is there, and never over or through it."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.authoring.files import Written, write_files
from minutebook.authoring.setup_files import IGNORED
from minutebook.errors import MinutebookError


def test_a_file_that_exists_is_kept_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"mine\r\n")
    written = write_files(tmp_path, {"a.md": "ours", "b/c.md": "new"}, ())
    assert written == Written(new=("b/c.md",), kept=("a.md",), ignored=())
    assert (tmp_path / "a.md").read_bytes() == b"mine\r\n"
    assert (tmp_path / "b/c.md").read_text() == "new"


def test_a_link_in_the_place_of_a_file_is_kept_and_not_followed(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    (top / "a.md").symlink_to(tmp_path / "outside.md")
    assert write_files(top, {"a.md": "ours"}, ()).kept == ("a.md",)
    assert not (tmp_path / "outside.md").exists()


@pytest.mark.parametrize("target", ["outside", "top/inside"])
def test_a_link_in_the_place_of_a_folder_stops_it_before_anything_is_written(tmp_path: Path, target: str) -> None:
    top = tmp_path / "top"
    top.mkdir()
    (tmp_path / target).mkdir()
    (top / "portfolio").symlink_to(tmp_path / target)
    with pytest.raises(MinutebookError, match="portfolio is a symbolic link"):
        write_files(top, {"mkdocs.yml": "ours", "portfolio/a.md": "ours"}, IGNORED)
    assert sorted(path.name for path in top.iterdir()) == sorted(
        {"portfolio", *([] if "/" not in target else ["inside"])}
    )
    assert list((tmp_path / target).iterdir()) == []


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "portfolio").write_text("mine")
    with pytest.raises(MinutebookError, match="portfolio is no folder"):
        write_files(tmp_path, {"portfolio/a.md": "ours"}, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, b"/site/\n/.cache/\n"),
        (b"", b"/site/\n/.cache/\n"),
        (b"*.pyc", b"*.pyc\n/site/\n/.cache/\n"),
        (b"\xff\r\n/site\r\n", b"\xff\r\n/site\r\n/.cache/\n"),
        (b".cache\nsite/\n", b".cache\nsite/\n"),
    ],
)
def test_gitignore_gets_the_lines_that_it_lacks_and_keeps_the_others(
    tmp_path: Path, before: bytes | None, after: bytes
) -> None:
    if before is not None:
        (tmp_path / ".gitignore").write_bytes(before)
    write_files(tmp_path, {}, IGNORED)
    assert (tmp_path / ".gitignore").read_bytes() == after
    assert write_files(tmp_path, {}, IGNORED).ignored == ()


def test_a_gitignore_that_is_a_link_is_left_alone_and_its_owner_told(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    (tmp_path / "outside").write_text("")
    (top / ".gitignore").symlink_to(tmp_path / "outside")
    written = write_files(top, {}, IGNORED)
    assert (written.ignored, written.to_ignore) == ((), IGNORED)
    assert (tmp_path / "outside").read_text() == ""
