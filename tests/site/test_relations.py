"""What a record's page says of others: what it names and what names it, once, and how they stand; what groups hold."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.site.making import UNITS, WITH_MEETINGS, html_of, make, start, task, with_fields
from tests.support.html import answers_of, facts_of, head_of, links_of, rows_of, section, words_of
from tests.support.repository_builder import RepositoryBuilder

MEETINGS = with_fields(
    WITH_MEETINGS,
    "session",
    "of: {type: reference, role: body, to: board}",
    "took: {title: Took, type: references, role: decisions, to: ruling}",
)
RULINGS = with_fields(
    MEETINGS, "ruling", "on: {type: date, role: date}", "of: {type: reference, role: body, to: board}"
)
OFFICE = (
    with_fields(
        RULINGS,
        "task",
        "place: {type: reference, role: group, to: unit}",
        "ware: {type: reference, role: product, to: unit}",
    )
    + UNITS
    + """\
  board:
    title: Board
    plural: Boards
    paths: ["boards/{id}.yml"]
    fields:
      title: {type: text, role: title}
      place: {type: reference, role: group, to: unit}
      every: {type: number, role: cadence}
      may: {title: May decide for, type: object, fields: {units: {title: Over, type: references, to: unit}}}
      lead: {type: person, role: chair}
  insight:
    title: Insight
    plural: Insights
    paths: ["insights/{id}.yml"]
    fields: {title: {type: text, role: title}, from: {type: references, role: subject}}
