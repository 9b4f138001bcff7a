"""Edits of a register, taken one after the other, lead to what the register holds when it is read whole."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutebook.records.document import ParsedRecord, decode, record_of
from minutebook.records.live_register import Edit, LiveRegister
from minutebook.records.register import RegisterReader, read_whole


def held(records: list[ParsedRecord]) -> list[tuple[str | None, object]]:
    """What a register says of its records, in an order that does not depend on theirs."""
    return sorted(((record.id, record.tree) for record in records), key=repr)


def follow(versions: list[bytes]) -> list[Edit | None]:
    """The edits from version to version, each held against a fresh reading of the whole."""
    register = LiveRegister(RegisterReader())
    edits: list[Edit | None] = []
    records: list[ParsedRecord] = []
    for content in versions:
        edit = register.take(content)
        edits.append(edit)
        if edit is None:
            continue
        if edit.whole:
            records = []
        for record in edit.gone:
            records.remove(record)
        records += edit.fresh
        text = decode(content)
        assert isinstance(text, str), f"{content!r} cannot be read: {text}"
        assert held(records) == held([record_of(*entry) for entry in read_whole(text)])
    return edits


def names(records: tuple[ParsedRecord, ...]) -> list[object]:
    return [record.tree["id"] if record.id is None else record.id for record in records]


LIST = "".join(f"- id: {name}\n  title: The thing called {name}\n" for name in "abcdefgh")
MAPPING = "".join(f"{name}:\n  title: The thing called {name}\n" for name in "abcdefgh")
LAYOUTS = {
    "a list": LIST,
    "a mapping": MAPPING,
    "a list with comments": "# All of them\n\n" + LIST.replace("- id: d", "\n# The fourth\n- id: d") + "# the end\n",
    "a list without a last newline": LIST[:-1],
    "a list with CRLF": LIST.replace("\n", "\r\n"),
    "a mapping with CR": MAPPING.replace("\n", "\r"),
    "a list with a byte order mark": "\ufeff" + LIST,
    "a mapping with lists that are not indented": MAPPING.replace("called d", "called d\n  parts:\n  - x\n  - y"),
    "a list of texts over several lines": LIST.replace("The thing", "|\n\n    # no comment\n    The thing"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_edit_gives_the_entry_that_changed_and_hardly_another(layout: str) -> None:
    before = LAYOUTS[layout].encode()
    for name in b"abcdefgh":
        at = before.index(b"called %c" % name)
        after = before[:at] + b"now " + before[at:]
        first, edit = follow([before, after])
        assert first is not None
        assert first.whole
        assert names(first.fresh) == list("abcdefgh")
        assert edit is not None
        assert not edit.whole
        if "with CR" in layout and "CRLF" not in layout:
            continue  # All of it is one line to git, and to us.
        assert names(edit.gone) == names(edit.fresh)
        assert chr(name) in names(edit.fresh)
        assert len(edit.fresh) <= 2


def test_an_edit_of_a_list_and_of_a_mapping_gives_what_was_added_removed_and_moved() -> None:
    one, two, three, four = (f"- id: {name}\n  title: T\n".encode() for name in "abcd")
    _, added, removed, moved = follow(
        [one + two + four, one + two + three + four, one + three + four, one + four + three]
    )
    assert added is not None
    assert set(names(added.fresh)) - set(names(added.gone)) == {"c"}
    assert removed is not None
    assert set(names(removed.gone)) - set(names(removed.fresh)) == {"b"}
    assert moved is not None
    assert sorted(map(str, names(moved.gone))) == sorted(map(str, names(moved.fresh))) == ["c", "d"]


UNREADABLE_IN_PIECES: dict[str, str | bytes] = {
    "flow style": "[{id: a}]\n",
    "a key twice": MAPPING + "b: {}\n",
    "a new key twice": MAPPING + "i: {x: 1}\ni: {x: 2}\n",
    "a list in a mapping": MAPPING + "- id: i\n",
    "a tab": LIST.replace("thing called c", "thing\tcalled c"),
    "a mark in the middle": LIST.replace("- id: c", "---\n- id: c"),
    "no UTF-8": LIST.encode().replace(b"called c", b"called \xff"),
    "NUL": LIST.replace("called c", "called \0"),
    "a character that YAML forbids, in the first comment": "# \x01\n" + LIST,
    "a form feed above the first entry": " \x0c\n" + LIST,
    "an entry that is too much": LIST + f"- id: z\n  title: {'x' * 2_000_000}\n",
    "entries that are too much together": LIST + f"- title: {'x' * 1_000}\n" * 1_100,
}


@pytest.mark.parametrize("what", UNREADABLE_IN_PIECES)
def test_what_must_be_read_whole_gives_no_edit_and_the_next_version_begins_anew(what: str) -> None:
    odd = UNREADABLE_IN_PIECES[what]
    good = (MAPPING if "mapping" in what or "key" in what else LIST).encode()
    before, edit, after = follow([good, odd if isinstance(odd, bytes) else odd.encode(), good])
    assert before is not None
    assert edit is None
    assert after is not None
    assert after.whole


def test_after_it_was_told_to_forget_an_edit_is_the_whole() -> None:
    register = LiveRegister(RegisterReader())
    register.take(LIST.encode())
    register.forget()
    edit = register.take(LIST.encode())
    assert edit is not None
    assert edit.whole
    assert len(edit.fresh) == 8


def test_a_mapping_may_use_a_key_again_that_the_same_edit_gave_up() -> None:
    a, b = "a: {x: 1}\n", "b: {x: 1}\n"
    edits = follow([(a + b).encode(), b"b: {x: 1}\na: {x: 2}\n", b"# none\n", b"a: {x: 3}\n"])
    assert None not in edits


LINES = st.sampled_from(
    [
        "- id: a",
        "- id: b",
        "- id: c",
        "a:",
        "b: {x: 1}",
        "c: {x: 1}",
        "  x: 1",
        "  x: 2",
        "    y: 2",
        "",
        "# c",
        " # d",
        "  t: |",
        "    text",
        "  - z",
        "-",
        "---",
        "\tx: 1",
        "'k': {}",
        "  é: ü",
        "\ufeff- id: d",
        "  q: 'open",
        "close'",
        "\u2028c: {x: 2}",
        "\x85",
        "\u2029# e",
        "# f\u2028z: {x: 1}",
    ]
)
ENDS = st.sampled_from(["\n", "\n", "\n", "\n", "\r\n", "\r"])


@st.composite
def versions_of_a_register(draw: st.DrawFn) -> list[bytes]:
    """Lines of which a few are exchanged, moved, put in and taken out from version to version."""
    lines = draw(st.lists(st.tuples(LINES, ENDS), max_size=12))
    versions = []
    for _ in range(draw(st.integers(1, 6))):
        at, to = draw(st.integers(0, len(lines))), draw(st.integers(0, len(lines)))
        lines[at : at + draw(st.integers(0, 2))] = draw(st.lists(st.tuples(LINES, ENDS), max_size=2))
        if draw(st.booleans()) and lines:
            lines.insert(to, lines.pop(at % len(lines)))
        text = "".join(line + end for line, end in lines)
        versions.append(
            (draw(st.sampled_from(["", "", "\ufeff"])) + text).encode()[: draw(st.none() | st.integers(0, 99))]
        )
    return versions


@given(versions_of_a_register())
@example([b"#x\na: {}\n", b"- id: b\n#y\na: {}\n"])
@example([b"- id: a\n- id: b\n", b"- id: a\n- id: b\n- id: b\n"])
@example([b"- id: a\n- id: a\n", b"- id: a\n"])
@example([b"- id: z\n- id: a\n- id: b\n", b"- id: z\n- id: a\n- id: a\n- id: b\n"])
@example([b"- id: a\r\n\r\n- id: b\r\n", b"- id: a\r\n\r\n# c\r\n- id: b\r\n", b"- id: x\r\n\r\n# c\r\n- id: b\r\n"])
@example(["- id: a\n\ufeff- id: b\n".encode(), "- id: a\n\ufeff- id: b\n  x: 1\n".encode()])
@example(["a: {}\nb:\n\u2028c: {}\n".encode(), "a: {}\nb:\n\u2028c: {x: 1}\n".encode(), b"a: {}\nb:\n"])
@example(["a:\n  t: |+\n    x\n\x85\n\x85\nb: {}\n".encode(), "a:\n  t: |+\n    x\n\x85\nb: {}\n".encode()])
@example([b"- id: a", b"- id: a\n  x: 1", b"- id: a\n  x: 1\n- id: b"])
@example([b"", b"- id: a\n", b"#\n", b"a: {}\n"])
@example([b"a: {}\r\nb: {}\r\n", b"a: {}\rb: {}\r\n", b"a: {}\n\rb: {}\r\n"])
def test_edits_of_any_register_lead_to_what_it_holds(versions: list[bytes]) -> None:
    follow(versions)


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from("abcdefghij"), st.sampled_from("xyz")), max_size=20))
def test_entries_that_change_move_come_and_go_lead_to_what_the_register_holds(
    edits: list[tuple[int, str, str]],
) -> None:
    entries: dict[str, str] = {}
    versions = []
    for at, name, text in edits:
        if entries.pop(name, None) is None or at % 3:
            before = list(entries.items())
            before.insert(at % (len(before) + 1), (name, text))
            entries = dict(before)
        versions.append("".join(f"- id: {key}\n  text: {value}\n" for key, value in entries.items()).encode())
    assert None not in follow(versions)
