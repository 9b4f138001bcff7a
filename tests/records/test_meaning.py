"""What a field's type makes of the text that stands in the file."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Impossible, Money, Value
from minutebook.records.meaning import split_text, undeclared_value, value_of
from minutebook.records.yaml_reader import Tree


def field(kind: FieldType, separator: str | None = None, fields: tuple[Field, ...] = ()) -> Field:
    return Field("x", kind, "X", separator=separator, fields=fields)


def part(name: str, kind: FieldType) -> Field:
    return Field(name, kind, name)


DAY = dt.date(2026, 3, 1)
NO_DATE = "is not a date: write YYYY-MM-DD"
NO_DAY = "is not a day of the calendar: write YYYY-MM-DD, the month before the day"
NO_NUMBER = "is not a number: write 1200 or 0.5"
NO_AMOUNT = "is not an amount: write 400000, 400,000.50 or 400000 EUR"

ARABIC_DAY = "\u0662\u0660\u0662\u0666-\u0660\u0663-\u0660\u0661"

SCALARS: list[tuple[FieldType, str, Value]] = [
    (FieldType.TEXT, " one ", "one"),
    (FieldType.TEXT, "", None),
    (FieldType.TEXT, "no", "no"),
    (FieldType.ID, "0020", "0020"),
    (FieldType.PROSE, "one\n\ntwo\n", "one\n\ntwo"),
    (FieldType.PROSE, "\n", None),
    (FieldType.URL, "https://example.org/#x", "https://example.org/#x"),
    (FieldType.PERSON, "ann", "ann"),
    (FieldType.REFERENCE, "project/a", "project/a"),
    (FieldType.STATUS, "no such state", "no such state"),
    (FieldType.ENUM, "1.10", "1.10"),
    (FieldType.HEALTH, "orange", "orange"),
    (FieldType.DATE, "2026-03-01", DAY),
    (FieldType.DATE, "2018-31-03", Impossible("2018-31-03", NO_DAY)),
    (FieldType.DATE, "2026-02-29", Impossible("2026-02-29", NO_DAY)),
    (FieldType.DATE, "0000-01-01", Impossible("0000-01-01", NO_DAY)),
    (FieldType.DATE, "2026-3-1", Impossible("2026-3-1", NO_DATE)),
    (FieldType.DATE, "20260301", Impossible("20260301", NO_DATE)),
    (FieldType.DATE, "2026-W09-7", Impossible("2026-W09-7", NO_DATE)),
    (FieldType.DATE, "2026-03-01T10:00:00Z", Impossible("2026-03-01T10:00:00Z", NO_DATE)),
    (FieldType.DATE, ARABIC_DAY, Impossible(ARABIC_DAY, NO_DATE)),
    (FieldType.DATE, "soon", Impossible("soon", NO_DATE)),
    (FieldType.NUMBER, "12", Decimal(12)),
    (FieldType.NUMBER, "-1.50", Decimal("-1.5")),
    (FieldType.NUMBER, "+.5", Decimal("0.5")),
    (FieldType.NUMBER, "1,234,567.8", Decimal("1234567.8")),
    (FieldType.NUMBER, "1,5", Impossible("1,5", NO_NUMBER)),
    (FieldType.NUMBER, "1e9", Impossible("1e9", NO_NUMBER)),
    (FieldType.NUMBER, "nan", Impossible("nan", NO_NUMBER)),
    (FieldType.NUMBER, "0x10", Impossible("0x10", NO_NUMBER)),
    (FieldType.NUMBER, "٣", Impossible("٣", NO_NUMBER)),
    (FieldType.NUMBER, "9" * 41, Impossible("9" * 41, NO_NUMBER)),
    (FieldType.NUMBER, "9" * 5_000, Impossible("9" * 200, NO_NUMBER)),
    (FieldType.PERCENT, "12", Decimal(12)),
    (FieldType.PERCENT, "12 %", Decimal(12)),
    (FieldType.PERCENT, "12.5%", Decimal("12.5")),
    (FieldType.PERCENT, "%", Impossible("%", "is not a percentage: write 12 or 12 %")),
    (FieldType.MONEY, "400000", Money(Decimal(400000), None)),
    (FieldType.MONEY, "400,000", Money(Decimal(400000), None)),
    (FieldType.MONEY, "400_000", Money(Decimal(400000), None)),
    (FieldType.MONEY, "400 000", Money(Decimal(400000), None)),
    (FieldType.MONEY, "400\u00a0000", Money(Decimal(400000), None)),
    (FieldType.MONEY, "EUR 1.50", Money(Decimal("1.5"), "EUR")),
    (FieldType.MONEY, "1.5 EUR", Money(Decimal("1.50"), "EUR")),
    (FieldType.MONEY, "-5USD", Money(Decimal(-5), "USD")),
    (FieldType.MONEY, "USD-5", Money(Decimal(-5), "USD")),
    (FieldType.MONEY, "40,00", Impossible("40,00", NO_AMOUNT)),
    (FieldType.MONEY, "400.000,00", Impossible("400.000,00", NO_AMOUNT)),
    (FieldType.MONEY, "EUR 5 EUR", Impossible("EUR 5 EUR", NO_AMOUNT)),
    (FieldType.MONEY, "EUR", Impossible("EUR", NO_AMOUNT)),
    (FieldType.MONEY, "tbd", Impossible("tbd", NO_AMOUNT)),
    (FieldType.BOOLEAN, "true", True),
    (FieldType.BOOLEAN, "Yes", True),
    (FieldType.BOOLEAN, "ON", True),
    (FieldType.BOOLEAN, "no", False),
    (FieldType.BOOLEAN, "FALSE", False),
    (FieldType.BOOLEAN, "off", False),
    (FieldType.BOOLEAN, "1", Impossible("1", "is neither yes nor no: write true or false")),
]


@pytest.mark.parametrize(("kind", "written", "value"), SCALARS)
def test_a_text_becomes_a_value_of_its_type(kind: FieldType, written: str, value: Value) -> None:
    assert value_of(field(kind), written) == value


LISTS: list[tuple[str | None, Tree, Value]] = [
    (None, ("a", " b ", None, ""), ("a", "b")),
    (None, "a, b", ("a, b",)),
    (",", "a, b,,c ,", ("a", "b", "c")),
    (",", "2718", ("2718",)),
    (",", ("a, b", "c"), ("a, b", "c")),
    (",", "  ", None),
    (None, "", None),
    (None, (), None),
    (None, {}, None),
    (None, {"a": "b"}, Impossible("{a: b}", "is a mapping: write a list of texts")),
    (None, ("a", ("b", "c")), Impossible("[a, [b, c]]", "has a list as entry 2: write one text an entry")),
    (None, ("a", {"b": "c"}), Impossible("[a, {b: c}]", "has a mapping as entry 2: write one text an entry")),
]


@pytest.mark.parametrize("kind", [FieldType.LIST, FieldType.PERSONS, FieldType.REFERENCES], ids=lambda kind: kind.value)
@pytest.mark.parametrize(("separator", "tree", "value"), LISTS)
def test_a_list_is_a_list_or_one_string(kind: FieldType, separator: str | None, tree: Tree, value: Value) -> None:
    assert value_of(field(kind, separator), tree) == value


SPLITS = [
    ("A B (@x), C <c@d>", ",", ("A B (@x)", "C <c@d>")),
    ("A (@x, @y), B", ",", ("A (@x, @y)", "B")),
    ('"Doe, Jane" <j@d>, B', ",", ('"Doe, Jane" <j@d>', "B")),
    ("O'Brien, D'Arcy", ",", ("O'Brien", "D'Arcy")),
    ("A (@x, B", ",", ("A (@x", "B")),
    ("A), (B, C", ",", ("A)", "(B", "C")),
    ('A "x, B', ",", ('A "x', "B")),
    ("a and b and c", " and ", ("a", "b", "c")),
    ("a (x and y) and b", " and ", ("a (x and y)", "b")),
    ("a.b", ".", ("a", "b")),
]


@pytest.mark.parametrize(("text", "separator", "parts"), SPLITS)
def test_a_list_in_one_string_is_not_split_inside_brackets_or_quotes(
    text: str, separator: str, parts: tuple[str, ...]
) -> None:
    assert split_text(text, separator) == parts


@pytest.mark.parametrize("hostile", ["(" * 100_000, '"' * 99_999, "(a," * 50_000, '<("' * 50_000, "()" * 50_000])
def test_a_hostile_list_in_one_string_is_split_at_once(hostile: str) -> None:
    started = time.perf_counter()
    split_text(hostile, ",")
    assert time.perf_counter() - started < 1


STEPS = field(FieldType.ITEMS, fields=(part("id", FieldType.ID), part("due", FieldType.DATE)))
ROWS = field(FieldType.ITEMS, fields=(part("due", FieldType.DATE),))
BUDGET = field(FieldType.OBJECT, fields=(part("baseline", FieldType.MONEY), part("as_of", FieldType.DATE)))

NO_ITEM = "is {}: write `name: value` lines below it"
NESTED: list[tuple[Field, Tree, Value]] = [
    (STEPS, ({"id": "a", "due": "2026-03-01"}, {"id": "b"}), {"a": {"id": "a", "due": DAY}, "b": {"id": "b"}}),
    (STEPS, {"a": {"due": "2026-03-01"}, "b": None}, {"a": {"id": "a", "due": DAY}, "b": {"id": "b"}}),
    (STEPS, {"a": {"id": "z"}}, {"z": {"id": "z"}}),
    (STEPS, ({"due": "2026-03-01"}, {"id": "a"}), {"#1": {"due": DAY}, "a": {"id": "a"}}),
    (STEPS, ({"id": "a"}, {"id": "a"}), {"a": {"id": "a"}, "#2": {"id": "a"}}),
    (STEPS, ({"id": "#2"}, {"due": "2026-03-01"}), {"#2": {"id": "#2"}, "#2'": {"due": DAY}}),
    (
        STEPS,
        ({"id": "a", "note": "x", "more": ("p", {"q": ""})},),
        {"a": {"id": "a", "note": "x", "more": ("p", None)}},
    ),
    (STEPS, ({"id": "a", "due": "soon"},), {"a": {"id": "a", "due": Impossible("soon", NO_DATE)}}),
    (STEPS, ({"id": ("x",)},), {"#1": {"id": Impossible("[x]", "is a list: write one text")}}),
    (STEPS, (None, {}), None),
    (STEPS, (), None),
    (STEPS, "", None),
    (STEPS, "soon", Impossible("soon", "is a single text: write a list of items")),
    (STEPS, ({"id": "a"}, "b"), {"a": {"id": "a"}, "#2": Impossible("b", NO_ITEM.format("a single text"))}),
    (STEPS, {"a": "b", "c": None}, {"a": Impossible("b", NO_ITEM.format("a single text")), "c": {"id": "c"}}),
    (ROWS, ({"due": "2026-03-01"}, ("x",)), ({"due": DAY}, Impossible("[x]", NO_ITEM.format("a list")))),
    (STEPS, ({"id": "a"}, "", ()), {"a": {"id": "a"}}),
    (ROWS, ({"due": "2026-03-01"}, {"due": ""}), ({"due": DAY},)),
    (ROWS, {"a": {"due": "2026-03-01"}}, Impossible("{a: {due: 2026-03-01}}", "is a mapping: write a list of items")),
    (BUDGET, {"baseline": "5", "as_of": None, "x": "y"}, {"baseline": Money(Decimal(5), None), "x": "y"}),
    (BUDGET, {}, None),
    (BUDGET, (), None),
    (BUDGET, "5", Impossible("5", "is a single text: write `name: value` lines below it")),
]


@pytest.mark.parametrize(("declared", "tree", "value"), NESTED)
def test_items_and_objects_have_values_of_their_own(declared: Field, tree: Tree, value: Value) -> None:
    assert value_of(declared, tree) == value


def test_a_list_and_a_mapping_of_the_same_items_are_the_same_value() -> None:
    listed = value_of(STEPS, ({"id": "b", "due": "2026-03-01"}, {"id": "a"}))
    assert listed == value_of(STEPS, {"a": None, "b": {"due": "2026-03-01"}})


def test_the_same_amount_is_the_same_value_however_it_is_written() -> None:
    written = ["400000", "400,000", "400_000", "400 000", "400000.00", "+400,000.0"]
    assert len({value_of(field(FieldType.MONEY), text) for text in written}) == 1


TREES = st.recursive(
    st.none() | st.text(alphabet="a1-,.%é \n", max_size=8) | st.sampled_from(["2026-03-01", "1,000", "yes", "EUR 5"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.sampled_from(["id", "due", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def is_whole(value: Value) -> bool:
    """Whether no part of a value is empty, but an entry of an undeclared list."""
    if isinstance(value, dict):
        return all(part is not None and is_whole(part) for part in value.values())
    return value is None or not isinstance(value, str | tuple) or len(value) > 0


@given(st.sampled_from(list(FieldType)), TREES, st.sampled_from([None, ","]))
def test_every_type_gives_every_tree_a_value_and_never_fails(
    kind: FieldType, tree: Tree, separator: str | None
) -> None:
    value = value_of(field(kind, separator, STEPS.fields), tree)
    assert is_whole(value)
    if isinstance(value, Impossible):
        assert value.written
        assert value.reason.startswith(("is ", "has "))


@given(TREES)
def test_what_nobody_declared_is_kept_as_it_is_written(tree: Tree) -> None:
    value = undeclared_value(tree)
    assert is_whole(value)
    if isinstance(tree, str):
        assert value == (tree.strip() or None)
