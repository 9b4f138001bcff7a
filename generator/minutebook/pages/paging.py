"""Long lists over several pages: things in their order and the room of a page in, what each page holds out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")


def split_by_weight(things: Iterable[Thing], weigh: Callable[[Thing], int], room: int) -> list[list[Thing]]:
    """What each page holds; at least one page, and on each at least one thing, however heavy.

    What comes first decides alone: oldest first, whatever lands later moves nothing to another page.
    """
    pages: list[list[Thing]] = [[]]
    taken = 0
    for thing in things:
        weight = weigh(thing)
        if pages[-1] and taken + weight > room:
            pages.append([])
            taken = 0
        pages[-1].append(thing)
        taken += weight
    return pages
