"""Pages on paper: what the browser prints of them, read as PDF."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.browser.kinds import KINDS
from tests.browser.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PRINTED = ["home", "type table", "project", "decision", "decision log", "month"]
PAPER = 703
"""The width of A4 less margins of 12 mm, in pixels of CSS."""

CUT = """() => [...document.querySelectorAll(".mb *")].filter((one) => one.checkVisibility()
  && one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 120))"""


def printed(page: Page) -> str:
    """The text of the page as it comes out on A4, its white space as single spaces."""
    margin = {"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"}
    paper = page.pdf(format="A4", margin=margin)  # type: ignore[arg-type]  # a mapping of the four sides
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(paper)).pages).split())


def squeezed(text: str) -> str:
    """Without white space: a PDF has it where lines break, too."""
    return "".join(text.split())


@pytest.mark.parametrize("kind", PRINTED)
def test_the_page_is_whole_on_paper_and_has_nothing_that_only_a_screen_can_use(
    kind: str, demo: str, browser: Browser
) -> None:
    visit = Visit(browser, width=PAPER)
    visit.load(demo + KINDS[kind])
    tags = set(visit.page.locator(".mb-tag:visible").all_inner_texts())
    heading = visit.page.inner_text("h1")
    paper = squeezed(printed(visit.page))
    assert squeezed(heading) in paper
    for tag in tags:
        assert squeezed(tag) in paper, "status and health keep their words"
    for word in ("Data dictionary", "Table of contents", "Contains", "Clear", "Skip to content", "Switch to the dark"):
        assert squeezed(word) not in paper
    visit.page.emulate_media(media="print")
    assert visit.page.evaluate(CUT) == [], "nothing stands beyond the edge of the paper"
    visit.page.close()


def test_a_table_is_printed_with_all_its_rows_and_columns(demo: str, browser: Browser) -> None:
    visit = Visit(browser, width=PAPER)
    visit.load(demo + KINDS["type table"])
    cells = visit.page.locator("#records th, #records td").all_inner_texts()
    paper = squeezed(printed(visit.page))
    assert len(cells) > 100
    assert [cell for cell in cells if squeezed(cell) not in paper] == []
    visit.page.close()


def test_what_is_folded_on_the_screen_is_open_on_paper_and_folded_again_afterwards(eips: str, browser: Browser) -> None:
    visit = Visit(browser, width=PAPER)
    visit.load(f"{eips}completeness/")
    folds = visit.page.locator(".mb details")
    closed = visit.page.locator(".mb details:not([open])")
    assert folds.count() == closed.count() > 0
    last = closed.first.locator("li").last.text_content()
    assert last
    assert squeezed(last) in squeezed(printed(visit.page))
    assert closed.count() == folds.count()
    visit.page.close()


def test_the_addresses_in_a_text_can_be_read_on_paper(eips: str, browser: Browser) -> None:
    visit = Visit(browser, width=PAPER)
    visit.load(f"{eips}proposal/1/")
    link = visit.page.locator(".mb-text a[href^=http]").first.get_attribute("href")
    assert link
    assert squeezed(link) in squeezed(printed(visit.page))
    visit.page.close()
