"""L4: a record's identity is its own and not its path's."""

from __future__ import annotations

import pytest

from minutebook.model.note import NoteKind
from minutebook.model.record import RecordKey
from tests.support.reading import PLANS, changes_of, history_of, notes_of, record_of, told
from tests.support.repository_builder import RepositoryBuilder

TEXT = "".join(f"Line {number} says something of its own.\n" for number in range(100))
FRONT = "title: A plan\nstatus: draft\n"
PLAN = f"---\n{FRONT}---\n{TEXT}"


def test_a_moved_file_keeps_its_history(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.move("plans/a.md", "old/a.md")
    repo.commit()
    (record,) = history_of(repo.path).records.values()
    assert told(record)[1:] == [[("moved", "")]]
    assert changes_of(record, "")[-1].before == "plans/a.md"
    assert record.last.path == "old/a.md"


def test_a_file_that_moves_and_changes_at_once_is_one_record(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.move("plans/a.md", "old/a.md")
    repo.commit_file("old/a.md", PLAN.replace("draft", "final"))
    (record,) = history_of(repo.path).records.values()
    assert told(record)[1:] == [[("moved", ""), ("status", "status")]]


def test_markdown_that_becomes_yaml_keeps_its_history(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.remove("plans/a.md")
    repo.commit_file("plans/a.yml", FRONT)
    (record,) = history_of(repo.path).records.values()
    assert told(record)[1:] == [[("moved", ""), ("markdown", "text")]]


def test_a_record_that_goes_into_a_register_keeps_its_history(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.yml", FRONT)
    repo.remove("plans/a.yml")
    repo.commit_file("registers/plans.yml", "a: {title: A plan, status: final}\n")
    (record,) = history_of(repo.path).records.values()
    assert told(record)[1:] == [[("moved", ""), ("status", "status")]]


def test_deletion_and_restoration_are_one_history(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.remove("plans/a.md")
    repo.commit()
    repo.commit_file("plans/a.md", PLAN.replace("draft", "final"))
    history = history_of(repo.path)
    (record,) = history.records.values()
    assert told(record)[1:] == [[("removed", "")], [("restored", ""), ("status", "status")]]
    assert notes_of(history, NoteKind.REUSED) == []
    removed = history.portfolio(1)
    assert removed.records == {}
    state = removed.states[RecordKey("plan", "a")]
    assert state.version is not None
    assert (state.removed, state.version.fields["status"]) == (True, "draft")


def test_an_id_that_is_used_again_for_something_else_shows_both_lives(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.remove("plans/a.md")
    repo.commit()
    back = repo.commit_file("plans/a.md", "---\ntitle: Other\nstatus: new\n---\nNothing of the kind.\n")
    history = history_of(repo.path)
    (record,) = history.records.values()
    assert [kinds[0] for kinds in told(record)] == [("created", ""), ("removed", ""), ("created", "")]
    assert [(change.before, change.after) for change in changes_of(record, "title")] == [
        (None, "A plan"),
        (None, "Other"),
    ]
    (note,) = notes_of(history, NoteKind.REUSED)
    assert note.commit == back


def replace_lines(count: int) -> str:
    """The plan with that many of its 100 lines of text made different, no shorter and no longer."""
    return PLAN.replace("something of its own", "something quite else", count)


@pytest.mark.parametrize(
    ("after", "renamed", "perhaps"),
    [
        (PLAN, True, False),
        (replace_lines(3), True, False),
        (replace_lines(8), False, True),
        (replace_lines(40), False, True),
        (replace_lines(80), False, False),
    ],
)
def test_a_new_id_continues_a_record_from_95_percent_of_its_content_on(
    repo: RepositoryBuilder, after: str, renamed: bool, perhaps: bool
) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.remove("plans/a.md")
    commit = repo.commit_file("plans/b.md", after)
    history = history_of(repo.path)
    found = record_of(history, "b")
    assert [former.key.id for former in found.former] == (["a"] if renamed else [])
    assert ((("renamed", "") in told(found)[-1]), len(history.records)) == (renamed, 1 if renamed else 2)
    assert [note.commit for note in notes_of(history, NoteKind.POSSIBLE_LINEAGE)] == ([commit] if perhaps else [])
    if renamed:
        assert history.find(RecordKey("plan", "a")) is found
        (note,) = notes_of(history, NoteKind.LINEAGE)
        assert "%" in note.message


def test_a_lineage_entry_joins_what_content_does_not(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.remove("plans/a.md")
    repo.commit_file("plans/b.md", "---\ntitle: Rewritten\n---\nAll new.\n")
    history = history_of(repo.path, PLANS + "lineage:\n  - {type: plan, before: a, after: b}\n")
    (record,) = history.records.values()
    (former,) = record.former
    assert (former.key.id, former.similarity, record.key.id) == ("a", None, "b")
    (note,) = notes_of(history, NoteKind.LINEAGE)
    assert "lineage entry" in note.message


def test_a_lineage_entry_joins_records_whose_lives_do_not_touch(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.remove("plans/a.md")
    repo.commit()
    repo.commit_file("plans/b.md", "---\ntitle: Rewritten\n---\nAll new.\n")
    history = history_of(repo.path, PLANS + "lineage:\n  - {type: plan, before: a, after: b}\n")
    (record,) = history.records.values()
    assert [former.key.id for former in record.former] == ["a"]


def test_a_lineage_entry_that_nothing_answers_to_is_told(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.commit_file("plans/b.md", "---\ntitle: Rewritten\n---\nAll new.\n")
    history = history_of(repo.path, PLANS + "lineage:\n  - {type: plan, before: a, after: b}\n")
    assert len(history.records) == 2, "a stands still, so b does not continue it"
    (note,) = notes_of(history, NoteKind.UNUSED_LINEAGE)
    assert "plan/a to plan/b" in note.message


def test_a_copy_is_no_rename(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.commit_file("plans/b.md", PLAN)
    history = history_of(repo.path)
    assert [record.former for record in history.records.values()] == [(), ()]


def test_two_records_that_swap_their_ids_swap_their_contents(repo: RepositoryBuilder) -> None:
    repo.write("plans/a.md", PLAN)
    repo.write("plans/b.md", PLAN.replace("A plan", "B plan").replace("own", "other"))
    repo.commit()
    repo.move("plans/a.md", "plans/c.md")
    repo.move("plans/b.md", "plans/a.md")
    repo.move("plans/c.md", "plans/b.md")
    repo.commit()
    history = history_of(repo.path)
    assert [record.former for record in history.records.values()] == [(), ()]
    titles = {
        key.id: state.version and state.version.fields["title"] for key, state in history.portfolio(1).states.items()
    }
    assert titles == {"a": "B plan", "b": "A plan"}


def test_ids_that_differ_in_case_are_one_record(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/plan-a.md", PLAN)
    repo.move("plans/plan-a.md", "plans/Plan-A.md")
    repo.commit()
    (record,) = history_of(repo.path).records.values()
    assert record.key.id == "plan-a", "the address stays as it was first written"
    assert told(record)[1:] == [[("moved", "")]]


@pytest.mark.parametrize(
    ("one", "other", "winner"),
    [
        ("plans/a.md", "old/a.md", "plans/a.md"),
        ("old/a.md", "plans/a.yml", "old/a.md"),
        ("plans/a.md", "plans/A.md", "plans/A.md"),
    ],
)
def test_of_two_files_that_claim_one_id_the_first_pattern_then_the_first_path_counts(
    repo: RepositoryBuilder, one: str, other: str, winner: str
) -> None:
    for path in (one, other):
        repo.write(path, PLAN if path.endswith(".md") else FRONT)
    repo.commit()
    history = history_of(repo.path)
    (record,) = history.records.values()
    assert record.last.path == winner
    (note,) = notes_of(history, NoteKind.DUPLICATE)
    assert one in note.message
    assert other in note.message


def test_a_file_that_breaks_keeps_the_record_that_it_has(repo: RepositoryBuilder) -> None:
    repo.write("plans/a.md", PLAN)
    repo.write("old/a.md", PLAN.replace("draft", "old"))
    repo.commit()
    repo.commit_file("plans/a.md", "broken")
    state = record_of(history_of(repo.path), "a").last
    assert (state.path, state.unreadable is None) == ("plans/a.md", False)


def test_who_adds_a_second_file_with_the_same_id_takes_nothing_over(repo: RepositoryBuilder) -> None:
    repo.commit_file("old/a.md", PLAN)
    repo.commit_file("plans/a.md", "---\ntitle: Intruder\n---\n")
    history = history_of(repo.path)
    record = record_of(history, "a")
    assert (record.last.path, len(record.entries)) == ("old/a.md", 1)
    (note,) = notes_of(history, NoteKind.DUPLICATE)
    assert note.message.startswith("plans/a.md says that it is plan/a, which old/a.md is already")
    repo.remove("old/a.md")
    repo.commit()
    assert record_of(history_of(repo.path), "a").last.path == "plans/a.md", "it had waited for its turn"


def test_a_former_id_that_is_given_to_a_new_record_belongs_to_the_new_one(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.move("plans/a.md", "plans/b.md")
    repo.commit()
    repo.commit_file("plans/a.md", "---\ntitle: Another\n---\nNew.\n")
    history = history_of(repo.path)
    assert record_of(history, "a").key.id == "a"
    assert len(record_of(history, "b").entries) == 2


def test_a_register_entry_under_a_new_id_keeps_its_history(repo: RepositoryBuilder) -> None:
    portfolio = PLANS.replace("    fields:\n", "    fields:\n      id: {type: id}\n")
    repo.commit_file("registers/plans.yml", "- {id: a-long-enough-id, title: A, status: draft}\n- {id: z, title: Z}\n")
    repo.commit_file("registers/plans.yml", "- {id: another-one, status: draft, title: A}\n- {id: z, title: Z}\n")
    record = record_of(history_of(repo.path, portfolio), "another-one")
    assert [former.key.id for former in record.former] == ["a-long-enough-id"], "the id itself is no content"


def test_the_order_of_keyed_items_does_not_make_two_contents_unlike(repo: RepositoryBuilder) -> None:
    items = [f"  - {{id: step-{number}, due: 2026-01-{number + 1:02}}}\n" for number in range(9)]
    repo.commit_file("plans/a.yml", "title: A\nsteps:\n" + "".join(items))
    repo.remove("plans/a.yml")
    repo.commit_file("plans/b.yml", "title: A\nsteps:\n" + "".join(reversed(items)))
    record = record_of(history_of(repo.path), "b")
    assert [former.key.id for former in record.former] == ["a"]


def test_a_rename_into_a_file_that_cannot_be_read_keeps_both_histories(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.remove("plans/a.md")
    repo.commit_file("plans/B.md", "broken")
    repo.commit_file("plans/a.md", "---\ntitle: Another\n---\n")
    history = history_of(repo.path, PLANS + "lineage:\n  - {type: plan, before: a, after: b}\n")
    assert sorted(key.id for key in history.records) == ["B", "a"]
    assert [former.key.id for former in record_of(history, "B").former] == ["a"]
    assert len(record_of(history, "a").entries) == 1


def test_a_lineage_entry_for_a_record_that_was_gone_restores_it(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", PLAN)
    repo.remove("plans/a.md")
    repo.commit()
    repo.commit_file("plans/b.md", "---\ntitle: Rewritten\n---\nAll new.\n")
    history = history_of(repo.path, PLANS + "lineage:\n  - {type: plan, before: a, after: b}\n")
    kinds = [kind for kind, field in told(record_of(history, "b"))[-1] if not field]
    assert kinds == ["restored", "renamed"]
    assert notes_of(history, NoteKind.REUSED) == []
