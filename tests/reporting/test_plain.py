"""Hostile and foreign words in, lines that a terminal can bear out."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Impossible, Money, Value
from minutebook.reporting.json_values import Json, json_text, json_value
from minutebook.reporting.plain import align, visible, visible_lines, width_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("Ñandú 東京 é", "Ñandú 東京 é"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\tc\x00", "a\\x0ab\\x09c\\x00"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("line\u2028end", "line\\u2028end"),
        ("half \udc80", "half \\udc80"),
        ("tag \U000e0041", "tag \\U000e0041"),
    ],
)
def test_control_characters_are_shown_and_words_are_left_alone(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_text_keeps_its_lines_and_tabs() -> None:
    assert visible_lines("a\n\tb\x1b\r\u2066") == "a\n\tb\\x1b\\x0d\\u2066"


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("東京", 4), ("e\u0301", 1), ("", 0)])
def test_a_word_is_as_wide_as_a_terminal_draws_it(text: str, width: int) -> None:
    assert width_of(text) == width


def test_columns_stand_under_one_another_whatever_the_script() -> None:
    assert list(align([["Id", "Title"], ["東京", "x"], ["a", ""]], "  ")) == ["  Id    Title", "  東京  x", "  a"]


@pytest.mark.parametrize("text", ['\x1b\u202e\udc80\U000e0041\x7f\x9b\u2028\n\t"\\é', "plain"])
def test_json_carries_the_same_text_in_characters_that_do_no_harm(text: str) -> None:
    written = json_text({"text": text}, indent=2)
    assert json.loads(written) == {"text": text}
    assert all(character.isprintable() or character == "\n" for character in written)


PEOPLE = Field("them", FieldType.PERSONS, "Authors")
STEPS = Field(
    "steps",
    FieldType.ITEMS,
    "Steps",
    fields=(Field("who", FieldType.PERSON, "Who"), Field("cost", FieldType.MONEY, "Cost")),
)


@pytest.mark.parametrize(
    ("value", "field", "expected"),
    [
        (None, None, None),
        (True, None, True),
        (Decimal("1.50"), None, "1.50"),
        (Decimal("4E+5"), None, "400000"),
        (Decimal("1E+999999"), None, "1E+999999"),
        (Money(Decimal(400000), None), None, {"amount": "400000", "currency": None}),
        (Impossible("x", "is no date"), None, {"impossible": "x", "reason": "is no date"}),
        (("A <a@b.example>", "c"), PEOPLE, ["A", "c"]),
        (("A <a@b.example>", {"k": "v"}), None, ["A", {"k": "v"}]),
        (
            {"a": {"more": "x", "cost": Money(Decimal(1), "EUR"), "who": "A <a@b.example>"}},
            STEPS,
            {"a": {"who": "A", "cost": {"amount": "1", "currency": "EUR"}, "more": "x"}},
        ),
        (({"who": "a"}, "odd"), STEPS, [{"who": "a"}, "odd"]),
    ],
)
def test_values_become_json_without_loss_and_without_addresses(
    value: Value, field: Field | None, expected: Json
) -> None:
    assert json_value(value, field) == expected


def test_one_item_is_an_object_of_its_fields() -> None:
    assert json_value({"who": "A <a@b.example>", "more": "x"}, STEPS, item=True) == {"who": "A", "more": "x"}
