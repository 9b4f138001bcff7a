"""A folder changes from old to new in one step, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from minutebook.errors import PublicationError
from minutebook.site import swap
from minutebook.site.swap import replace_folder


def anything(_: Path) -> None:
    """Whatever stands there may be replaced."""


def fill(folder: Path, word: str) -> None:
    for name in ("a.html", "b/c.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(word)


def fail_while_filling(target: Path, problem: Exception) -> None:
    with replace_folder(target, anything) as folder:
        fill(folder, "new")
        raise problem


def words(folder: Path) -> set[str]:
    return {file.read_text() for file in folder.rglob("*") if file.is_file()}


def test_the_new_folder_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "site"
    for word in ("old", "new"):
        with replace_folder(target, anything) as folder:
            fill(folder, word)
        assert words(target) == {word}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_without_an_exchange_of_folders_it_works_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    test_the_new_folder_takes_the_place_of_the_old(tmp_path)


def test_a_build_that_fails_leaves_the_old_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with replace_folder(target, anything) as folder:
        fill(folder, "old")
    with pytest.raises(RuntimeError):
        fail_while_filling(target, RuntimeError())
    assert words(target) == {"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_full_disk_is_told_and_leaves_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with replace_folder(target, anything) as folder:
        fill(folder, "old")
    with pytest.raises(PublicationError, match="No space left on device"):
        fail_while_filling(target, OSError(errno.ENOSPC, "No space left on device"))
    assert words(target) == {"old"}


def test_a_folder_that_must_not_be_replaced_is_not_entered(tmp_path: Path) -> None:
    def refuse(folder: Path) -> None:
        raise PublicationError(f"{folder.name} stays.")

    with pytest.raises(PublicationError, match="site stays"), replace_folder(tmp_path / "site", refuse):
        pytest.fail("the block must not be entered")


def test_what_somebody_puts_there_meanwhile_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "site"

    def check(folder: Path) -> None:
        if (folder / "theirs").exists():
            raise PublicationError("theirs would be lost.")

    def build() -> None:
        with replace_folder(target, check) as folder:
            fill(folder, "new")
            target.mkdir()
            (target / "theirs").write_text("words")

    with pytest.raises(PublicationError, match="would be lost"):
        build()
    assert (target / "theirs").read_text() == "words"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_modes_of_files_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with replace_folder(tmp_path / "site", anything) as folder:
            fill(folder, "new")
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "site").rglob("*") if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "site").rglob("*") if path.is_dir()} == {0o755}
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


SLOW = """
import sys, time
from pathlib import Path
from minutebook.site.swap import replace_folder
with replace_folder(Path(sys.argv[1]), lambda folder: None) as folder:
    for name in ("a.html", "b.html"):
        (folder / name).write_text(sys.argv[2])
    print("filling", flush=True)
    time.sleep(float(sys.argv[3]))
"""


def slow_build(target: Path, word: str, seconds: float) -> subprocess.Popen[str]:
    """Another process that fills the folder and waits before it ends."""
    path = os.pathsep.join(sys.path)
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(target), word, str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "filling\n"
    return process


def test_a_killed_build_leaves_the_old_folder_and_the_next_one_sweeps_up(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with replace_folder(target, anything) as folder:
        fill(folder, "old")
    with slow_build(target, "killed", 60) as process:
        process.send_signal(signal.SIGKILL)
    assert words(target) == {"old"}
    assert len(list(tmp_path.iterdir())) == 2
    with replace_folder(target, anything) as folder:
        fill(folder, "new")
    assert words(target) == {"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_two_builds_at_once_leave_the_site_of_one_of_them(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with slow_build(target, "one", 0.5) as one, slow_build(target, "two", 0.2) as two:
        seen: set[frozenset[str]] = set()
        while one.poll() is None or two.poll() is None:
            seen.add(frozenset(words(target)))
            time.sleep(0.01)
    assert one.returncode == 0
    assert two.returncode == 0
    assert words(target) == {"one"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
