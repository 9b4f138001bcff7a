"""In which order ids stand."""

from __future__ import annotations

from itertools import pairwise

from minutebook.model.record import natural_key

IN_ORDER = ["", "01", "1", "9", "10", "1" * 5000, "2" * 5000, "a", "B", "t-9", "t-9a", "t-10"]


def test_ids_are_sorted_as_people_count() -> None:
    assert all(natural_key(before) < natural_key(after) for before, after in pairwise(IN_ORDER))
