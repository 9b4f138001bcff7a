"""The field language: what a definition says is what the record type has; and the built-in types keep their word."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.errors import ConfigError
from minutebook.model.record_type import ROLES, Field, FieldType, Lifecycle, RecordType
from minutebook.records.definition import read_definition, suggest
from minutebook.records.language import read_record_type
from minutebook.records.types import ORDER, built_in_types


def compile_type(definition: str, name: str = "plan") -> RecordType:
    """A record type from its definition. ConfigError: what is wrong with it."""
    whole = read_definition("plan.yml", definition.encode())
    found = read_record_type(name, whole, built_in_types())
    whole.problems.raise_any()
    assert found is not None
    return found


def test_the_example_of_the_design_compiles_to_what_it_says() -> None:
    plan = compile_type(
        """
title: Proposal
plural: Proposals
paths: ["EIPS/eip-{id}.md", "proposals/{group}/{id}/proposal.yaml"]
text: README.md
fields:
  title:    {type: text, role: title, required: true}
  author:   {type: persons, role: owner, separator: ","}
  status:
    type: status
    role: status
    lifecycle:
      Draft: [Review, Withdrawn]
      Review: [Final, Draft, Withdrawn]
      Final: {final: true, frozen: true}
      Withdrawn: {to: Draft, final: true}
  health_reason: {type: prose}
  requires: {type: references, to: plan, separator: ","}
  milestones:
    type: items
    role: milestones
    fields:
      id:  {type: id}
      due: {type: date, role: due}
