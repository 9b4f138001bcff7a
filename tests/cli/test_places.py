"""Folders and repositories that hold no portfolio, named by --repo or stood in; one message that fits each, out."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.support.repository_builder import RepositoryBuilder

Run = Callable[..., Ran]


@pytest.mark.parametrize("command", [("build",), ("status",), ("schema",)])
@pytest.mark.parametrize("config", [(), ("--config", "portfolio/portfolio.yml")])
def test_a_folder_that_is_not_there_is_told_before_anything_else(
    run: Run, portfolio: RepositoryBuilder, command: tuple[str], config: tuple[str, ...]
) -> None:
    ran = run("--repo", "/nope", *config, *command, folder=portfolio.path)
    message = "/nope: there is no such folder.\nHint: Give the folder of a git repository to --repo.\n"
    assert (ran.code, ran.out, ran.err) == (2, "", message)


def test_a_named_folder_in_no_repository_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    ran = run("--repo", str(tmp_path / "plain"), "status")
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"{tmp_path / 'plain'} is in no git repository.")
    assert "init" not in ran.err


def test_a_bare_repository_wants_a_configuration_and_no_init(run: Run, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "init", "-q", "--bare", str(bare)], check=True)
    for ran in (run("--repo", str(bare), "build"), run("build", folder=bare)):
        assert ran.code == 2
        assert f"{bare} is a bare repository" in ran.err
        assert "--config FILE" in ran.err
        assert "init" not in ran.err


def test_a_repository_without_a_portfolio_is_told_how_to_begin_one(run: Run, tmp_path: Path) -> None:
    lone = RepositoryBuilder(tmp_path / "lone")
    ran = run("--repo", str(lone.path), "build")
    assert ran.code == 2
    assert ran.err.endswith("To begin a portfolio in this repository: minutebook init\n")
