"""A record type's JSON Schema accepts what the record type accepts, as an editor sees it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Impossible
from minutebook.records.meaning import value_of
from minutebook.records.schema import json_schema
from minutebook.records.types import ORDER, built_in_types

PROJECT: dict[str, Any] = {
    "title": 1984,
    "objective": "Sell tickets.",
    "sponsor": "ann",
    "manager": "bob",
    "group": "it",
    "stage": "planning",
    "health": "green",
    "due": "2026-03-01",
}


def accepts(name: str, data: object) -> bool:
    return Draft202012Validator(json_schema(built_in_types()[name])).is_valid(data)


@pytest.mark.parametrize("name", ORDER)
def test_every_schema_is_a_schema_and_plain_json(name: str) -> None:
    schema = json_schema(built_in_types()[name])
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
    assert schema["$id"] == f"urn:minutebook:record-type:{name}"
    assert schema["title"]


GOOD: list[dict[str, Any]] = [
    {},
    {"health_reason": None, "budget": {}},
    {"budget": {"baseline": "400,000 EUR", "forecast": 1, "as_of": "2026-01-01"}},
    {"milestones": [{"id": "a", "due": "2026-03-01"}]},
    {"milestones": {"a": {"due": "2026-03-01"}, "b": None}},
    {"goals": "no-need-to-ask"},
    {"goals": ["a", 7]},
    {"undeclared": {"x": [1]}},
    {"value_score": 7.5},
    {"value_score": "1,000"},
]
BAD: list[dict[str, Any]] = [
    {"health": "orange"},
    {"stage": None},
    {"due": "2026-3-1"},
    {"due": 2026},
    {"title": ["a"]},
    {"title": None},
    {"milestones": "soon"},
    {"milestones": [{"due": "soon"}]},
    {"milestones": {"a": {"due": "soon"}}},
    {"budget": 400_000},
    {"budget": {"baseline": "a lot"}},
    {"goals": {"a": "b"}},
    {"goals": [["a"]]},
    {"value_score": "high"},
]


@pytest.mark.parametrize("more", GOOD)
def test_a_good_record_is_accepted(more: dict[str, Any]) -> None:
    assert accepts("project", {**PROJECT, **more})


@pytest.mark.parametrize("more", BAD)
def test_a_bad_record_is_refused(more: dict[str, Any]) -> None:
    assert not accepts("project", {**PROJECT, **more})


@pytest.mark.parametrize("missing", list(PROJECT))
def test_a_required_field_may_not_be_missing(missing: str) -> None:
    assert not accepts("project", {name: value for name, value in PROJECT.items() if name != missing})


def test_a_register_is_a_list_of_records_or_a_mapping_by_id() -> None:
    assert accepts("person", [{"id": "ann", "name": "Ann", "emails": ["ann@example.org"]}])
    assert accepts("person", {"ann": {"name": "Ann"}})
    assert not accepts("person", [{"id": "ann"}])
    assert not accepts("person", {"ann": {"emails": []}})
    assert not accepts("person", "ann")


def test_an_item_bears_the_name_of_one_however_the_list_is_written() -> None:
    milestones = json_schema(built_in_types()["project"])["properties"]["milestones"]
    assert milestones["title"] == "Milestones"
    assert (milestones["items"]["title"], milestones["additionalProperties"]["title"]) == ("Milestone", "Milestone")


def test_a_word_that_an_editor_takes_for_a_number_or_a_boolean_is_accepted_as_either() -> None:
    fields = (Field("level", FieldType.ENUM, "Level", values=("1", "true", "x")),)
    schema = json_schema(RecordType("t", "T", "Ts", ("{id}.md",), fields))
    validator = Draft202012Validator(schema)
    for value in ("1", 1, "true", True, "x", None):
        assert validator.is_valid({"level": value}), value
    assert not validator.is_valid({"level": 2})


NUMBERS = (FieldType.NUMBER, FieldType.MONEY, FieldType.PERCENT, FieldType.BOOLEAN)


@given(st.sampled_from(NUMBERS), st.text(alphabet="0123456789,._ +-%EURyesno", min_size=1, max_size=9))
def test_the_schema_refuses_no_text_that_the_type_accepts_and_the_other_way_round(kind: FieldType, text: str) -> None:
    if text != text.strip() or (kind is FieldType.BOOLEAN and text not in (text.lower(), text.upper(), text.title())):
        return
    field = Field("x", kind, "X")
    schema = json_schema(RecordType("t", "T", "Ts", ("{id}.md",), (field,)))
    accepted = Draft202012Validator(schema).is_valid({"x": text})
    assert accepted is not isinstance(value_of(field, text), Impossible)
