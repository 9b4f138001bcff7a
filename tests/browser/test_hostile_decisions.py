"""Decisions whose every word is hostile, in a browser: filters, redlines, chains and groups stay text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.visits import Visit, served
from tests.site.hostile import BREAKOUT, IMAGE, SCRIPT, TEXT
from tests.site.making import write
from tests.support.repository_builder import RepositoryBuilder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OPTION = "</option></select><img src=x onerror=hit(1)>"

CONFIGURATION = f"""\
format: 1
title: '{BREAKOUT}'
record_types:
  decision:
    title: Decision
    plural: Decisions
    paths: ["decisions/{{id}}.md"]
    fields:
      title: {{type: text, role: title}}
      status:
        type: status
        role: status
        lifecycle: {{'{OPTION}': ['{SCRIPT}'], '{SCRIPT}': {{final: true, frozen: true}}}}
      kind: {{type: enum, role: category, values: ['{IMAGE}', '{BREAKOUT}']}}
      body: {{type: reference, to: group, role: body}}
      group: {{type: reference, to: group, role: group}}
      date: {{type: date, role: date}}
      owner: {{type: person, role: owner}}
      supersedes: {{type: references, to: decision, role: supersedes, separator: ","}}
      affects: {{type: references, role: affects, separator: ","}}
      reason: {{type: prose, role: rationale}}
  group:
    title: Group
    plural: Groups
    paths: ["groups/{{id}}.md"]
    fields:
      title: {{type: text, role: title}}
"""


def decide(repo: RepositoryBuilder, name: str, text: str, **fields: str) -> None:
    """Write a decision of hostile words and commit it."""
    lines = "".join(f"{field}: '{value}'\n" for field, value in fields.items())
    repo.write(
        f"portfolio/decisions/{name}.md",
        f"---\ntitle: '{OPTION} {name}'\nbody: g-1\ngroup: g-1\nowner: '{SCRIPT}'\n{lines}---\n\n{text}",
    )
    repo.commit(f"{BREAKOUT}\n\nReviewed-by: {IMAGE} <a@b.example>\n", author=f"{IMAGE.replace('>', '')} <a@b.example>")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of a council that means harm."""
    folder = tmp_path_factory.mktemp("hostile-decisions")
    repo = RepositoryBuilder(folder / "repository")
    repo.write("portfolio/portfolio.yml", CONFIGURATION)
    repo.write("portfolio/groups/g-1.md", f"---\ntitle: '{OPTION}'\n---\n")
    repo.write("portfolio/groups/g-2.md", f"---\ntitle: '{IMAGE}'\n---\n")
    decide(repo, "d-1", TEXT, status=OPTION, kind=IMAGE, date="2026-01-05", reason=SCRIPT)
    decide(repo, "d-1", TEXT, status=SCRIPT, kind=IMAGE, date="2026-01-05", reason=SCRIPT)
    edited = TEXT.replace("hit(1)", "hit( 1 )") + BREAKOUT
    decide(repo, "d-1", edited, status=SCRIPT, kind=BREAKOUT, date="2026-01-05", reason=IMAGE)
    decide(repo, "d-2", TEXT, status=OPTION, kind=BREAKOUT, date="2027-01-05", supersedes="d-1", affects="group/g-1")
    write(repo, folder / "host" / "minutes")
    with served(folder / "host") as url:
        yield url


@pytest.mark.parametrize(
    "path",
    [
        "",
        "decision/",
        "decision/d-1/",
        "decision/d-1/versions/",
        "group/",
        "group/g-1/",
        "changes/",
        "dictionary/decision/",
    ],
)
def test_nothing_that_a_decision_says_runs(path: str, address: str, browser: Browser) -> None:
    visit = Visit(browser)
    visit.open(address + path)
    assert "hit(1)" in visit.page.inner_text(".mb")
    assert visit.page.evaluate("window.hits") == 0
    assert visit.page.locator(".mb :is(script, img, iframe, object, [onerror], [onclick])").count() == 0
    assert visit.complaints == []
    assert visit.asked_elsewhere(address) == []
    visit.page.close()


def test_a_log_is_narrowed_by_hostile_words_and_they_stay_text_in_the_address_too(
    address: str, browser: Browser
) -> None:
    visit = Visit(browser)
    visit.open(f"{address}decision/")
    visit.page.select_option("select[name=status]", OPTION)
    rows = visit.page.locator("#decisions tbody tr:visible")
    assert rows.count() == 1
    assert "d-2" in rows.inner_text()
    view = visit.address
    visit.open(view)
    assert visit.page.locator("#decisions tbody tr:visible").count() == 1
    visit.open(f"{address}decision/?contains={IMAGE}&status={SCRIPT}&sort={SCRIPT}&since={SCRIPT}#{IMAGE}")
    assert visit.page.evaluate("window.hits") == 0
    assert visit.complaints == []
    visit.page.close()
