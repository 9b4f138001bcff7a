"""`minutebook build` in repositories whose working tree is ahead of their commits; what it tells, out."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.support.repository_builder import RepositoryBuilder

Run = Callable[..., Ran]


def site_in(folder: Path) -> tuple[str, str, str]:
    """The words that build into a folder which is in nobody's way."""
    return ("build", "--site", str(folder / "built"))


def test_files_that_are_not_committed_are_told_because_the_site_has_them_not(
    run: Run, portfolio: RepositoryBuilder, tmp_path: Path
) -> None:
    folder = portfolio.path / "portfolio"
    assert run(*site_in(tmp_path)).err == ""
    (folder / "projects/trams.md").write_text("---\ntitle: Trams\n---\n")
    (folder / "groups/transport.md").write_text("---\ntitle: Mobility\n---\n")
    (folder / "notes.txt").write_text("No site has it.\n")
    (portfolio.path / ".gitignore").write_text("/portfolio/drafts/\n")
    (folder / "drafts").mkdir()
    (folder / "drafts/mine.md").write_text("# Mine\n")
    ran = run(*site_in(tmp_path), "--strict")
    assert (ran.code, ran.err) == (
        0,
        "Not in this site: 2 files in portfolio/ that are not committed (see `git status`)\n",
    )


def test_a_checkout_with_other_line_ends_and_a_submodule_are_no_edits(
    run: Run, portfolio: RepositoryBuilder, tmp_path: Path
) -> None:
    folder = portfolio.path / "portfolio"
    for file in folder.rglob("*.md"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    (folder / "theirs/.git").mkdir(parents=True)
    (folder / "theirs/page.md").write_text("# Theirs\n")
    assert run(*site_in(tmp_path)).err == ""


def test_a_past_day_is_not_compared_with_the_working_tree(
    run: Run, portfolio: RepositoryBuilder, tmp_path: Path
) -> None:
    (portfolio.path / "portfolio/projects/trams.md").write_text("---\ntitle: Trams\n---\n")
    assert "Not in this site" not in run(*site_in(tmp_path), "--as-of", "2026-02-01").err


def test_a_branch_that_is_checked_out_beside_the_published_one_is_not_compared_with_it(
    run: Run, portfolio: RepositoryBuilder, tmp_path: Path
) -> None:
    file = portfolio.path / "portfolio/portfolio.yml"
    file.write_text(file.read_text() + "branch: main\n")
    git = ["git", "-C", str(portfolio.path)]
    subprocess.run([*git, "checkout", "-q", "--orphan", "work"], check=True)
    assert "Not in this site" not in run(*site_in(tmp_path)).err


@pytest.mark.parametrize(
    ("root", "hint"),
    [("portfolio", "commit it: git add portfolio && git commit"), ("records", "correct `root` (portfolio.yml:3:7)")],
)
def test_a_root_of_which_the_commit_holds_nothing_is_refused(
    run: Run, repo: RepositoryBuilder, tmp_path: Path, root: str, hint: str
) -> None:
    alone = RepositoryBuilder(tmp_path / "alone")
    alone.write("README.md", "# Alone\n")
    commit = alone.commit("Begin", date="2026-01-05T09:00:00+00:00")
    folder = alone.checkout() / "portfolio"
    folder.mkdir()
    (folder / "portfolio.yml").write_text(f"format: 1\ntitle: Alone\nroot: {root}\n")
    ran = run(*site_in(tmp_path), folder=folder)
    assert (ran.code, ran.out) == (2, "")
    assert f"The commit {commit[:10]} holds no folder `{root}`" in ran.err
    assert f"Hint: {hint}" in ran.err


def test_a_site_lies_at_the_top_of_the_repository_wherever_the_command_is_typed(
    run: Run, portfolio: RepositoryBuilder
) -> None:
    ran = run("build", folder=portfolio.path / "portfolio" / "projects")
    assert ran.out.startswith("../../site: ")
    assert (portfolio.path / "site/index.html").is_file()
    assert not (portfolio.path / "portfolio/projects/site").exists()


def test_a_cache_that_cannot_be_written_to_is_told_once(run: Run, portfolio: RepositoryBuilder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = run("--cache", str(tmp_path / "file"), "status")
    assert ran.code == 0
    assert ran.err == f"Nothing is kept for the next run: {tmp_path / 'file'} is no folder to write to.\n"
