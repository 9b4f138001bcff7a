"""Long lists over several pages: things in their order and the room of a page in; what each holds, and where, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from minutebook.pages.page import Address, Link

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


def split_by_number(things: Iterable[Thing], number: int) -> list[list[Thing]]:
    """The same where all things weigh the same: so many on each page, and on the last what is left."""
    return split_by_weight(things, lambda _: 1, number)


def part_address(first: Address, part: int) -> Address:
    """Where a part of a list stands, from 1, by the address of its first page."""
    return first if part == 1 else Address(f"{first.path}{part}/")


def part_links(parts: int, address: Callable[[int], Address], words: Callable[[int], str] = str) -> tuple[Link, ...]:
    """The pages of a list of so many parts, where there are several. `words` is what a part, from 1, is called."""
    return tuple(Link(words(part), address(part)) for part in range(1, parts + 1)) if parts > 1 else ()
