"""Secrets, broken files, wrong settings and the end of the calendar in, what the commands say of them out."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import TICKETING, Ran
from tests.support.repository_builder import RepositoryBuilder

Run = Callable[..., Ran]


def test_no_command_tells_the_title_of_a_record_that_is_not_published(run: Run, portfolio: RepositoryBuilder) -> None:
    portfolio.write(
        "portfolio/portfolio.yml",
        """\
format: 1
title: Transport office
record_types:
  person: {}
  affair: {title: Affair, plural: Affairs, paths: ["affairs/{id}.md"], publish: false,
           fields: {title: {type: text, role: title}}}
  plan: {title: Plan, plural: Plans, paths: ["plans/{id}.md"],
         fields: {title: {type: text, role: title}, owner: {type: person, role: owner},
                  about: {type: reference, to: affair}, more: {type: references}}}
""",
    )
    portfolio.write("portfolio/affairs/a1.md", "---\ntitle: Hidden takeover\n---\n")
    portfolio.write("portfolio/plans/p.md", "---\ntitle: P\nowner: ana\nabout: a1\nmore: [affair/a1]\n---\n")
    portfolio.commit("Plan", date="2026-03-03T09:00:00+00:00")
    portfolio.checkout()
    for command in (["changes"], ["show", "plan/p"], ["status"]):
        for form in ("text", "json"):
            ran = run(*command, "--format", form)
            assert ran.code == 0
            assert "Hidden takeover" not in ran.out
    told = [json.loads(line)["words"] for line in run("changes", "--format", "jsonl").out.splitlines()]
    assert {"Owner set to Ana Li", "About set to a1", "More: added affair/a1"} <= set(told)


def test_no_command_tells_what_a_misspelt_name_of_a_field_that_is_not_published_says(
    run: Run, portfolio: RepositoryBuilder
) -> None:
    portfolio.write(
        "portfolio/portfolio.yml",
        """\
format: 1
title: Transport office
record_types:
  plan: {title: Plan, plural: Plans, paths: ["plans/{id}.md"],
         fields: {title: {type: text, role: title}, hidden: {type: text, publish: false}}}
""",
    )
    for turn in ("one", "two"):
        portfolio.write("portfolio/plans/p.md", f"---\ntitle: P\nhiden: sesame-{turn}\nown: word-{turn}\n---\n")
        commit = portfolio.commit(turn, date="2026-03-03T09:00:00+00:00")
    portfolio.checkout()
    for command in (["changes"], ["show", "plan/p"], ["show", f"plan/p@{commit}"], ["status"]):
        for form in ("text", "json"):
            ran = run(*command, "--format", form)
            assert ran.code == 0
            assert "sesame" not in ran.out + ran.err
            assert "word-two" in ran.out or (command == ["status"] and form == "text")


@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "--as-of", "9999-12-31"],
        ["show", "project/ticketing@9999-12-31"],
        ["changes", "--until", "9999-12-31"],
    ],
    ids=lambda found: found[0],
)
def test_the_last_day_there_is_can_be_asked_for(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert "Ticketing" in ran.out


def test_a_file_that_cannot_be_read_is_named_with_line_and_column(run: Run, portfolio: RepositoryBuilder) -> None:
    portfolio.write("portfolio/projects/ticketing.md", TICKETING.replace("stage:", "health:"))
    portfolio.commit("Break again", date="2026-03-03T09:00:00+00:00")
    place = "portfolio/projects/ticketing.md:8:1"
    reason = "cannot be read: the key `health` stands twice"
    assert f"  {place}: ticketing {reason}" in run("status").out.splitlines()
    shown = run("show", "project/ticketing").out.splitlines()
    assert f"{place}: its file {reason}; this is its last good state." in shown


def test_two_files_that_claim_one_record_are_told_below_the_tables(run: Run, portfolio: RepositoryBuilder) -> None:
    portfolio.write("portfolio/groups/Transport.md", "---\ntitle: Another\n---\n")
    portfolio.commit("Claim", date="2026-03-03T09:00:00+00:00")
    heading, rival = run("status").out.splitlines()[-2:]
    assert heading == "Two files, one record (1)"
    assert "groups/Transport.md" in rival
    assert "groups/transport.md" in rival
    assert heading not in run("status", "--type", "project").out
    assert heading not in run("status", "--as-of", "2026-03-02").out


def test_a_configured_branch_that_does_not_exist_is_told_by_file_and_key(
    run: Run, portfolio: RepositoryBuilder
) -> None:
    (portfolio.path / "lost.yml").write_text("format: 1\ntitle: Lost\nbranch: nope\n")
    ran = run("status", "--config", "../../lost.yml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "../../lost.yml:3:9: `branch` is `nope`, which names no commit of this repository.\n"
        "Hint: Write a branch that `git branch -a` lists, or leave `branch` out to publish what is checked out.\n"
    )


def test_a_commit_in_the_last_hour_of_all_years_has_a_day(run: Run, portfolio: RepositoryBuilder) -> None:
    portfolio.write("portfolio/groups/transport.md", "---\ntitle: Mobility\n---\n")
    commit = portfolio.commit("Rename", date="2026-03-04T09:00:00+00:00", landed="253402300799 +0000")
    assert f"9999-12-31  {commit[:10]}  Ana Li" in run("changes").out
