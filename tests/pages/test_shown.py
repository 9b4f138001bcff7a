"""Values as a reader sees them: items by their days and titles, amounts in their currency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest

from minutebook.history.names import PortfolioNames
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History
from minutebook.model.record_type import Field, FieldType, Lifecycle
from minutebook.model.value import Impossible, Money, Value
from minutebook.pages.links import Links
from minutebook.pages.shown import Around, Facts, Grid, Reference, Series, Shown, Words, show_value

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
        Field("granted", FieldType.MONEY, "Granted", role="baseline"),
        Field("planned", FieldType.MONEY, "Planned", role="forecast"),
        Field("counted", FieldType.DATE, "Counted", role="as_of"),
        Field("note", FieldType.TEXT, "Note"),
    ),
)
GATES = Field(
    "gates",
    FieldType.ITEMS,
    "Gates",
    fields=(
        Field("name", FieldType.TEXT, "Name", role="title"),
        Field("agreed", FieldType.DATE, "Agreed", role="baseline"),
        Field("until", FieldType.DATE, "Until", role="due"),
        Field("passed", FieldType.DATE, "Passed", role="done"),
        Field("note", FieldType.TEXT, "Note"),
    ),
)
WORRIES = Field(
    "worries",
    FieldType.ITEMS,
    "Worries",
    fields=(
        Field("name", FieldType.TEXT, "Name", role="title"),
        Field("odds", FieldType.NUMBER, "Odds", role="likelihood"),
        Field("harm", FieldType.NUMBER, "Harm", role="impact"),
        Field(
            "state",
            FieldType.STATUS,
            "State",
            role="status",
            lifecycle=Lifecycle({"live": ("gone",), "gone": ()}, frozenset(["gone"]), frozenset()),
        ),
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
        case Words(text=text, note=note):
            return (f"{text} ({note})" if note else text).replace("\N{NO-BREAK SPACE}", " ")
        case Series(items=items):
            return "; ".join(words(item) for item in items)
        case Reference(link=link):
            return link.text
        case _:
            return shown.form


def table(items: Value, titles: Mapping[str, Mapping[str, str]] | None = None, field: Field = STEPS) -> list[list[str]]:
    """The rows of a list of items."""
    shown = show_value(field, items, links(), Around(titles or {}))
    assert isinstance(shown, Grid)
    return [[words(cell) for cell in row] for row in shown.rows]


def money(values: Mapping[str, Value], as_of: dt.date | None = None) -> list[tuple[str, str]]:
    """What is told of an object of amounts."""
    shown = show_value(MONEY, values, links(), Around(as_of=as_of))
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


def euros(amount: int) -> Money:
    """So much in the portfolio's currency."""
    return Money(Decimal(amount), None)


@pytest.mark.parametrize(
    ("planned", "told"),
    [
        (euros(255000), "255,000 EUR (+10,000, +4 % on granted)"),
        (euros(220500), "220,500 EUR (\N{MINUS SIGN}24,500, \N{MINUS SIGN}10 % on granted)"),
        (euros(245100), "245,100 EUR (+100, under 0.1 % on granted)"),
        (euros(245000), "245,000 EUR (on plan)"),
        (Money(Decimal(245000), "CHF"), "245,000 CHF"),
        (Impossible("a lot", "is not an amount"), "doubtful"),
    ],
)
def test_a_forecast_tells_how_far_it_is_off_the_amount_that_was_approved(planned: Value, told: str) -> None:
    assert money({"granted": euros(245000), "planned": planned})[1] == ("Planned", told)


@pytest.mark.parametrize(
    ("planned", "warns"),
    [
        (euros(269500), True),
        (euros(269499), False),
        (euros(2), False),
    ],
)
def test_a_forecast_far_above_what_was_approved_asks_for_attention(planned: Value, warns: bool) -> None:
    shown = show_value(MONEY, {"granted": euros(245000), "planned": planned}, links())
    assert isinstance(shown, Facts)
    (told,) = [value for title, value in shown.rows if title == "Planned"]
    assert isinstance(told, Words)
    assert told.warns is warns


def test_a_forecast_without_an_approved_amount_or_with_one_of_nothing_has_no_share() -> None:
    assert money({"planned": euros(5)}) == [("Planned", "5 EUR")]
    assert money({"granted": euros(0), "planned": euros(5)})[1] == ("Planned", "5 EUR (+5 on granted)")


