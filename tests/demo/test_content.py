"""What the demo tells hangs together at every commit: types, words, references, lifecycles, dates, figures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

import pytest

from minutebook.history.names import PortfolioNames
from minutebook.model.change import Change, Entry
from minutebook.model.commit import Landing
from minutebook.model.note import NoteKind
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Impossible, Money, Value
from minutebook.records.types import ORDER
from tests.demo.conftest import Demo

pytestmark = pytest.mark.slow

FIRST_DAY, LAST_DAY = dt.date(2023, 11, 6), dt.date(2026, 10, 30)
SATURDAY = 5


class Told(NamedTuple):
    """One value of one version of a record."""

    key: RecordKey
    position: int
    day: dt.date
    """On which the version landed."""
    place: str
    field: Field
    value: Value
    beside: Mapping[str, Value]
    """The fields beside it."""

    def __str__(self) -> str:
        return f"{self.day} {self.key} {self.place}: {self.value}"


def day_of(demo: Demo, landing: Landing) -> dt.date:
    """The day of a landing, where the portfolio is."""
    moment = landing.commit.committer.moment.when
    assert moment is not None
    return demo.configuration.day_of(moment)


def versions(demo: Demo) -> Iterator[Told]:
    """Every value that a commit left otherwise than it found it, where it has a declared field."""
    days = {landing.position: day_of(demo, landing) for landing in demo.history.landings}
    for key, record in demo.history.records.items():
        before: Mapping[str, Value] = {}
        for position, state in record.states:
            after = {} if state.version is None or state.removed else state.version.fields
            fields = demo.configuration.types[key.type].fields
            for told in values(fields, before, after):
                yield Told(key, position, days[position], *told)
            before = after


def values(
    fields: tuple[Field, ...], before: Mapping[str, Value], after: Mapping[str, Value], place: str = ""
) -> Iterator[tuple[str, Field, Value, Mapping[str, Value]]]:
    for field in fields:
        value, old = after.get(field.name), before.get(field.name)
        if value is None or value == old:
            continue
        here = f"{place}{field.name}"
        yield here, field, value, after
        if isinstance(value, Mapping):
            known = old if isinstance(old, Mapping) else {}
            inner: list[tuple[str, Value, Value]] = [("", value, known)]
            if field.type is FieldType.ITEMS:
                inner = [(f"[{name}]", item, known.get(name)) for name, item in value.items()]
            for name, part, former in inner:
                if isinstance(part, Mapping):
                    yield from values(
                        field.fields, former if isinstance(former, Mapping) else {}, part, f"{here}{name}."
                    )


def number(value: Value) -> Decimal | None:
    return value.amount if isinstance(value, Money) else value if isinstance(value, Decimal) else None


def told_by(entry: Entry, change: Change) -> str:
    return f"{entry.landing.commit.committer.moment} {entry.key} {change.field}: {change.before} to {change.after}"


def test_the_demo_is_three_years_of_a_whole_portfolio(demo: Demo) -> None:
    standing = Counter(key.type for key, record in demo.history.records.items() if not record.last.removed)
    assert list(standing) == list(ORDER), "records of every built-in type"
    assert 85 <= sum(standing.values()) - standing["person"] <= 130
    assert demo.history.commits == demo.made.landings >= 1200
    assert demo.made.records == sum(standing.values()) - standing["person"]
    assert demo.made.kept_back == ((standing["person"], "people"),)


def test_nothing_is_doubtful_but_what_the_scenario_means(demo: Demo) -> None:
    doubts = {NoteKind.UNREADABLE, NoteKind.IMPOSSIBLE, NoteKind.UNDECLARED, NoteKind.DUPLICATE, NoteKind.NO_IDENTITY}
    assert [note for note in demo.history.notes if note.kind in doubts] == []
    assert [note.message for note in demo.history.notes] == []


def test_one_file_stays_unreadable_for_two_days(demo: Demo) -> None:
    [(key, gap)] = [(key, gap) for key, record in demo.history.records.items() for gap in record.gaps]
    assert str(key) == "project/night-network"
    assert gap.until is not None
    assert day_of(demo, gap.since) == dt.date(2025, 2, 11)
    assert day_of(demo, gap.until) == dt.date(2025, 2, 13)


def test_every_value_is_one_that_its_type_allows(demo: Demo) -> None:
    wrong = []
    for told in versions(demo):
        words = [told.value] if isinstance(told.value, str) else []
        if isinstance(told.value, Impossible) or (told.field.values and not set(words) <= set(told.field.values)):
            wrong.append(str(told))
    assert wrong == []


def test_no_version_has_a_field_that_its_type_does_not_declare(demo: Demo) -> None:
    wrong = {
        f"{key}: {', '.join(state.version.undeclared)}"
        for key, record in demo.history.records.items()
        for _, state in record.states
        if state.version is not None and state.version.undeclared
    }
    assert wrong == set()


def test_every_reference_leads_to_a_record_that_stood_by_then(demo: Demo) -> None:
    first = {record.key: record.states[0][0] for record in demo.history.records.values()}
    names = PortfolioNames(demo.history, demo.configuration, demo.history.commits - 1)
    kinds = {
        FieldType.PERSON: ("person",),
        FieldType.PERSONS: ("person",),
        FieldType.REFERENCE: (),
        FieldType.REFERENCES: (),
    }
    wrong = []
    for told in versions(demo):
        if told.field.type in kinds:
            for id_ in told.value if isinstance(told.value, tuple) else (told.value,):
                found = names.keys_of(kinds[told.field.type] or told.field.to, str(id_))
                if len(found) != 1 or first[found[0]] > told.position:
                    wrong.append(f"{told} ({id_} means {[str(key) for key in found]})")
    assert wrong == []


def test_every_status_follows_its_lifecycle(demo: Demo) -> None:
    wrong = []
    for entry in demo.history.entries():
        for change in entry.changes:
            field = demo.configuration.types[entry.key.type].field(change.field)
            if field is not None and field.lifecycle is not None and isinstance(change.before, str):
                steps = field.lifecycle.transitions.get(change.before, ())
                if change.after not in steps:
                    wrong.append(told_by(entry, change))
    assert wrong == []


def test_a_health_has_a_reason_where_it_is_not_green_and_only_there(demo: Demo) -> None:
    wrong = set()
    for key, record in demo.history.records.items():
        for _, state in record.states:
            fields = {} if state.version is None else state.version.fields
            if "health" in fields and (fields["health"] == "green") is ("health_reason" in fields):
                wrong.add(f"{key}: {fields['health']}, {fields.get('health_reason')}")
    assert wrong == set()


def test_nothing_is_done_or_counted_after_the_day_on_which_it_is_told(demo: Demo) -> None:
    past = {"done", "met", "as_of", "answered"}
    wrong = [
        str(told)
        for told in versions(demo)
        if told.field.role in past and isinstance(told.value, dt.date) and told.value > told.day
    ]
    assert wrong == []


def test_money_that_is_spent_stays_spent(demo: Demo) -> None:
    wrong = []
    for entry in demo.history.entries():
        for change in entry.changes:
            before, after = number(change.before), number(change.after)
            if change.field.endswith("consumed") and before is not None and after is not None and after < before:
                wrong.append(told_by(entry, change))
    assert wrong == []


def test_everything_lands_on_a_working_day_of_the_three_years(demo: Demo) -> None:
    lines = demo.git("log", "--format=%h %aI %cI").splitlines()
    for line in lines:
        name, *moments = line.split()
        for moment in moments:
            when = dt.datetime.fromisoformat(moment)
            assert FIRST_DAY <= when.date() <= LAST_DAY, name
            assert when.weekday() < SATURDAY, name
            assert when.utcoffset() in (dt.timedelta(hours=1), dt.timedelta(hours=2)), name
            assert 6 <= when.hour < 21, name


def test_landings_are_in_the_order_of_their_moments_and_no_branch_is_older_than_its_start(demo: Demo) -> None:
    mainline = demo.git("log", "--first-parent", "--reverse", "--format=%ct").split()
    assert [int(time) for time in mainline] == sorted({int(time) for time in mainline})
    times: dict[str, int] = {}
    for line in demo.git("log", "--reverse", "--topo-order", "--format=%H %ct %P").splitlines():
        commit, time, *parents = line.split()
        times[commit] = int(time)
        assert all(times[parent] < int(time) for parent in parents), commit


def test_no_two_subjects_are_the_same(demo: Demo) -> None:
    subjects = Counter(demo.git("log", "--no-merges", "--format=%s").splitlines())
    assert [subject for subject, times in subjects.items() if times > 1] == []


def test_no_two_records_have_the_same_text(demo: Demo) -> None:
    texts = Counter(
        state.version.text.digest
        for record in demo.history.records.values()
        for state in [record.last]
        if state.version is not None and state.version.text is not None and state.version.text.lines
    )
    assert max(texts.values()) == 1