"""
)

NONE = "\N{EN DASH}"


def relations_of(html: str) -> dict[str, str]:
    """The rows under Relations, as a reader has them."""
    return facts_of(section(html, "relations"))


def test_two_records_that_name_each_other_are_told_once_and_one_that_names_alone_is_told_too(
    repo: RepositoryBuilder,
) -> None:
    repo.write("portfolio/sessions/s-1.yml", "title: Spring session\ntook: [r-1]\n")
    repo.write("portfolio/rulings/r-1.yml", "title: Build it\nat: s-1\n")
    repo.write("portfolio/rulings/r-2.yml", "title: Paint it\nat: s-1\n")
    site = make(start(repo, OFFICE))
    assert relations_of(html_of(site, "ruling/r-1/")) == {"Sat at": "Spring session s-1"}
    assert relations_of(html_of(site, "session/s-1/")) == {"Took": "Build it r-1", "Taken there": "Paint it r-2"}


def test_what_an_object_names_is_a_relation_whatever_else_the_object_holds(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/units/rail.yml", "title: Rail\n")
    repo.write("portfolio/boards/b-1.yml", "title: Council\nmay: {units: [rail]}\n")
    repo.write("portfolio/boards/b-2.yml", "title: Court\nmay: {units: [rail], note: {until: 2027}}\n")
    told = relations_of(html_of(make(start(repo, OFFICE)), "unit/rail/"))
    assert told == {"Named under “Over”": "Council b-1 Court b-2"}


def test_what_stands_in_the_head_or_above_the_title_is_no_relation(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/units/rail.yml", "title: Rail\nwithin: all\n")
    repo.write("portfolio/units/all.yml", "title: Everything\n")
    repo.write("portfolio/boards/b-1.yml", "title: Council\nplace: rail\n")
    repo.write("portfolio/sessions/s-1.yml", "title: Spring session\nof: b-1\n")
    site = make(start(repo, OFFICE))
    assert head_of(html_of(site, "session/s-1/"))["Of"] == "Council"
    assert 'id="relations"' not in html_of(site, "session/s-1/")
    assert relations_of(html_of(site, "unit/all/")) == {"Parts": "Rail rail"}
    assert relations_of(html_of(site, "board/b-1/")) == {"Its sessions": "Spring session s-1"}


def test_a_relation_tells_what_is_not_well_and_when_it_is_due_while_it_is_not_finished(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/units/rail.yml", "title: Rail\n")
    start(repo, OFFICE)
    for number, (status, health) in enumerate([("open", "red"), ("open", "green"), ("done", "red")], 1):
        fields = {"status": status, "health": health, "due": "2027-03-01", "ware": "rail"}
        repo.write(f"portfolio/tasks/t-{number}.md", task(f"Task {number}", **fields))
    repo.commit("Say how they are")
    told = relations_of(html_of(make(repo), "unit/rail/"))
    assert told == {
        "Its tasks": "Task 1 t-1 ○ open ■ red due 2027-03-01 Task 2 t-2 ○ open due 2027-03-01 Task 3 t-3 ● done"
    }


def test_a_record_is_not_said_to_be_decided_by_what_is_not_decided(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/rulings/r-1.yml", "title: Build it\nstate: settled\nabout: [t-1]\n")
    repo.write("portfolio/rulings/r-2.yml", "title: Paint it\nstate: asked\nabout: [t-1]\n")
    told = relations_of(html_of(make(start(repo, OFFICE)), "task/t-1/"))
    assert told["Decided by"] == "Build it r-1 ● settled"
    assert told["To be decided by"] == "Paint it r-2 ○ asked"


def test_open_records_stand_before_finished_ones_and_of_both_the_newest_first(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/boards/b-1.yml", "title: Council\n")
    for id_, state, day in [
        ("r-1", "settled", "2026-01-03"),
        ("r-2", "asked", "2025-12-01"),
        ("r-3", "settled", "2026-01-04"),
    ]:
        repo.write(f"portfolio/rulings/{id_}.yml", f"title: Ruling\nstate: {state}\non: {day}\nof: b-1\n")
    told = relations_of(html_of(make(start(repo, OFFICE)), "board/b-1/"))["Its rulings"]
    assert re.findall(r"r-\d", told) == ["r-2", "r-3", "r-1"]


@pytest.mark.parametrize(
    ("every", "next_due"),
    [
        ("20", "2026-01-22"),
        ("7", "2026-01-09 3 days late"),
        ("0", None),
        ("-3", None),
        ("1e999", None),
        ("often", None),
    ],
)
def test_a_board_says_when_it_met_last_and_by_when_it_meets_next(
    repo: RepositoryBuilder, every: str, next_due: str | None
) -> None:
    repo.write("portfolio/boards/b-1.yml", f"title: Council\nevery: {every}\n")
    for number, day in enumerate(["2025-11-03", "2026-01-02"], 1):
        repo.write(f"portfolio/sessions/s-{number}.yml", f"title: Session\nheld: {day}\nof: b-1\n")
    repo.write("portfolio/rulings/r-1.yml", "title: Not a meeting\non: 2026-01-11\nof: b-1\nat: s-1\n")
    html = html_of(make(start(repo, OFFICE), as_of=dt.date(2026, 1, 12)), "board/b-1/")
    head = head_of(html)
    assert head["Last recorded meeting"] == "2026-01-02"
    assert 'href="../../session/s-2/"' in html
    assert head.get("Next due by") == next_due


@pytest.mark.parametrize(
    ("decided", "planned", "told"),
    [
        (None, None, {"Last recorded meeting": "2026-01-02", "Next due by": "2026-01-09 3 days late"}),
        ("2026-01-02", None, {"Last recorded meeting": "2026-01-02", "Next due by": "2026-01-09 3 days late"}),
        ("2026-01-10", None, {"Last recorded meeting": "2026-01-02"}),
        (None, "2026-02-03", {"Last recorded meeting": "2026-01-02", "Next meeting": "2026-02-03"}),
        ("2026-01-10", "2026-02-03", {"Last recorded meeting": "2026-01-02", "Next meeting": "2026-02-03"}),
    ],
)
def test_a_board_is_late_to_meet_only_where_it_did_not_decide_since_and_plans_no_meeting(
    repo: RepositoryBuilder, decided: str | None, planned: str | None, told: dict[str, str]
) -> None:
    repo.write("portfolio/boards/b-1.yml", "title: Council\nevery: 7\n")
    repo.write("portfolio/sessions/s-1.yml", "title: Session\nheld: 2026-01-02\nof: b-1\n")
    repo.write("portfolio/rulings/r-0.yml", "title: Wait\nstate: asked\non: 2026-01-11\nof: b-1\n")
    if decided:
        repo.write("portfolio/rulings/r-1.yml", f"title: Build it\nstate: settled\non: {decided}\nof: b-1\n")
    if planned:
        repo.write("portfolio/sessions/s-2.yml", "title: Later session\nheld: 2026-03-03\nof: b-1\n")
        repo.write("portfolio/sessions/s-3.yml", f"title: Session\nheld: {planned}\nof: b-1\n")
    html = html_of(make(start(repo, OFFICE), as_of=dt.date(2026, 1, 12)), "board/b-1/")
    assert head_of(html) == told
    assert ('href="../../session/s-3/">2026-02-03' in html) == bool(planned)


def test_a_board_that_stopped_meeting_is_overdue_at_home_in_its_group_and_in_the_table(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/units/rail.yml", "title: Rail\n")
    repo.write("portfolio/boards/b-1.yml", "title: Council\nevery: 7\nplace: rail\nlead: ana-li\n")
    repo.write("portfolio/boards/b-2.yml", "title: Panel\nevery: 7\nplace: rail\n")
    repo.write("portfolio/boards/b-3.yml", "title: Club\n")
    for number, (board, day) in enumerate([("b-1", "2026-01-02"), ("b-2", "2026-01-08")], 1):
        repo.write(f"portfolio/sessions/s-{number}.yml", f"title: Session\nheld: {day}\nof: {board}\n")
    site = make(start(repo, OFFICE), as_of=dt.date(2026, 1, 12))
    for page in ("", "unit/rail/"):
        late = section(html_of(site, page), "overdue")
        assert "Overdue (1)" in words_of(late)
        assert rows_of(late) == [["Council", "Next meeting", "ana-li", "2026-01-09", "3 days late"]]
    assert 'id="late"' not in html_of(site, "board/b-1/"), "its head says it"
    table = html_of(site, "board/")
    told = [row[-3:-1] for row in rows_of(table)]
    assert told == [["2026-01-02", "2026-01-09 3 days late"], ["2026-01-08", "2026-01-15"], [NONE, NONE]]


def test_a_group_holds_the_meetings_of_its_boards_with_their_table_and_tells_what_waits(
    repo: RepositoryBuilder,
) -> None:
    repo.write("portfolio/units/rail.yml", "title: Rail\n")
    repo.write("portfolio/units/road.yml", "title: Road\n")
    for board, unit in (("b-1", "rail"), ("b-2", "road")):
        repo.write(f"portfolio/boards/{board}.yml", f"title: Council\nplace: {unit}\n")
        repo.write(f"portfolio/sessions/{board}.yml", f"title: Session\nheld: 2026-01-02\nof: {board}\n")
    start(repo, OFFICE)
    repo.write("portfolio/tasks/t-3.md", task("Hire drivers", status="open", place="rail"))
    repo.write("portfolio/rulings/r-1.yml", "title: Build it\nstate: asked\nabout: [t-3]\nof: b-2\n")
    repo.commit("Place them")
    site = make(repo)
    rail, road = html_of(site, "unit/rail/"), html_of(site, "unit/road/")
    assert "session/?group=Rail" in section(rail, "records")
    assert "Decisions pending (1)" in words_of(section(rail, "pending"))
    assert rows_of(section(rail, "pending"))[0][0].startswith("Build it")
    assert 'id="pending"' not in road


def test_groups_stand_before_their_parts_with_how_much_of_what_they_hold_is_not_well(repo: RepositoryBuilder) -> None:
    for unit, whole in (("b-yard", "a-rail"), ("z-all", ""), ("a-rail", "z-all"), ("c-road", "z-all")):
        repo.write(f"portfolio/units/{unit}.yml", f"title: {unit}\n" + (f"within: {whole}\n" if whole else ""))
    start(repo, OFFICE)
    fields = {"status": "open", "health": "red", "due": "2026-01-06"}
    repo.write("portfolio/tasks/t-3.md", task("Hire drivers", place="b-yard", **fields))
    repo.write("portfolio/tasks/t-4.md", task("Sell tickets", place="c-road", status="open"))
    repo.commit("Place them")
    html = html_of(make(repo, as_of=dt.date(2026, 1, 12)), "unit/")
    told = [(row[1], *row[-4:-1]) for row in rows_of(html)]
    assert told == [
        ("z-all", "2", "1", "1"),
        ("a-rail", "1", "1", "1"),
        ("b-yard", "1", "1", "1"),
        ("c-road", "1", "0", "0"),
    ]
    assert re.findall(r'<th scope="row"(?: class="mb-depth-(\d)")?>', html) == ["", "1", "2", "1"]


def test_a_table_tells_the_forecast_of_each_record_and_marks_one_far_above_what_was_approved(
    repo: RepositoryBuilder,
) -> None:
    money = (
        "money: {type: object, role: budget, fields: {granted: {type: money, role: baseline},"
        " hoped: {title: Hoped for, type: money, role: forecast}}}"
    )
    start(repo, with_fields(OFFICE, "task", money))
    for number, (granted, hoped) in enumerate([(100, 104), (100, 250)], 3):
        repo.write(f"portfolio/tasks/t-{number}.md", task("Pay", money=f"{{granted: {granted}, hoped: {hoped}}}"))
    repo.commit("Pay")
    html = html_of(make(repo), "task/")
    assert 'data-sort="money.hoped" class="mb-figures">Hoped for (on granted)</th>' in html
    told = ["104 EUR (+4 %)", "250 EUR (▲ +150 %)"]
    assert [row[-2] for row in rows_of(html)] == [NONE, NONE, *told]


def test_a_board_that_has_not_met_yet_says_when_it_will(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/boards/b-1.yml", "title: Council\nevery: 7\n")
    repo.write("portfolio/sessions/s-1.yml", "title: Session\nheld: 2026-02-03\nof: b-1\n")
    html = html_of(make(start(repo, OFFICE), as_of=dt.date(2026, 1, 12)), "board/b-1/")
    assert head_of(html) == {"Next meeting": "2026-02-03"}


def rule(repo: RepositoryBuilder, id_: str, day: str = "2026-01-01") -> None:
    """A decision about the first four tasks."""
    text = f"title: Title of {id_}\nstate: settled\non: {day}\nabout: [t-1, t-2, t-3, t-4]\n"
    repo.write(f"portfolio/rulings/{id_}.yml", text)


def test_a_finished_record_names_the_decision_by_which_it_ended_only_where_git_tells(repo: RepositoryBuilder) -> None:
    start(repo, OFFICE)
    for id_ in ("t-1", "t-2", "t-3"):
        repo.write(f"portfolio/tasks/{id_}.md", task(f"Task {id_}", status="open"))
    repo.commit("Begin")
    rule(repo, "r-1")
    repo.write("portfolio/insights/i-1.yml", "title: Ask before\nfrom: [t-1, t-2]\n")
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    repo.write("portfolio/tasks/t-4.md", task("Hire drivers", status="done"))
    repo.commit("The council ends one task, another was over long ago")
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", status="done"))
    repo.commit("No trains")
    rule(repo, "r-2")
    repo.commit("The council looks back")
    repo.write("portfolio/tasks/t-3.md", task("Paint trains", status="done"))
    repo.commit("No paint, see r-1")
    site = make(repo)
    first, second, third, fourth = (head_of(html_of(site, f"task/t-{number}/")) for number in (1, 2, 3, 4))
    assert "r-1" in first["Decided by"]
    assert first["Insight"] == "Ask before"
    assert "r-1" in second["Last decision before its end"]
    assert "r-1" in third["Decided by"], "it is named, the later one is not"
    for head in (second, fourth):
        assert "Decided by" not in head
    assert "Last decision before its end" not in fourth, "git does not tell when it ended"


def test_of_several_decisions_that_landed_with_the_end_none_is_its_ground_unless_it_is_named(
    repo: RepositoryBuilder,
) -> None:
    start(repo, OFFICE)
    for id_ in ("t-2", "t-3"):
        repo.write(f"portfolio/tasks/{id_}.md", task(f"Task {id_}", status="open"))
    repo.commit("Begin")
    rule(repo, "a-close", "2025-12-18")
    rule(repo, "z-start", "2025-10-10")
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", status="done"))
    repo.write("portfolio/tasks/t-3.md", task("Paint trains, as z-start says", status="done"))
    repo.commit("Bring in what was kept elsewhere")
    site = make(repo)
    unnamed, named = (head_of(html_of(site, f"task/{id_}/")) for id_ in ("t-2", "t-3"))
    assert "a-close" in unnamed["Last decision before its end"]
    assert "Decided by" not in unnamed
    assert "z-start" in named["Decided by"]


def test_a_record_that_was_renamed_names_the_decision_by_which_it_ended_before(repo: RepositoryBuilder) -> None:
    start(repo, OFFICE)
    rule(repo, "r-1")
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    repo.commit("The council ends a task")
    repo.move("portfolio/tasks/t-1.md", "portfolio/tasks/t-5.md")
    repo.commit("Renumber")
    assert "r-1" in head_of(html_of(make(repo), "task/t-5/"))["Decided by"]


def test_a_record_that_is_not_finished_names_no_decision_in_its_head(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/rulings/r-1.yml", "title: Begin it\nstate: settled\nabout: [t-1]\n")
    head = head_of(html_of(make(start(repo, OFFICE)), "task/t-1/"))
    assert not {"Decided by", "Last decision before its end"} & set(head)


def test_a_group_shows_what_it_holds_with_its_parts_and_each_count_leads_to_so_many_records(
    repo: RepositoryBuilder,
) -> None:
    repo.write("portfolio/units/all.yml", "title: Everything\n")
    repo.write("portfolio/units/rail.yml", "title: Rail\nwithin: all\n")
    repo.write("portfolio/units/road.yml", "title: Road\n")
    start(repo, OFFICE)
    for number, (place, fields) in enumerate(
        [
            ("all", {"status": "open", "health": "green"}),
            ("rail", {"status": "open", "health": "red", "due": "2026-01-02"}),
            ("rail", {"status": "done", "health": "red", "due": "2026-01-02"}),
            ("road", {"status": "open", "health": "amber", "due": "2026-01-01"}),
        ],
        1,
    ):
        repo.write(f"portfolio/tasks/t-{number}.md", task(f"Task {number}", place=place, **fields))
    repo.write("portfolio/rulings/r-1.yml", "title: Build it\nstate: settled\nabout: [t-2]\n")
    repo.write("portfolio/rulings/r-2.yml", "title: Pave it\nstate: asked\nabout: [t-4]\n")
    repo.commit("Place them")
    site = make(repo, as_of=dt.date(2026, 2, 1))
    html = html_of(site, "unit/all/")
    held = section(html, "records")
    assert held.startswith("In this unit")
    assert re.findall(r'data-label="Number">([^<]*)<', held) == ["1 here, 3 with its parts", "0 here, 1 with its parts"]
    assert [link.removeprefix("../../") for link in links_of(held) if "/task/?" in link] == [
        "task/?group=Everything",
        "task/?status=open&group=Everything",
        "task/?status=done&group=Everything",
        "task/?health=green&finished=no&group=Everything",
        "task/?health=red&finished=no&group=Everything",
    ]
    assert 'ruling/?group=Everything"' in held
    assert answers_of(html_of(site, "task/"), "group")["Everything"] == "Everything (3)"
    attention, overdue = words_of(section(html, "attention")), words_of(section(html, "overdue"))
    assert "Task 2" in attention
    assert "Task 2" in overdue
    assert "Task 4" not in attention + overdue
    assert re.findall(r'data-label="Number">([^<]*)<', html_of(site, "unit/rail/")) == ["2", "1"]
    assert 'id="records"' not in html_of(site, "task/t-1/")


def test_what_a_group_counts_with_a_link_is_not_among_its_relations_and_what_else_names_it_is(
    repo: RepositoryBuilder,
) -> None:
    repo.write("portfolio/units/rail.yml", "title: Rail\n")
    start(repo, OFFICE)
    repo.write("portfolio/tasks/t-3.md", task("Hire drivers", status="open", place="rail"))
    repo.write("portfolio/tasks/t-4.md", task("Sell tickets", status="open", ware="rail"))
    repo.commit("Place them")
    html = html_of(make(repo), "unit/rail/")
    assert "task/?group=Rail" in section(html, "records")
    assert relations_of(html) == {"Its tasks": "Sell tickets t-4 ○ open"}


def test_what_a_group_counts_without_a_link_is_among_its_relations(repo: RepositoryBuilder) -> None:
    repo.write("portfolio/units/rail.yml", "title: Rail\n")
    repo.write("portfolio/boards/b-1.yml", "title: Council\nplace: rail\n")
    html = html_of(make(start(repo, OFFICE)), "unit/rail/")
    assert "board/?group" not in section(html, "records")
    assert relations_of(html) == {"Its boards": "Council b-1"}


def test_a_relation_reads_right_from_the_other_side(repo: RepositoryBuilder) -> None:
    like = "like: {title: Akin to, type: references, role: similar_to, to: task, separator: ','}"
    office = with_fields(OFFICE, "task", like)
    office = with_fields(office, "board", "over: {type: reference, role: escalates_to, to: board}")
    repo.write("portfolio/boards/b-1.yml", "title: Council\n")
    repo.write("portfolio/boards/b-2.yml", "title: Crew\nover: b-1\n")
    repo.write("portfolio/insights/i-1.yml", "title: Ask before\nfrom: [t-1]\n")
    start(repo, office)
    repo.write("portfolio/tasks/t-3.md", task("Hire drivers", like="'t-1, t-4'"))
    repo.write("portfolio/tasks/t-4.md", task("Sell tickets", like="t-3"))
    repo.commit("Compare them")
    site = make(repo)
    assert relations_of(html_of(site, "board/b-1/")) == {"Escalates to it": "Crew b-2"}
    told = relations_of(html_of(site, "task/t-1/"))
    assert told["Insights"] == "Ask before i-1"
    assert told["Similar to"].startswith("Hire drivers t-3")
    # Of two that name each other each says so once.
    assert set(relations_of(html_of(site, "task/t-4/"))) == {"Akin to"}


def test_a_person_in_the_head_leads_to_what_else_is_theirs_where_the_table_asks_for_them(
    repo: RepositoryBuilder,
) -> None:
    start(repo, OFFICE)
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", owner="Ana Li"))
    repo.commit("One owner of all tasks")
    assert "?owner=" not in html_of(make(repo), "task/t-1/")
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", owner="Bo Chen, Ana Li"))
    repo.commit("Two owners")
    site = make(repo)
    assert '<a href="../../task/?owner=Ana+Li">Ana Li</a>' in html_of(site, "task/t-1/")
    assert head_of(html_of(site, "task/t-2/"))["Owner"] == "Bo Chen, Ana Li"
    assert "Ana Li" in answers_of(html_of(site, "task/"), "owner")
