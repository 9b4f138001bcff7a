"""What the browser tests share: a folder served on a host of its own, and a page that is opened and listened to."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Scheme = Literal["light", "dark"]
"""Which colours a reader prefers."""


SEARCH_IS_READY = """() => document.querySelector("#__search").checked
  && document.activeElement.matches(".md-search__input")
  && !document.querySelector(".md-search-result__meta").innerText.startsWith("Initializing")"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def handle(self) -> None:
        """As long as it is wanted: a browser that goes to another page hangs up."""
        with contextlib.suppress(ConnectionError):
            super().handle()

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


class Visit:
    """A page that was opened, with everything it asked for and complained of."""

    def __init__(self, browser: Browser, width: int = 1280, scheme: Scheme = "light") -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; }")

    def load(self, url: str) -> None:
        """Until the page's own scripts and styles are at work: enough where nothing is asked of what they fetch."""
        self.page.goto(url, wait_until="load")

    def open(self, url: str) -> None:
        """Until the page's own scripts and styles are at work, and what they fetch has come."""
        # The network may be idle on a busy machine before anything of what came has run.
        self.load(url)
        self.page.wait_for_load_state("networkidle")

    def open_search(self) -> None:
        """Until the theme's search takes words and has what it searches."""
        self.page.click("input.md-search__input")
        self.wait_until(SEARCH_IS_READY)

    def forget(self) -> None:
        """Count nothing more of what was asked for and complained of until now."""
        self.asked.clear()
        self.complaints.clear()

    def asked_elsewhere(self, address: str) -> list[str]:
        """What was asked for that does not lie below an address."""
        return [url for url in self.asked if not url.startswith((address, "data:", "blob:"))]

    @property
    def address(self) -> str:
        """Where the page says that it is; the driver hears of a view that a script put into the address later."""
        found: str = self.page.evaluate("location.href")
        return found

    def wait_until(self, expression: str, argument: object = None) -> None:
        """Until an expression holds. Playwright's own wait asks by eval, which the policy of our pages forbids."""
        for _ in range(200):
            if self.page.evaluate(expression, argument):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"It did not come to this in ten seconds: {expression}")


class Shared(Protocol):
    """Gives the page of a browser so wide and with these colours that all tests of a module have together."""

    def __call__(self, width: int = 1280, scheme: Scheme = "light") -> Visit: ...
