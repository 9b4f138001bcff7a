"""Bytes give the same record whatever their newlines and marks, and every failure has its place."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.model.record import FILE_LIMIT, Position
from minutebook.records.document import (
    Parsed,
    ParsedRecord,
    ParseFailure,
    Reader,
    decode,
    from_json,
    measure_text,
    normalise_text,
    parse_file,
    positions_of,
    split_front_matter,
    text_beside,
    text_of,
    to_json,
)
from minutebook.records.paths import FileKind

DOCUMENT = b"---\ntitle: One\ntags: [a, b]\n---\n\n# One\n\ntwo\n"


def single(data: bytes, kind: FileKind = FileKind.DOCUMENT) -> ParsedRecord:
    result = parse_file(kind, data)
    assert isinstance(result, Parsed), result
    (record,) = result.records
    return record


def failure(data: bytes, kind: FileKind = FileKind.DOCUMENT) -> ParseFailure:
    result = parse_file(kind, data)
    assert isinstance(result, ParseFailure), result
    return result


def test_a_document_gives_its_fields_and_the_measure_of_its_text() -> None:
    record = single(DOCUMENT)
    assert record.tree == {"title": "One", "tags": ("a", "b")}
    assert record.digest == hashlib.sha256(b"# One\n\ntwo\n").hexdigest()
    assert record.lines == 3
    assert record.id is None
    assert record.line == 2


SAME = {
    "byte order mark": b"\xef\xbb\xbf" + DOCUMENT,
    "carriage returns and line feeds": DOCUMENT.replace(b"\n", b"\r\n"),
    "carriage returns": DOCUMENT.replace(b"\n", b"\r"),
    "no newline at the end": DOCUMENT.rstrip(b"\n"),
    "empty lines at the end": DOCUMENT + b"\n\n",
    "dots": DOCUMENT.replace(b"]\n---\n", b"]\n...\n"),
    "blanks after the dashes": DOCUMENT.replace(b"---\n", b"--- \n"),
}


@pytest.mark.parametrize("name", SAME)
def test_bytes_that_differ_in_form_give_the_same_record(name: str) -> None:
    assert single(SAME[name]) == single(DOCUMENT)
    assert text_of(FileKind.DOCUMENT, SAME[name]) == "# One\n\ntwo\n"


FAILURES = {
    "no front matter": (b"# One\n", "no front matter: the first line must be ---", Position(1, 1)),
    "front matter on line 2": (b"\n---\na: 1\n---\n", "no front matter: the first line must be ---", Position(1, 1)),
    "empty": (b"", "no front matter: the first line must be ---", Position(1, 1)),
    "four dashes": (b"----\na: 1\n---\n", "no front matter: the first line must be ---", Position(1, 1)),
    "not closed": (b"---\na: 1\n", "the front matter that begins on line 1 is not closed", Position(1, 1)),
    "a list": (b"---\n- a\n---\n", "a record is a mapping of fields", Position(2, 1)),
    "a key twice": (
        b"---\nstatus: Draft\ntitle: x\nstatus: Final\n---\n",
        "the key `status` stands twice",
        Position(4, 1),
    ),
    "a tab": (b"---\ntitle: x\n\tstatus: y\n---\n", "a tab stands where YAML wants spaces", Position(3, 1)),
    "Latin-1": (b"---\ntitle: caf\xe9\n---\n", "not UTF-8: the byte at offset 14 is 0xe9", Position(2, 11)),
    "Latin-1 in the text": (
        b"---\r\na: \xc3\xa9\r\n---\r\n\xc3\xa9 \xe9\n",
        "not UTF-8: the byte at offset 20 is 0xe9",
        Position(4, 3),
    ),
    "NUL": (b"---\na: \0\n---\n", "not a text: the byte at offset 7 is NUL", None),
    "UTF-16": ("---\na: 1\n---\n".encode("utf-16"), "not a text", None),
    "large file": (b"---\na: 1\n---\n" + b"x" * FILE_LIMIT, "the file is larger than 4 MiB", None),
    "pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
        "not a record: Git LFS pointer",
        None,
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_file_that_is_no_record_says_why_and_where(name: str) -> None:
    data, reason, position = FAILURES[name]
    found = failure(data)
    assert reason in found.reason
    assert found.position == position


def test_an_empty_front_matter_is_a_record_without_fields() -> None:
    record = single(b"---\n---\ntext\n")
    assert record.tree == {}
    assert record.lines == 1


def test_dashes_inside_the_text_do_not_end_the_front_matter_again() -> None:
    assert text_of(FileKind.DOCUMENT, b"---\na: 1\n---\none\n---\ntwo\n") == "one\n---\ntwo\n"


def test_the_text_knows_the_line_it_begins_on() -> None:
    parts = split_front_matter("---\na: 1\nb: 2\n---\nfirst\n")
    assert not isinstance(parts, ParseFailure)
    assert parts.text == "first\n"
    assert parts.line == 5


def test_a_yaml_file_gives_a_record_without_a_text() -> None:
    record = single(b"\xef\xbb\xbftitle: One\r\n", FileKind.DATA)
    assert record.tree == {"title": "One"}
    assert record.digest is None
    assert record.lines is None
    assert text_of(FileKind.DATA, b"title: One\n") == ""


def test_a_text_beside_a_record_is_normalised_like_any_other() -> None:
    assert text_beside(b"\r\none\r\ntwo") == "one\ntwo\n"
    assert isinstance(text_beside(b"\xff"), ParseFailure)


def test_equal_front_matter_has_an_equal_fingerprint_and_the_same_tree() -> None:
    one, two = single(DOCUMENT), single(DOCUMENT + b"more\n")
    assert one.fingerprint == two.fingerprint
    assert one.tree is two.tree
    assert one.digest != two.digest
    assert single(DOCUMENT.replace(b"One", b"Two")).fingerprint != one.fingerprint


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (FileKind.DOCUMENT, DOCUMENT),
        (FileKind.DATA, b"a:\nb: [{c: [d]}, []]\n"),
        (FileKind.REGISTER, b"- id: a\n  x: [1, {y: z}]\n- id: b\n"),
        (FileKind.REGISTER, b"a: {x: 1}\nb:\n"),
        (FileKind.DOCUMENT, b"no\n"),
        (FileKind.DOCUMENT, b"a\0"),
    ],
)
def test_a_result_comes_back_from_json_as_it_was(kind: FileKind, data: bytes) -> None:
    result = parse_file(kind, data)
    assert from_json(json.loads(json.dumps(to_json(result)))) == result


@pytest.mark.parametrize(
    "data", [[["x"]], {"reason": "x"}, 3, [[None, [], "f", None, None, 1]], [[None, {"a": 1}, "f", None, None, 1]]]
)
def test_json_of_another_shape_is_refused_and_not_believed(data: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json(data)


def test_positions_are_those_of_the_file() -> None:
    (positions,) = positions_of(FileKind.DOCUMENT, b"---\ntitle: One\nlist:\n  - id: a\n---\ntext\n")
    assert positions.values["title",] == Position(2, 8)
    assert positions.keys["list",] == Position(3, 1)
    assert positions.values["list", 0, "id"] == Position(4, 9)
    (positions,) = positions_of(FileKind.DATA, b"title: One\n")
    assert positions.values["title",] == Position(1, 8)


@pytest.mark.parametrize(
    "data", [b"- id: a\n  due: x\n- id: b\n  due: y\n", b"a:\n  due: x\nb:\n\n  due: y\n"], ids=["list", "mapping"]
)
def test_each_record_of_a_register_has_its_own_positions(data: bytes) -> None:
    first, second = positions_of(FileKind.REGISTER, data)
    assert first.values["due",] == Position(2, 8)
    assert second.values["due",] == Position(4 if data.startswith(b"-") else 5, 8)
    assert second.find("due", "deeper") == second.values["due",]


@pytest.mark.parametrize("kind", list(FileKind))
@pytest.mark.parametrize("data", [b"a: [", b"\xff", b"---\nno end\n", b"x"])
def test_a_file_that_cannot_be_read_has_no_positions(kind: FileKind, data: bytes) -> None:
    assert positions_of(kind, data) == ()


@given(st.sampled_from(list(FileKind)), st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_any_bytes_give_a_result_that_does_not_depend_on_what_came_before(kind: FileKind, data: bytes) -> None:
    result = parse_file(kind, data)
    assert Reader().parse(kind, data) == result
    assert from_json(json.loads(json.dumps(to_json(result)))) == result
    if isinstance(result, Parsed):
        assert len(positions_of(kind, data)) == len(result.records)


@given(st.text(alphabet="ab\n\r\ufeff ", max_size=30))
def test_normalising_a_text_twice_changes_nothing_more(text: str) -> None:
    content = decode(text.encode())
    assert isinstance(content, str)
    once = normalise_text(content)
    assert normalise_text(once) == once
    assert once == "" or once.endswith("\n")
    assert measure_text(once)[1] == len(once.splitlines())
    assert "\r" not in once
