"""What pages weigh: the HTML of each, the search index, and all that the first look at a site asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

KB = 1_000


@pytest.fixture(scope="module", params=["demo_host", "eips_host"])
def host(request: pytest.FixtureRequest) -> Path:
    """Each of the two sites."""
    folder = request.getfixturevalue(request.param)
    assert isinstance(folder, Path)
    return folder


def test_no_page_is_over_300_kilobytes_and_the_search_index_not_over_500(host: Path) -> None:
    weights = {page: page.stat().st_size for page in host.rglob("*.html")}
    assert len(weights) > 200
    assert {page: weight for page, weight in weights.items() if weight > 300 * KB} == {}
    assert (host / "minutes" / "search" / "search_index.json").stat().st_size < 500 * KB


def weigh(url: str, browser: Browser) -> dict[str, int]:
    """The bytes of all that a browser asks for that was never here, by address."""
    context = browser.new_context()
    page = context.new_page()
    got: list[Response] = []
    page.on("response", lambda answer: got.append(answer))  # noqa: PLW0108 - Playwright writes on what it is given
    page.goto(url, wait_until="load")
    page.wait_for_load_state("networkidle")
    weights = {answer.url: len(answer.body()) for answer in got if answer.ok}
    context.close()
    return weights


def test_a_first_look_asks_for_less_than_a_megabyte_in_all(host: Path, browser: Browser) -> None:
    heaviest = max(host.glob("minutes/*/*/index.html"), key=lambda page: (page.stat().st_size, page)).parent
    index = "search/search_index.json"
    with served(host) as url:
        for path in ("", f"{heaviest.relative_to(host / 'minutes')}/"):
            weights = weigh(url + path, browser)
            weights[url + index] = (host / "minutes" / index).stat().st_size  # whether it was asked for yet or not
            assert sum(weights.values()) < 1_000 * KB, weights
