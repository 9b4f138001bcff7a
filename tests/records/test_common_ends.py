"""How much of two versions is the same at their ends, held against comparing letter by letter."""

from __future__ import annotations

from itertools import takewhile

from hypothesis import given
from hypothesis import strategies as st

from minutebook.records.common_ends import same_from_end, same_from_start

TEXTS = st.text(alphabet="ab\n", max_size=30)


def slowly(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@given(TEXTS, TEXTS)
def test_the_same_is_as_long_as_no_letter_differs(one: str, other: str) -> None:
    shorter = min(len(one), len(other))
    assert same_from_start(one, other) == slowly(one, other)
    assert same_from_start(one.encode(), other.encode()) == slowly(one, other)
    for most in range(shorter + 1):
        assert same_from_end(one, other, most) == min(most, slowly(one[::-1], other[::-1]))
