"""The common options go in; the repository, configuration and cache that they mean come out."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from dataclasses import replace
from pathlib import Path

from minutebook.errors import ConfigError, GitError
from minutebook.records.portfolio_places import Places, find_places, nearest_configuration
from minutebook.reporting.plain import visible
from minutebook.repository import find_repository


def named_places(arguments: argparse.Namespace) -> Places:
    """Which repository, configuration and cache the options mean.

    Raises GitError where --repo names no repository, or none was named and the configuration is in none; ConfigError
    where there is no configuration.
    """
    places = find_places(find_configuration(arguments), getattr(arguments, "repo", None))
    if getattr(arguments, "no_cache", False):
        return replace(places, cache=None)
    named: Path | None = getattr(arguments, "cache", None)
    if named is not None and not can_hold_files(named):
        print(f"Nothing is kept for the next run: {visible(str(named))} is no folder to write to.", file=sys.stderr)
    return replace(places, cache=named or places.cache)


def can_hold_files(folder: Path) -> bool:
    """Whether a folder can be written to, or be made."""
    there = next(step for step in (folder, *folder.absolute().parents) if step.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def find_configuration(arguments: argparse.Namespace) -> Path:
    """The configuration that --config names, else the nearest from --repo or the current folder upward.

    Raises GitError where --repo names no repository; ConfigError where there is no configuration.
    """
    named: Path | None = getattr(arguments, "config", None)
    repo: Path | None = getattr(arguments, "repo", None)
    if repo is not None:
        check_repository(repo)
    if named is None:
        start = repo or Path.cwd()
        return nearest_configuration(start, how_to_begin(start))
    if not named.is_file():
        raise ConfigError(
            f"{named}: there is no such configuration file.", "Give the path of a portfolio.yml to --config."
        )
    return named


def check_repository(folder: Path) -> None:
    """Raise GitError where a folder is none, or is in no repository."""
    if not folder.is_dir():
        raise GitError(f"{folder}: there is no such folder.", "Give the folder of a git repository to --repo.")
    repository = find_repository(folder)
    if repository is None:
        raise GitError(f"{folder} is in no git repository.", "Give the folder of a git repository to --repo.")
    repository.close()


def how_to_begin(folder: Path) -> str:
    """What a person can do where no configuration was found from a folder upward."""
    repository = find_repository(folder)
    name = "Go to the folder of the portfolio, or name the file with --config FILE."
    if repository is None:
        at = "" if folder == Path.cwd() else f" {shlex.quote(str(folder))}"
        begin = f"To begin one with a portfolio: git init{at}, then minutebook init"
        return f"{name}\n{folder} is in no git repository. {begin}"
    with repository:
        if repository.work_tree is None:
            return (
                f"{folder} is a bare repository, which has no files beside its commits: name a portfolio.yml outside "
                "of it with --config FILE."
            )
    return f"{name}\nTo begin a portfolio in this repository: minutebook init"
