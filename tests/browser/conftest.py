"""The browser that every test of this folder uses, and the two sites that many of them look at."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from minutebook.demo.portfolio import write_demo
from minutebook.site.build import Settings, build_site
from minutebook.site.mkdocs_yml import Look, read_look
from minutebook.site.publish import publish
from tests.browser.since import MORNING
from tests.browser.visits import Scheme, Shared, Visit, served
from tests.support.environment import clean_environment

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
EIPS = Path(__file__).parents[1] / "cases" / "eips" / "portfolio.yml"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; a test without it is skipped and says why."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    if not CHROMIUM.is_file():
        pytest.skip(f"there is no {CHROMIUM}: apt-get install chromium")
    with sync_api.sync_playwright() as running:
        started = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def demo_host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's site in `minutes/`, built once for all."""
    return made_once(tmp_path_factory, "browser-demo", build_demo)


@pytest.fixture(scope="session")
def eips_host(tmp_path_factory: pytest.TempPathFactory, eips_bundle: Path) -> Path:
    """The same with the site of the real case."""
    return made_once(tmp_path_factory, "browser-eips", lambda folder: build_eips(folder, eips_bundle))


@pytest.fixture(scope="module")
def demo(demo_host: Path) -> Iterator[str]:
    """The address of the demo's site, under a sub-path of a host."""
    with served(demo_host) as url:
        yield url


@pytest.fixture(scope="module")
def eips(eips_host: Path) -> Iterator[str]:
    """The address of the real case's site, under a sub-path of a host."""
    with served(eips_host) as url:
        yield url


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[Shared]:
    """Pages that a module's tests load one after another, which is quicker: styles and scripts come once."""
    made: dict[tuple[int, Scheme], Visit] = {}

    def visit_of(width: int = 1280, scheme: Scheme = "light") -> Visit:
        if (width, scheme) not in made:
            made[width, scheme] = Visit(browser, width, scheme)
        return made[width, scheme]

    yield visit_of
    for visit in made.values():
        visit.page.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A page in a browser that has never been here, on the morning of the first visit; nothing may be complained of."""
    found = Visit(browser)
    found.page.clock.set_fixed_time(MORNING)
    yield found
    assert found.complaints == []
    found.page.close()


def build_demo(folder: Path) -> None:
    """The demo as a newcomer has it, published under the address at which a host would have it."""
    write_demo(folder / "varnland")
    configuration = folder / "varnland" / "portfolio" / "portfolio.yml"
    site = build_site(Settings(folder / "varnland", configuration, folder="portfolio"))
    look = replace(read_look(folder / "varnland" / "mkdocs.yml"), site_url="https://office.example/minutes/")
    publish(site, look, folder / "host" / "minutes")


def build_eips(folder: Path, bundle: Path) -> None:
    """The real case with the configuration that stands outside it."""
    command = ["git", "clone", "--quiet", "--bare", "--branch", "master", str(bundle), str(folder / "eips.git")]
    subprocess.run(command, env=clean_environment(), check=True)
    publish(build_site(Settings(folder / "eips.git", EIPS)), Look(), folder / "host" / "minutes")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder `host` of what `make` puts into a folder, made by the first of the processes that run the tests."""
    base = factory.getbasetemp()
    # Beside the folders of the processes of pytest-xdist, which are one below that of the run.
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            making = shared.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)  # what another process began and could not end
            making.mkdir()
            make(making)
            making.rename(shared)
    return shared / "host"
