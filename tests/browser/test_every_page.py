"""Every kind of page of the demo: nothing from elsewhere, no complaint, fit for a phone, readable without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.kinds import KINDS
from tests.browser.visits import Shared

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_its_own_host_only_complains_of_nothing_and_fits_on_a_phone(
    kind: str, demo: str, shared: Shared
) -> None:
    visit = shared()
    visit.forget()
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.open(demo + KINDS[kind])
    assert visit.page.locator("h1").count() == 1
    assert visit.complaints == []
    assert visit.asked_elsewhere(demo) == []
    visit.page.set_viewport_size({"width": 390, "height": 900})
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "not found"])
def test_a_page_reads_without_scripts_and_offers_nothing_that_needs_them(
    kind: str, demo: str, scriptless: Page
) -> None:
    scriptless.goto(demo + KINDS[kind])
    assert len(scriptless.inner_text(".mb")) > 100
    assert scriptless.locator(".mb-filters:visible").count() == 0
    assert scriptless.locator(".mb thead button").count() == 0
    # What says that nothing fits the filters is no content.
    scripted = scriptless.locator(".mb [hidden]:not(.mb-filters, .mb-filters *, .mb-none)").count()
    assert scripted == 0, "what the page holds is there to be read"
