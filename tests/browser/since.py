"""What the tests of the changes since a visit share: the days they take place on, what is shown, what is remembered."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.browser.visits import Visit

MORNING = "2026-10-20T09:00:00Z"
AFTERNOON = "2026-10-20T13:01:00Z"
EVENING = "2026-10-20T20:00:00Z"
"""Of the day of the first visit: AFTERNOON is more than four hours later, which is another visit."""


def words(visit: Visit) -> str:
    """What the page says of what changed, as soon as it knows."""
    visit.page.wait_for_selector("[data-mb-since]:not([aria-busy])")
    return " ".join(visit.page.inner_text(".mb-since-words").split())


def subjects(visit: Visit) -> list[str]:
    """What the commits that are shown are called."""
    return visit.page.locator(".mb-acts .mb-subject").all_inner_texts()


def remember(visit: Visit, host: str, commit: str, position: int, day: str) -> None:
    """Let the reader have been here long ago, when this commit was the newest."""
    kept = {"seen": {"position": position, "commit": commit, "day": day}, "at": 1_770_000_000_000}
    visit.page.goto(f"{host}publication/")
    visit.page.evaluate("([name, kept]) => localStorage.setItem(name, JSON.stringify(kept))", [key(host), kept])


def key(host: str) -> str:
    """The name under which a browser remembers visits of a site."""
    return f"minutebook:{urlsplit(host).path}"
