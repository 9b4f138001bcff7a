"""L5 and L6: versions that cannot be read, values that are impossible, and differences that are none."""

from __future__ import annotations

import pytest

from minutebook.model.note import NoteKind
from minutebook.model.record import RecordKey
from minutebook.model.value import Impossible
from tests.support.reading import changes_of, history_of, notes_of, record_of, told
from tests.support.repository_builder import SYMLINK, RepositoryBuilder

GOOD = """\
---
title: A plan
status: draft
due: 2026-03-01
needs: b, c
steps:
  - {id: one, due: 2026-01-01}
  - {id: two, due: 2026-02-01}
---
# Why

Because.
"""
BROKEN: dict[str, str | bytes] = {
    "no front matter": "Just a text.\n",
    "stands twice": "---\ntitle: a\ntitle: b\n---\n",
    "line 1 is not closed": "---\ntitle: a\n",
    "UTF-8": b"---\ntitle: caf\xe9\n---\n",
    "NUL": b"---\ntitle: a\0\n---\n",
    "Git LFS": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
    "mapping": "---\n- a\n- b\n---\n",
}
SAME = {
    "with CRLF": GOOD.replace("\n", "\r\n"),
    "with CR": GOOD.replace("\n", "\r"),
    "with a byte order mark": "\ufeff" + GOOD,
    "with blank lines around the text": GOOD.replace("---\n#", "---\n\n\n#") + "\n\n",
    "re-indented": GOOD.replace("  - {", "      - {"),
    "with keyed items in another order": GOOD.replace("one, due: 2026-01", "xxx")
    .replace("two, due: 2026-02", "one, due: 2026-01")
    .replace("xxx", "two, due: 2026-02"),
    "with fields in another order": GOOD.replace("title: A plan\nstatus: draft\n", "status: draft\ntitle: A plan\n"),
    "with quotes": GOOD.replace("A plan", '"A plan"').replace("2026-03-01", "'2026-03-01'"),
    "with a comment": GOOD.replace("status: draft", "status: draft  # for now"),
    "with a list as a list": GOOD.replace("needs: b, c", "needs: [b, c]"),
    "with items as a mapping": GOOD.replace("  - {id: one,", "  one: {id: one,").replace(
        "  - {id: two,", "  two: {id: two,"
    ),
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_version_that_cannot_be_read_leaves_the_last_good_state_and_a_gap(
    repo: RepositoryBuilder, reason: str
) -> None:
    repo.commit_file("plans/a.md", GOOD)
    since = repo.commit_file("plans/a.md", BROKEN[reason])
    until = repo.commit_file("plans/a.md", GOOD.replace("draft", "final"))
    history = history_of(repo.path)
    record = record_of(history, "a")
    assert told(record)[1:] == [[("unreadable", "")], [("readable", ""), ("status", "status")]]
    (gap,) = record.gaps
    assert gap.until is not None
    assert (gap.since.commit.id, gap.until.commit.id) == (since, until)
    assert reason in gap.unreadable.reason
    state = history.portfolio(1).records[RecordKey("plan", "a")]
    assert state.version is not None
    assert state.unreadable == gap.unreadable
    assert (state.version.fields["status"], changes_of(record, "")[1].after) == ("draft", gap.unreadable.reason)


@pytest.mark.parametrize("reason", BROKEN)
def test_what_is_unreadable_today_is_told_with_its_path(repo: RepositoryBuilder, reason: str) -> None:
    repo.commit_file("plans/a.md", GOOD)
    repo.commit_file("plans/a.md", BROKEN[reason])
    history = history_of(repo.path)
    (note,) = notes_of(history, NoteKind.UNREADABLE)
    assert note.path == "plans/a.md"
    assert reason in note.message
    assert record_of(history, "a").gaps[-1].until is None


def test_a_record_that_could_never_be_read_is_there_with_nothing_in_it(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/Plan-1.md", "Just a text.\n")
    record = record_of(history_of(repo.path), "Plan-1")
    assert (record.key.id, record.last.version, told(record)) == (
        "Plan-1",
        None,
        [[("created", ""), ("unreadable", "")]],
    )


def test_a_broken_register_leaves_its_records_and_loses_none(repo: RepositoryBuilder) -> None:
    repo.commit_file("registers/plans.yml", "a: {title: A}\nb: {title: B}\n")
    repo.commit_file("registers/plans.yml", "a: {title: A}\na: {title: B}\n")
    repo.commit_file("registers/plans.yml", "a: {title: A}\n")
    history = history_of(repo.path)
    assert all(state.unreadable for state in history.portfolio(1).records.values())
    assert len(history.portfolio(1).records) == 2
    assert (record_of(history, "a").last.removed, record_of(history, "b").last.removed) == (False, True)


def test_a_register_that_never_told_its_records_is_a_note(repo: RepositoryBuilder) -> None:
    repo.commit_file("registers/plans.yml", "- {title: A}\n")
    history = history_of(repo.path)
    assert (len(history.records), len(notes_of(history, NoteKind.NO_IDENTITY))) == (0, 1)


def test_an_impossible_value_spoils_itself_only(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", GOOD)
    repo.commit_file("plans/a.md", GOOD.replace("due: 2026-03-01", "due: 2018-31-03").replace("draft", "final"))
    history = history_of(repo.path)
    record = record_of(history, "a")
    (change,) = [change for change in changes_of(record, "due") if change.before is not None]
    assert isinstance(change.after, Impossible)
    assert change.after.written == "2018-31-03"
    assert told(record)[1] == [("status", "status"), ("date", "due")]
    (note,) = notes_of(history, NoteKind.IMPOSSIBLE)
    assert note.place == "plans/a.md:4:6"


@pytest.mark.parametrize("what", SAME)
def test_the_same_values_written_otherwise_are_no_change(repo: RepositoryBuilder, what: str) -> None:
    repo.commit_file("plans/a.md", GOOD)
    assert SAME[what] != GOOD
    repo.commit_file("plans/a.md", SAME[what])
    record = record_of(history_of(repo.path), "a")
    assert told(record)[1:] == []


def test_items_are_followed_by_their_ids(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", GOOD)
    after = GOOD.replace("{id: two, due: 2026-02-01}", "{id: three, due: 2026-05-01}").replace(
        "2026-01-01", "2026-01-31"
    )
    repo.commit_file("plans/a.md", after)
    record = record_of(history_of(repo.path), "a")
    assert sorted(told(record)[1]) == [("date", "steps[one].due"), ("item", "steps[three]"), ("item", "steps[two]")]


SECTIONS = "Before.\n# Why\nBecause.\nSo there.\n## How\nSo.\n```\n# no heading\n```\nEnd.\n"


@pytest.mark.parametrize(
    ("before", "after", "sections"),
    [
        ("So there.\n", "So there.\nAnd that.\n", [("Why", 1, 0)]),
        ("So there.\n", "", [("Why", 0, 1)]),
        ("So there.\n", "So where?\n", [("Why", 0, 0)]),
        ("Before.\n", "Before.\nAnd before that.\n", [("", 1, 0)]),
        ("End.\n", "End.\nOf it.\n", [("How", 1, 0)]),
        ("## How\n", "## When\nNow.\n## How\n", [("When", 2, 0)]),
    ],
)
def test_what_changed_in_a_text_is_told_by_section(
    repo: RepositoryBuilder, before: str, after: str, sections: list[tuple[str, int, int]]
) -> None:
    repo.commit_file("plans/a.md", f"---\ntitle: A\n---\n{SECTIONS}")
    repo.commit_file("plans/a.md", f"---\ntitle: A\n---\n{SECTIONS.replace(before, after)}")
    (change,) = record_of(history_of(repo.path), "a").entries[-1].changes
    assert change.delta is not None
    assert [(one.heading, one.added, one.removed) for one in change.delta.sections] == sections


def test_an_undeclared_field_is_kept_and_told(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", GOOD.replace("status:", "colour: [red, blue]\nstatus:"))
    history = history_of(repo.path)
    version = record_of(history, "a").last.version
    assert version is not None
    assert (version.undeclared, version.fields["colour"]) == (("colour",), ("red", "blue"))
    (note,) = notes_of(history, NoteKind.UNDECLARED)
    assert note.place == "plans/a.md:3:1"


@pytest.mark.parametrize(
    ("path", "record_id"),
    [
        ("plans/a b.md", "a b"),
        ("plans/ünï.md", "ünï"),
        ("plans/new\nline.md", "new\nline"),
        ("plans/tab\there.md", "tab\there"),
        ('plans/qu"ote.md', 'qu"ote'),
        ("plans/-rf.md", "-rf"),
        ("plans/:(top)x.md", ":(top)x"),
        ("plans/con.md", "con"),
    ],
)
def test_an_odd_file_name_is_a_record_with_a_note(repo: RepositoryBuilder, path: str, record_id: str) -> None:
    repo.commit_file(path, GOOD)
    repo.commit_file(path, GOOD.replace("draft", "final"))
    history = history_of(repo.path)
    record = record_of(history, record_id)
    assert (record.key.id, len(record.entries), record.last.path) == (record_id, 2, path)
    (note,) = notes_of(history, NoteKind.UNADDRESSABLE)
    assert note.key == record.key


def test_a_file_name_that_is_no_utf8_is_a_record_with_a_note(repo: RepositoryBuilder) -> None:
    repo.commit_file(b"plans/caf\xe9.md", GOOD)
    history = history_of(repo.path)
    (record,) = history.records.values()
    assert record.key.id == "caf\\xe9"
    assert len(notes_of(history, NoteKind.UNADDRESSABLE)) == 1


def test_a_symlink_or_submodule_in_a_records_place_is_refused_by_name(repo: RepositoryBuilder) -> None:
    repo.write("plans/target.md", GOOD)
    repo.write("plans/a.md", "target.md", SYMLINK)
    repo.submodule("plans/b.md")
    repo.commit()
    history = history_of(repo.path)
    reasons = {note.path: note.message for note in notes_of(history, NoteKind.UNREADABLE)}
    assert set(reasons) == {"plans/a.md", "plans/b.md"}
    assert "symbolic link" in reasons["plans/a.md"]
    assert "submodule" in reasons["plans/b.md"]


BESIDE = """\
format: 1
title: Plans
root: portfolio
record_types:
  plan:
    title: Plan
    plural: Plans
    paths: ["plans/{group}/{id}/plan.yaml"]
    text: README.md
    fields: {title: {type: text, role: title}, group: {type: text}}
"""
"""A configuration with texts in files of their own, below a root."""


def test_a_text_beside_its_record_belongs_to_the_record(repo: RepositoryBuilder) -> None:
    folder = "portfolio/plans/north/a"
    repo.write("plans/north/b/plan.yaml", "title: Outside of the root\n")
    repo.commit_file(f"{folder}/plan.yaml", "title: A plan\n")
    repo.commit_file(f"{folder}/README.md", "# Why\n\nBecause.\n")
    repo.commit_file(f"{folder}/README.md", "# Why\r\n\r\nBecause.\r\n")
    repo.commit_file(f"{folder}/README.md", "# Why\n\nBecause of this.\n")
    repo.commit_file(f"{folder}/other.md", "No part of it.\n")
    repo.remove(f"{folder}/README.md")
    repo.commit()
    history = history_of(repo.path, BESIDE)
    (record,) = history.records.values()
    assert told(record) == [
        [("created", ""), ("text", "title"), ("text", "group")],
        [("markdown", "text")],
        [("markdown", "text")],
        [("markdown", "text")],
    ]
    assert record.last.version is not None
    assert (record.last.version.text, record.last.version.fields["group"]) == (None, "north")


def test_a_text_that_moves_with_its_record_is_no_change_of_the_text(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/plans/north/a/plan.yaml", "title: A plan\n")
    repo.write("portfolio/plans/north/a/README.md", "# Why\n")
    repo.commit()
    for name in ("plan.yaml", "README.md"):
        repo.move(f"portfolio/plans/north/a/{name}", f"portfolio/plans/south/a/{name}")
    repo.commit()
    (record,) = history_of(repo.path, BESIDE).records.values()
    assert told(record)[1:] == [[("moved", ""), ("text", "group")]]


def test_a_text_beside_that_is_a_symlink_is_not_read(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/plans/north/a/plan.yaml", "title: A plan\n")
    repo.write("portfolio/plans/north/a/README.md", "../../../../secret", SYMLINK)
    repo.commit()
    (record,) = history_of(repo.path, BESIDE).records.values()
    assert record.last.version is not None
    assert record.last.version.text is None
