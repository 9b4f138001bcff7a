"""Options that every command shares: what was typed goes in; the repository, configuration and cache meant come out."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from minutebook.errors import ConfigError, GitError

CONFIGURATION_NAMES = ("portfolio/portfolio.yml", "portfolio.yml")
"""Where a configuration is looked for in each folder from the current one up to the top of the repository."""

CACHE_FOLDER = Path(".cache") / "minutebook"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a command reads from."""

    repository: Path
    """A folder of the repository whose history is read."""
    configuration: Path
    """The portfolio.yml."""
    folder: str
    """Where the configuration's folder lies in that repository: "portfolio"; empty: at its top, or outside of it."""
    cache: Path | None
    """The folder for parsed contents; None: the user asked for none."""


def add_common_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that stand before or after the name of any command."""
    group = parser.add_argument_group("options of every command")
    unset = argparse.SUPPRESS  # an option given before the command must not be reset by the command's own default
    group.add_argument(
        "--repo",
        metavar="DIR",
        type=Path,
        default=unset,
        help="the repository (default: the one that holds the configuration)",
    )
    group.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        default=unset,
        help="portfolio.yml (default: looked for from here upward)",
    )
    group.add_argument(
        "--cache",
        metavar="DIR",
        type=Path,
        default=unset,
        help="where parsed records are kept (default: .cache/minutebook)",
    )
    group.add_argument("--no-cache", action="store_true", default=unset, help="parse everything anew, keep nothing")
    group.add_argument(
        "--debug", action="store_true", default=unset, help="show the traceback when something goes wrong"
    )


def add_as_of_argument(parser: argparse.ArgumentParser) -> None:
    """`--as-of DATE`: `arguments.as_of` is a date or None."""
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        type=day,
        help="the day to speak of, YYYY-MM-DD (default: the day of the published commit)",
    )


def day(written: str) -> dt.date:
    """A day as an option gives it: only YYYY-MM-DD.

    Raises argparse.ArgumentTypeError, which argparse turns into its message.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
        try:
            return dt.date.fromisoformat(written)
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(f"{written!r} is not a day: write YYYY-MM-DD, for example 2026-03-31")


def find_places(arguments: argparse.Namespace) -> Places:
    """Which repository, configuration and cache the options mean.

    Raises ConfigError where there is no configuration, GitError where it is in no repository and none was named.
    """
    repository: Path | None = getattr(arguments, "repo", None)
    configuration = find_configuration(arguments)
    home = repository_top(configuration.resolve().parent)
    if repository is None:
        if home is None:
            raise GitError(
                f"{configuration} is in no git repository, so there is no history to read.",
                "Name the repository with --repo DIR, or begin one here: git init.",
            )
        repository = home
    folder = ""
    if home is not None and home == repository_top(repository.resolve()):
        folder = configuration.resolve().parent.relative_to(home).as_posix().removeprefix(".")
    return Places(repository, configuration, folder, _cache_folder(arguments, home or configuration.resolve().parent))


def find_configuration(arguments: argparse.Namespace) -> Path:
    """The configuration that --config names, else the nearest from --repo or the current folder upward.

    Raises ConfigError where there is none.
    """
    named: Path | None = getattr(arguments, "config", None)
    if named is None:
        return nearest_configuration(getattr(arguments, "repo", None) or Path.cwd())
    if not named.is_file():
        raise ConfigError(
            f"{named}: there is no such configuration file.", "Give the path of a portfolio.yml to --config."
        )
    return named


def nearest_configuration(start: Path) -> Path:
    """The nearest configuration from a folder upward, no further than the top of its repository.

    Raises ConfigError naming every place that was looked at.
    """
    start = start.resolve()
    looked: list[Path] = []
    for folder in _upward(start):
        for name in CONFIGURATION_NAMES:
            looked.append(folder / name)
            if looked[-1].is_file():
                return looked[-1]
    places = "\n".join(f"  {path}" for path in looked)
    raise ConfigError(
        f"No portfolio.yml was found. Looked for, in this order:\n{places}",
        "Go to the folder of the portfolio, or name the file with --config FILE.\n"
        "To begin a portfolio in this repository: minutebook init",
    )


def repository_top(folder: Path) -> Path | None:
    """The folder at or above this one that holds `.git`; None: there is none."""
    return next((candidate for candidate in (folder, *folder.parents) if (candidate / ".git").exists()), None)


def _upward(start: Path) -> Iterator[Path]:
    """The folder and those above it up to the top of the repository; the folder alone where there is no repository."""
    top = repository_top(start)
    yield start
    if top is not None:
        for folder in start.parents:
            if folder == top or top in folder.parents:
                yield folder


def _cache_folder(arguments: argparse.Namespace, home: Path) -> Path | None:
    if getattr(arguments, "no_cache", False):
        return None
    named: Path | None = getattr(arguments, "cache", None)
    return named if named is not None else home / CACHE_FOLDER