"""
    )
    assert plan == RecordType(
        name="plan",
        title="Proposal",
        plural="Proposals",
        paths=("EIPS/eip-{id}.md", "proposals/{group}/{id}/proposal.yaml"),
        text="README.md",
        fields=(
            Field("title", FieldType.TEXT, "Title", role="title", required=True),
            Field("author", FieldType.PERSONS, "Author", role="owner", separator=","),
            Field(
                "status",
                FieldType.STATUS,
                "Status",
                role="status",
                values=("Draft", "Review", "Final", "Withdrawn"),
                lifecycle=Lifecycle(
                    {
                        "Draft": ("Review", "Withdrawn"),
                        "Review": ("Final", "Draft", "Withdrawn"),
                        "Final": (),
                        "Withdrawn": ("Draft",),
                    },
                    final=frozenset(["Final", "Withdrawn"]),
                    frozen=frozenset(["Final"]),
                ),
            ),
            Field("health_reason", FieldType.PROSE, "Health reason"),
            Field("requires", FieldType.REFERENCES, "Requires", to=("plan",), separator=","),
            Field(
                "milestones",
                FieldType.ITEMS,
                "Milestones",
                role="milestones",
                fields=(Field("id", FieldType.ID, "Id"), Field("due", FieldType.DATE, "Due", role="due")),
            ),
            Field("group", FieldType.TEXT, "Group", description="Comes from the record's path."),
        ),
    )


def test_a_health_has_three_colours_unless_it_says_others() -> None:
    plan = compile_type("paths: ['{id}.md']\nfields: {a: {type: health}, b: {type: health, values: [calm, alarm]}}\n")
    assert [field.values for field in plan.fields] == [("green", "amber", "red"), ("calm", "alarm")]


def test_a_blank_can_separate_the_entries_of_a_list() -> None:
    plan = compile_type("paths: ['{id}.md']\nfields: {a: {type: list, separator: ' '}}\n")
    assert plan.fields[0].separator == " "


def test_what_one_item_is_called_is_said_and_never_guessed() -> None:
    items = "type: items, fields: {x: {type: text}}"
    fields = f"{{studies: {{singular: Study, {items}}}, boxes: {{{items}}}}}"
    plan = compile_type(f"paths: ['{{id}}.md']\nfields: {fields}\n")
    assert [field.singular for field in plan.fields] == ["Study", None]


def test_items_that_are_called_otherwise_lose_the_singular_of_what_they_refine() -> None:
    def singular_with(settings: str) -> str | None:
        plan = compile_type(f"extends: project\nfields: {{milestones: {{{settings}}}}}\n")
        return next(field.singular for field in plan.fields if field.name == "milestones")

    assert singular_with("required: true") == "Milestone"
    assert singular_with("title: Etappen") is None
    assert singular_with("title: Etappen, singular: Etappe") == "Etappe"


@pytest.mark.parametrize("name", ORDER)
def test_every_list_of_items_of_a_built_in_type_says_what_one_is_called(name: str) -> None:
    lists = [field for field in all_fields(built_in_types()[name].fields) if field.type is FieldType.ITEMS]
    assert [field.name for field in lists if field.singular is None] == []


def test_what_is_not_published_says_so() -> None:
    plan = compile_type("paths: [a.yml]\npublish: false\nfields: {a: {type: text, publish: false}, b: {type: text}}\n")
    assert not plan.publish
    assert [field.publish for field in plan.fields] == [False, True]


@pytest.mark.parametrize(
    "suffix", ["[]", "x", "{}", "{type: [a]}", "{type: text, role: nonsense}", "{type: text, title: ''}"]
)
def test_a_field_of_the_wrong_form_is_refused_with_its_line(suffix: str) -> None:
    with pytest.raises(ConfigError, match=r"^plan\.yml:4:\d+: "):
        compile_type(f"paths: ['{{id}}.md']\nfields:\n  ok: {{type: text}}\n  a: {suffix}\n")


def test_a_suggestion_comes_before_all_that_is_allowed() -> None:
    assert suggest("amver", ["green", "amber"]) == "did you mean `amber`? allowed: green, amber"
    assert suggest("zzz", ["green", "amber"]) == "allowed: green, amber"
    assert suggest("zzz", []) == "nothing is allowed here"


FIELD_NAMES = st.text(alphabet="abcé_-1 ", min_size=1, max_size=6).filter(
    lambda name: name == name.strip() and name[0] != "-" and name != "text"
)


@st.composite
def definitions(draw: st.DrawFn, depth: int = 0) -> dict[str, Any]:
    """The fields of a definition by name."""
    found: dict[str, Any] = {}
    for name in draw(st.lists(FIELD_NAMES, min_size=1, max_size=3, unique=True)):
        kinds = [kind for kind in FieldType if kind is not FieldType.ID and (depth < 2 or kind is not FieldType.ITEMS)]
        kind = draw(st.sampled_from(kinds if depth < 2 else kinds[:5]))
        field: dict[str, Any] = {"type": kind.value}
        if draw(st.booleans()):
            field["role"] = draw(st.sampled_from(sorted(ROLES)))
        if draw(st.booleans()):
            field["required"] = draw(st.sampled_from(["true", "false"]))
        if kind in (FieldType.ITEMS, FieldType.OBJECT):
            field["fields"] = draw(definitions(depth + 1))
        found[name] = field
    return found


def as_yaml(definition: dict[str, Any], indent: int = 1) -> Iterator[str]:
    for key, value in definition.items():
        quoted = f"{'  ' * indent}'{key}':"
        if isinstance(value, dict):
            yield quoted
            yield from as_yaml(value, indent + 1)
        else:
            yield f"{quoted} {value}"


def agrees(field: Field, definition: dict[str, Any]) -> bool:
    return (
        field.type.value == definition["type"]
        and field.role == definition.get("role")
        and field.required == (definition.get("required") == "true")
        and [part.name for part in field.fields] == list(definition.get("fields", {}))
        and all(agrees(part, definition["fields"][part.name]) for part in field.fields)
    )


@given(definitions())
def test_every_definition_compiles_to_what_it_says(fields: dict[str, Any]) -> None:
    plan = compile_type("paths: ['{id}.md']\nfields:\n" + "\n".join(as_yaml(fields)) + "\n")
    assert [field.name for field in plan.fields] == list(fields)
    assert all(agrees(field, fields[field.name]) for field in plan.fields)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=10))
def test_an_unknown_field_type_is_refused_with_what_comes_near(word: str) -> None:
    known = [kind.value for kind in FieldType]
    definition = f"paths: ['{{id}}.md']\nfields: {{a: {{type: {word}}}}}\n"
    if word in known:
        return
    with pytest.raises(ConfigError) as caught:
        compile_type(definition)
    near = difflib.get_close_matches(word, known, n=1)
    assert f"`type` is `{word}`" in str(caught.value)
    assert all(f"did you mean `{one}`?" in str(caught.value) for one in near)


@given(st.text(alphabet="ab:-[]{}, \n'|typefields", max_size=60))
def test_any_definition_gives_a_type_or_a_configuration_error(text: str) -> None:
    try:
        compile_type(text)
    except ConfigError as error:
        message = str(error)
    else:
        return
    assert all(line.startswith("plan.yml:") for line in message.split("\n"))


def all_fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from all_fields(field.fields)


def test_every_built_in_type_compiles_in_its_order() -> None:
    assert tuple(built_in_types()) == ORDER


@pytest.mark.parametrize("name", ORDER)
def test_every_field_of_a_built_in_type_is_described_in_one_sentence(name: str) -> None:
    record_type = built_in_types()[name]
    assert record_type.description
    for field in all_fields(record_type.fields):
        assert field.description, field.name
        assert field.description.endswith("."), field.name
        assert field.description[0].isupper(), field.name


@pytest.mark.parametrize("name", ORDER)
def test_references_of_built_in_types_lead_to_built_in_types(name: str) -> None:
    for field in all_fields(built_in_types()[name].fields):
        assert set(field.to) <= set(ORDER), field.name


REQUIRED = {
    "project": ["title", "objective", "sponsor", "manager", "group", "stage", "health", "due"],
    "innovation": ["title", "problem", "lead", "group", "stage"],
    "decision": ["title", "status", "category", "body", "date", "owner", "affects"],
}


@pytest.mark.parametrize("name", REQUIRED)
def test_no_more_is_required_than_was_promised(name: str) -> None:
    assert [field.name for field in built_in_types()[name].fields if field.required] == REQUIRED[name]


VOCABULARIES = [
    ("project", "stage", "initiating planning executing closing closed cancelled"),
    ("innovation", "stage", "discovery scoping business_case pilot handover adoption legacy stopped"),
    ("project", "health", "green amber red"),
    ("decision", "status", "proposed postponed accepted rejected superseded"),
    ("decision", "outcome", "go hold recycle kill"),
    ("decision", "category", "gate scope budget schedule resource risk priority procurement other"),
    ("lesson", "kind", "success improvement"),
]


@pytest.mark.parametrize(("name", "field", "words"), VOCABULARIES)
def test_a_built_in_vocabulary_is_that_of_the_field(name: str, field: str, words: str) -> None:
    found = built_in_types()[name].field(field)
    assert found is not None
    assert list(found.values) == words.split()


def test_every_record_that_is_published_has_a_title_and_every_role_is_known() -> None:
    for record_type in built_in_types().values():
        assert record_type.with_role("title") is not None
        for field in all_fields(record_type.fields):
            assert field.role is None or field.role in ROLES


def test_addresses_of_people_are_never_published() -> None:
    person = built_in_types()["person"]
    assert not person.publish
    emails = person.with_role("emails")
    assert emails is not None
    assert not emails.publish


def test_embedded_items_have_ids_so_that_order_is_no_part_of_them() -> None:
    for record_type in built_in_types().values():
        for field in all_fields(record_type.fields):
            if field.type is FieldType.ITEMS:
                assert [part.name for part in field.fields if part.type is FieldType.ID] == ["id"], field.name
