"""Where a portfolio is read from: what was named, or a folder to begin at, in; repository, configuration, cache out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from minutebook.errors import ConfigError, GitError

CONFIGURATION = "portfolio.yml"
CONFIGURATION_NAMES = (f"portfolio/{CONFIGURATION}", CONFIGURATION)
"""Where a configuration is looked for in each folder from a first one up to the top of the repository."""

CACHE_FOLDER = Path(".cache") / "minutebook"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a door reads from."""

    repository: Path
    """A folder of the repository whose history is read."""
    configuration: Path
    """The portfolio.yml."""
    folder: str
    """Where the configuration's folder lies in that repository: "portfolio"; empty: at its top, or outside of it."""
    top: Path
    """The top of the configuration's repository, or its folder where it is in none: what is made anew lies there."""
    cache: Path | None
    """The folder for parsed contents; None: the user asked for none."""


def find_places(configuration: Path, repository: Path | None = None) -> Places:
    """All places of a configuration that is there; `repository` is the one that was named.

    Raises GitError where the configuration is in no repository and none was named.
    """
    beside = configuration.resolve().parent
    home = repository_top(beside)
    repository = repository or home
    if repository is None:
        raise GitError(
            f"{configuration} is in no git repository, so there is no history to read.",
            "Name the repository with --repo DIR (`repo: DIR` of the plugin), or begin one here: git init.",
        )
    inside = home is not None and home == repository_top(repository.resolve())
    folder = beside.relative_to(home).as_posix().removeprefix(".") if home is not None and inside else ""
    top = home or beside
    return Places(repository, configuration, folder, top, top / CACHE_FOLDER)


def nearest_configuration(start: Path, hint: str) -> Path:
    """The nearest configuration from a folder upward, no further than the top of its repository.

    Raises ConfigError naming every place that was looked at, with this hint.
    """
    looked: list[Path] = []
    for folder in folders_upward(start.resolve()):
        for name in CONFIGURATION_NAMES:
            looked.append(folder / name)
            if looked[-1].is_file():
                return looked[-1]
    places = "\n".join(f"  {path}" for path in looked)
    raise ConfigError(f"No portfolio.yml was found. Looked for, in this order:\n{places}", hint)


def repository_top(folder: Path) -> Path | None:
    """The folder at or above this one that holds `.git`; None: there is none."""
    return next((candidate for candidate in (folder, *folder.parents) if (candidate / ".git").exists()), None)


def folders_upward(start: Path) -> Iterator[Path]:
    """The folder and those above it up to the top of the repository; the folder alone where there is no repository."""
    top = repository_top(start)
    yield start
    if top is not None:
        yield from (folder for folder in start.parents if folder.is_relative_to(top))
