"""The command as a process, and what it does when something goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from minutebook import __version__
from minutebook.cli import changes
from minutebook.cli import main as door
from minutebook.errors import GitError
from tests.cli.conftest import Ran
from tests.support.repository_builder import RepositoryBuilder

Run = Callable[..., Ran]
PACKAGE = Path(door.__file__).parents[2]


def start(*arguments: str, folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start `python -m minutebook` in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "minutebook", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PACKAGE), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_the_package_runs_as_a_module(tmp_path: Path) -> None:
    out, err = start("--version", folder=tmp_path).communicate()
    assert (out.decode(), err) == (f"minutebook {__version__}\n", b"")


def test_a_reader_who_has_read_enough_ends_it_quietly(portfolio: RepositoryBuilder) -> None:
    read, write = os.pipe()
    os.close(read)  # nobody reads, from the first byte on
    with start("changes", "--no-cache", folder=portfolio.path) as whole:
        expected = whole.communicate()
    process = subprocess.run(
        [sys.executable, "-m", "minutebook", "changes", "--no-cache"],
        cwd=portfolio.path,
        env={**os.environ, "PYTHONPATH": str(PACKAGE)},
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert expected[0]
    assert (process.returncode, process.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_one_message(portfolio: RepositoryBuilder) -> None:
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [sys.executable, "-m", "minutebook", "changes", "--no-cache"],
            cwd=portfolio.path,
            env={**os.environ, "PYTHONPATH": str(PACKAGE)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (process.returncode, process.stderr.decode()) == (
        2,
        "The output cannot be written: No space left on device.\nHint: look at where it goes, or at the disk.\n",
    )


def test_names_of_every_script_are_written_whatever_the_locale(
    repo: RepositoryBuilder,
) -> None:
    repo.write("portfolio.yml", "format: 1\ntitle: Ütópia 東京\nrecord_types: [group]\n")
    repo.write("groups/a.md", "---\ntitle: Ñandú 東京\n---\n")
    repo.commit()
    repo.checkout()
    out, err = start("status", folder=repo.path, LC_ALL="C", PYTHONIOENCODING="ascii").communicate()
    assert err == b""
    assert "Ñandú 東京" in out.decode()


@pytest.mark.parametrize("command", list(door.COMMANDS))
def test_the_help_of_every_command_shows_an_example(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert f"\n  minutebook {command}" in ran.out


def test_every_command_of_the_table_is_named_in_the_help(run: Run) -> None:
    words = run("--help").out.split()
    assert [name for name in door.COMMANDS if name not in words] == []


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (GitError("It is \x1b[2J broken.", "mend it."), 2, "It is \\x1b[2J broken.\nHint: mend it.\n"),
        (KeyboardInterrupt(), 130, "minutebook: interrupted\n"),
        (
            KeyError("\x1b[2J"),
            3,
            (
                "This is a mistake in Minutebook, not in your records: KeyError: '\\x1b[2J'\n"
                "Hint: run the same again with --debug, and please report what it prints.\n"
            ),
        ),
        (BrokenPipeError(), 0, ""),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_goes_wrong_is_one_message_and_a_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, message: str
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(changes, "run", fail)
    assert run("changes") == (code, "", message)


@pytest.mark.parametrize("error", [ValueError("odd"), GitError("odd")])
def test_debug_shows_the_traceback(run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(changes, "run", fail)
    assert "Traceback (most recent call last)" in run("changes", "--debug").err
    assert "Traceback" not in run("changes").err
