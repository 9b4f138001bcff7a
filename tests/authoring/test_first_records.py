"""First records of any record type: valid, explained, and at a path that their type knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from minutebook.authoring.first_records import FirstRecord, make_first_records, required_types
from minutebook.authoring.sample_values import Facts, sample_value
from minutebook.errors import MinutebookError
from minutebook.model.commit import Person
from minutebook.model.record import RecordKey, RecordVersion
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Impossible
from minutebook.records.configuration import read_configuration
from minutebook.records.document import parse_file
from minutebook.records.meaning import value_of
from minutebook.records.paths import PathMatcher
from minutebook.records.schema import json_schema
from minutebook.records.types import built_in_types
from minutebook.records.values import versions_of

FACTS = Facts(Person("Ana Li", "ana@example.org"), dt.date(2026, 3, 1))
OWN = """\
format: 1
title: Ours
record_types:
  proposal:
    title: EIP
    paths: ["proposals/{group}/{year}/{id}.yaml"]
    fields:
      no: {type: id, required: true}
      title: {type: text, role: title, required: true}
      author: {type: persons, required: true, separator: ","}
      group: {type: enum, values: [core, "the rest"], required: true}
      stage:
        type: status
        required: true
        description: "Where it\\nstands # and more: {not} [YAML]"
        lifecycle: {Over: {final: true}, Draft: [Over]}
      before: {type: references, to: proposal, required: true}
      steps: {type: items, required: true, fields: {id: {type: id}, due: {type: date, role: due}, by: {type: person}}}
      cost: {type: object, required: true, fields: {fee: {type: money, required: true}, paid: {type: boolean}}}
      link: {type: url, required: true}
      odds: {type: percent, required: true}
  tag:
    paths: ["tags.yml"]
    fields: {colour: {type: text, required: true}}
