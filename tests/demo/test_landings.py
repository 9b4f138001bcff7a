"""How what a scenario plans lands: merges, squashes, direct commits, their people, their times, their numbers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.demo.conftest import Demo, git_in

Tell = Callable[[str], Path]


def log(folder: Path, form: str, *options: str) -> list[str]:
    return git_in(folder, "log", f"--format={form}", *options).splitlines()


def test_a_merge_brings_a_branch_of_its_author_and_is_landed_by_the_merger(tell: Tell) -> None:
    folder = tell(
        """\
  - on: 2024-02-05 16:00
    by: ana
    says: Grow faster, since the new line opened
    more: |
      The council asked for it
      twice.

      And once more.
    approved: [bo, ana]
    reviewed: [bo]
    set: {grow: {title: Grow faster}}
"""
    )
    assert log(folder, "%an|%cn|%s", "-1", "HEAD^2") == ["Ana Li|Ana Li|Grow faster, since the new line opened"]
    assert git_in(folder, "log", "-1", "--format=%b", "HEAD^2").strip() == (
        "The council asked for it twice.\n\nAnd once more."
    )
    assert log(folder, "%an|%cn|%cI", "-1") == ["Bo Chen|Bo Chen|2024-02-05T16:00:00+01:00"]
    assert git_in(folder, "log", "-1", "--format=%B").strip() == (
        "Merge pull request #1 from ana/grow-faster-since-the\n\n"
        "Grow faster, since the new line opened\n\n"
        "Reviewed-by: Bo Chen <bo@example.org>\n"
        "Approved-by: Bo Chen <bo@example.org>\n"
        "Approved-by: Ana Li <ana@example.org>"
    )
    assert git_in(folder, "rev-parse", "HEAD^{tree}") == git_in(folder, "rev-parse", "HEAD^2^{tree}")


def test_a_squash_is_one_commit_with_its_number_landed_by_another_than_its_author(tell: Tell) -> None:
    folder = tell("  - {on: 2024-02-05, by: ana, says: Grow, via: squash, set: {grow: {title: Grow faster}}}\n")
    assert log(folder, "%an|%cn|%s|%p", "-1") == [
        f"Ana Li|Bo Chen|Grow (#1)|{git_in(folder, 'rev-parse', '--short', 'HEAD~1').strip()}"
    ]


def test_who_lands_it_is_who_is_told_or_an_approver_where_the_merger_wrote_it(tell: Tell) -> None:
    folder = tell(
        """\
  - {on: 2024-02-05, by: ana, merged_by: ana, says: One, via: squash, set: {grow: {title: One}}}
  - {on: 2024-02-06, by: bo, approved: [ana], says: Two, via: squash, set: {grow: {title: Two}}}
  - {on: 2024-02-07, by: bo, says: Three, via: squash, set: {grow: {title: Three}}}
"""
    )
    assert log(folder, "%cn %s", "-3") == ["Bo Chen Three (#3)", "Ana Li Two (#2)", "Ana Li One (#1)"]


def test_a_branch_may_have_several_steps_of_several_people(tell: Tell) -> None:
    folder = tell(
        """\
  - on: 2024-02-08 16:00
    by: ana
    says: A year to grow
    branch:
      - {on: 2024-02-06 09:30, by: bo, says: Propose a year, set: {grow: {due: 2026-12-31}}}
      - {on: 2024-02-08 09:45, by: ana, says: Name who answers, set: {grow: {owner: bo}}}
    set: {grow: {due: 2027-06-30}}
"""
    )
    assert log(folder, "%an %s", "HEAD^1..HEAD^2") == [
        "Ana Li A year to grow",
        "Ana Li Name who answers",
        "Bo Chen Propose a year",
    ]
    assert log(folder, "%aI", "HEAD^1..HEAD^2~1") == ["2024-02-08T09:45:00+01:00", "2024-02-06T09:30:00+01:00"]
    assert "owner: bo\ndue: 2027-06-30\n" in git_in(folder, "show", "HEAD:portfolio/goals/grow.md")


def test_a_branch_begins_where_nobody_touched_its_files_since_and_keeps_what_landed_meanwhile(tell: Tell) -> None:
    folder = tell(
        """\
  - {on: 2024-02-05 10:00, by: bo, says: Clean, via: direct, create: {clean: {fields: {title: Clean}}}}
  - {on: 2024-02-08 12:00, by: bo, says: Cleaner, via: direct, set: {clean: {title: Cleaner}}}
  - on: 2024-02-08 16:00
    by: ana
    says: Far
    branch: [{on: 2024-02-06 09:30, by: ana, says: Early, set: {grow: {due: 2026-12-31}}}]
  - on: 2024-02-09 16:00
    by: ana
    says: Near
    branch: [{on: 2024-02-06 09:30, by: ana, says: Too early, set: {clean: {owner: bo}}}]
