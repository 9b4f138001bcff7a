"""From a parsed file to the versions of its records: identity, placeholders, what is shared and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from minutebook.model.record import Position, RecordKey, RecordVersion, Unreadable
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Text
from minutebook.records.document import parse_file
from minutebook.records.paths import PathMatcher
from minutebook.records.values import VersionReader, fields_of, versions_of

FIELDS = (
    Field("number", FieldType.ID, "Number"),
    Field("title", FieldType.TEXT, "Title"),
    Field("due", FieldType.DATE, "Due"),
    Field("group", FieldType.REFERENCE, "Group"),
)
WITH_ID = RecordType("thing", "Thing", "Things", ("t/{id}.md", "t/{group}/{id}.yml", "r/{group}.yml", "one.md"), FIELDS)
WITHOUT_ID = RecordType("note", "Note", "Notes", ("n/{id}.md", "n/all.yml"), FIELDS[1:])


def read(path: str, data: bytes, record_type: RecordType = WITH_ID) -> tuple[RecordVersion, ...] | Unreadable:
    match = PathMatcher([record_type]).match(path)
    assert match is not None
    return versions_of(match, path, "blob", parse_file(match.kind, data))


def single(path: str, data: bytes, record_type: RecordType = WITH_ID) -> RecordVersion:
    found = read(path, data, record_type)
    assert isinstance(found, tuple), found
    (version,) = found
    return version


def test_a_version_has_typed_fields_a_text_and_what_nobody_declared() -> None:
    version = single("t/7.md", b"---\ntitle: x\ndue: 2026-03-01\ncolour: [red]\nempty:\n---\none\n")
    assert version.fields == {"number": "7", "title": "x", "due": dt.date(2026, 3, 1), "colour": ("red",)}
    assert version.undeclared == ("colour",)
    assert version.text is not None
    assert (version.text.blob, version.text.lines) == ("blob", 1)
    assert version.path == "t/7.md"


IDENTITIES = [
    ("t/7.md", b"---\nnumber: 8\n---\n", WITH_ID, ["8"]),
    ("t/7.md", b"---\nnumber:\n---\n", WITH_ID, ["7"]),
    ("t/7.md", b"---\nnumber: [8]\n---\n", WITH_ID, ["7"]),
    ("t/core/7.yml", b"title: x\n", WITH_ID, ["7"]),
    ("r/core.yml", b"a: {title: x}\nb: {number: c}\n", WITH_ID, ["a", "c"]),
    ("r/core.yml", b"- number: a\n- number: b\n", WITH_ID, ["a", "b"]),
    ("n/7.md", b"---\nid: 8\n---\n", WITHOUT_ID, ["7"]),
    ("n/all.yml", b"a: {id: z}\n", WITHOUT_ID, ["a"]),
]


@pytest.mark.parametrize(("path", "data", "record_type", "ids"), IDENTITIES)
def test_a_record_is_who_it_says_else_its_key_else_its_path(
    path: str, data: bytes, record_type: RecordType, ids: list[str]
) -> None:
    versions = read(path, data, record_type)
    assert isinstance(versions, tuple)
    assert [version.key for version in versions] == [RecordKey(record_type.name, name) for name in ids]


REFUSED = [
    ("one.md", b"---\ntitle: x\n---\n", WITH_ID, "never told which record it is. Write `number: ...`", Position(2, 1)),
    ("r/a.yml", b"- number: a\n- title: x\n", WITH_ID, "never told which record it is", Position(2, 1)),
    ("n/all.yml", b"- title: x\n", WITHOUT_ID, "never told which record it is. Give its path an {id}", Position(1, 1)),
    ("r/a.yml", b"- number: a\n\n- number: A\n", WITH_ID, "the id `A` stands twice: first on line 1", Position(3, 1)),
    ("r/a.yml", b"a: {}\nb: {number: a}\n", WITH_ID, "the id `a` stands twice: first on line 1", Position(2, 1)),
    ("t/7.md", b"no\n", WITH_ID, "no front matter: the first line must be ---", Position(1, 1)),
]


@pytest.mark.parametrize(("path", "data", "record_type", "reason", "position"), REFUSED)
def test_a_file_that_tells_no_identity_or_one_twice_is_unreadable_with_its_line(
    path: str, data: bytes, record_type: RecordType, reason: str, position: Position
) -> None:
    found = read(path, data, record_type)
    assert isinstance(found, Unreadable)
    assert reason in f"{found.reason}. {found.hint}"
    assert (found.path, found.blob, found.position) == (path, "blob", position)


def test_a_placeholder_is_a_field_unless_the_record_states_it() -> None:
    assert single("t/core/7.yml", b"title: x\n").fields == {"number": "7", "title": "x", "group": "core"}
    assert single("t/core/7.yml", b"group: other\n").fields == {"number": "7", "group": "other"}
    assert fields_of(WITH_ID, {"title": "x"}, {"group": "core", "nowhere": "y"}) == (
        {"title": "x", "group": "core"},
        (),
    )


def test_an_empty_register_holds_no_record() -> None:
    assert read("r/a.yml", b"# nobody yet\n") == ()


def test_equal_front_matter_gives_the_very_same_fields() -> None:
    one = single("t/7.md", b"---\ntitle: x\n---\none\n")
    two = single("t/7.md", b"---\ntitle: x\n---\ntwo\n")
    assert one.fields is two.fields
    assert one.text != two.text
    assert single("t/8.md", b"---\ntitle: x\n---\none\n").fields["number"] == "8"


def test_equal_entries_of_a_register_give_the_very_same_fields() -> None:
    first = read("r/a.yml", b"- number: a\n- number: b\n")
    second = read("r/a.yml", b"- number: a\n- number: b\n  title: x\n")
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert first[0].fields is second[0].fields


def test_another_configuration_gives_other_values_for_the_same_bytes() -> None:
    reader = VersionReader()
    changed = RecordType("thing", "Thing", "Things", WITH_ID.paths, (Field("due", FieldType.TEXT, "Due"),))
    for record_type, expected in [
        (WITH_ID, dt.date(2026, 3, 1)),
        (changed, "2026-03-01"),
        (WITH_ID, dt.date(2026, 3, 1)),
    ]:
        match = PathMatcher([record_type]).match("t/7.md")
        assert match is not None
        versions = reader.versions(match, "t/7.md", "blob", parse_file(match.kind, b"---\ndue: 2026-03-01\n---\n"))
        assert isinstance(versions, tuple)
        assert versions[0].fields["due"] == expected


def test_the_text_beside_a_yaml_record_becomes_its_text() -> None:
    match = PathMatcher([WITH_ID]).match("t/core/7.yml")
    assert match is not None
    text = Text("other", "digest", 3)
    versions = versions_of(match, "t/core/7.yml", "blob", parse_file(match.kind, b"title: x\n"), text)
    assert isinstance(versions, tuple)
    assert versions[0].text is text
    assert single("t/core/7.yml", b"title: x\n").text is None
