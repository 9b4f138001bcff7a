"""Two versions of a text or its bytes in; how much of them is the same from their start, or from their end, out.

Halving what is left compares everything about once, and in C.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import AnyStr


def same_from_start(one: AnyStr, other: AnyStr) -> int:
    """How many letters or bytes at the start of both are the same."""
    return _longest(min(len(one), len(other)), lambda low, high: one[low:high] == other[low:high])


def same_from_end(one: AnyStr, other: AnyStr, most: int) -> int:
    """How many at the end of both are the same, up to `most`, which is no more than the shorter has."""

    def is_same(low: int, high: int) -> bool:
        return one[len(one) - high : len(one) - low] == other[len(other) - high : len(other) - low]

    return _longest(most, is_same)


def _longest(most: int, is_same: Callable[[int, int], bool]) -> int:
    """The length, up to `most`, to which two are the same; `is_same` compares them from one length to another."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if is_same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low
