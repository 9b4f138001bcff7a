"""A portfolio and a command line in, what is printed and the exit code out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.cli.conftest import TICKETING, Ran
from tests.support.repository_builder import ANA, RepositoryBuilder

Run = Callable[..., Ran]


def short(ids: Mapping[str, str]) -> dict[str, str]:
    return {name: commit[:10] for name, commit in ids.items()}


def test_changes_tell_a_portfolio_in_words(run: Run, ids: dict[str, str]) -> None:
    ran = run("changes")
    assert ran == (
        0,
        """\
2026-01-05  {created}  Ana Li
            Begin
  group/transport  Transport
    Created in portfolio/groups/transport.md
  project/ticketing  Ticketing
    Created in portfolio/projects/ticketing.md: executing, green, due 2026-06-30

2026-02-03  {moved}  Ana Li  #12
            Move go-live (#12)
            Reviewed-by: Bo Chen
  project/ticketing  Ticketing
    Health green to red
    Milestone “Go-live” moved 30 days later: 2026-03-01 to 2026-03-31
    Forecast up 40,000 EUR (+12 %): 330,000 to 370,000 EUR

2026-02-10  {broken}  bo
            Break
  project/ticketing  Ticketing
    Unreadable: the key `health` stands twice

2026-02-12  {mended}  Bo Chen
            Mend
  project/ticketing  Ticketing
    Readable again
    Text: Why +1 line

2026-03-01  {hostile}  Bo \\x1b[2J Chen
            Add
  project/fares  \\x1b[31mFares\\u202e
    Created in portfolio/projects/fares.md: due 2026-31-03 (not a day of the calendar)

2026-03-02  {removed}  Bo Chen
            Remove
  project/fares  \\x1b[31mFares\\u202e
    Removed
""".format(**short(ids)),
        "",
    )


def test_status_tells_where_records_stand_and_since_when(run: Run, ids: dict[str, str]) -> None:
    assert run("status") == (
        0,
        """\
Transport office, as of 2026-03-02, last changed by {removed}

Projects (1, and 1 removed)
  Id         Title      Stage      Since       Health  Manager  Due
  ticketing  Ticketing  executing  2026-01-05  red     Ana Li   2026-06-30

Groups (1)
  Id         Title
  transport  Transport
""".format(**short(ids)),
        "",
    )


def test_show_tells_one_record_and_how_it_came_to_be_so(run: Run, ids: dict[str, str]) -> None:
    assert (
        run("show", "project/ticketing").out
        == """\
Ticketing
project/ticketing  portfolio/projects/ticketing.md  as of 2026-03-02, last changed by {mended}
Unreadable from 2026-02-10 ({broken}) to 2026-02-12 ({mended}): the key `health` stands twice.

Title              Ticketing
Objective          One ticket for every line.
Sponsor            Bo Chen
Manager            Ana Li
Group              Transport
Stage              executing
Health             red
Due                2026-06-30
Milestones         Go-live: due 2026-03-31
Budget             forecast: 370,000 EUR
room (undeclared)  12

Text

# Why

Passengers buy three tickets today.
Soon one.

History
  2026-01-05  {created}  Ana Li
              Begin
    Created in portfolio/projects/ticketing.md: executing, green, due 2026-06-30
  2026-02-03  {moved}  Ana Li  #12
              Move go-live (#12)
              Reviewed-by: Bo Chen
    Health green to red
    Milestone “Go-live” moved 30 days later: 2026-03-01 to 2026-03-31
    Forecast up 40,000 EUR (+12 %): 330,000 to 370,000 EUR
  2026-02-10  {broken}  bo
              Break
    Unreadable: the key `health` stands twice
  2026-02-12  {mended}  Bo Chen
              Mend
    Readable again
    Text: Why +1 line
""".format(**short(ids))
    )


def test_what_a_list_holds_stands_on_lines_of_its_own(run: Run, portfolio: RepositoryBuilder) -> None:
    lists = "own: ['Buy, then build', Wait]\n---\n# Why"
    portfolio.write("portfolio/projects/ticketing.md", TICKETING.replace("---\n# Why", lists))
    configuration = portfolio.read("portfolio/portfolio.yml").decode().replace("group,", "group, decision,")
    portfolio.write("portfolio/portfolio.yml", configuration)
    decision = "title: Choose\noptions: ['Build, then run', 'Wait']\naffects: [project/ticketing, group/transport]\n"
    portfolio.write("portfolio/decisions/d-1.md", f"---\n{decision}---\n")
    portfolio.commit("Decide")
    portfolio.checkout()
    lines = run("show", "decision/d-1").out.splitlines()
    assert [line for line in lines if line.startswith(("Options", "Affects", "   "))][:4] == [
        "Affects  Ticketing",
        "         Transport",
        "Options  Build, then run",
        "         Wait",
    ]
    assert "own (undeclared)   Buy, then build\n                   Wait\n" in run("show", "project/ticketing").out


def test_a_commit_is_told_with_its_title_and_those_who_let_it_in_and_with_no_address(
    run: Run, portfolio: RepositoryBuilder
) -> None:
    portfolio.write("portfolio/groups/transport.md", "---\ntitle: Trains\n---\n")
    approvers = (
        "Approved-by: Cy Diaz <cy@example.org>\nApproved-by: Bo Chen <bo@example.org>\nAcked-by: dee@example.org\n"
    )
    title = f"Rename for ana@example.org {'long ' * 40}"
    portfolio.commit(f"Merge pull request #7 from x/y\n\n{title}\n\n{approvers}", date="2026-03-05T09:00:00+01:00")
    portfolio.checkout()
    ran = run("changes", "--since", "2026-03-05")
    day, told, approved, acked, *_ = ran.out.splitlines()
    assert day.endswith("  #7")
    assert told.startswith("            Rename for long long")
    assert len(told) <= 112
    assert (approved, acked) == ("            Approved-by: Cy Diaz, Bo Chen", "            Acked-by: dee")
    assert "@" not in ran.out


@pytest.mark.parametrize(
    ("moment", "health"),
    [
        ("2026-02-02", "green"),  # it landed on this day in UTC, but on the next in Madrid
        ("2026-02-03", "red"),
        ("{created}", "green"),
        ("HEAD~4", "red"),
        ("main", "red"),
    ],
)
def test_show_goes_back_to_a_day_or_a_commit(run: Run, ids: dict[str, str], moment: str, health: str) -> None:
    shown = json.loads(run("show", f"project/ticketing@{moment.format(**ids)}", "--format", "json").out)
    assert shown["fields"]["health"] == health


def test_a_removed_record_is_shown_as_it_stood_last(run: Run) -> None:
    assert "Removed on 2026-03-02; this is how it stood last." in run("show", "project/fares").out.splitlines()


def test_a_line_of_json_has_the_promised_keys_in_order(run: Run, ids: dict[str, str]) -> None:
    lines = run("changes", "--format", "jsonl", "--field", "milestones").out.splitlines()
    change = json.loads(lines[-1])
    assert list(change.items()) == [
        ("record", "project/ticketing"),
        ("field", "milestones[go-live].due"),
        ("kind", "date"),
        ("before", "2026-03-01"),
        ("after", "2026-03-31"),
        ("words", "Milestone “Go-live” moved 30 days later: 2026-03-01 to 2026-03-31"),
        ("commit", ids["moved"]),
        ("landed", "2026-02-02T23:30:00+00:00"),
        ("authored", "2026-02-01T23:30:00+00:00"),
        ("contributors", ["Ana Li"]),
        ("path", "portfolio/projects/ticketing.md"),
        ("request", {"forge": "github", "name": "#12", "number": 12}),
        ("approvals", [{"token": "Reviewed-by", "name": "Bo Chen"}]),
        ("merged_by", None),
        ("title", "Move go-live (#12)"),
    ]


def test_whoever_merged_what_others_wrote_is_told_in_text_and_json(run: Run, portfolio: RepositoryBuilder) -> None:
    portfolio.branch("work")
    portfolio.commit_file("portfolio/groups/transport.md", "---\ntitle: Trains\n---\n", author=ANA)
    portfolio.switch("main")
    portfolio.merge("work", author="Cy Diaz <cy@example.org>", date="2026-03-05T09:00:00+01:00")
    portfolio.checkout()
    told = run("changes", "--since", "2026-03-05").out.splitlines()
    assert told[0].endswith("  Ana Li")
    assert "            Merged by: Cy Diaz" in told
    assert "              Merged by: Cy Diaz" in run("show", "group/transport").out.splitlines()
    (change,) = run("changes", "--since", "2026-03-05", "--format", "jsonl").out.splitlines()
    assert json.loads(change)["merged_by"] == "Cy Diaz"


def test_the_day_of_figures_is_folded_in_text_and_a_change_of_its_own_in_json(
    run: Run, portfolio: RepositoryBuilder
) -> None:
    path = "portfolio/projects/ticketing.md"
    content = portfolio.read(path).decode()
    assert "budget: {forecast: 370000}" in content
    portfolio.write(
        path, content.replace("budget: {forecast: 370000}", "budget: {forecast: 380000, as_of: 2026-03-31}")
    )
    portfolio.commit("Count", date="2026-03-05T09:00:00+01:00")
    portfolio.checkout()
    told = run("changes", "--since", "2026-03-05").out
    assert "    Forecast up 10,000 EUR (+3 %): 370,000 to 380,000 EUR, as of 2026-03-31\n" in told
    assert "set to 2026-03-31" not in told
    lines = run("changes", "--since", "2026-03-05", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["words"] for line in lines] == [
        "Forecast up 10,000 EUR (+3 %): 370,000 to 380,000 EUR",
        "Budget as of set to 2026-03-31",
    ]


def test_a_created_records_fields_come_as_changes_from_null(run: Run) -> None:
    lines = run("changes", "--format", "jsonl", "--until", "2026-01-05", "--type", "group").out.splitlines()
    told = [(change["field"], change["kind"], change["before"], change["after"]) for change in map(json.loads, lines)]
    assert told[:2] == [
        (None, "created", None, "portfolio/groups/transport.md"),
        ("title", "text", None, "Transport"),
    ]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--kind", "health"], {("created", "health"), ("moved", "health")}),
        (["--field", "budget"], {("created", "budget.forecast"), ("moved", "budget.forecast")}),
        (["--record", "PROJECT/Ticketing", "--since", "2026-02-11"], {("mended", None), ("mended", "text")}),
        (["--type", "project", "--kind", "removed"], {("removed", None)}),
        (["--since", "2026-02-03", "--until", "2026-02-03", "--kind", "money"], {("moved", "budget.forecast")}),
        (["--until", "2026-02-02", "--kind", "money"], {("created", "budget.forecast")}),
        (["--since", "2027-01-01"], set()),
    ],
)
def test_changes_are_filtered(
    run: Run, ids: dict[str, str], filters: list[str], expected: set[tuple[str, str | None]]
) -> None:
    names = {commit: name for name, commit in ids.items()}
    found = json.loads(run("changes", "--format", "json", *filters).out)["changes"]
    assert {(names[change["commit"]], change["field"]) for change in found} == expected


def test_status_as_json_has_every_field_as_it_stood(run: Run, ids: dict[str, str]) -> None:
    told = json.loads(run("status", "--as-of", "2026-02-10", "--format", "json").out)
    ticketing = next(record for record in told["records"] if record["record"] == "project/ticketing")
    assert (told["as_of"], told["commit"], told["last_change"]) == ("2026-02-10", ids["removed"], ids["broken"])
    assert {name: ticketing[name] for name in ("title", "removed", "unreadable", "undeclared", "status_since")} == {
        "title": "Ticketing",
        "removed": False,
        "unreadable": "the key `health` stands twice",
        "undeclared": ["room"],
        "status_since": "2026-01-05T09:00:00+01:00",
    }
    assert ticketing["fields"]["budget"] == {"forecast": {"amount": "370000", "currency": None}}
    assert ticketing["fields"]["milestones"] == {"go-live": {"id": "go-live", "title": "Go-live", "due": "2026-03-31"}}
    assert not [record for record in told["records"] if record["record"] == "project/fares"]


@pytest.mark.parametrize("arguments", [["changes"], ["status"], ["show", "project/fares"]], ids=lambda found: found[0])
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_control_character_and_no_address_leaves_the_command(run: Run, arguments: list[str], form: str) -> None:
    ran = run(*arguments, "--format", form)
    assert ran.code == 0
    assert not [character for character in ran.out if not character.isprintable() and character != "\n"]
    assert "@example.org" not in ran.out


def test_people_who_are_not_published_are_neither_listed_nor_shown(run: Run) -> None:
    assert "person/" not in run("changes", "--format", "jsonl").out
    assert run("show", "person/ana") == (
        2,
        "",
        "The record type `person` is not published.\n",
    )


@pytest.mark.parametrize(
    ("command", "message", "hint"),
    [
        (
            "show project/tiketing",
            "There is no record `project/tiketing`: records are named type/id.",
            "Did you mean project/ticketing?",
        ),
        (
            "show ticketing",
            "There is no record `ticketing`: records are named type/id.",
            "Did you mean project/ticketing?",
        ),
        (
            "show project/zzz",
            "There is no record `project/zzz`: records are named type/id.",
            "`minutebook status` lists every record.",
        ),
        (
            "show project/fares@2026-02-01",
            "The record project/fares did not exist yet on 2026-02-01.",
            "It first landed on 2026-03-01 in {hostile}.",
        ),
        (
            "show project/ticketing@",
            "`project/ticketing@` names no moment after the @.",
            "Write a day or a commit, or leave the @ out.",
        ),
        (
            "status --as-of 2025-12-31",
            "Nothing had landed by 2025-12-31.",
            "The first commit landed on 2026-01-05: name a day from then on.",
        ),
        (
            "status --type projekt",
            "The record type `projekt` does not exist.",
            "did you mean `project`? allowed: project, group.",
        ),
        (
            "changes --since 2026-02-01 --until 2026-01-01",
            "--since 2026-02-01 is after --until 2026-01-01, so nothing can match.",
            "Exchange the two days.",
        ),
        (
            "status --config no.yml",
            "no.yml: there is no such configuration file.",
            "Give the path of a portfolio.yml to --config.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_message(
    run: Run, ids: dict[str, str], command: str, message: str, hint: str
) -> None:
    assert run(*command.split()) == (2, "", f"{message}\nHint: {hint.format(**short(ids))}\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["chnges"], "invalid choice: 'chnges'"),
        (["status", "--as-of", "31.3.2026"], "'31.3.2026' is not a day: write YYYY-MM-DD"),
        (["status", "--as-of", "2026-02-30"], "'2026-02-30' is not a day: write YYYY-MM-DD"),
        (["changes", "--kind", "colour"], "invalid choice: 'colour'"),
    ],
)
def test_wrong_usage_is_told_with_what_is_allowed(run: Run, arguments: list[str], words: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


def test_people_of_a_branch_are_told_by_their_names_of_today_and_of_then(
    run: Run, portfolio: RepositoryBuilder
) -> None:
    portfolio.write(".mailmap", "Ana Li <ana@example.org> Anna Lee <anna@example.org>\n")
    portfolio.commit("Map", date="2026-03-03T09:00:00+00:00")
    portfolio.branch("work")
    portfolio.write("portfolio/groups/transport.md", "---\ntitle: Mobility\n---\n")
    portfolio.commit("Rename", author="Anna Lee <anna@example.org>", date="2026-03-04T09:00:00+00:00")
    portfolio.switch("main")
    portfolio.commit_file("notes.md", "x", date="2026-03-05T09:00:00+00:00")
    portfolio.merge("work", author="Bo Chen <bo@example.org>", date="2026-03-06T09:00:00+00:00")
    (change,) = map(json.loads, run("changes", "--since", "2026-03-03", "--format", "jsonl").out.splitlines())
    assert {name: change[name] for name in ("words", "contributors", "author_raw", "authored", "landed")} == {
        "words": "Title: “Transport” to “Mobility”",
        "contributors": ["Ana Li"],
        "author_raw": ["Anna Lee"],
        "authored": "2026-03-04T09:00:00+00:00",
        "landed": "2026-03-06T09:00:00+00:00",
    }


def test_a_date_that_git_holds_badly_is_told_as_invalid(run: Run, portfolio: RepositoryBuilder) -> None:
    portfolio.write("portfolio/groups/transport.md", "---\ntitle: Mobility\n---\n")
    commit = portfolio.commit("Rename", date="2026-03-04T09:00:00+00:00", landed="99999999999999999 +0000")
    (change,) = map(
        json.loads, run("changes", "--since", "2026-03-02", "--type", "group", "--format", "jsonl").out.splitlines()
    )
    assert change["landed"] == "invalid (99999999999999999 +0000)"
    assert f"(no date)   {commit[:10]}  Ana Li" in run("changes").out


def test_a_portfolio_outside_of_a_foreign_repository_is_read_with_repo_and_config(
    run: Run, portfolio: RepositoryBuilder, tmp_path: Path
) -> None:
    own = tmp_path / "elsewhere"
    own.mkdir()
    (own / "mine.yml").write_text("format: 1\ntitle: Mine\nroot: portfolio\nrecord_types: [group]\n")
    before = run("--repo", str(portfolio.path), "--config", "mine.yml", "status", folder=own)
    after = run("status", "--config", "mine.yml", "--repo", str(portfolio.path), folder=own)
    assert before == after
    assert "transport" in before.out
    assert (own / ".cache" / "minutebook").is_dir()


def test_the_cache_changes_nothing_and_can_be_refused(run: Run, portfolio: RepositoryBuilder, tmp_path: Path) -> None:
    fresh = run("changes", "--no-cache")
    assert not (portfolio.path / ".cache").exists()
    assert run("changes", "--cache", str(tmp_path / "kept")) == fresh
    assert run("changes", "--cache", str(tmp_path / "kept")) == fresh
    assert list((tmp_path / "kept").glob("*.json"))
    assert run("changes") == fresh
    assert (portfolio.path / ".cache" / "minutebook").is_dir()


def test_a_folder_without_a_portfolio_says_where_it_looked(run: Run, tmp_path: Path) -> None:
    lone = tmp_path / "lone"
    lone.mkdir()
    ran = run("status", folder=lone)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "No portfolio.yml was found. Looked for, in this order:\n"
        f"  {lone}/portfolio/portfolio.yml\n  {lone}/portfolio.yml\n"
        "Hint: Go to the folder of the portfolio, or name the file with --config FILE.\n"
        f"{lone} is in no git repository. To begin one with a portfolio: git init, then minutebook init\n"
    )


def test_the_command_of_the_hint_makes_a_portfolio(run: Run, tmp_path: Path) -> None:
    lone = RepositoryBuilder(tmp_path / "lone").path
    command = run("status", folder=lone).err.splitlines()[-1].partition("repository: ")[2].split()
    assert run(*command[1:], folder=lone).code == 0
    assert "project" in json.loads(run("schema", folder=lone).out)


def test_a_schema_is_printed_for_one_type_or_for_all(run: Run) -> None:
    one = json.loads(run("schema", "project").out)
    assert one["title"] == "Project"
    everything = json.loads(run("schema").out)
    assert list(everything) == ["project", "group", "person"]
    assert everything["project"] == one


def test_a_built_in_schema_needs_no_portfolio(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("schema", "decision", folder=tmp_path).out)["title"] == "Decision"


def test_an_unknown_schema_is_told_with_the_types_there_are(run: Run) -> None:
    ran = run("schema", "projct")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "There is no record type `projct`.")
    assert "did you mean `project`?" in ran.err
    # Those in use come first, then the built-in ones that are not in use.
    assert "allowed: project, group, person, innovation, decision, body, " in ran.err
