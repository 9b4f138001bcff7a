"""Redlines: what was taken out and put in, in time that no text can stretch."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.pages.redlines import MARKS, Fate, Fold, Paragraph, Redline
from minutebook.pages.weight import weigh
from minutebook.site import redline as redline_module
from minutebook.site.excerpt import AROUND, count_lines, make_excerpt
from minutebook.site.redline import (
    MOST_DIFFERING,
    MOST_SHOWN,
    ONLY_SPACES,
    TOO_LARGE,
    TOO_LONG,
    Pairs,
    align,
    compare_excerpt,
)


def compare_texts(before: str, after: str) -> Redline:
    return compare_excerpt(make_excerpt(before, after))


def marked(redline: Redline) -> str:
    """A redline as text: [-taken out-], {+put in+}, and how many lines a fold holds."""
    signs = {Fate.KEPT: ("", ""), Fate.REMOVED: ("[-", "-]"), Fate.ADDED: ("{+", "+}")}
    found = []
    for block in redline.blocks:
        if isinstance(block, Fold):
            found.append(f"({block.lines})")
        else:
            rows = ("".join(signs[one.fate][0] + one.text + signs[one.fate][1] for one in row) for row in block.rows)
            found.append("\n".join(rows))
    return "\n\n".join(found)


def letters(redline: Redline, *fates: Fate) -> str:
    paragraphs = (block for block in redline.blocks if isinstance(block, Paragraph))
    pieces = (piece for one in paragraphs for row in one.rows for piece in row if piece.fate in fates)
    return "".join("".join(piece.text for piece in pieces).replace("¶", "").split())


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("We buy two buses now.", "We buy ten buses now.", "We buy [-two-]{+ten+} buses now."),
        ("It costs 140,000 EUR.", "It costs 185,000 EUR.", "It costs [-140,000-]{+185,000+} EUR."),
        ("One.\n\nTwo.", "One.\n\nNew.\n\nTwo.", "One.\n\n{+New.+}\n\nTwo."),
        ("One.\n\nOld.\n\nTwo.", "One.\n\nTwo.", "One.\n\n[-Old.-]\n\nTwo."),
        ("Red and blue.", "Nothing at all is left here.", "[-Red and blue.-]\n\n{+Nothing at all is left here.+}"),
        ("", "Written.", "{+Written.+}"),
        ("- one\n- two", "- one\n- two\n- three", "- one\n- two\n{+- three+}"),
        ("We buy two\nbuses now.", "We buy\nten buses now.", "We buy [-two-]{+ten+} buses now."),
        ("The first part. The rest.", "The first part.\n\nThe rest.", "The first part.[- -]{+¶+}\n\nThe rest."),
    ],
)
def test_a_redline_shows_words(before: str, after: str, shown: str) -> None:
    assert marked(compare_texts(before, after)) == shown


def test_what_stayed_is_counted_but_for_the_heading_and_the_neighbours_of_a_change() -> None:
    kept = "\n\n".join(f"Paragraph {number}." for number in range(9))
    before = f"{kept}\n\n## Costs\n\nFirst.\n\nSecond.\n\nIt costs five.\n\n{kept}"
    shown = marked(compare_texts(before, before.replace("five", "six")))
    assert shown == "(9)\n\n## Costs\n\n(1)\n\nSecond.\n\nIt costs [-five-]{+six+}.\n\nParagraph 0.\n\n(8)"


def test_where_lines_break_is_no_difference() -> None:
    assert compare_texts("One two\nthree.", "One\ntwo three.") == Redline((), ONLY_SPACES)


def test_code_keeps_its_lines() -> None:
    before = "```\na = 1\n\nb = 2\nc = 3\n```"
    assert marked(compare_texts(before, before.replace("3", "4"))) == "```\na = 1\n\nb = 2\nc = [-3-]{+4+}\n```"


def headings(redline: Redline) -> list[str]:
    """The words of the headings that a reader is shown, with what was taken out of them and put in."""
    paragraphs = (block for block in redline.blocks if isinstance(block, Paragraph))
    return ["".join(piece.words for piece in row) for one in paragraphs for row in one.rows if row[0].is_heading]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("## Costs\n\nFive.", "## Costs\n\nSix.", ["Costs"]),
        ("# What it costs us\n\nFive.", "# What it costs them\n\nFive.", ["What it costs usthem"]),
        ("One.\n\n### Gone", "One.", ["Gone"]),
        ("## Costs\nFive.", "## Costs\nSix.", ["Costs"]),
        ("## Costs of it\n\nFive.", "### Costs of it\n\nFive.", []),
        ("#1 is Bo.", "#1 is Cy.", []),
        ("```sh\none\n\n# two\n\nthree\n```\n\n# Four", "```sh\none\n\n# two\n\n3\n```\n\n# Four", ["Four"]),
    ],
    ids=["kept", "edited", "removed", "over a line", "of another level", "none", "beside code"],
)
def test_a_heading_is_known_as_one_and_told_without_its_marks(before: str, after: str, shown: list[str]) -> None:
    assert headings(compare_texts(before, after)) == shown


TEXTS = st.lists(st.sampled_from(["a", "bb", "ccc", "- d", "\n", "\n\n", "# e", " "]), max_size=40).map(" ".join)


@given(TEXTS, TEXTS)
def test_both_versions_can_be_told_from_a_redline(before: str, after: str) -> None:
    redline = compare_texts(before, after)
    if redline.why is None and not any(isinstance(block, Fold) for block in redline.blocks):
        assert letters(redline, Fate.KEPT, Fate.REMOVED) == "".join(before.split())
        assert letters(redline, Fate.KEPT, Fate.ADDED) == "".join(after.split())


WORDS = st.lists(st.sampled_from("abc"), max_size=14)


@given(WORDS, WORDS)
def test_what_is_aligned_is_the_same_rising_and_as_much_as_can_be(one: list[str], other: list[str]) -> None:
    pairs = align(one, other, 100, 100)
    assert pairs is not None
    assert all(one[first] == other[second] for first, second in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    most = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for a, word in enumerate(one):
        for b, same in enumerate(other):
            most[a + 1][b + 1] = most[a][b] + 1 if word == same else max(most[a][b + 1], most[a + 1][b])
    assert len(pairs) == most[-1][-1]


def scattered(count: int, between: str) -> str:
    chance = random.Random(count)
    return between.join(chance.choice("xy") for _ in range(count))


@pytest.mark.parametrize("between", ["\n", "\n\n", " ", "\n\n\n- "])
def test_twenty_thousand_lines_take_bounded_time(between: str) -> None:
    before, after = scattered(20_000, between), scattered(20_001, between)
    start = time.process_time()
    redline = compare_texts(before, after)
    assert time.process_time() - start < 5
    assert redline.why in (TOO_LARGE, TOO_LONG)
    assert redline.weight <= MOST_SHOWN + weigh(" …") + MARKS


def test_a_small_edit_of_a_long_text_is_shown_and_the_text_is_not() -> None:
    lines = [f"- This is line {number}" for number in range(20_000)]
    changed = [*lines[:9_000], "- This is something else", *lines[9_001:]]
    apart = marked(compare_texts("\n\n".join(lines), "\n\n".join(changed)))
    edit = "- This is [-line 9000-]{+something else+}"
    assert apart == f"(8999)\n\n{lines[8_999]}\n\n{edit}\n\n{lines[9_001]}\n\n(10998)"
    together = marked(compare_texts("\n".join(lines), "\n".join(changed)))
    before, after = ("\n".join(some) for some in (lines[8_997:9_000], lines[9_001:9_004]))
    assert together == f"(8997)\n\n{before}\n{edit}\n{after}\n\n(10996)"


def test_a_long_line_is_shown_where_it_changed() -> None:
    line = "and so on " * 500
    shown = marked(compare_texts(f"{line}now {line}", f"{line}then {line}"))
    assert "[-now-]{+then+}" in shown
    assert len(shown) < 2_000


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_one_letter_of_a_long_text_costs_what_stands_around_it(between: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(before: Sequence[str], after: Sequence[str], longest: int, most: int) -> Pairs | None:
        nonlocal compared
        compared += len(before) + len(after)
        return align(before, after, longest, most)

    monkeypatch.setattr(redline_module, "align", counted)
    lines = between.join(["- x"] * 500_000)
    redline = compare_texts(f"{lines}{between}a{between}{lines}", f"{lines}{between}b{between}{lines}")
    shown = marked(redline)
    assert shown.count("[-a-]") == shown.count("{+b+}") == 1
    assert sum(block.lines for block in redline.blocks if isinstance(block, Fold)) == 1_000_000 - shown.count("x")
    assert compared < 10 * AROUND


def test_one_word_of_a_line_without_an_end_is_shown_and_the_line_is_not() -> None:
    line = "1" + "." * 1_000_000
    shown = marked(compare_texts(f"{line} two {line}", f"{line} ten {line}"))
    assert "[-two-]{+ten+}" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 2_000


def test_changes_that_stand_too_far_apart_are_not_compared() -> None:
    middle = "word " * (MOST_DIFFERING // 5)
    assert compare_texts(f"a {middle} a", f"b {middle} b") == Redline((), TOO_LARGE)


def test_code_that_begins_far_above_a_change_keeps_its_lines() -> None:
    lines = "\n\n".join(f"line {number}" for number in range(5_000))
    shown = marked(compare_texts(f"```\n{lines}\n\none\ntwo", f"```\n{lines}\n\none\nthree"))
    assert shown.endswith("one\n[-two-]{+three+}")


@given(TEXTS, TEXTS, st.integers(0, 3), st.integers(0, 3))
def test_an_excerpt_holds_all_that_differs(one: str, other: str, head: int, tail: int) -> None:
    around = [("same words\n\n" * (AROUND // 8)) * times for times in (head, tail)]
    excerpt = make_excerpt(f"{around[0]}{one}\n\n{around[1]}", f"{around[0]}{other}\n\n{around[1]}")
    for part, text in ((excerpt.before, one), (excerpt.after, other)):
        assert f"{excerpt.head}{part} {excerpt.tail}".split() == f"{around[0]}{text}\n\n{around[1]}".split()
        assert len(part) <= 2 * AROUND + excerpt.differing


def test_lines_are_counted_that_are_not_empty() -> None:
    assert [count_lines(text) for text in ("", "\n\n", "a", "a\n", "a\nb", "\n\na\n\n\n\n\nb\n")] == [0, 0, 1, 1, 2, 2]


HEAVY = st.text(st.sampled_from("ab &<\"'\u202e\u00e9\n"), max_size=200).map(lambda text: text * 100)


@given(HEAVY, HEAVY)
def test_a_redline_takes_no_more_of_a_page_than_it_may(before: str, after: str) -> None:
    # The sign that there is more stands behind all that there is room for.
    assert compare_texts(before, after).weight <= MOST_SHOWN + weigh(" …") + MARKS
