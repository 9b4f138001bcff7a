"""Changes by hand in, the sentences that readers are told out."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from decimal import Decimal

import pytest

from minutebook.history.names import person_name, without_address
from minutebook.history.places import Step, fields_at, place_of, steps_of
from minutebook.history.telling import ToldChange, fold_days
from minutebook.history.value_words import shorten, word_number, word_value
from minutebook.history.wording import word_change
from minutebook.model.change import Change, ChangeKind, SectionDelta, TextDelta
from minutebook.model.commit import Person
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Impossible, Money, Text, Value

# The names of types and fields are strange on purpose: words may come from titles and roles alone.
STEP_FIELDS = (
    Field("sid", FieldType.ID, "Id"),
    Field("called", FieldType.TEXT, "Title", role="title"),
    Field("until", FieldType.DATE, "Due", role="due"),
    Field("approved", FieldType.DATE, "Baseline", role="baseline"),
)
PERIL_FIELDS = (
    Field("pid", FieldType.ID, "Id"),
    Field("called", FieldType.TEXT, "Title", role="title"),
    Field("chance", FieldType.NUMBER, "Likelihood", role="likelihood"),
)
PURSE_FIELDS = (
    Field("coin", FieldType.TEXT, "Currency", role="currency"),
    Field("plan", FieldType.MONEY, "Baseline", role="baseline"),
    Field("guess", FieldType.MONEY, "Forecast", role="forecast"),
    Field("spent", FieldType.MONEY, "Consumed", role="consumed"),
    Field("day", FieldType.DATE, "As of", role="as_of"),
)
GAUGE_FIELDS = (
    Field("gid", FieldType.ID, "Id"),
    Field("called", FieldType.TEXT, "Title", role="title"),
    Field("in", FieldType.TEXT, "Unit", role="unit"),
    Field("aim", FieldType.NUMBER, "Target", role="target"),
    Field("now", FieldType.NUMBER, "Actual", role="actual"),
    Field("rank", FieldType.NUMBER, "Priority", role="priority"),
    Field("day", FieldType.DATE, "As of", role="as_of"),
)
FIELDS = (
    Field("name", FieldType.TEXT, "Title", role="title"),
    Field("aim", FieldType.PROSE, "Objective", role="summary"),
    Field("end", FieldType.DATE, "Due", role="due"),
    Field("worth", FieldType.MONEY, "Amount", role="amount"),
    Field("rank", FieldType.NUMBER, "Priority", role="priority"),
    Field("part", FieldType.PERCENT, "Progress"),
    Field("open", FieldType.BOOLEAN, "Public"),
    Field("sort", FieldType.ENUM, "Category", role="category"),
    Field("phase", FieldType.STATUS, "Status", role="status"),
    Field("light", FieldType.HEALTH, "Health", role="health"),
    Field("who", FieldType.PERSON, "Owner", role="owner"),
    Field("them", FieldType.PERSONS, "Authors"),
    Field("parent", FieldType.REFERENCE, "Group", role="group", to=("band",)),
    Field("needs", FieldType.REFERENCES, "Depends on", role="depends_on"),
    Field("link", FieldType.URL, "Discussion"),
    Field("tags", FieldType.LIST, "Tags"),
    Field("steps", FieldType.ITEMS, "Milestones", role="milestones", singular="Milestone", fields=STEP_FIELDS),
    Field("perils", FieldType.ITEMS, "Risks", role="risks", singular="Risk", fields=PERIL_FIELDS),
    Field("gauges", FieldType.ITEMS, "KPIs", role="kpis", singular="KPI", fields=GAUGE_FIELDS),
    Field("studies", FieldType.ITEMS, "Analyses", fields=PERIL_FIELDS),
    Field("looks", FieldType.ITEMS, "Reviews", role="reviews", fields=(Field("on", FieldType.DATE, "Date"),)),
    Field("purse", FieldType.OBJECT, "Budget", role="budget", fields=PURSE_FIELDS),
    Field("use", FieldType.OBJECT, "Adoption", fields=(Field("n", FieldType.NUMBER, "Active users"),)),
    Field("ref", FieldType.ID, "Id"),
    Field("checked", FieldType.DATE, "Checked", role="as_of"),
)
THING = RecordType(name="thing", title="Thing", plural="Things", paths=("things/{id}.md",), fields=FIELDS)


class Register:
    """Names of a few people and records."""

    currency = "EUR"
    people: Mapping[str, str] = {"ana": "Ana Li", "bo": "Bo Chen"}
    records: Mapping[str, str] = {"tick": "Ticketing", "tickets": "Ticketing", "fare": "Fares", "ops": "Operations"}

    def person(self, written: str) -> str:
        return self.people.get(written, without_address(written))

    def record(self, types: tuple[str, ...], reference: str) -> str:
        return self.records.get(reference, reference)


BEFORE: Mapping[str, Value] = {
    "steps": {"go-live": {"sid": "go-live", "called": "Go-live"}, "v1.0": {"sid": "v1.0"}},
    "perils": {"late": {"pid": "late", "called": "Late supplier"}, "#2": {"called": " "}},
    "gauges": {
        "riders": {"called": "Riders"},
        "late": {"called": "Late buses"},
        "wait": {"called": "Waiting time", "in": "minutes\nof a\u00a0rider"},
        "void": {"called": "Void", "in": " "},
    },
    "purse": {"coin": "CHF"},
}
DAY = dt.date
NO_DATE = Impossible("2018-31-03", "is not a date: write YYYY-MM-DD")
LONG = "word " * 40


def euro(amount: str, currency: str | None = None) -> Money:
    return Money(Decimal(amount), currency)


def lines(*sections: tuple[str, int, int]) -> TextDelta:
    return TextDelta(tuple(SectionDelta(*section) for section in sections))


def text(count: int) -> Text:
    return Text("b" * 40, str(count), count)


K = ChangeKind
SENTENCES: list[tuple[str, ChangeKind, Value, Value, str]] = [
    # what happened to the record
    ("", K.CREATED, None, "things/x.md", "Created in things/x.md"),
    ("", K.CREATED, None, None, "Created"),
    ("", K.REMOVED, "things/x.md", None, "Removed"),
    ("", K.RESTORED, None, "things/x.md", "Restored"),
    ("", K.RENAMED, "3297", "3298", "Renamed from 3297 to 3298"),
    ("", K.MOVED, "a/x.md", "b/x.md", "Moved from a/x.md to b/x.md"),
    ("", K.UNREADABLE, None, "no front matter", "Unreadable: no front matter"),
    ("", K.READABLE, "no front matter", None, "Readable again"),
    # dates
    ("end", K.DATE, DAY(2026, 3, 1), DAY(2026, 3, 31), "Due moved 30 days later: 2026-03-01 to 2026-03-31"),
    ("end", K.DATE, DAY(2026, 3, 2), DAY(2026, 3, 1), "Due moved 1 day earlier: 2026-03-02 to 2026-03-01"),
    ("end", K.DATE, DAY(2026, 1, 1), DAY(2026, 3, 1), "Due moved 59 days later: 2026-01-01 to 2026-03-01"),
    (
        "end",
        K.DATE,
        DAY(2026, 1, 31),
        DAY(2027, 12, 18),
        "Due moved 686 days (22 months) later: 2026-01-31 to 2027-12-18",
    ),
    (
        "end",
        K.DATE,
        DAY(2030, 1, 1),
        DAY(2026, 1, 1),
        "Due moved 1,461 days (4 years) earlier: 2030-01-01 to 2026-01-01",
    ),
    ("end", K.DATE, None, DAY(2026, 3, 1), "Due set to 2026-03-01"),
    ("end", K.DATE, DAY(2026, 3, 1), None, "Due removed (was 2026-03-01)"),
    ("end", K.DATE, NO_DATE, DAY(2018, 3, 31), "Due 2018-31-03 (not a date) to 2018-03-31"),
    ("end", K.DATE, None, NO_DATE, "Due set to 2018-31-03 (not a date)"),
    # money
    ("worth", K.MONEY, euro("330000"), euro("370000"), "Amount up 40,000 EUR (+12 %): 330,000 to 370,000 EUR"),
    ("worth", K.MONEY, euro("400"), euro("300", "EUR"), "Amount down 100 EUR (\N{MINUS SIGN}25 %): 400 to 300 EUR"),
    ("worth", K.MONEY, euro("1.50"), euro("1.51"), "Amount up 0.01 EUR (+0.7 %): 1.50 to 1.51 EUR"),
    ("worth", K.MONEY, euro("1000000"), euro("1000001"), "Amount up 1 EUR (under 0.1 %): 1,000,000 to 1,000,001 EUR"),
    ("worth", K.MONEY, euro("0"), euro("5"), "Amount up 5 EUR: 0 to 5 EUR"),
    ("worth", K.MONEY, euro("5"), euro("5", "USD"), "Amount 5 EUR to 5 USD"),
    ("worth", K.MONEY, None, euro("5"), "Amount set to 5 EUR"),
    ("worth", K.MONEY, euro("5"), None, "Amount removed (was 5 EUR)"),
    ("worth", K.MONEY, euro("5"), Impossible("much", "is no amount"), "Amount 5 EUR to much (no amount)"),
    ("worth", K.MONEY, euro("1"), euro("1E+999999"), "Amount 1 EUR to 1E+999999 EUR"),
    # figures
    ("rank", K.NUMBER, Decimal(3), Decimal(4), "Priority up from 3 to 4"),
    ("rank", K.NUMBER, Decimal(1200), Decimal("-3.5"), "Priority down from 1,200 to \N{MINUS SIGN}3.5"),
    ("rank", K.NUMBER, None, Decimal(4), "Priority set to 4"),
    ("part", K.PERCENT, Decimal(40), Decimal(50), "Progress up from 40 to 50 %"),
    ("part", K.PERCENT, Decimal(40), Decimal(39), "Progress down from 40 to 39 %"),
    ("open", K.BOOLEAN, False, True, "Public no to yes"),
    ("open", K.BOOLEAN, None, True, "Public set to yes"),
    # words of a vocabulary
    ("sort", K.ENUM, "scope", "budget", "Category scope to budget"),
    ("phase", K.STATUS, "Draft", "Review", "Status Draft to Review"),
    ("phase", K.STATUS, "in_review", "last_call", "Status in review to last call"),
    ("light", K.HEALTH, "green", "red", "Health green to red"),
    ("light", K.HEALTH, "green", None, "Health removed (was green)"),
    # people and records, by name
    ("who", K.PERSON, "ana", "bo", "Owner: Ana Li to Bo Chen"),
    ("who", K.PERSON, None, "ana", "Owner set to Ana Li"),
    ("them", K.PERSONS, ("ana",), ("ana", "C D <c@d.example>"), "Authors: added C D"),
    ("parent", K.REFERENCE, "ops", "lost", "Group: Operations to lost"),
    ("needs", K.REFERENCES, ("fare",), ("tick",), "Depends on: added Ticketing; removed Fares"),
    ("needs", K.REFERENCES, ("fare", "tick"), ("tick", "fare"), "Depends on: order changed"),
    ("needs", K.REFERENCES, None, tuple("abcdefg"), "Depends on: added a, b, c, d, e and 2 more"),
    ("tags", K.LIST, ("x", "x"), ("x",), "Tags: removed “x”"),
    ("tags", K.LIST, ("x",), None, "Tags: removed “x”"),
    ("tags", K.LIST, ("x",), Impossible("{}", "is not a list"), "Tags: “x” to {} (not a list)"),
    ("link", K.URL, "https://a.example", "https://b.example", "Discussion: https://a.example to https://b.example"),
    # words
    ("name", K.TEXT, "Old  name", "New\nname", "Title: “Old name” to “New name”"),
    ("name", K.TEXT, None, "New", "Title set to “New”"),
    ("ref", K.ID, "a", "b", "Id: “a” to “b”"),
    ("name", K.TEXT, "Old name", "Old  name", "Title written another way"),
    (
        "name",
        K.TEXT,
        f"{LONG}the quick brown fox jumps",
        f"{LONG}the quick brown cat jumps",
        "Title: “…word the quick brown fox jumps” to “…word the quick brown cat jumps”",
    ),
    ("who", K.PERSON, "A <a@b.example>", "A <a@c.example>", "Owner written another way"),
    ("them", K.PERSONS, ("A <a@b.example>", "B"), ("A <a@c.example>",), "Authors: removed B"),
    ("them", K.PERSONS, ("A <a@b.example>",), ("A <a@c.example>",), "Authors written another way"),
    ("name", K.TEXT, LONG, None, f"Title removed (was “{('word ' * 15).strip()}…”)"),
    ("aim", K.PROSE, None, "To win", "Objective set to “To win”"),
    ("aim", K.PROSE, "To win", None, "Objective removed (was “To win”)"),
    ("extra", K.UNDECLARED, None, "x <a@b.example>", "extra set to “x”"),
    ("extra", K.UNDECLARED, "x", ("x", "y"), "extra: “x” to “x”, “y”"),
    ("extra", K.UNDECLARED, ("x",), ("x", "y"), "extra: added “y”"),
    ("extra.or[so", K.UNDECLARED, "x", "y", "extra.or[so: “x” to “y”"),
    ("purse.more", K.UNDECLARED, None, "x", "Budget more set to “x”"),
    # parts of items and objects
    (
        "steps[go-live].until",
        K.DATE,
        DAY(2026, 3, 1),
        DAY(2026, 3, 31),
        "Milestone “Go-live” moved 30 days later: 2026-03-01 to 2026-03-31",
    ),
    ("steps[go-live].approved", K.DATE, None, DAY(2026, 3, 1), "Milestone “Go-live”, baseline set to 2026-03-01"),
    ("steps[v1.0].until", K.DATE, None, DAY(2026, 3, 1), "Milestone v1.0 set to 2026-03-01"),
    (
        "steps[new]",
        K.ITEM,
        None,
        {"called": "Pilot", "until": DAY(2026, 3, 31)},
        "Milestone “Pilot” added, due 2026-03-31",
    ),
    (
        "steps[old]",
        K.ITEM,
        {"called": "Pilot", "until": DAY(2026, 3, 31)},
        None,
        "Milestone “Pilot” removed (was due 2026-03-31)",
    ),
    ("perils[new]", K.ITEM, None, {"called": "Fire"}, "Risk “Fire” added"),
    ("perils[new]", K.ITEM, None, "Fire", "Risk new added"),
    ("perils[late].chance", K.NUMBER, Decimal(3), Decimal(4), "Risk “Late supplier”, likelihood up from 3 to 4"),
    ("perils[#2].chance", K.NUMBER, Decimal(3), None, "Risk no. 2, likelihood removed (was 3)"),
    ("studies[new]", K.ITEM, None, {"called": "Noise"}, "Analyses: “Noise” added"),
    ("studies[#2]", K.ITEM, {}, None, "Analyses: no. 2 removed"),
    ("studies[#2].chance", K.NUMBER, Decimal(3), Decimal(4), "Analyses: no. 2, likelihood up from 3 to 4"),
    # figures with what they count, ranks without
    (
        "gauges[wait].now",
        K.NUMBER,
        Decimal("48.6"),
        Decimal("49.1"),
        "KPI “Waiting time”, actual up from 48.6 to 49.1 minutes of a rider",
    ),
    ("gauges[wait].aim", K.NUMBER, None, Decimal(9), "KPI “Waiting time”, target set to 9 minutes of a rider"),
    ("gauges[wait].aim", K.NUMBER, Decimal(9), None, "KPI “Waiting time”, target removed (was 9 minutes of a rider)"),
    ("gauges[wait].rank", K.NUMBER, Decimal(1), Decimal(2), "KPI “Waiting time”, priority up from 1 to 2"),
    ("gauges[void].now", K.NUMBER, Decimal(1), Decimal(2), "KPI “Void”, actual up from 1 to 2"),
    ("looks", K.ITEMS, ({"on": DAY(2026, 1, 1)},), ({"on": DAY(2026, 1, 2)}, {}), "Reviews: 2 added, 1 removed"),
    ("purse.guess", K.MONEY, euro("330"), euro("370"), "Forecast up 40 CHF (+12 %): 330 to 370 CHF"),
    ("purse.plan", K.MONEY, None, euro("330"), "Budget baseline set to 330 CHF"),  # milestones have a baseline too
    ("parent", K.REFERENCE, "tick", "tickets", "Group: tick is now tickets"),
    ("needs", K.REFERENCES, ("tick", "fare"), ("fare", "tickets"), "Depends on: order changed"),
    ("needs", K.REFERENCES, ("tick", "fare"), ("tickets", "fare"), "Depends on: tick is now tickets"),
    ("purse.day", K.DATE, None, DAY(2026, 3, 1), "Budget as of set to 2026-03-01"),
    ("purse.day", K.DATE, DAY(2026, 3, 1), DAY(2026, 4, 1), "Budget as of 2026-04-01 (was 2026-03-01)"),
    ("use.n", K.NUMBER, Decimal(1), Decimal(3), "Adoption active users up from 1 to 3"),
    ("use", K.OBJECT, Impossible("soon", "is no object"), None, "Adoption removed (was soon (no object))"),
    # the text
    ("text", K.MARKDOWN, None, text(120), "Text written (120 lines)"),
    ("text", K.MARKDOWN, text(1), None, "Text removed (1 line)"),
    ("text", K.MARKDOWN, text(1), text(2), "Text edited"),
]


@pytest.mark.parametrize(("path", "kind", "before", "after", "sentence"), SENTENCES, ids=[row[4] for row in SENTENCES])
def test_a_change_is_told_in_one_sentence(
    path: str, kind: ChangeKind, before: Value, after: Value, sentence: str
) -> None:
    change = Change(path, kind, before, after)
    place = place_of(change, THING, [BEFORE])
    assert word_change(change, place.field, Register(), place=place) == sentence


def test_a_figure_whose_unit_changed_with_it_is_told_with_neither() -> None:
    states: list[Fields] = [{"gauges": {"wait": {"in": unit}}} for unit in ("minutes", "seconds")]
    change = Change("gauges[wait].now", K.NUMBER, Decimal(90), Decimal(2))
    assert [place_of(change, THING, some).unit for some in (states, states[:1], [states[0], {}])] == [
        None,
        "minutes",
        "minutes",
    ]


def told(*changes: tuple[str, ChangeKind, Value, Value]) -> tuple[str, ...]:
    """The sentences of a timeline for changes of one commit."""
    found = []
    for change in (Change(*one) for one in changes):
        place = place_of(change, THING, [BEFORE])
        sentence = word_change(change, place.field, Register(), place=place)
        found.append(ToldChange(change, fields_at(THING, change.field), sentence))
    return fold_days(found)


def test_the_day_of_figures_is_told_with_the_figures_that_changed_with_it() -> None:
    assert told(
        ("purse.guess", K.MONEY, euro("330"), euro("370")),
        ("purse.spent", K.MONEY, None, euro("20")),
        ("purse.day", K.DATE, DAY(2026, 3, 1), DAY(2026, 4, 1)),
        ("light", K.HEALTH, "green", "red"),
    ) == (
        "Forecast up 40 CHF (+12 %): 330 to 370 CHF, as of 2026-04-01",
        "Consumed set to 20 CHF, as of 2026-04-01",
        "Health green to red",
    )


def test_the_day_of_figures_is_told_with_no_figure_that_was_planned() -> None:
    day = (K.DATE, DAY(2026, 3, 1), DAY(2026, 4, 1))
    assert told(
        ("gauges[late].aim", K.NUMBER, Decimal(3), Decimal(4)),
        ("gauges[late].now", K.NUMBER, Decimal(1), Decimal(2)),
        ("gauges[late].day", *day),
    ) == ("KPI “Late buses”, target up from 3 to 4", "KPI “Late buses”, actual up from 1 to 2, as of 2026-04-01")
    assert len(told(("gauges[late].aim", K.NUMBER, Decimal(3), Decimal(4)), ("gauges[late].day", *day))) == 2
    assert told(("purse.plan", K.MONEY, euro("1"), euro("2")), ("purse.day", *day)) == (
        "Budget baseline up 1 CHF (+100 %): 1 to 2 CHF",
        "Budget as of 2026-04-01 (was 2026-03-01)",
    )


def test_the_day_of_a_record_is_told_with_none_of_its_figures() -> None:
    assert told(("rank", K.NUMBER, Decimal(1), Decimal(2)), ("checked", K.DATE, None, DAY(2026, 4, 1))) == (
        "Priority up from 1 to 2",
        "Checked set to 2026-04-01",
    )


def test_the_day_of_figures_is_told_with_no_figure_of_another_item() -> None:
    assert told(
        ("gauges[riders].now", K.NUMBER, Decimal(3), Decimal(4)),
        ("gauges[late].day", K.DATE, DAY(2026, 3, 1), DAY(2026, 4, 1)),
    ) == ("KPI “Riders”, actual up from 3 to 4", "KPI “Late buses”, as of 2026-04-01 (was 2026-03-01)")
    assert told(
        ("gauges[late].now", K.NUMBER, None, Decimal(4)),
        ("gauges[late].day", K.DATE, None, DAY(2026, 4, 1)),
    ) == ("KPI “Late buses”, actual set to 4, as of 2026-04-01",)


@pytest.mark.parametrize(
    ("figure", "day"),
    [
        ((euro("330"), None), (DAY(2026, 3, 1), DAY(2026, 4, 1))),
        ((euro("330"), Impossible("much", "is no amount")), (None, DAY(2026, 4, 1))),
        ((euro("330"), euro("331")), (DAY(2026, 3, 1), None)),
        ((euro("330"), euro("331")), (DAY(2026, 3, 1), NO_DATE)),
    ],
)
def test_a_day_that_no_new_figure_speaks_of_keeps_its_own_sentence(
    figure: tuple[Value, Value], day: tuple[Value, Value]
) -> None:
    assert len(told(("purse.guess", K.MONEY, *figure), ("purse.day", K.DATE, *day))) == 2


def test_the_table_has_a_sentence_for_every_kind_of_change() -> None:
    assert {row[1] for row in SENTENCES} == set(ChangeKind)


@pytest.mark.parametrize(
    ("delta", "sentence"),
    [
        (lines(("", 3, 1)), "Objective reworded (3 lines added, 1 removed)"),
        (lines(("", 1, 0)), "Objective reworded (1 line added)"),
        (lines(("", 0, 2)), "Objective reworded (2 lines removed)"),
        (lines(), "Objective reworded"),
    ],
)
def test_prose_is_told_by_its_lines(delta: TextDelta, sentence: str) -> None:
    change = Change("aim", ChangeKind.PROSE, "a", "b", delta)
    assert word_change(change, THING.field("aim"), Register()) == sentence


@pytest.mark.parametrize(
    ("delta", "sentence"),
    [
        (
            lines(("Specification", 12, 3), ("Rationale", 1, 0)),
            "Text: Specification +12 \N{MINUS SIGN}3 lines, Rationale +1 line",
        ),
        (
            lines(("Specification", 12, 3), ("Rationale", 1, 0), ("A", 1, 1), ("B", 0, 9)),
            "Text: Specification +12 \N{MINUS SIGN}3 lines, B \N{MINUS SIGN}9 lines (and 2 more sections)",
        ),
        (lines(("", 0, 1), ("A", 0, 0)), "Text: before any heading \N{MINUS SIGN}1 line"),
        (lines(("With [EIP-1](./eip-1.md) &amp; `so_on`", 2, 0)), "Text: With EIP-1 & so_on +2 lines"),
        (lines(("A", 1, 0), ("B", 1, 0), ("C", 1, 0)), "Text: A +1 line, B +1 line (and 1 more section)"),
    ],
)
def test_a_text_is_told_by_its_sections(delta: TextDelta, sentence: str) -> None:
    assert word_change(Change("text", ChangeKind.MARKDOWN, text(1), text(2), delta), None, Register()) == sentence


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("health", [("health", None)]),
        ("budget.forecast", [("budget", None), ("forecast", None)]),
        ("milestones[go-live].due", [("milestones", "go-live"), ("due", None)]),
        ("milestones[v1.0].due", [("milestones", "v1.0"), ("due", None)]),
        ("milestones[a]b].due", [("milestones", "a]b"), ("due", None)]),
        ("a[b].c[d].e", [("a", "b"), ("c", "d"), ("e", None)]),
        ("[odd", [("[odd", None)]),
    ],
)
def test_a_path_comes_apart_into_steps(path: str, steps: list[tuple[str, str | None]]) -> None:
    assert steps_of(path) == tuple(Step(*step) for step in steps)


def test_the_definitions_along_a_path_are_found_as_far_as_they_go() -> None:
    titles = {path: [field.title for field in fields_at(THING, path)] for path in ("steps[x].until", "purse.x", "no")}
    assert titles == {"steps[x].until": ["Milestones", "Due"], "purse.x": ["Budget"], "no": []}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ana Li <ana@example.org>", "Ana Li"),
        ("ana@example.org", "ana"),
        ("<ana@example.org>", "ana"),
        ("Ana Li (@ana), <ana@example.org>", "Ana Li (@ana)"),
        ("Ana Li (ana@example.org)", "Ana Li"),
        ("@ana", "@ana"),
        ("Ana Li", "Ana Li"),
        ("a@b@c.example", "a"),
        ('Ana "secret q"@leak.example', "Ana"),
        ('Ana <"q \\" r"@leak.example>', "Ana"),
        ('"secret q"@leak.example', "secret q"),
        ('"x@leak.example"@y', "x"),
        ("Ana x@[10.0.0.1] Li", "Ana Li"),
        ("Ana <x@[IPv6:2001:db8::1]>", "Ana"),
        ("x@[10.0.0.1", "x"),
        ('Ana "Bee" Li', 'Ana "Bee" Li'),
        ('"Ana" (@ana)', '"Ana" (@ana)'),
    ],
)
def test_an_address_is_never_part_of_a_name(written: str, shown: str) -> None:
    assert without_address(written) == shown


def test_a_hostile_name_costs_no_time_to_clean() -> None:
    before = time.process_time()
    hostile = ("a" * 1_000_000 + "@", "a@" * 500_000, "<" * 1_000_000 + "a@b", "(" * 500_000 + ")@" * 250_000)
    quoted = ('"' * 1_000_000 + "@", '\\"' * 500_000 + "@", '"a' * 500_000 + "@", "x@[" * 300_000, "x@" + "[" * 10**6)
    for written in (*hostile, *quoted):
        without_address(written)
    assert time.process_time() - before < 5  # seconds; a quadratic search takes hours


def test_a_contributor_without_a_name_is_still_somebody() -> None:
    assert person_name(Person("", "")) == "(no name)"


def test_a_long_word_without_spaces_is_cut_all_the_same() -> None:
    assert shorten("x" * 500) == "x" * 79 + "…"


def test_a_monstrous_number_costs_nothing_and_is_told_as_written() -> None:
    assert word_number(Decimal("1E+999999")) == "1E+999999"


def test_a_value_is_told_whole_where_there_is_room() -> None:
    budget = THING.field("purse")
    value: Value = {"coin": "CHF", "guess": euro("370000", "CHF")}
    assert word_value(value, budget, Register()) == "currency: CHF, forecast: 370,000 CHF"