"""


def records_of(types: Mapping[str, RecordType], *wanted: str, facts: Facts = FACTS) -> dict[str, FirstRecord]:
    return {record.key.type: record for record in make_first_records(types, wanted, {}, facts)}


def version_of(types: Mapping[str, RecordType], record: FirstRecord) -> RecordVersion:
    match = PathMatcher(types.values()).match(record.path)
    assert match is not None
    versions = versions_of(match, record.path, "", parse_file(match.kind, record.content.encode()))
    assert isinstance(versions, tuple)
    (version,) = versions
    assert version.key == record.key
    return version


@pytest.fixture
def own(tmp_path: Path) -> Mapping[str, RecordType]:
    (tmp_path / "portfolio.yml").write_text(OWN)
    return read_configuration(tmp_path / "portfolio.yml").types


@pytest.mark.parametrize("name", list(built_in_types()))
def test_the_first_record_of_every_built_in_type_satisfies_its_schema(name: str) -> None:
    types = built_in_types()
    for record in records_of(types, name).values():
        version = version_of(types, record)
        assert version.undeclared == ()
        written = record.content.split("---\n")[1] if record.path.endswith(".md") else record.content
        tree = yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text
        assert list(Draft202012Validator(json_schema(types[record.key.type])).iter_errors(tree)) == []


def test_what_a_type_requires_comes_with_it_and_the_people_last() -> None:
    for name, kind in built_in_types().items():
        chosen = required_types(built_in_types(), [name])
        assert chosen[0] == name
        for field in kind.fields:
            if field.required and field.to:
                assert set(field.to) & set(chosen), field.name
    assert list(required_types(built_in_types(), ["decision"])) == ["decision", "body", "person"]


def test_every_reference_of_a_first_record_leads_to_another_first_record() -> None:
    types = built_in_types()
    records = records_of(types, *types)
    ids = {record.key.id for record in records.values()} | {str(record.key) for record in records.values()}
    for record in records.values():
        version = version_of(types, record)
        for field in types[record.key.type].fields:
            if field.required and field.type in (FieldType.REFERENCE, FieldType.REFERENCES, FieldType.PERSON):
                value = version.fields[field.name]
                assert set(value if isinstance(value, tuple) else (value,)) <= ids, f"{record.key}: {field.name}"


@pytest.mark.parametrize("kind", list(FieldType))
def test_there_is_a_possible_value_for_a_field_of_every_type(kind: FieldType) -> None:
    inner = (Field("id", FieldType.ID, "Id"), Field("due", FieldType.DATE, "Due"))
    field = Field("it", kind, "It", values=("one", "two"), fields=inner)
    value = value_of(field, sample_value(field, RecordKey("thing", "t-1"), FACTS))
    assert value is not None
    assert not isinstance(value, Impossible)


def test_types_of_ones_own_get_records_that_can_be_read_whole(own: Mapping[str, RecordType]) -> None:
    records = records_of(own, "proposal", "tag")

    proposal = version_of(own, records["proposal"])
    assert records["proposal"].path == "proposals/first/first/first-proposal.yaml", "a path has words only"
    assert proposal.fields["title"] == "First EIP"
    assert proposal.fields["group"] == "the rest", "what the path cannot say stands in the file"
    assert proposal.fields["stage"] == "Draft", "a record does not begin at its end"
    assert proposal.fields["author"] == ("Ana Li",), "without a roster, people are called by name"
    assert proposal.fields["before"] == ("first-proposal",)
    assert proposal.fields["steps"] == {"first": {"id": "first", "due": dt.date(2026, 8, 28)}}
    assert not [name for name, value in proposal.fields.items() if isinstance(value, Impossible)]
    assert "# Where it stands # and more: {not} [YAML] One of: Over, Draft.\nstage: Draft\n" in (
        records["proposal"].content
    )
    assert version_of(own, records["tag"]).fields["colour"] == "To be written"


def test_a_first_record_tells_its_vocabulary_and_what_else_can_stand_in_it() -> None:
    content = records_of(built_in_types(), "project")["project"].content
    assert "# Whether it will keep its promises. One of: green, amber, red.\nhealth: green\n" in content
    assert "# What each means: minutebook schema project\n---\n" in content
    assert "health_reason" in content


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Ana Ruiz Pérez", "ana-ruiz-perez"), ("北京", "first-person"), ("x" * 200, "x" * 60), ("A/../B: [c]", "a-b-c")],
)
def test_a_person_is_called_by_an_id_that_can_stand_in_an_address(name: str, expected: str) -> None:
    types = built_in_types()
    facts = Facts(Person(name, "a@example.org"), FACTS.today)
    person = records_of(types, "person", facts=facts)["person"]
    assert person.key.id == expected
    version = version_of(types, person)
    assert version.fields["name"] == name
    assert version.fields["emails"] == ("a@example.org",)


def test_somebody_whom_git_does_not_know_has_a_name_to_replace_and_no_address() -> None:
    types = built_in_types()
    person = records_of(types, "person", facts=Facts(None, FACTS.today))["person"]
    assert version_of(types, person).fields == {"id": "your-name", "name": "Your Name"}


def test_a_record_that_stands_there_is_referred_to_and_not_made_again() -> None:
    types = built_in_types()
    existing = {"group": RecordKey("group", "transport")}
    records = {one.key.type: one for one in make_first_records(types, ["project"], existing, FACTS)}
    assert "group" not in records
    assert version_of(types, records["project"]).fields["group"] == "transport"


def test_a_type_whose_paths_belong_to_another_is_told(tmp_path: Path) -> None:
    configuration = (
        "format: 1\ntitle: Ours\nrecord_types:\n"
        "  a: {paths: ['x/{id}.md'], fields: {n: {type: text}}}\n"
        "  b: {paths: ['x/y-{id}.md'], fields: {n: {type: text}}}\n"
    )
    (tmp_path / "portfolio.yml").write_text(configuration)
    types = read_configuration(tmp_path / "portfolio.yml").types
    with pytest.raises(MinutebookError, match=r"No path of the record type `b`"):
        list(make_first_records(types, ["b"], {}, FACTS))
