"""Registers that are edited: of their records only those are looked at that an edit changed, and nothing is missed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.history.identity import Claims, EditedRegister, FileAfter, Standing
from minutebook.history.registers import Registers
from minutebook.model.note import NoteKind
from minutebook.model.record import FileVersion, Position, RecordKey, Unreadable
from minutebook.records.document import positions_of
from minutebook.records.paths import FileKind, PathMatcher
from minutebook.records.yaml_reader import Positions
from tests.support.reading import PLANS, changes_of, configure, history_of, notes_of, record_of, told
from tests.support.repository_builder import SYMLINK, RepositoryBuilder

PATH = "registers/plans.yml"
ROWS = {f"p-{number}": f"title: Plan {number}" for number in range(40)}


def as_mapping(rows: Mapping[str, str]) -> str:
    return "".join(f"{name}:\n  {says}\n" for name, says in rows.items())


def as_list(rows: Mapping[str, str]) -> str:
    return "".join(f"- id: {name}\n  {says}\n" for name, says in rows.items())


LISTED = PLANS.replace("    fields:\n", "    fields:\n      id: {type: id}\n")


class Reading:
    """Versions of one register, taken one after the other."""

    def __init__(self) -> None:
        types = configure(LISTED).types
        self.match = PathMatcher(types.values()).match(PATH)
        self.registers = Registers()
        self.claims = Claims()

    def take(self, content: str | None, blob: str) -> FileVersion | EditedRegister | None:
        assert self.match is not None
        if content is None:
            self.registers.forget(PATH)
            return None
        return self.registers.take(self.match, PATH, blob, content.encode())

    def standings(self, content: str | None, blob: str) -> dict[RecordKey, Standing | None]:
        """What is said now of the records of which something else is said than before."""
        return self.claims.take([FileAfter(PATH, 0, None, self.take(content, blob))])


@pytest.mark.parametrize("layout", [as_mapping, as_list])
def test_an_edit_of_one_record_says_something_of_that_record_alone(layout: object) -> None:
    reading = Reading()
    assert callable(layout)
    whole = reading.take(layout(ROWS), "1")
    assert isinstance(whole, tuple)
    assert not isinstance(whole, EditedRegister)
    assert len(whole) == 40
    edited = reading.take(layout(ROWS | {"p-17": "title: Another plan"}), "2")
    assert isinstance(edited, EditedRegister)
    assert edited.gone == ()
    assert [(version.key.id, version.blob, version.fields["title"]) for version in edited.says] == [
        ("p-17", "2", "Another plan")
    ]


def test_a_record_that_only_moved_in_its_register_says_nothing_new() -> None:
    reading = Reading()
    reading.take(as_list(ROWS), "1")
    moved = {name: ROWS[name] for name in sorted(ROWS)}
    assert reading.take(as_list(moved), "2") == EditedRegister((), ())


def test_a_record_that_was_given_another_id_is_gone_and_the_other_is_new() -> None:
    reading = Reading()
    reading.take(as_list(ROWS), "1")
    edited = reading.take(as_list(ROWS).replace("id: p-3\n", "id: q\n"), "2")
    assert isinstance(edited, EditedRegister)
    assert edited.gone == (RecordKey("plan", "p-3"),)
    assert [version.key.id for version in edited.says] == ["q"]


def test_an_id_in_another_letter_case_is_the_same_record_and_not_gone() -> None:
    reading = Reading()
    reading.take(as_list(ROWS), "1")
    edited = reading.take(as_list(ROWS).replace("id: p-3\n", "id: P-3\n"), "2")
    assert isinstance(edited, EditedRegister)
    assert edited.gone == ()
    assert [version.key.id for version in edited.says] == ["P-3"]


@pytest.mark.parametrize(
    ("spoilt", "reason", "line"),
    [
        (as_list(ROWS) + "- id: P-5\n", "the id `P-5` stands twice: first on line 11", 81),
        (as_list(ROWS) + "- id: p-39\n  title: Plan 39\n", "the id `p-39` stands twice: first on line 79", 81),
        (as_list(ROWS).replace("- id: p-7\n  title", "- title"), "never told which record it is", 15),
        (as_list(ROWS).replace("p-7\n", "p-7\n  - x\n"), "the indentation or the form changes here", 16),
    ],
)
def test_an_edit_that_spoils_a_register_is_told_with_its_line_and_the_next_gives_all_records(
    spoilt: str, reason: str, line: int
) -> None:
    reading = Reading()
    before = reading.take(as_list(ROWS), "1")
    found = reading.take(spoilt, "2")
    assert isinstance(found, Unreadable)
    assert found.reason.startswith(reason)
    assert found.position is not None
    assert found.position.line == line
    after = reading.take(as_list(ROWS), "3")
    assert after == before


def test_a_register_that_is_never_told_whose_its_records_are_is_told_so_again_and_again() -> None:
    reading = Reading()
    for blob in "123":
        found = reading.take(f"- title: One\n- title: {blob}\n", blob)
        assert isinstance(found, Unreadable)
        assert found.position == Position(1, 1)


def test_a_register_that_was_unreadable_for_a_while_goes_on_for_every_record(repo: RepositoryBuilder) -> None:
    repo.commit_file(PATH, as_mapping(ROWS))
    repo.commit_file(PATH, as_mapping(ROWS) + "p-1: {}\n")
    repo.commit_file(PATH, as_mapping(ROWS | {"p-2": "title: Mended"}))
    repo.commit_file(PATH, as_mapping(ROWS | {"p-2": "title: Mended", "p-3": "title: Edited"}))
    history = history_of(repo.path)
    assert told(record_of(history, "p-1"))[1:] == [[("unreadable", "")], [("readable", "")]]
    assert told(record_of(history, "p-2"))[1:] == [[("unreadable", "")], [("readable", ""), ("text", "title")]]
    assert [change.after for change in changes_of(record_of(history, "p-3"), "title")] == ["Plan 3", "Edited"]
    assert notes_of(history, NoteKind.UNREADABLE) == []


def test_a_register_that_was_a_link_for_a_while_or_away_comes_back_with_every_record(repo: RepositoryBuilder) -> None:
    repo.commit_file(PATH, as_mapping(ROWS))
    repo.write(PATH, "elsewhere", mode=SYMLINK)
    repo.commit()
    repo.commit_file(PATH, as_mapping(ROWS))
    repo.remove(PATH)
    repo.commit()
    repo.commit_file(PATH, as_mapping(ROWS))
    repo.commit_file(PATH, as_mapping(ROWS | {"p-2": "title: Edited"}))
    history = history_of(repo.path)
    back = [[("unreadable", "")], [("readable", "")], [("removed", "")], [("restored", "")]]
    assert told(record_of(history, "p-1"))[1:] == back
    assert told(record_of(history, "p-2"))[1:] == [*back, [("text", "title")]]


def test_of_a_register_with_many_doubtful_fields_each_is_told_with_its_line_and_the_file_is_read_once(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[FileKind] = []

    def count(kind: FileKind, data: bytes) -> tuple[Positions, ...]:
        read.append(kind)
        return positions_of(kind, data)

    monkeypatch.setattr("minutebook.history.notes.positions_of", count)
    repo.commit_file(PATH, as_mapping(dict.fromkeys(ROWS, "mood: good")))
    found = notes_of(history_of(repo.path), NoteKind.UNDECLARED)
    lines = {note.key.id: note.position.line for note in found if note.key is not None and note.position is not None}
    assert lines == {name: 2 * number + 2 for number, name in enumerate(ROWS)}
    assert read == [FileKind.REGISTER]


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\ufeff"])
def test_a_character_that_nobody_sees_gives_a_note_its_place_and_ends_no_reading(
    sign: str, repo: RepositoryBuilder
) -> None:
    repo.commit_file(PATH, "a:\n  title: A\nb:\n  title: B\nc:\n  mood: bad\n")
    for content in (
        f"a:\n  title: A\nb:\n{sign}c:\n  mood: bad\n",
        f"{sign}# c\na:\n  title: A\n{sign}b:\n  mood: bad\n",
        f"# c{sign}z: {{title: hidden}}\na:\n  title: A{sign}\nb:\n  mood: bad\n",
    ):
        repo.commit_file(PATH, content)
        history = history_of(repo.path)
        notes = [*notes_of(history, NoteKind.UNDECLARED), *notes_of(history, NoteKind.UNREADABLE)]
        assert [note.path for note in notes] == [PATH]
        assert [note.position is None for note in notes] == [False]
    repo.commit_file(PATH, "a:\n  title: A\nb:\n  title: Mended\n")
    assert changes_of(record_of(history_of(repo.path), "b"), "title")[-1].after == "Mended"


def test_positions_that_do_not_fit_the_records_end_no_reading(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minutebook.history.notes.positions_of", lambda *_: (Positions(),))
    repo.commit_file(PATH, as_mapping(dict.fromkeys(["a", "b"], "mood: good")))
    notes = notes_of(history_of(repo.path), NoteKind.UNDECLARED)
    assert [(note.key, note.position) for note in notes] == [
        (RecordKey("plan", "a"), None),
        (RecordKey("plan", "b"), None),
    ]


SEPARATED = "title: x\n\u2028- id: f"
"""What seems to be a further entry, and is none."""

ENTRY = st.tuples(
    st.sampled_from(["a", "A", "b", "c", "d", "e"]), st.sampled_from(["title: x", "title: y", "", "-", SEPARATED])
)
REGISTER = st.lists(ENTRY, max_size=6).map(
    lambda rows: "".join(f"- id: {name}\n  {says}\n" if says != "-" else f"- title: {name}\n" for name, says in rows)
)


@given(st.lists(REGISTER | st.none(), max_size=8))
def test_what_edits_say_is_what_the_versions_say_that_are_read_whole(versions: list[str | None]) -> None:
    edits, wholes = Reading(), Reading()
    for number, content in enumerate(versions):
        wholes.registers.forget(PATH)
        assert edits.standings(content, str(number)) == wholes.standings(content, str(number))
    assert edits.claims.nameless == wholes.claims.nameless
