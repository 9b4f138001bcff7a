"""Another generator in an environment of its own, and what it makes of an export."""

from __future__ import annotations

import contextlib
import hashlib
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from minutebook.site.build import Site
from minutebook.site.export import export_site
from minutebook.site.mkdocs_yml import Look
from minutebook.site.publish import publish
from tests.browser.conftest import browser
from tests.browser.visits import served
from tests.support.environment import MACHINE

__all__ = ["browser"]

ROOT = Path(__file__).parents[2]
HANDBOOK = (ROOT / "portfolio" / "handbook" / "export.md").read_text(encoding="utf-8")

Build = Callable[[Path], Path]
"""Builds the export in a folder with Zensical; gives the folder of the site."""


class Export(NamedTuple):
    """A portfolio's pages, and the two sites that are made of them."""

    site: Site
    ours: Path
    """What `minutebook build` writes."""
    theirs: Path
    """What Zensical makes of `minutebook export`, under the address at which a host would have it."""


def make_both(site: Site, look: Look, folder: Path, build: Build) -> Export:
    """Both sites, in a folder of their own."""
    publish(site, look, folder / "ours")
    export_site(site, look, folder / "host" / "minutes")
    return Export(site, folder / "ours", build(folder / "host" / "minutes"))


@contextlib.contextmanager
def served_theirs(export: Export) -> Iterator[str]:
    """Their site below a sub-path of a host: `minutes/`, which the export lies in, and `site/` in that."""
    with served(export.theirs.parents[1]) as url:
        yield f"{url}site/"


@pytest.fixture(scope="session")
def build_with_zensical() -> Build:
    """Zensical as `dependency-groups` of pyproject.toml names it, run as the handbook says.

    Without it these tests fail and are not skipped: they are what holds the promise.
    """
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["export"]
    digest = hashlib.sha256(repr((wanted, sys.version)).encode()).hexdigest()[:12]
    environment = ROOT / ".cache" / "zensical" / digest
    if not (environment / "bin" / "python").exists():
        _install(wanted, environment)
    assert f'pip install "{wanted[0]}"' in HANDBOOK
    command = next(line for line in HANDBOOK.splitlines() if line.startswith("zensical build --strict "))

    def build(export: Path) -> Path:
        words = [word.replace("exported", str(export)) for word in shlex.split(command)]
        _run("build the export", environment / "bin" / "python", "-m", *words)
        return export / "site"

    return build


def _install(wanted: Sequence[str], environment: Path) -> None:
    """Make the environment, whole or not at all: tests that run at the same time may want the same."""
    environment.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=environment.parent, prefix="new-") as folder:
        new = Path(folder, "environment")
        _run("make an environment", sys.executable, "-m", "venv", "--without-pip", new)
        pip = (sys.executable, "-m", "pip", "--python", new / "bin" / "python", "install", "--quiet")
        _run(f"install {', '.join(wanted)}: pip needs a package index that it can reach", *pip, *wanted)
        with contextlib.suppress(OSError):
            # Another worker of this run was first.
            new.rename(environment)


def _run(purpose: str, *command: str | Path) -> None:
    process = subprocess.run(command, env=MACHINE, capture_output=True, text=True, check=False)
    if process.returncode != 0:
        line = " ".join(map(str, command))
        pytest.fail(f"It was not possible to {purpose}.\n{line}\n{process.stdout}\n{process.stderr}", pytrace=False)
