"""The demo is one git repository, the same on every machine, and is written whole or not at all."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from minutebook.cli.main import main
from minutebook.demo.portfolio import write_demo
from minutebook.errors import ConfigError, GitError
from minutebook.model.commit import Person
from minutebook.repository.fast_import import NewCommit, new_repository
from tests.demo.conftest import GROUND, Demo, git_in

pytestmark = pytest.mark.slow

WRITE = "import os, sys; from pathlib import Path; os.umask(int(sys.argv[2], 8)); "
WRITE += "from minutebook.demo.portfolio import write_demo; write_demo(Path(sys.argv[1]))"

GIT_SETTINGS = """\
[core]
    autocrlf = true
    hooksPath = {home}/hooks
    ignoreCase = true
[commit]
    gpgSign = true
[init]
    defaultBranch = trunk
    templateDir = {home}/template
    defaultObjectFormat = sha256
[user]
    name = Somebody Else
    email = else@example.org
[fastimport]
    unpackLimit = 100000
[i18n]
    commitEncoding = ISO-8859-1
"""


def tip_written_in(folder: Path, environment: dict[str, str], cwd: Path, umask: str) -> str:
    command = [sys.executable, "-c", WRITE, str(folder), umask]
    subprocess.run(command, env=environment, cwd=cwd, check=True)
    return git_in(folder, "rev-parse", "main").strip()


def test_the_commits_are_the_same_whatever_the_machine_is_set_to(demo: Demo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "template" / "hooks").mkdir(parents=True)
    (home / "hooks").mkdir()
    for hook in (home / "hooks" / "post-checkout", home / "template" / "hooks" / "reference-transaction"):
        hook.write_text(f'#!/bin/sh\n: > "{tmp_path}/sung"\n')
        hook.chmod(0o755)
    (home / ".gitconfig").write_text(GIT_SETTINGS.format(home=home))
    strange = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2] / "generator"),
        "PYTHONHASHSEED": "7",
        "HOME": str(home),
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "GIT_DIR": str(tmp_path / "elsewhere"),
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
        "GIT_COMMITTER_NAME": "Somebody Else",
        "GIT_DEFAULT_HASH": "sha256",
        "GIT_INDEX_FILE": str(tmp_path / "index"),
    }
    folder = tmp_path / "demo"

    tip = tip_written_in(folder, strange, home, "077")

    assert tip == demo.git("rev-parse", "main").strip()
    assert git_in(folder, "ls-tree", "-r", "HEAD") == demo.git("ls-tree", "-r", "HEAD")
    assert not (tmp_path / "sung").exists(), "no hook of the machine has run"
    assert not (tmp_path / "index").exists()


def test_git_finds_nothing_to_say_against_the_repository(demo: Demo) -> None:
    said = subprocess.run(
        ["git", "-C", str(demo.folder), "fsck", "--strict", "--full"], capture_output=True, text=True, check=True
    )
    assert said.stdout == ""
    assert "error" not in said.stderr
    assert "warning" not in said.stderr
    assert demo.git("rev-list", "--count", "--all").strip() == str(demo.made.commits)


def test_the_repository_is_checked_out_and_belongs_to_nobody_yet(demo: Demo) -> None:
    assert demo.git("status", "--porcelain", "--branch").strip() == "## main"
    assert demo.git("for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]
    assert (demo.folder / "portfolio" / "portfolio.yml").read_text() == demo.git("show", "HEAD:portfolio/portfolio.yml")
    settings = demo.git("config", "--local", "--list").splitlines()
    assert not [line for line in settings if line.startswith(("user.", "remote."))]
    assert not (demo.folder / ".git" / "hooks").exists()
    assert not (demo.folder / ".git" / "logs").exists(), "a reflog names the user of the machine"
    # A folder made for one's own use is closed to others; a repository is as open as the user's other folders.
    assert demo.folder.stat().st_mode == (demo.folder / "portfolio").stat().st_mode


def test_a_person_can_go_on_working_in_it(demo: Demo, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    demo.git("clone", "--quiet", str(demo.folder), str(clone))
    (clone / "README.md").write_text("Mine\n")
    git_in(clone, "-c", "user.name=Me", "-c", "user.email=me@example.org", "commit", "--quiet", "-am", "Mine")
    assert git_in(clone, "log", "-1", "--format=%s").strip() == "Mine"


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_there_already_is_not_touched(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "mine"
    kept = target / "thesis.txt" if kind == "folder" else target
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("Years of work")

    assert main(["demo", str(target)]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert str(target) in said.err
    assert "name a folder that is new or empty" in said.err
    assert kept.read_text() == "Years of work"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_an_empty_folder_and_a_new_one_in_new_folders_will_do(tmp_path: Path) -> None:
    scenario = tmp_path / "scenario"
    scenario.mkdir()
    (scenario / "ground.yml").write_text(GROUND)
    (tmp_path / "empty").mkdir()
    for name in ("empty", "new/and/deep"):
        assert write_demo(tmp_path / name, scenario).landings == 2
        assert (tmp_path / name / "portfolio" / "goals" / "grow.md").is_file()


def test_the_command_says_what_it_made_and_what_to_type_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = tmp_path / "scenario"
    scenario.mkdir()
    (scenario / "ground.yml").write_text(GROUND)
    monkeypatch.chdir(tmp_path)

    assert main(["demo", "our demo", "--scenario", "scenario"]) == 0

    told = capsys.readouterr().out
    assert "our demo: 1 records and 2 people, 2 commits" in told
    assert "cd 'our demo' && minutebook serve" in told
    monkeypatch.chdir(tmp_path / "our demo")
    assert main(["status"]) == 0
    assert "Grow" in capsys.readouterr().out


def test_a_scenario_that_fails_halfway_leaves_nothing(tmp_path: Path) -> None:
    scenario = tmp_path / "scenario"
    scenario.mkdir()
    (scenario / "ground.yml").write_text(GROUND.replace("by: ana\n    says: A goal", "by: zoe\n    says: A goal"))
    with pytest.raises(ConfigError, match="nobody has the id `zoe`"):
        write_demo(tmp_path / "new" / "demo", scenario)
    assert [path.name for path in tmp_path.iterdir()] == ["scenario"]


ANA = Person("Ana Li", "ana@example.org")
NOON = dt.datetime(2024, 1, 8, 12, tzinfo=dt.UTC)


def write_one(
    folder: Path, files: dict[str, bytes | None], author: Person = ANA, parents: tuple[int, ...] = ()
) -> None:
    with new_repository(folder) as importer:
        importer.commit(NewCommit(author, NOON, author, NOON, "Begin\n", parents, files))


def test_a_git_that_fails_halfway_leaves_nothing_and_is_told(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="fast-import"):
        write_one(tmp_path / "demo", {"a": b"1"}, parents=(99,))
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_git_cannot_hold_is_told(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="Ana <Li>"):
        write_one(tmp_path / "demo", {"a": b"1"}, Person("Ana <Li>", "ana@example.org"))


def test_what_git_would_cut_off_is_told(tmp_path: Path) -> None:
    with pytest.raises(GitError, match=r"'a\\x00b'"):
        write_one(tmp_path / "demo", {"a\0b": b"1"})
    with (
        pytest.raises(GitError, match="the message of a commit cannot hold NUL"),
        new_repository(tmp_path / "demo") as importer,
    ):
        importer.commit(NewCommit(ANA, NOON, ANA, NOON, "Begin\0 anew\n", (), {"a": b"1"}))
    assert list(tmp_path.iterdir()) == []


def test_a_path_is_written_as_it_is_whatever_it_holds(tmp_path: Path) -> None:
    names = {'a "b" c.md', "back\\slash", "line\nfeed", "é ü", "-x", ":y", "\x01\r\t\x7f", '"', "\\000", "'"}
    write_one(tmp_path / "demo", dict.fromkeys(names, b"1"))
    assert {path.name for path in (tmp_path / "demo").iterdir()} == names | {".git"}
