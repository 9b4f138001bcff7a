"""L2 and L3: the order of the mainline, what landed when, and who wrote what a merge brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from minutebook.model.note import NoteKind
from minutebook.model.value import Value
from tests.support.reading import changes_of, history_of, notes_of, record_of, told
from tests.support.repository_builder import ANA, BO, FORGE, RepositoryBuilder

CYD = "Cyd Ray <cyd@example.org>"


def plan(status: str = "draft", *, text: str = "Text.\n", **fields: str) -> str:
    rest = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\ntitle: A plan\nstatus: {status}\n{rest}---\n{text}"


def begin(repo: RepositoryBuilder) -> None:
    """A mainline with one record, on which branches can start."""
    repo.commit_file("plans/a.md", plan(), "Begin")


def people(persons: tuple[object, ...]) -> list[str]:
    return [person[0] for person in persons]  # type: ignore[index]  # a Person is a tuple that begins with the name


def test_order_is_that_of_the_mainline_and_never_of_dates(repo: RepositoryBuilder) -> None:
    for status, day in [("draft", "2026-03-01"), ("review", "2020-01-01"), ("final", "2026-02-01")]:
        repo.commit_file("plans/a.md", plan(status), date=day)
    record = record_of(history_of(repo.path), "a")
    assert [change.after for change in changes_of(record, "status")] == ["draft", "review", "final"]


def test_landed_is_the_committers_time_and_authored_the_authors(repo: RepositoryBuilder) -> None:
    repo.commit_file(
        "plans/a.md",
        plan(created="2019-01-01"),
        author=ANA,
        date="2026-01-01T10:00:00+02:00",
        committer=FORGE,
        landed="2026-02-03T10:11:12-05:00",
    )
    (entry,) = record_of(history_of(repo.path), "a").entries
    assert str(entry.landing.landed) == "2026-02-03T10:11:12-05:00"
    assert str(entry.landing.commit.author.moment) == "2026-01-01T10:00:00+02:00"
    assert (entry.landing.commit.author.person.name, entry.landing.commit.committer.person.name) == ("Ana Li", "Forge")


def test_a_merge_lands_what_its_branch_did_and_names_those_who_touched_the_record(repo: RepositoryBuilder) -> None:
    begin(repo)
    repo.branch("x")
    repo.commit_file("plans/a.md", plan("review"), "Ask for review", author=BO)
    repo.commit_file("plans/b.md", plan(), "Another plan", author=CYD)
    repo.commit_file("plans/a.md", plan("final"), "Decide", author=BO, trailers={"Co-authored-by": FORGE})
    repo.switch("main")
    merge = repo.merge("x", author=ANA)
    history = history_of(repo.path)
    entry = record_of(history, "a").entries[-1]
    (change,) = entry.changes
    assert (change.field, change.before, change.after) == ("status", "draft", "final"), "in one step, at the merge"
    assert entry.landing.commit.id == merge
    assert people(entry.contributors) == ["Bo Chen", "Forge"]
    assert people(record_of(history, "b").entries[0].contributors) == ["Cyd Ray"]
    subjects = [commit.subject for commit in entry.landing.brought]
    assert subjects == ["Ask for review", "Another plan", "Decide"]


def test_what_a_branch_did_and_its_merge_dropped_is_no_change_but_is_told(repo: RepositoryBuilder) -> None:
    begin(repo)
    repo.branch("x")
    dropped = repo.commit_file("plans/a.md", plan("final"), author=BO)
    repo.switch("main")
    merge = repo.merge("x", strategy="discard")
    history = history_of(repo.path)
    assert told(record_of(history, "a"))[1:] == []
    (note,) = notes_of(history, NoteKind.DROPPED)
    assert (note.path, note.commit) == ("plans/a.md", merge)
    assert dropped[:10] in note.message


@pytest.mark.parametrize(("strategy", "status"), [("theirs", "final"), ("ours", "review")])
def test_a_conflict_lands_as_it_was_resolved(repo: RepositoryBuilder, strategy: str, status: str) -> None:
    begin(repo)
    repo.branch("x")
    repo.commit_file("plans/a.md", plan("final"))
    repo.switch("main")
    repo.commit_file("plans/a.md", plan("review"))
    repo.merge("x", strategy=strategy)
    version = record_of(history_of(repo.path), "a").last.version
    assert version is not None
    assert version.fields["status"] == status


def test_a_value_that_only_the_merge_wrote_lands_with_the_merge(repo: RepositoryBuilder) -> None:
    begin(repo)
    repo.branch("x")
    repo.commit_file("plans/b.md", plan(), author=BO)
    repo.switch("main")
    merge = repo.merge("x", edit={"plans/a.md": plan("smuggled")}, author=CYD)
    entry = record_of(history_of(repo.path), "a").entries[-1]
    assert entry.landing.commit.id == merge
    assert people(entry.contributors) == ["Cyd Ray"]


def test_an_octopus_lands_every_change_once(repo: RepositoryBuilder) -> None:
    begin(repo)
    for name in "xyz":
        repo.branch(name, repo.refs["main"])
        repo.commit_file(f"plans/{name}.md", plan(), author=BO)
    repo.switch("main")
    merge = repo.merge("x", "y", "z")
    history = history_of(repo.path)
    landed = [(str(entry.key), entry.landing.commit.id) for entry in history.entries()][1:]
    assert landed == [("plan/x", merge), ("plan/y", merge), ("plan/z", merge)]


def test_two_roots_are_both_read(repo: RepositoryBuilder) -> None:
    begin(repo)
    repo.orphan("other")
    repo.commit_file("plans/b.md", plan(), author=BO)
    repo.switch("main")
    merge = repo.merge("other")
    history = history_of(repo.path)
    assert history.commits == 2
    (entry,) = record_of(history, "b").entries
    assert (entry.landing.commit.id, people(entry.contributors)) == (merge, ["Bo Chen"])


def _squash(repo: RepositoryBuilder) -> list[str]:
    return [repo.squash("x", "Plan b (#7)", author=BO, committer=FORGE)]


def _rebase(repo: RepositoryBuilder) -> list[str]:
    return repo.rebase("x")


def _fast_forward(repo: RepositoryBuilder) -> list[str]:
    repo.reset(next(iter(repo.parents)))
    commits = [repo.parents[repo.refs["x"]][0], repo.refs["x"]]
    repo.fast_forward("x")
    return commits


@pytest.mark.parametrize(
    ("land", "statuses"), [(_squash, ["review"]), (_rebase, ["draft", "review"]), (_fast_forward, ["draft", "review"])]
)
def test_what_lands_without_a_merge_commit_lands_commit_by_commit(
    repo: RepositoryBuilder, land: Callable[[RepositoryBuilder], list[str]], statuses: list[str]
) -> None:
    begin(repo)
    repo.branch("x")
    repo.commit_file("plans/b.md", plan("draft"), author=BO)
    repo.commit_file("plans/b.md", plan("review"), author=BO)
    repo.switch("main")
    if land is not _fast_forward:
        repo.commit_file("plans/c.md", plan())
    commits = land(repo)
    entries = record_of(history_of(repo.path), "b").entries
    assert [entry.landing.commit.id for entry in entries] == commits
    assert [people(entry.contributors) for entry in entries] == [["Bo Chen"]] * len(commits)
    assert [change.after for entry in entries for change in entry.changes if change.field == "status"] == statuses


@pytest.mark.parametrize("message", ["Merge branch 'main' into x", "Merge remote-tracking branch 'origin/main'"])
def test_a_foxtrot_is_found_and_every_change_stands_once(repo: RepositoryBuilder, message: str) -> None:
    begin(repo)
    repo.branch("x")
    repo.commit_file("plans/b.md", plan(), author=BO)
    repo.switch("main")
    earlier = repo.commit_file("plans/a.md", plan("review"), author=CYD)
    repo.switch("x")
    foxtrot = repo.merge("main", message=message)
    repo.switch("main")
    repo.fast_forward("x")
    history = history_of(repo.path)
    (note,) = notes_of(history, NoteKind.FOXTROT)
    assert note.commit == foxtrot
    entry = record_of(history, "a").entries[-1]
    assert entry.landing.commit.id == foxtrot
    assert [commit.id for commit in entry.landing.brought] == [earlier]
    assert people(entry.contributors) == ["Cyd Ray"]


def test_merging_a_feature_branch_is_no_foxtrot(repo: RepositoryBuilder) -> None:
    begin(repo)
    repo.branch("x")
    repo.commit_file("plans/b.md", plan())
    repo.switch("main")
    repo.merge("x", message="Merge branch 'x'")
    assert notes_of(history_of(repo.path), NoteKind.FOXTROT) == []


def test_a_branch_that_was_merged_twice_brings_each_commit_once(repo: RepositoryBuilder) -> None:
    begin(repo)
    repo.branch("x")
    first = repo.commit_file("plans/b.md", plan("draft"), author=BO)
    repo.switch("main")
    repo.merge("x")
    repo.switch("x")
    second = repo.commit_file("plans/b.md", plan("review"), author=CYD)
    repo.switch("main")
    repo.merge("x")
    entries = record_of(history_of(repo.path), "b").entries
    assert [[commit.id for commit in entry.landing.brought] for entry in entries] == [[first], [second]]
    assert [people(entry.contributors) for entry in entries] == [["Bo Chen"], ["Cyd Ray"]]


def test_a_branch_inside_a_branch_is_brought_by_the_merge_that_landed_both(repo: RepositoryBuilder) -> None:
    begin(repo)
    repo.branch("x")
    repo.commit_file("plans/x.md", plan(), "On x", author=BO)
    repo.branch("y")
    repo.commit_file("plans/y.md", plan(), "On y", author=CYD)
    repo.switch("x")
    repo.commit_file("plans/x.md", plan("review"), "On x again", author=BO)
    repo.merge("y")
    repo.switch("main")
    repo.merge("x")
    history = history_of(repo.path)
    assert people(record_of(history, "y").entries[0].contributors) == ["Cyd Ray"]
    assert {commit.subject for commit in history.landings[-1].brought} == {"On x", "On y", "On x again"}


def test_the_state_at_a_date_is_that_of_the_last_commit_whose_clock_had_come(repo: RepositoryBuilder) -> None:
    for status, day in [("one", "2026-03-01"), ("two", "2026-03-10"), ("three", "2026-03-05"), ("four", "2026-03-11")]:
        repo.commit_file("plans/a.md", plan(status), date=f"{day}T12:00:00+00:00")
    history = history_of(repo.path)
    table = {
        "2026-02-28": None,
        "2026-03-01": "one",
        "2026-03-09": "one",
        "2026-03-10": "three",  # it landed after what says 10 March, whatever its own date says
        "2026-03-11": "four",
        "2030-01-01": "four",
    }
    for day, expected in table.items():
        position = history.position_at(dt.datetime.fromisoformat(f"{day}T23:59:59+00:00"))
        found: Value = None
        if position is not None:
            (state,) = history.portfolio(position).records.values()
            assert state.version is not None
            found = state.version.fields["status"]
        assert found == expected, day


def test_a_published_branch_revision_or_tag_ends_the_history(repo: RepositoryBuilder, tmp_path: Path) -> None:
    first = repo.commit_file("plans/a.md", plan())
    repo.tag("v1")
    repo.commit_file("plans/b.md", plan())
    for revision in ("v1", first, first[:12], "main~1"):
        history = history_of(repo.path, revision=revision)
        assert (history.commit, len(history.records)) == (first, 1)
