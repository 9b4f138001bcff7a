"""Every character there is in; those that hide or move others out, alike on a page and on a terminal."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest

from minutebook.model.hidden import HIDDEN, JOINERS
from minutebook.reporting.plain import visible
from minutebook.site.inert import make_visible

SEEN = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f]")
"""Of the category Cf, and yet signs that are drawn, or that arrange others as their script needs it."""


def test_every_control_and_format_character_is_hidden_but_for_those_that_scripts_need() -> None:
    hidden = re.compile(HIDDEN)
    controls = (
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
    left = [character for character in controls if hidden.fullmatch(character) is None]
    assert {character for character in left if SEEN.fullmatch(character) is None} == {"\t", "\n", *JOINERS}


@pytest.mark.parametrize(
    "character",
    [
        *"\x00\x7f\x9b\xad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u202e\u2066\u2800\u3164\ufeff\uffa0\ufff9",
        *"\ud800\U0001d173\U000e0001\U000e0041\U000e0fff",
    ],
)
def test_what_is_hidden_is_written_out_on_a_page_and_on_a_terminal(character: str) -> None:
    assert make_visible(f"a{character}b") == f"a[U+{ord(character):04X}]b"
    assert re.fullmatch(r"a\\(x..|u.{4}|U.{8})b", visible(f"a{character}b"))


@pytest.mark.parametrize(
    "text",
    [
        "Ñandú 東京 한국 Привет שלום مرحب",
        "\u0645\u06cc\u200c\u062e\u0648 क्\u200dष",  # joiners within words of Persian and Hindi
        "❤\ufe0f 👩\u200d❤\ufe0f\u200d👩 1\ufe0f\u20e3",
        "葛\U000e0100城市",
        "ᠭ\u180bᠠ",
        "\u0600\u0661\u0662",
    ],
)
def test_what_a_script_or_an_emoji_needs_is_left_alone(text: str) -> None:
    assert make_visible(text) == text
    assert visible(text) == text


@pytest.mark.parametrize("before", ["", "a ", "a\u200d", "a\ufe01"])
def test_a_selector_that_selects_nothing_is_written_out(before: str) -> None:
    assert make_visible(f"{before}\U000e0148").endswith("[U+E0148]")
    assert visible(f"{before}\U000e0148").endswith("\\U000e0148")
