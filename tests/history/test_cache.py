"""L8: a lost, corrupt, older or half-written cache costs time and never truth; few processes of git do it all."""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from minutebook.history.trust import open_trusted_cache
from tests.property.script import Script
from tests.support.reading import PLANS, history_of
from tests.support.repository_builder import RepositoryBuilder


def fill(repo: RepositoryBuilder, commits: int = 12) -> None:
    """Plans, a register, and edits of both."""
    for number in range(commits):
        repo.write(f"plans/p{number % 5}.md", f"---\ntitle: P\nstatus: s{number}\n---\n# One\n\nText {number}\n")
        repo.write("registers/plans.yml", "".join(f"r{n}: {{title: T{n}}}\n" for n in range(number)))
        repo.commit(f"Edit {number}")


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _older(file: Path) -> None:
    file.write_bytes(b"minutebook-cache-0 " + file.read_bytes().partition(b" ")[2])


def _remove(file: Path) -> None:
    file.unlink()


def _block(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("damage", [_truncate, _flip, _empty, _older, _remove, _block])
def test_a_damaged_cache_is_rebuilt(repo: RepositoryBuilder, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    fill(repo)
    cache = tmp_path / "cache"
    whole = history_of(repo.path, cache=cache)
    files = [file for file in cache.iterdir() if file.name != ".gitignore"]
    assert files, "something is kept"
    for file in files:
        damage(file)
    assert history_of(repo.path, cache=cache) == whole
    assert history_of(repo.path) == whole


def test_a_cache_of_another_repository_or_configuration_changes_nothing(
    repo: RepositoryBuilder, tmp_path: Path
) -> None:
    fill(repo)
    other = RepositoryBuilder(tmp_path / "other")
    fill(other, 5)
    cache = tmp_path / "cache"
    renamed = PLANS.replace("  plan:", "  scheme:").replace("due:    {type: date", "due:    {type: text")
    for repository, portfolio in [(repo, PLANS), (other, PLANS), (repo, renamed), (repo, PLANS), (other, renamed)]:
        kept = history_of(repository.path, portfolio, cache=cache)
        assert kept == history_of(repository.path, portfolio)


def test_a_history_that_was_rewritten_is_read_anew(repo: RepositoryBuilder, tmp_path: Path) -> None:
    fill(repo)
    history_of(repo.path, cache=tmp_path / "cache")
    repo.reset(repo.parents[repo.tip][0])
    repo.commit_file("plans/p0.md", "---\ntitle: Rewritten\n---\n")
    assert history_of(repo.path, cache=tmp_path / "cache") == history_of(repo.path)


def test_branches_read_in_turn_do_not_mix(repo: RepositoryBuilder, tmp_path: Path) -> None:
    fill(repo)
    repo.branch("x")
    for turn in range(3):
        for branch in ("x", "main"):
            repo.switch(branch)
            repo.commit_file(f"plans/{branch}.md", f"---\ntitle: {branch}\nstatus: s{turn}\n---\n")
            assert history_of(repo.path, revision=branch, cache=tmp_path / "cache") == history_of(
                repo.path, revision=branch
            )
    repo.merge("x")
    assert history_of(repo.path, cache=tmp_path / "cache") == history_of(repo.path)


def test_a_cache_that_cannot_be_written_is_done_without(repo: RepositoryBuilder, tmp_path: Path) -> None:
    fill(repo)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert history_of(repo.path, cache=blocked / "cache") == history_of(repo.path)


def _read_often(repository: Path, cache: Path, times: int) -> None:
    for _ in range(times):
        history_of(repository, cache=cache)


def test_two_builds_at_once_and_one_that_is_killed_leave_a_whole_cache(repo: RepositoryBuilder, tmp_path: Path) -> None:
    fill(repo)
    cache = tmp_path / "cache"
    whole = history_of(repo.path)
    others = [multiprocessing.Process(target=_read_often, args=(repo.path, cache, times)) for times in (4, 4, 200)]
    for other in others:
        other.start()
    for number in range(4):
        for file in cache.glob("*.json"):
            file.unlink(missing_ok=True)
        assert history_of(repo.path, cache=cache) == whole, number
    assert others[2].pid is not None
    os.kill(others[2].pid, signal.SIGKILL)
    for other in others:
        other.join(60)
    assert [other.exitcode for other in others] == [0, 0, -signal.SIGKILL]
    assert history_of(repo.path, cache=cache) == whole


def _outside(repo: RepositoryBuilder, folder: Path) -> Path:
    return folder / "cache"


def _inside(repo: RepositoryBuilder, folder: Path) -> Path:
    return repo.path / ".cache" / "minutebook"


def _tracked(repo: RepositoryBuilder, folder: Path) -> Path:
    repo.commit_file(".cache/minutebook/log-1.json", "{}")
    repo.checkout()
    return repo.path / ".cache" / "minutebook"


def _linked(repo: RepositoryBuilder, folder: Path) -> Path:
    (folder / "elsewhere").mkdir()
    repo.path.joinpath(".cache").symlink_to(folder / "elsewhere")
    return repo.path / ".cache" / "minutebook"


@pytest.mark.parametrize(("place", "trusted"), [(_outside, True), (_inside, True), (_tracked, False), (_linked, False)])
def test_a_cache_that_a_commit_could_have_filled_is_not_used(
    repo: RepositoryBuilder, tmp_path: Path, place: Callable[[RepositoryBuilder, Path], Path], trusted: bool
) -> None:
    fill(repo)
    folder = place(repo, tmp_path)
    assert (open_trusted_cache(folder) is not None) is trusted


def counting_git(folder: Path, log: Path) -> Path:
    """A folder with a `git` that writes down each call and runs the real one."""
    real = subprocess.run(
        ["/bin/sh", "-c", "command -v git"], capture_output=True, check=True, text=True
    ).stdout.strip()
    shim = folder / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho "$@" | head -1 >> "{log}"\nexec "{real}" "$@"\n')
    shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
    return shim.parent


def test_the_number_of_git_processes_does_not_grow_with_the_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "calls"
    small, large = RepositoryBuilder(tmp_path / "small"), RepositoryBuilder(tmp_path / "large")
    fill(small, 3)
    fill(large, 60)
    script = Script(large)
    script.play([(step, step * 7, step * 13, step * 31) for step in range(60)])
    monkeypatch.setenv("PATH", f"{counting_git(tmp_path, log)}{os.pathsep}{os.environ['PATH']}")
    counts = []
    for repository in (small, large):
        log.write_text("")
        history_of(repository.path)
        counts.append(len(log.read_text().splitlines()))
    assert counts[0] > 0, "the counting git is the one that runs"
    assert counts[1] <= counts[0] + 1, "one process more at most: that which single contents are asked of"
    assert counts[1] <= 12


@pytest.mark.slow
def test_ten_times_the_commits_take_about_ten_times_as_long(tmp_path: Path) -> None:
    seconds = []
    for number, commits in enumerate((500, 5000)):
        repo = RepositoryBuilder(tmp_path / str(number))
        for commit in range(commits):
            repo.commit_file(f"plans/p{commit % 20}.md", f"---\ntitle: P\nstatus: s{commit}\n---\nText\n")
        started = time.perf_counter()
        history_of(repo.path)
        seconds.append(time.perf_counter() - started)
    assert seconds[1] < seconds[0] * 20, f"ten times the commits took {seconds[1] / seconds[0]:.0f} times as long"
