"""What a scenario says is what the repository holds, and what is wrong with a scenario is told with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from minutebook.demo.portfolio import write_demo
from minutebook.errors import ConfigError
from tests.demo.conftest import GROUND, git_in

GOAL = "portfolio/goals/grow.md"
LINES = len(GROUND.splitlines())

Tell = Callable[[str], Path]


def commit(more: str, *, on: str = "2024-02-05 10:00", by: str = "ana", says: str = "Go on") -> str:
    """A further direct commit; `more` is written below it, without indentation."""
    head = f"  - on: {on}\n    by: {by}\n    says: {says}\n    via: direct\n"
    return head + "".join(f"    {line}\n" for line in more.strip("\n").splitlines())


def set_goal(*lines: str, **options: str) -> str:
    """A commit that sets fields of the goal."""
    return commit("set:\n  grow:\n" + "".join(f"    {line}\n" for line in lines), **options)


def goal(folder: Path, revision: str = "HEAD") -> str:
    return git_in(folder, "show", f"{revision}:{GOAL}")


def files(folder: Path) -> list[str]:
    return git_in(folder, "ls-tree", "-r", "--name-only", "HEAD", "portfolio/goals").split()


def test_a_record_is_created_with_its_fields_and_its_text(tell: Tell) -> None:
    assert goal(tell("")) == (
        "---\ntitle: Grow\nkpis:\n  - id: riders\n    title: Riders\n    target: 100\n---\n\nWhy.\n"
    )


def test_a_new_field_takes_its_place_among_those_of_the_type(tell: Tell) -> None:
    folder = tell(set_goal("due: 2026-12-31", "owner: ana", "kpis[riders].unit: people"))
    lines = [line.split(":")[0].strip(" -") for line in goal(folder).splitlines()]
    assert lines[1:8] == ["title", "owner", "due", "kpis", "id", "title", "unit"]


def test_items_come_change_and_go_by_their_ids(tell: Tell) -> None:
    folder = tell(
        set_goal("kpis[late]: {title: Late buses, target: 3}", on="2024-02-05 10:00")
        + set_goal("kpis[late]: {target: ~, actual: 4}", "kpis[riders].target: 120", on="2024-02-06 10:00")
        + set_goal("kpis[late]: ~", on="2024-02-07 10:00", says="Gone")
    )
    assert "  - id: late\n    title: Late buses\n    target: 3\n" in goal(folder, "HEAD~2")
    assert "    target: 120\n  - id: late\n    title: Late buses\n    actual: 4\n" in goal(folder, "HEAD~1")
    assert "late" not in goal(folder)


def test_a_list_without_its_last_item_is_gone(tell: Tell) -> None:
    assert "kpis" not in goal(tell(set_goal("kpis[riders]: ~")))


def test_a_text_is_replaced_or_gets_further_paragraphs(tell: Tell) -> None:
    folder = tell(
        set_goal("text+: |", "  And why again.", on="2024-02-05 10:00")
        + set_goal("text: Another.", on="2024-02-06 10:00")
    )
    assert goal(folder, "HEAD~1").endswith("---\n\nWhy.\n\nAnd why again.\n")
    assert goal(folder).endswith("---\n\nAnother.\n")


def test_a_record_moves_goes_and_comes_back_as_it_was(tell: Tell) -> None:
    folder = tell(
        commit("move: {grow: portfolio/aims/goals/grow.md}", on="2024-02-05 10:00")
        + commit("remove: [grow]", on="2024-02-06 10:00")
        + commit("restore: [grow]", on="2024-02-07 10:00")
    )
    moved = "portfolio/aims/goals/grow.md"
    assert git_in(folder, "show", "--name-status", "--no-renames", "--format=", "HEAD~2").split() == [
        "A",
        moved,
        "D",
        GOAL,
    ]
    assert git_in(folder, "show", "--name-status", "--format=", "HEAD~1").split() == ["D", moved]
    assert git_in(folder, "show", f"HEAD:{moved}") == goal(folder, "HEAD~3")


def test_what_is_written_raw_is_mended_with_the_data_as_it_was(tell: Tell) -> None:
    folder = tell(
        commit("raw:\n  grow: |\n    <<<<<<< HEAD\n    title: Grow", on="2024-02-05 10:00")
        + commit("mend: [grow]", on="2024-02-07 10:00")
    )
    assert goal(folder, "HEAD~1") == "<<<<<<< HEAD\ntitle: Grow\n"
    assert goal(folder) == goal(folder, "HEAD~2")


def test_a_revert_puts_back_every_file_and_names_what_it_reverts(tell: Tell) -> None:
    both = "label: slip\nset: {grow: {title: Shrink}}\nfile: {notes.md: New}"
    folder = tell(
        commit(both, says="Shrink")
        + "  - {on: 2024-02-07 10:00, by: bo, via: direct, reverts: slip}\n"
        + set_goal("owner: bo", on="2024-02-08 10:00")
    )
    slip = git_in(folder, "rev-parse", "HEAD~2").strip()
    assert goal(folder, "HEAD~1") == goal(folder, "HEAD~3")
    assert git_in(folder, "ls-tree", "--name-only", "HEAD").split() == ["portfolio"]
    assert git_in(folder, "log", "-1", "--format=%B", "HEAD~1").strip() == (
        f'Revert "Shrink"\n\nThis reverts commit {slip}.'
    )
    assert "title: Grow\nowner: bo\n" in goal(folder), "later settings go on from what was put back"


def test_a_merged_revert_names_what_it_reverts_in_the_branch_and_in_the_merge(tell: Tell) -> None:
    folder = tell(
        commit("label: slip\nset: {grow: {title: Shrink}}", says="Shrink")
        + "  - {on: 2024-02-07 10:00, by: ana, says: Back, more: It was wrong., reverts: slip}\n"
    )
    slip = git_in(folder, "rev-parse", "HEAD~1").strip()
    assert git_in(folder, "log", "-1", "--format=%b", "HEAD^2").strip() == (
        f"It was wrong.\n\nThis reverts commit {slip}."
    )
    assert git_in(folder, "log", "-1", "--format=%b").strip() == f"Back\n\nThis reverts commit {slip}."


def test_what_was_changed_again_since_is_not_reverted(tell: Tell) -> None:
    with pytest.raises(ConfigError, match="was changed again since `slip`"):
        tell(
            commit("label: slip\nset: {grow: {title: Shrink}}", says="Shrink")
            + set_goal("owner: bo", on="2024-02-06")
            + "  - {on: 2024-02-07 10:00, by: ana, reverts: slip}\n"
        )


def test_rows_of_a_report_are_commits_with_what_they_say(tell: Tell) -> None:
    folder = tell(
        """\
