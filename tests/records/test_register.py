"""A register read by pieces is the register read whole, and an edit costs what it changed."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutebook.model.record import Position
from minutebook.records.document import Parsed, ParseFailure, parse_file
from minutebook.records.paths import FileKind
from minutebook.records.register import RegisterReader, read_whole
from minutebook.records.yaml_reader import YamlProblem


def outcome(read: object, content: str) -> object:
    """Ids, trees and lines of a register, or why it gives none."""
    try:
        entries = read(content)  # type: ignore[operator]  # either of two functions of one signature
    except YamlProblem as problem:
        return problem.reason, problem.position
    return [(entry.id, entry.tree, entry.number if entry.id is None else 0, line) for entry, line in entries]


def pieces_of(content: str) -> object:
    found = outcome(RegisterReader().read, content)
    # In pieces, an entry does not know its number in the list; its place among the entries says it.
    if isinstance(found, list):
        return [(name, tree, number if name is None else 0, line) for number, (name, tree, _, line) in enumerate(found)]
    return found


ADVERSARIAL = [
    "",
    "\n# nothing\n",
    "- id: a\n- id: b\n",
    "-\n  id: a\n-\n  id: b\n",
    "# head\n\n- id: a\n\n# between\n- id: b\n# tail\n",
    "- id: a\n  text: |\n    one\n\n    two\n- id: b\n",
    "- id: a\n  text: |+\n    one\n\n\n- id: b\n",
    "- id: a\n  text: 'one\n\n    - two'\n- id: b\n",
    "- id: 'a\n- b'\n- id: c\n",
    '- id: "a\nb: c"\n',
    "a:\n  x: 1\nb:\n  x: 2\n",
    "a:\n- x: 1\nb:\n- x: 2\n",
    "a: {x: [\n1,\n2]}\nb: {x: 1}\n",
    "a: {x: 1}\na: {x: 2}\n",
    "a:\nb:\n",
    "'a': {x: 1}\n\"b\": {x: 1}\n",
    "? a\n: {x: 1}\n",
    "  a: {x: 1}\n  b: {x: 2}\n",
    " - id: a\n - id: b\n",
    "[{id: a},\n{id: b}]\n",
    "{a: {x: 1},\nb: {x: 2}}\n",
    "---\n- id: a\n",
    "- id: a\n...\n",
    "- id: a\n---\n- id: b\n",
    "- a\n- b\n",
    "a: 1\nb: 2\n",
    "- id: a\nb: {x: 1}\n",
    "b: {x: 1}\n- id: a\n",
    "text\n",
    "text\nmore\n",
    "- id: a\n\tx: 1\n",
    "- {id: a}\n- {id: b}\n",
    "- - id: a\n",
    "- id: &x a\n- id: *x\n",
    "- |\n text\n- id: a\n",
    "a: |\n# not a comment?\n  x\nb: {x: 1}\n",
    "a b:\n  x: 1\nc d:\n  x: 2\n",
    "a:b:\n  x: 1\n",
    "- id: a # why\n- id: b#c\n",
    "-- id: a\n",
    "-id: {x: 1}\n- id: b\n",
    "a: {x: 1}\n%b: {x: 2}\n",
    "- id: a\n  x:\n  - 1\n  - 2\n- id: b\n",
    "a:\n  x: >\n    one\n\n  y: 2\n\n\nb: {}\n",
    "- id: a\n \n- id: b\n   \n",
    "- id: a\n-\n- id: b\n",
    "- https://example.org\n- id: b\n",
    "- id: [a:b]\n- id: [x:y]\n",
    "<<: {x: 1}\nb: {x: 1}\n",
    "# \x01\n- id: a\n",
    " \x0c\n- id: a\n",
    " \xa0\n- id: a\n",
    "# nothing but \x01\n",
    *(
        shape.replace("^", sign)
        for sign in ("\x85", "\u2028", "\u2029", "\ufeff")
        for shape in (
            "a:\n  x: 1\nb:\n^c:\n  x: 2\n",
            "^a:\n  x: 1\nb: {}\n",
            "# c^z: {x: 1}\na:\n  x: 1\n",
            "^# c\na: {}\n",
            "- id: a\n- id: b\n^- id: c\n",
            "- id: a\n-^\n  id: b\n",
            "- id: a\n-^# c\n  id: b\n",
            "- id: a\n-^-^-\n- id: b\n",
            "- id: a\n-^-- id: b\n",
            "a:\n  t: |+\n    x\n^\n^^\nb: {}\n",
            "a: {}\n  ^# c\nb^: {}\n",
            "a:\n  t: x^# c\nb:^\n  y: 1\n",
            "a: {}\n^%YAML 1.1\nb: {}\n",
        )
    ),
]


@pytest.mark.parametrize("content", ADVERSARIAL)
def test_reading_in_pieces_is_reading_whole_for_every_odd_register(content: str) -> None:
    assert pieces_of(content) == outcome(read_whole, content)


LINES = st.sampled_from(
    [
        "- id: a",
        "- id: b",
        "-",
        "a:",
        "b: {x: 1}",
        "  x: 1",
        "    y: 2",
        "  - z",
        "  t: |",
        "    text",
        "",
        "# c",
        " # d",
        "  q: 'open",
        "close'",
        "---",
        "...",
        "[",
        "]",
        "'k': {}",
        "- {x: 1}",
        "  u: [1,",
        "2]",
        "x",
        "\tx: 1",
        '  w: "a',
        'b"',
        "\u2028b: {x: 1}",
        "\x85",
        "-\u2029",
        "\ufeff- id: c",
        "# c\u2028z: {x: 1}",
        "  v: \u2028w\x85",
    ]
)


@given(st.lists(LINES, max_size=9).map("\n".join), st.booleans())
@example("a: |\n  x\n\n# c\n  y", True)
@example("- id: a\n  t: |\n# c\n    text", False)
def test_reading_in_pieces_is_reading_whole(content: str, newline: bool) -> None:
    content += "\n" if newline else ""
    assert pieces_of(content) == outcome(read_whole, content)


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.text("xyz:#-'|> é\n\x85\u2028\u2029\ufeff", max_size=12)), max_size=5
    )
)
def test_a_register_edited_many_times_gives_each_time_what_a_fresh_reader_gives(edits: list[tuple[str, str]]) -> None:
    reader = RegisterReader()
    state = dict.fromkeys("abcdef", "x")
    for name, text in edits:
        state[name] = text
        content = "".join(f"- id: {key}\n  text: {value}\n" for key, value in state.items())
        assert outcome(reader.read, content) == outcome(RegisterReader().read, content)


FAILURES = [
    ("- id: a\n- just a text\n", "entry 2 of the register is not a mapping of fields", Position(2, 3)),
    ("a: {x: 1}\npeople:\n  - id: b\n", "`people` is not a mapping of fields: a register is", Position(3, 3)),
    ("just a text\n", "a register is a list of records, or a mapping of records by id", Position(1, 1)),
    ("a: {x: 1}\n\nb: {x: 1}\na: {x: 2}\n", "the key `a` stands twice", Position(4, 1)),
    ("- id: a\n- id: b\n  id: c\n", "the key `id` stands twice", Position(3, 3)),
    ("- id: a\n- id: *b\n", "`*b` is a YAML alias", Position(2, 7)),
]


@pytest.mark.parametrize(("content", "reason", "position"), FAILURES)
def test_what_is_wrong_with_a_register_is_told_with_its_line(content: str, reason: str, position: Position) -> None:
    result = parse_file(FileKind.REGISTER, content.encode())
    assert isinstance(result, ParseFailure)
    assert reason in result.reason
    assert result.position == position


@pytest.mark.parametrize(
    "content", ["- id: a\n\n# why\n- id: b\n", "a:\n\n# why\nb: {x: 1}\n", "---\n- id: a\n- \n  id: b\n"]
)
def test_each_record_knows_the_line_it_begins_on(content: str) -> None:
    result = parse_file(FileKind.REGISTER, content.encode())
    assert isinstance(result, Parsed)
    expected = [2, 4] if content.startswith("---") else [1, 4]
    assert [record.line for record in result.records] == expected


def test_equal_entries_have_equal_fingerprints_and_others_have_not() -> None:
    result = parse_file(FileKind.REGISTER, b"- id: a\n- id: b\n- id: c\n")
    again = parse_file(FileKind.REGISTER, b"- id: b\n- id: a\n- id: d\n")
    assert isinstance(result, Parsed)
    assert isinstance(again, Parsed)
    prints = [record.fingerprint for record in (*result.records, *again.records)]
    assert len(set(prints)) == 4
    assert prints[0] == prints[4]
    assert prints[1] == prints[3]


def register(changed: int) -> bytes:
    """A register of 100 kB, of whose 400 records one says how often it was changed."""
    rows = [f"- id: risk-{number}\n  title: {'What may happen ' * 12}\n  owner: ann\n" for number in range(400)]
    rows[changed % 400] = f"- id: risk-{changed % 400}\n  title: Edited {changed} times\n  owner: bob\n"
    return "".join(rows).encode()


def test_an_edit_of_a_large_register_costs_what_it_changed() -> None:
    versions = [register(number) for number in range(60)]
    started = time.process_time()
    read_whole(versions[0].decode())
    whole = time.process_time() - started
    parse_file(FileKind.REGISTER, versions[0])
    started = time.process_time()
    for version in versions[1:]:
        assert isinstance(parse_file(FileKind.REGISTER, version), Parsed)
    each = (time.process_time() - started) / (len(versions) - 1)
    assert each < whole / 4
