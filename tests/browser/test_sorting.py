"""Columns of a table that are sorted in the browser: figures by their size, days and words as they read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.visits import Shared, served
from tests.site.making import write
from tests.support.repository_builder import RepositoryBuilder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CONFIGURATION = """\
format: 1
title: Yard
currency: EUR
record_types:
  heap:
    title: Heap
    plural: Heaps
    paths: ["heaps/{id}.yml"]
    fields:
      title: {type: text, role: title}
      depth: {type: number, role: category}
      worth: {type: money, role: parent}
      seen: {type: date, role: date}
"""
HEAPS = {
    "h-1": ("0.3", "1200 EUR", "2026-02-01", "heap 10"),
    "h-2": ("0.27", "-350.50 EUR", "2025-12-31", "heap 9"),
    "h-3": ("-5", "90 EUR", "2026-01-15", "Heap 2"),
    "h-4": ("-12", "1000000 EUR", "", "álder"),
    "h-9": ("1250.5", "", "2026-11-01", "birch"),
    "h-10": ("", "-20 EUR", "2024-02-29", "-5 degrees"),
    "h-11": ("deep", "0 EUR", "soon", "ash"),
}
"""Of each its depth, its worth, the day on which it was seen and its title."""
UP = {
    "depth": ["-12", "-5", "0.27", "0.3", "1250.5", "deep", ""],
    "worth": ["-350.50 EUR", "-20 EUR", "0 EUR", "90 EUR", "1200 EUR", "1000000 EUR", ""],
    "seen": ["2024-02-29", "2025-12-31", "2026-01-15", "2026-02-01", "2026-11-01", "soon", ""],
    "title": ["-5 degrees", "álder", "ash", "birch", "Heap 2", "heap 9", "heap 10"],
    "id": ["h-1", "h-2", "h-3", "h-4", "h-9", "h-10", "h-11"],
}
COLUMNS = ("depth", "worth", "seen", "title")


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site of heaps."""
    folder = tmp_path_factory.mktemp("yard")
    repo = RepositoryBuilder(folder / "repository")
    repo.write("portfolio/portfolio.yml", CONFIGURATION)
    for name, values in HEAPS.items():
        lines = [f"{field}: {value!r}" for field, value in zip(COLUMNS, values, strict=True) if value]
        repo.write(f"portfolio/heaps/{name}.yml", "\n".join(lines) + "\n")
    repo.commit("Pile up")
    write(repo, folder / "host" / "minutes")
    with served(folder / "host") as url:
        yield url


@pytest.mark.parametrize("column", UP)
def test_figures_are_sorted_by_their_size_and_words_as_people_sort_them(column: str, yard: str, shared: Shared) -> None:
    visit = shared()
    visit.load(f"{yard}heap/")
    names: dict[str, str] = {
        name: name if column == "id" else values[COLUMNS.index(column)] for name, values in HEAPS.items()
    }
    for down in (False, True):
        visit.page.click(f"th[data-sort={column}] button")
        ids = visit.page.locator("#records tbody td:first-child").all_inner_texts()
        filled = [one for one in UP[column] if one]
        wanted = filled[::-1] if down else filled
        assert [names[one] for one in ids] == wanted + [""] * (len(UP[column]) - len(wanted))
    assert visit.complaints == []
