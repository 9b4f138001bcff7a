"""What a publication was made from: a history and files in, the facts that the page about it prints out."""

from __future__ import annotations

import datetime as dt
import hashlib
import platform
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from minutebook import __version__
from minutebook.errors import PublicationError
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History
from minutebook.pages.book import Edition
from minutebook.records.configuration import type_files
from minutebook.repository import Repository
from minutebook.site.templates import own_files

ROOTS = (
    "mkdocs",
    "mkdocs-material",
    "GitPython",
    "ruamel.yaml",
    "ruamel.yaml.clib",
    "nh3",
    "Markdown",
    "Jinja2",
    "tzdata",
)
"""The packages whose needs are followed where Minutebook itself is not installed but run from a checkout."""
LAST_EPOCH = 253_402_214_400
"""The last day of the year 9999: file formats know no later one."""


def make_edition(
    history: History,
    configuration: Configuration,
    configuration_file: Path,
    repository: Repository,
    *,
    as_of: dt.date | None,
    trusted: bool,
) -> tuple[Edition, int]:
    """The facts of a publication, and the mainline position that it shows.

    PublicationError: nothing had landed by the day asked for, or no commit has a valid date and no day was given.
    """
    position = history.commits - 1
    if as_of is not None:
        found = history.position_at(configuration.end_of(as_of))
        if found is None:
            raise PublicationError(f"Nothing had landed by {as_of}.", _first_day(history, configuration))
        position = found
    day = as_of if as_of is not None else _day_of(history, configuration)
    later = history.commits - 1 - position
    edition = Edition(
        commit=history.commit,
        state=repository.resolve(f"{history.commit}~{later}") if later else history.commit,
        epoch=min(max(history.clocks[-1], 0), LAST_EPOCH),
        as_of=day,
        given=as_of is not None,
        configuration_digest=digest_configuration(configuration_file),
        versions=tuple(_versions(repository)),
        trusted=trusted,
    )
    return edition, position


def _first_day(history: History, configuration: Configuration) -> str:
    """What to do where nothing had landed by the day asked for."""
    clock = history.clock_at(0)
    if clock is None:
        return "give a later day with --as-of."
    return f"the first commit landed on {configuration.day_of(clock)}: give a day from then on with --as-of."


def add_look(edition: Edition, mkdocs_yml: Path | None, templates: Path | None) -> Edition:
    """The facts with those of the look, which can be another while history and configuration are the same."""
    return replace(
        edition,
        mkdocs_yml_digest=hashlib.sha256(mkdocs_yml.read_bytes()).hexdigest() if mkdocs_yml is not None else None,
        templates_digest=_digest(templates, own_files(templates)) if templates is not None else None,
    )


def digest_configuration(file: Path) -> str:
    """Hex SHA-256 over portfolio.yml and the record types beside it, each with its name."""
    return _digest(file.parent, (file, *type_files(file.parent)))


def _digest(folder: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _day_of(history: History, configuration: Configuration) -> dt.date:
    clock = history.clock_at(history.commits - 1)
    if clock is None:
        raise PublicationError(
            "No commit has a valid date, so it is not known of which day to speak.", "give it with --as-of."
        )
    return configuration.day_of(clock)


def _versions(repository: Repository) -> Iterator[tuple[str, str]]:
    """Programs first, then packages by name."""
    yield "minutebook", __version__
    yield "python", platform.python_version()
    yield "git", (repository.ask("version") or b"").decode().removeprefix("git version").strip()
    yield from sorted(_packages().items())


def _packages() -> dict[str, str]:
    """Every package that Minutebook needs, directly or not, with its version."""
    found: dict[str, str] = {}
    wanted = ["minutebook", *ROOTS]
    while wanted:
        name = re.sub(r"[-_.]+", "-", wanted.pop()).lower()
        if name in found:
            continue
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = package.version
        wanted += [
            match[0]
            for requirement in package.requires or []
            if "extra ==" not in requirement and (match := re.match(r"[A-Za-z0-9._-]+", requirement))
        ]
    found.pop("minutebook", None)
    return found