reports:
  - file: grow
    by: ana
    columns: ["kpis[riders].actual", "kpis[riders].target"]
    dated: kpis[riders].as_of
    rows:
      - [2024-03-04, 40, ~, First count]
      - [2024-04-08, ~, ~, "No count, the counter is ill", {owner: bo, by: bo, via: squash, approved: [ana]}]
      - [2024-05-06 10:00, 60, 90, "Less is enough"]
"""
    )
    assert "target: 90\n    actual: 60\n    as_of: 2024-05-06\n" in goal(folder)
    assert "target: 100\n    actual: 40\n    as_of: 2024-03-04\n" in goal(folder, "HEAD~1"), "no count, no new day"
    assert git_in(folder, "log", "-1", "--format=%an %s", "HEAD~1").strip() == (
        "Bo Chen No count, the counter is ill (#1)"
    )


MISTAKES = {
    "a word that is no setting": (commit("sett: {}"), 5, "`sett` is not known here; did you mean `set`?"),
    "a commit without an author": ("  - {on: 2024-02-05, says: Go, set: {grow: {title: A}}}\n", 1, "needs `by`"),
    "a commit without a subject": ("  - {on: 2024-02-05, by: ana, set: {grow: {title: A}}}\n", 1, "needs `says`"),
    "a day that is none": (set_goal("title: A", on="2024-02-31"), 1, "a day is written 2024-06-12"),
    "a short name that is unknown": (commit("set: {grwo: {title: A}}"), 5, "did you mean `grow`?"),
    "a record that is not there yet": (commit("set: {clean: {title: A}}"), 5, "portfolio/goals/clean.md is not there"),
    "a record that is there already": (
        commit("create: {grow: {fields: {title: A}}}"),
        5,
        "portfolio/goals/grow.md is there already",
    ),
    "a field that the type does not have": (set_goal("titel: A"), 7, "`titel` is no field here; did you mean `title`?"),
    "a field of an item that it does not have": (set_goal("kpis[riders].goal: 4"), 7, "`goal` is no field here"),
    "a value that the type does not allow": (set_goal("due: soon"), 7, "`due`: soon is not a date"),
    "an item that is not there": (set_goal("kpis[rider].target: 4"), 7, "no item `rider`; did you mean `riders`?"),
    "a field to remove that is not there": (set_goal("owner: ~"), 7, "is not there, so it cannot be removed"),
    "a required field that is missing": (
        commit("create: {clean: {fields: {due: 2026-01-01}}}"),
        5,
        "`title` is missing",
    ),
    "a commit that changes nothing": (set_goal("title: Grow"), 1, "everything is so already"),
    "a step of a branch that changes nothing": (
        "  - {on: 2024-02-05, by: ana, says: Go, branch: [\n"
        + "".join(f"      {{by: ana, says: {word}, set: {{grow: {{title: A}}}}}},\n" for word in "AB")
        + "    ]}\n",
        3,
        "everything is so already",
    ),
    "a commit that says no change": (commit("more: Words"), 1, "this commit changes nothing"),
    "somebody whom the roster does not know": (set_goal("title: A", by="zoe"), 1, "nobody has the id `zoe`"),
    "an approver whom the roster does not know": (
        commit("approved: [zoe]\nset: {grow: {title: A}}"),
        1,
        "nobody has the id `zoe`",
    ),
    "a label that nobody gave": ("  - {on: 2024-02-05, by: ana, reverts: slip}\n", 1, "has the label `slip`"),
    "an edit of a file that is unreadable": (
        commit("raw: {grow: broken}") + set_goal("title: A", on="2024-02-06"),
        12,
        "unreadable: mend it first",
    ),
    "a file that is a record": (commit(f"file: {{{GOAL}: Mine}}"), 5, "is a record: set its fields"),
    "a branch that is squashed": (
        commit("branch: [{by: ana, says: A, set: {grow: {title: A}}}]"),
        5,
        "only a merge brings a branch",
    ),
    "a row of another length": (
        "reports:\n  - {file: grow, by: ana, columns: [due], rows: [[2024-03-04, Words]]}\n",
        2,
        "a row has a day, 1 values, a subject",
    ),
    "a subject with a character that nobody sees": (
        commit("set: {grow: {title: A}}", says='"a\\0b"'),
        3,
        "a subject has no control characters: here is U+0000",
    ),
    "paragraphs with a character that nobody sees": (
        commit('more: "Words\\e[31m"\nset: {grow: {title: A}}'),
        5,
        "paragraphs have no control characters: here is U+001B",
    ),
    "a year that git does not hold": (set_goal("title: A", on="0001-01-01"), 1, "the year is one from 1971 to 2099"),
    "a year that has no next": (set_goal("title: A", on="9999-12-31 23:59"), 1, "the year is one from 1971 to 2099"),
    "a year of a row that git does not hold": (
        "reports:\n  - {file: grow, by: ana, columns: [due], rows: [[1969-03-04, 2026-01-01, Words]]}\n",
        2,
        "the year is one from 1971 to 2099",
    ),
    "a file that is a folder already": (
        commit("file: {portfolio/goals: A}"),
        5,
        "portfolio/goals and portfolio/goals/grow.md cannot both be there",
    ),
    "a file and a folder of one commit": (
        commit("file:\n  x: A\n  x/y: B"),
        7,
        "x/y and x cannot both be there",
    ),
    "a record that moves into a file": (
        commit("move: {grow: portfolio/portfolio.yml/goals/grow.md}"),
        5,
        "and portfolio/portfolio.yml cannot both be there",
    ),
    "a revert that brings back a file where a folder is now": (
        commit("file: {x: A}")
        + commit("label: gone\nfile: {x: ~}", on="2024-02-06")
        + commit("file: {x/y: A}", on="2024-02-07")
        + "  - {on: 2024-02-08, by: ana, reverts: gone}\n",
        17,
        "x and x/y cannot both be there",
    ),
    "a path of a new record that leads elsewhere": (
        commit("move: {grow: ../grow.md}"),
        5,
        "no part of it is `..`",
    ),
    "YAML that is none": ("  - {on: 2024-02-05\n", 1, "a bracket is not closed"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_file_its_line_and_its_reason(name: str, tell: Tell, tmp_path: Path) -> None:
    commits, line, reason = MISTAKES[name]
    with pytest.raises(ConfigError) as caught:
        tell(commits)
    told = str(caught.value)
    assert reason in told
    assert f"ground.yml:{LINES + line}:" in told
    assert [path.name for path in tmp_path.iterdir()] == ["scenario"]


PATHS = {
    "up": ("../evil.txt", "no part of it is `..`"),
    "up in the middle": ("a/../../x", "no part of it is `..`"),
    "up on Windows": (r"..\\x", "no part of it is `..`"),
    "here": ("./x", "no part of it is `.`"),
    "from the root": ("/etc/x", "it begins or ends with a slash"),
    "an empty part": ("x//y", "has two in a row"),
    "a slash at the end": ("x/", "it begins or ends with a slash"),
    "git's own": (".git/hooks/post-checkout", "is git's own"),
    "git's own in capitals": ("a/.GIT/config", "is git's own"),
    "git's own with a dot": (".git. ./x", "is git's own"),
    "git's own by its short name": ("GIT~1/config", "is git's own"),
    "git's own as a stream": (".git::$INDEX_ALLOCATION/config", "is git's own"),
    "git's own on a Mac": (r".g\u200cit/config", "is git's own"),
    "git's own behind a backslash": (r"a\\.git\\config", "is git's own"),
    "a line feed": (r"a\nb", "here is U+000A"),
    "NUL": (r"a\0b", "here is U+0000"),
    "a next line": (r"a\Nb", "here is U+0085"),
    "a long part": ("x" * 256, "each part of it 255"),
    "a long path": ("x/" * 500 + "x", "a path is at most 1000 bytes"),
}


@pytest.mark.parametrize("name", PATHS)
def test_a_path_at_which_no_file_can_stand_is_told_with_its_place(name: str, tell: Tell) -> None:
    path, reason = PATHS[name]
    with pytest.raises(ConfigError) as caught:
        tell(commit(f'move: {{grow: "{path}"}}\nfile:\n  "{path}": Words'))
    moved, written = str(caught.value).splitlines()
    assert moved.startswith(f"ground.yml:{LINES + 5}:18: ")
    assert written.startswith(f"ground.yml:{LINES + 7}:7: ")
    assert reason in moved
    assert reason in written


def test_the_path_of_a_short_name_is_looked_at_too(tell: Tell, tmp_path: Path) -> None:
    tell("")
    other = "story: Another.\nfiles:\n  grow: .git/config\n"
    (tmp_path / "scenario" / "more.yml").write_text(other)
    with pytest.raises(ConfigError, match=r"^more\.yml:3:9: `\.git/config` is no path for a file"):
        write_demo(tmp_path / "other", tmp_path / "scenario")


@pytest.mark.parametrize("path", [".github/x", ".gitignore", "git", "..x", "a.git", "x.", "é ü", 'a"b', ".git1"])
def test_a_path_that_only_looks_odd_is_taken(path: str, tell: Tell) -> None:
    assert (tell(commit(f"file: {{'{path}': Words}}")) / path).read_text() == "Words"


def test_a_file_may_become_a_folder_and_a_folder_a_file(tell: Tell) -> None:
    folder = tell(commit("file: {x: A, z/y: A}") + commit("file: {x: ~, x/y: B, z: B, z/y: ~}", on="2024-02-06"))
    assert git_in(folder, "ls-tree", "-r", "--name-only", "HEAD").split() == [
        "portfolio/goals/grow.md",
        "portfolio/people.yml",
        "portfolio/portfolio.yml",
        "x/y",
        "z",
    ]


@pytest.mark.parametrize(("old", "new"), [("Ana Li", "Ana <x> Li"), ("ana@example.org", r'"a\n@example.org"')])
def test_somebody_who_can_sign_no_commit_is_told_with_the_place(old: str, new: str, tell: Tell, tmp_path: Path) -> None:
    tell("")
    (tmp_path / "scenario" / "ground.yml").write_text(GROUND.replace(old, new))
    with pytest.raises(ConfigError, match=r"^ground\.yml:7:5: `ana` can sign no commit"):
        write_demo(tmp_path / "other", tmp_path / "scenario")


def test_mistakes_of_all_files_are_told_at_once(tell: Tell, tmp_path: Path) -> None:
    other = "story: Another.\nfiles: {grow: portfolio/goals/grow.md}\n"
    tell("")
    (tmp_path / "scenario" / "more.yml").write_text(
        other + "commits:\n  - {on: 2024-03-01, by: zoe, says: Go, set: {grow: {titel: A}}}\n"
    )
    (tmp_path / "scenario" / "ground.yml").write_text(GROUND + set_goal("due: soon"))
    with pytest.raises(ConfigError) as caught:
        write_demo(tmp_path / "other", tmp_path / "scenario")
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["ground.yml", "more.yml", "more.yml"]


def test_a_folder_without_scenario_files_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(ConfigError, match="holds no scenario"):
            write_demo(tmp_path / "demo", folder)
