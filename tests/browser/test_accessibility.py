"""Pages for those who do not see them or do not point: axe on every kind of page, and the keyboard."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, TypedDict

import axe_playwright_python  # type: ignore[import-untyped]  # it has no types; its script is all that is used
import pytest

from tests.browser.kinds import KINDS
from tests.browser.visits import Scheme, Shared, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = (files(axe_playwright_python) / "axe.min.js").read_text("utf-8")
PALETTES: list[Scheme] = ["light", "dark"]
SCHEMES = {"light": "default", "dark": "slate"}
"""What the theme calls them."""

OF_THE_THEME = {
    # Material gives its search the role of a dialog and no name; the field in it has one.
    ("aria-dialog-name", ".md-search"),
}
"""What axe finds in parts of the page that are the theme's and that no setting of it changes: rule and element."""

CLICKABLE = "a[href], button, select, input, summary, [tabindex='0']"

FOCUSED = """() => {
  const it = document.activeElement;
  const box = it.getBoundingClientRect();
  const shown = getComputedStyle(it);
  const looks = () => ["outlineStyle", "outlineWidth", "boxShadow", "color", "borderColor", "backgroundColor",
    "textDecorationLine", "opacity"].map((name) => getComputedStyle(it)[name]).join();
  const here = it.dataset.mbTried ?? null;
  it.dataset.mbTried = "yes";
  const focused = looks();
  // The search opens as its field gets the focus: that is what shows it.
  const opens = Boolean(it.closest(".md-search"));
  const seen = box.width > 0 && box.height > 0 && shown.visibility === "visible";
  it.blur();
  const blurred = looks();
  it.focus();
  return { body: it === document.body, again: here !== null, seen, marked: opens || focused !== blurred,
    what: it.outerHTML.slice(0, 120) };
}"""
"""The element that has the focus: whether it is seen, and whether it looks other than without the focus."""


class Focus(TypedDict):
    """What FOCUSED gives."""

    body: bool
    again: bool
    seen: bool
    marked: bool
    what: str


class Node(TypedDict):
    """An element in which axe found something."""

    target: list[str]
    html: str
    failureSummary: str


class Violation(TypedDict):
    """A rule of axe that a page breaks."""

    id: str
    impact: str
    nodes: list[Node]


def serious(page: Page) -> list[str]:
    """What axe, which is at work in the page, finds serious or critical in it, less what is the theme's."""
    found: list[Violation] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"
    )
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if (rule["id"], node["target"][0]) not in OF_THE_THEME
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_serious_in_either_palette_on_a_desk_or_a_phone(kind: str, demo: str, shared: Shared) -> None:
    found = {}
    for palette in PALETTES:
        visit = shared(scheme=palette)
        visit.page.set_viewport_size({"width": 1280, "height": 900})
        visit.load(demo + KINDS[kind])
        visit.wait_until("scheme => document.body.dataset.mdColorScheme === scheme", SCHEMES[palette])
        visit.page.evaluate(AXE)
        for width in (1280, 390):
            visit.page.set_viewport_size({"width": width, "height": 900})
            found[palette, width] = serious(visit.page)
    assert found == {key: [] for key in found}


@pytest.mark.parametrize("kind", ["type table", "decision", "changes", "type in the dictionary"])
def test_everything_that_can_be_clicked_is_reached_by_the_keyboard_and_shows_it(
    kind: str, demo: str, browser: Browser
) -> None:
    visit = Visit(browser)
    visit.load(demo + KINDS[kind])
    in_page = visit.page.locator(".md-content").locator(CLICKABLE)
    expected = in_page.evaluate_all("all => all.filter(one => one.checkVisibility()).length")
    reached: list[Focus] = []
    visit.page.evaluate("document.body.focus()")
    for _ in range(expected + 60):
        visit.page.keyboard.press("Tab")
        focus: Focus = visit.page.evaluate(FOCUSED)
        if focus["body"] or focus["again"]:
            break
        reached.append(focus)
    assert in_page.evaluate_all("all => all.filter(one => one.checkVisibility() && !one.dataset.mbTried).length") == 0
    assert [focus["what"] for focus in reached if focus["seen"] and not focus["marked"]] == []
    visit.page.close()


@pytest.mark.parametrize("kind", ["home", "type table", "project", "month", "completeness", "not found"])
def test_the_first_key_leads_past_the_navigation(kind: str, demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.load(demo + KINDS[kind])
    visit.page.keyboard.press("Tab")
    assert visit.page.locator(":focus").inner_text() == "Skip to content"
    visit.page.keyboard.press("Enter")
    visit.wait_until("location.hash !== ''")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("Boolean(document.activeElement.closest('.md-content'))")
    visit.page.close()


def test_a_table_is_narrowed_sorted_and_cleared_by_the_keyboard_alone(demo: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.load(demo + KINDS["type table"])
    visit.page.focus("select[name=health]")
    visit.page.keyboard.type("red")
    visit.wait_until("new URLSearchParams(location.search).get('health') === 'red'")
    visit.page.focus("th[data-sort=title] button")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("th[data-sort=title][aria-sort=ascending]")
    visit.page.keyboard.press("Space")
    visit.page.wait_for_selector("th[data-sort=title][aria-sort=descending]")
    visit.page.focus("[data-mb-filters] button")
    visit.page.keyboard.press("Enter")
    visit.wait_until("location.search === ''")
    visit.page.close()