"""
    )
    assert log(folder, "%s", "-1", "HEAD~1^2~1") == ["Clean"]
    assert log(folder, "%s", "-1", "HEAD^2~1") == ["Cleaner"], "it cannot begin before what it builds on"
    assert "title: Cleaner\nowner: bo\n" in git_in(folder, "show", "HEAD:portfolio/goals/clean.md")
    for merge in ("HEAD", "HEAD~1"):
        written, landed = log(folder, "%ct", "-1", f"{merge}^2")[0], log(folder, "%ct", "-1", merge)[0]
        began = log(folder, "%ct", "-1", f"{merge}^2~1")[0]
        assert int(began) < int(written) < int(landed)


def test_commits_of_one_day_and_file_land_as_they_are_told_whether_they_tell_their_time_or_not(tell: Tell) -> None:
    days = "".join(
        f"  - {{on: {moment}, by: ana, says: {says}, via: direct, set: {{grow: {{title: {says}}}}}}}\n"
        for moment, says in [
            ("2024-02-05", "One"),
            ("2024-02-05 08:20", "Two"),
            ("2024-02-05", "Three"),
            ("2024-02-05", "Four"),
            ("2024-02-05 17:00", "Five"),
            ("2024-02-05", "Six"),
        ]
    )
    folder = tell(days)
    assert log(folder, "%s", "-6", "--reverse") == ["One", "Two", "Three", "Four", "Five", "Six"]
    times = [dt.datetime.fromisoformat(time) for time in log(folder, "%cI", "-6", "--reverse")]
    assert times == sorted(set(times))
    assert {time.date().isoformat() for time in times} == {"2024-02-05"}


def test_the_merger_lands_most_pull_requests_of_the_demo_and_approvers_some(demo: Demo) -> None:
    landers = Counter(log(demo.folder, "%cn", "--first-parent", "--merges"))
    [(merger, most)] = landers.most_common(1)
    assert merger == "Jonas Weber"
    assert landers.total() / 2 < most < landers.total() * 0.95
    assert len(landers) >= 5


def test_the_offset_is_that_of_the_season(tell: Tell) -> None:
    folder = tell(
        """\
  - {on: 2024-03-29 10:00, by: ana, says: Winter, via: direct, set: {grow: {title: Winter}}}
  - {on: 2024-04-02 10:00, by: ana, says: Summer, via: direct, set: {grow: {title: Summer}}}
"""
    )
    assert log(folder, "%aI", "-2") == ["2024-04-02T10:00:00+02:00", "2024-03-29T10:00:00+01:00"]


def test_the_demo_has_merges_squashes_and_direct_commits_and_its_pull_requests_count_up(demo: Demo) -> None:
    subjects = log(demo.folder, "%s", "--first-parent", "--reverse")
    merges = [subject for subject in subjects if subject.startswith("Merge pull request #")]
    squashes = [subject for subject in subjects if subject.endswith(")") and "(#" in subject]
    assert len(merges) >= 300
    assert len(squashes) >= 15
    assert len(subjects) - len(merges) - len(squashes) >= 500
    numbers = [int(subject.partition("#")[2].split()[0].rstrip(")")) for subject in subjects if "#" in subject]
    assert numbers == list(range(1, len(numbers) + 1))
    approvals = log(demo.folder, "%(trailers:key=Approved-by,valueonly,separator=;)", "--first-parent")
    assert sum(bool(people) for people in approvals) >= 200
    assert len(set(";".join(approvals).split(";"))) >= 10, "many people approve, not always the same"