def test_figures_that_speak_of_a_day_long_past_tell_how_old_they_are() -> None:
    figures: Mapping[str, Value] = {"planned": euros(5), "counted": dt.date(2025, 5, 5)}
    assert money(figures, as_of=dt.date(2026, 11, 5))[1] == ("Counted", "2025-05-05 (18 months old)")
    assert money(figures, as_of=dt.date(2025, 8, 3))[1] == ("Counted", "2025-05-05")
    assert money(figures)[1] == ("Counted", "2025-05-05")


def test_items_with_an_approved_day_tell_how_far_they_slipped_from_it() -> None:
    day = dt.date(2026, 3, 1)
    items: Value = {
        "a": {"name": "Slips", "agreed": day, "until": day + dt.timedelta(35)},
        "b": {"name": "Came early", "agreed": day, "until": day + dt.timedelta(36), "passed": day - dt.timedelta(1)},
        "c": {"name": "Holds", "agreed": day, "until": day + dt.timedelta(37), "passed": day, "note": "well"},
        "d": {"name": "New", "until": day + dt.timedelta(38)},
        "e": {"name": "Impossible", "agreed": Impossible("May", "is not a date"), "until": day + dt.timedelta(39)},
    }
    shown = show_value(GATES, items, links())
    assert isinstance(shown, Grid)
    assert [column.title for column in shown.columns] == ["Name", "Agreed", "Until", "Passed", "Slip", "Note"]
    assert [row[4] for row in table(items, field=GATES)] == [
        "35 days later",
        "1 day earlier",
        "on plan",
        "nothing",
        "nothing",
    ]


def test_a_long_slip_is_told_to_the_day_and_in_the_unit_that_pages_speak_of_lateness_in() -> None:
    day = dt.date(2025, 9, 30)
    items: Value = {"a": {"name": "Slips", "agreed": day, "until": dt.date(2026, 10, 30)}}
    assert [row[3] for row in table(items, field=GATES)] == ["395 days (13 months) later"]


def test_what_is_not_done_by_its_day_is_never_on_plan() -> None:
    day = dt.date(2026, 3, 1)
    items: Value = {
        "a": {"name": "Passed", "agreed": day, "until": day},
        "b": {"name": "Sooner and passed", "agreed": day + dt.timedelta(2), "until": day + dt.timedelta(1)},
        "c": {"name": "Slipped and passed", "agreed": day, "until": day + dt.timedelta(2)},
        "d": {"name": "Done", "agreed": day, "until": day + dt.timedelta(3), "passed": day},
        "e": {"name": "To come", "agreed": day + dt.timedelta(5), "until": day + dt.timedelta(5)},
    }
    shown = show_value(GATES, items, links(), Around(as_of=day + dt.timedelta(5)))
    assert isinstance(shown, Grid)
    assert [words(row[4]) for row in shown.rows] == ["nothing", "nothing", "2 days later", "on plan", "on plan"]


def test_items_without_an_approved_day_have_no_column_for_it() -> None:
    shown = show_value(GATES, {"a": {"name": "A", "until": dt.date(2026, 3, 1)}}, links())
    assert isinstance(shown, Grid)
    assert [column.title for column in shown.columns] == ["Name", "Until"]


def test_open_items_stand_first_those_that_weigh_most_at_the_top_and_finished_ones_last() -> None:
    def worry(name: str, odds: Value, harm: Value, state: str = "live") -> Mapping[str, Value]:
        return {"name": name, "odds": odds, "harm": harm, "state": state}

    items: Value = {
        "a": worry("Over and worst", Decimal(5), Decimal(5), "gone"),
        "b": worry("Half known", None, Decimal(5)),
        "c": worry("Small", Decimal(1), Decimal(3)),
        "d": worry("Large", Decimal(4), Decimal(4)),
        "e": worry("As large", Decimal(4), Decimal(4)),
        "f": worry("No number", Decimal("NaN"), Decimal(4)),
    }
    names = [row[0] for row in table(items, field=WORRIES)]
    assert names == ["Large", "As large", "Small", "Half known", "No number", "Over and worst"]
