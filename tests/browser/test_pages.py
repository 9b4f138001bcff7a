"""Pages in a real browser: nothing runs that is not the theme's, no other host is asked, the search works."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.site.hostile import fill
from tests.site.making import start, write
from tests.support.repository_builder import RepositoryBuilder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHROMIUM = Path("/usr/bin/chromium")

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder under a host of its own; gives the URL of `minutes/` in it."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/minutes/"
        server.shutdown()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The hostile portfolio's site, served under a sub-path of a host."""
    folder = tmp_path_factory.mktemp("browser")
    write(fill(RepositoryBuilder(folder / "repository")), folder / "host" / "minutes")
    with served(folder / "host") as url:
        yield url


@pytest.fixture(scope="module")
def broken_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of an office in which a record cannot be read."""
    folder = tmp_path_factory.mktemp("broken")
    repo = start(RepositoryBuilder(folder / "repository"))
    repo.write("portfolio/tasks/t-1.md", "---\ntitle: [\n---\n")
    repo.commit("Break it")
    write(repo, folder / "host" / "minutes")
    with served(folder / "host") as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.is_file():
        pytest.skip(f"there is no {CHROMIUM}: apt-get install chromium")
    with sync_api.sync_playwright() as running:
        started = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


class Visit:
    """A page that was opened, with everything it asked for and complained of."""

    def __init__(self, browser: Browser, width: int = 1280, scheme: Literal["light", "dark"] = "light") -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; }")

    def open(self, url: str) -> None:
        self.page.goto(url, wait_until="networkidle")


PAGES = [
    "",
    "task/",
    "task/t-0/",
    "task/t-1/",
    "task/t-2/",
    "task/t-3/",
    "handbook/evil/",
    "changes/2026-01/",
    "completeness/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_nothing_of_a_contributors_and_asks_no_other_host(
    path: str, address: str, browser: Browser
) -> None:
    visit = Visit(browser)
    visit.open(address + path)
    assert visit.page.evaluate("window.hits") == 0
    assert visit.complaints == []
    assert [url for url in visit.asked if not url.startswith((address, "data:", "blob:"))] == []
    assert "hit(1)" in visit.page.content()
    visit.page.close()


def test_the_search_finds_a_record_and_its_hostile_title_stays_text(address: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(address)
    visit.page.click("input.md-search__input")
    visit.page.wait_for_timeout(300)  # the search opens with an animation
    visit.page.keyboard.type("onerror", delay=20)
    visit.page.wait_for_selector(".md-search-result__item a")
    links = visit.page.eval_on_selector_all(".md-search-result__item a", "all => all.map(one => one.href)")
    assert any(link.startswith(f"{address}task/t-1/") for link in links)
    assert "onerror=hit(1)" in visit.page.inner_text(".md-search-result__list")
    assert visit.page.locator(".md-search-result__list img, .md-search-result__list script").count() == 0
    assert visit.page.evaluate("window.hits") == 0
    assert visit.complaints == []
    visit.page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "task/", "task/t-0/", "changes/2026-01/", "completeness/", "publication/"])
def test_no_page_is_wider_than_a_phone(
    path: str, scheme: Literal["light", "dark"], address: str, browser: Browser
) -> None:
    visit = Visit(browser, width=390, scheme=scheme)
    visit.open(address + path)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    visit.page.close()


@pytest.mark.parametrize("path", ["", "completeness/"])
def test_the_tables_of_the_first_pages_fit_on_a_phone(path: str, broken_address: str, browser: Browser) -> None:
    visit = Visit(browser, width=390)
    visit.open(broken_address + path)
    widths = visit.page.eval_on_selector_all(".mb-scroll", "all => all.map(one => [one.scrollWidth, one.clientWidth])")
    assert widths
    assert all(needed <= given for needed, given in widths)
    row = visit.page.locator(".mb-table tbody tr").first.bounding_box()
    assert row is not None
    assert row["height"] < 140, "a row with a sentence in it is not squeezed into a column of a word's width"
    visit.page.close()


def test_a_page_reads_without_scripts(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}task/t-1/")
    assert page.locator("h1").inner_text() == "<img src=x onerror=hit(1)>"
    assert page.locator(".mb-timeline li").count() == 1
    context.close()
