"""Values as a reader sees them: items by their days and titles, amounts in their currency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from minutebook.history.names import PortfolioNames
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History
from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Impossible, Money, Value
from minutebook.pages.links import Links
from minutebook.pages.shown import Facts, Grid, Reference, Series, Shown, Words, show_value

STEPS = Field(
    "steps",
    FieldType.ITEMS,
    "Steps",
    fields=(
        Field("id", FieldType.ID, "Id"),
        Field("kind", FieldType.TEXT, "Kind"),
        Field("name", FieldType.TEXT, "Name", role="title"),
        Field("until", FieldType.DATE, "Until", role="due"),
        Field("after", FieldType.LIST, "After", role="depends_on"),
        Field("plan", FieldType.TEXT, "Plan", role="roadmap_item"),
    ),
)
MONEY = Field(
    "money",
    FieldType.OBJECT,
    "Money",
    fields=(
        Field("unit", FieldType.TEXT, "Unit", role="currency"),
        Field("planned", FieldType.MONEY, "Planned", role="forecast"),
        Field("note", FieldType.TEXT, "Note"),
    ),
)


def links() -> Links:
    """Those of a portfolio without a record, whose amounts are euros."""
    configuration = Configuration(title="Office", types={})
    names = PortfolioNames(History("", {}, (), 0, (), ()), configuration, 0)
    return Links(configuration, {}, names, names, {})


def words(shown: Shown) -> str:
    """What stands in a cell."""
    match shown:
        case Words(text=text):
            return text
        case Series(items=items):
            return "; ".join(words(item) for item in items)
        case Reference(link=link):
            return link.text
        case _:
            return shown.form


def table(items: Value, titles: Mapping[str, Mapping[str, str]] | None = None, field: Field = STEPS) -> list[list[str]]:
    """The rows of a list of items."""
    shown = show_value(field, items, links(), titles or {})
    assert isinstance(shown, Grid)
    return [[words(cell) for cell in row] for row in shown.rows]


def money(values: Mapping[str, Value]) -> list[tuple[str, str]]:
    """What is told of an object of amounts."""
    shown = show_value(MONEY, values, links())
    assert isinstance(shown, Facts)
    return [(title, words(value)) for title, value in shown.rows]


def test_items_stand_by_the_day_that_they_are_due_and_those_without_one_last() -> None:
    items: Value = {
        "d": {"id": "d", "name": "Undated"},
        "c": {"id": "c", "name": "Late", "until": dt.date(2026, 5, 1)},
        "x": {"id": "x", "name": "Impossible", "until": Impossible("soon", "is not a date")},
        "a": {"id": "a", "name": "Early", "until": dt.date(2026, 2, 1)},
        "b": {"id": "b", "name": "As early", "until": dt.date(2026, 2, 1)},
    }
    assert [row[0] for row in table(items)] == ["Early", "As early", "Late", "Undated", "Impossible"]


def test_a_day_that_is_not_published_orders_nothing() -> None:
    secret = Field("until", FieldType.DATE, "Until", role="due", publish=False)
    field = Field("steps", FieldType.ITEMS, "Steps", fields=(*STEPS.fields[:3], secret))
    items: Value = {
        "b": {"id": "b", "name": "First", "until": dt.date(2026, 5, 1)},
        "a": {"id": "a", "name": "Second", "until": dt.date(2026, 2, 1)},
    }
    assert [row[0] for row in table(items, field=field)] == ["First", "Second"]


def test_items_that_an_item_depends_on_are_told_by_their_titles() -> None:
    items: Value = {
        "go": {"id": "go", "name": "Go"},
        "bare": {"id": "bare", "kind": "x"},
        "end": {"id": "end", "name": "The end", "after": ("go", "bare", "elsewhere")},
    }
    assert table(items)[2][-1] == "Go; bare; elsewhere"


def test_records_that_an_item_depends_on_are_no_siblings() -> None:
    after = Field("after", FieldType.REFERENCES, "After", role="depends_on")
    field = Field("steps", FieldType.ITEMS, "Steps", fields=(*STEPS.fields[:3], after))
    items: Value = {"go": {"id": "go", "name": "Go"}, "end": {"id": "end", "name": "The end", "after": ("go",)}}
    assert table(items, field=field)[1][-1] == "go"


def test_an_item_of_a_roadmap_is_told_by_its_title_where_that_is_known() -> None:
    items: Value = {"a": {"id": "a", "name": "A", "plan": "lot-a"}, "b": {"id": "b", "name": "B", "plan": "lot-b"}}
    assert [row[-1] for row in table(items, {"roadmap_item": {"lot-a": "The first lot"}})] == ["The first lot", "lot-b"]


def test_the_column_that_names_the_rows_is_the_one_of_their_titles() -> None:
    shown = show_value(STEPS, {"a": {"id": "a", "kind": "x", "name": "A"}}, links())
    assert isinstance(shown, Grid)
    assert [(column.title, column.names) for column in shown.columns] == [("Kind", False), ("Name", True)]


def test_amounts_are_in_the_currency_beside_them_which_is_not_told_twice() -> None:
    amount = Money(Decimal(1200), None)
    assert money({"unit": "CHF", "planned": amount}) == [("Planned", "1,200 CHF")]
    assert money({"planned": amount}) == [("Planned", "1,200 EUR")]


def test_a_currency_that_no_amount_is_shown_in_is_told() -> None:
    assert money({"unit": "CHF", "note": "none yet"}) == [("Unit", "CHF"), ("Note", "none yet")]
    amount = Money(Decimal(5), "USD")
    assert money({"unit": "CHF", "planned": amount}) == [("Unit", "CHF"), ("Planned", "5 USD")]
