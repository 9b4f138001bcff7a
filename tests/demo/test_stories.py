"""The stories that the demo promises can be read in its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pytest

from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.value import Money, Value
from tests.demo.conftest import Demo

pytestmark = pytest.mark.slow


def changes(demo: Demo, record: str, field: str) -> list[tuple[Entry, Change]]:
    """Every change of a field of a record, oldest first."""
    return [
        (entry, change) for entry in demo.record(record).entries for change in entry.changes if change.field == field
    ]


def steps(demo: Demo, record: str, field: str) -> list[Value]:
    """The values that a field went through, oldest first."""
    return [change.after for _, change in changes(demo, record, field)]


def fields(demo: Demo, record: str) -> Mapping[str, Value]:
    """How a record stands at the end."""
    version = demo.record(record).last.version
    assert version is not None
    return version.fields


def item(value: Value, name: str) -> Mapping[str, Value]:
    """An item of a list."""
    assert isinstance(value, Mapping)
    found = value[name]
    assert isinstance(found, Mapping)
    return found


def day_of(demo: Demo, entry: Entry) -> dt.date:
    moment = entry.landing.commit.committer.moment.when
    assert moment is not None
    return demo.configuration.day_of(moment)


def approvals(entry: Entry) -> list[str]:
    """Who approved a landing, by the trailers of its commit."""
    return [
        trailer.person.name
        for trailer in entry.landing.commit.trailers
        if trailer.token.startswith("Approved") and trailer.person is not None
    ]


def records_of(demo: Demo, kind: str) -> Iterator[str]:
    return (str(key) for key, record in demo.history.records.items() if key.type == kind and not record.last.removed)


def test_a_red_project_is_rescued_by_a_decision_and_goes_live(demo: Demo) -> None:
    assert steps(demo, "project/ticketing-core", "health") == ["green", "amber", "red", "amber", "green"]
    red, amber = (entry for entry, change in changes(demo, "project/ticketing-core", "health")[2:4])
    accepted = next(
        entry for entry, change in changes(demo, "decision/d-2025-20", "status") if change.after == "accepted"
    )
    assert day_of(demo, red) < day_of(demo, accepted) < day_of(demo, amber)
    rescue = fields(demo, "decision/d-2025-20")
    assert {"options", "rationale", "evidence", "communicated_to", "actions"} <= rescue.keys()
    live = item(fields(demo, "project/ticketing-core")["milestones"], "go-live-region")["done"]
    assert isinstance(live, dt.date)
    assert (live.year, live.month) == (2026, 3)


def test_a_milestone_slips_five_times_and_the_slip_passes_on(demo: Demo) -> None:
    slips = changes(demo, "project/depot-north-charging", "milestones[grid-connection].due")
    assert len(slips) >= 5
    assert all(change.after > change.before for _, change in slips)  # type: ignore[operator]  # both are days
    assert steps(demo, "project/depot-north-charging", "health")[:4] == ["green", "amber", "red", "amber"]
    needs = fields(demo, "project/electric-buses")["depends_on"]
    assert isinstance(needs, tuple)
    assert any("depot-north-charging" in str(one) for one in needs)


def test_a_budget_drifts_month_by_month_until_it_is_decided(demo: Demo) -> None:
    amounts = [
        value.amount for value in steps(demo, "project/data-platform", "budget.forecast") if isinstance(value, Money)
    ]
    drift = amounts[: amounts.index(max(amounts)) + 1]
    assert len(drift) >= 10
    assert drift == sorted(set(drift))
    assert drift[-1] > drift[0] * 5 / 4
    assert fields(demo, "decision/d-2025-24")["category"] == "budget"


def test_an_innovation_goes_from_idea_to_adoption(demo: Demo) -> None:
    stages = steps(demo, "innovation/demand-bus", "stage")
    assert stages[-1] == "adoption"
    assert {"scoping", "business_case", "pilot", "handover"} <= set(stages) | {"discovery"}
    assert {"proposed_by", "receiving_manager", "essence", "adoption"} <= fields(demo, "innovation/demand-bus").keys()
    users = steps(demo, "innovation/demand-bus", "adoption.active_users")
    assert len(users) >= 5


def test_an_innovation_is_stopped_with_a_lesson(demo: Demo) -> None:
    assert steps(demo, "innovation/drone-inspection", "stage")[-1] == "stopped"
    lessons = [str(fields(demo, lesson)["about"]) for lesson in records_of(demo, "lesson")]
    assert any("drone-inspection" in about for about in lessons)


def test_an_innovation_is_bought_before_it_is_on_the_market(demo: Demo) -> None:
    assert fields(demo, "innovation/battery-second-life")["route"] == "pcp"


def test_groups_stand_in_groups_three_deep(demo: Demo) -> None:
    parents = {name.partition("/")[2]: fields(demo, name).get("parent") for name in records_of(demo, "group")}
    assert parents["zero-emission"] == "fleet-and-depots"
    assert parents["fleet-and-depots"] == "varnland"
    assert parents["varnland"] is None


def test_a_team_is_promised_to_more_work_than_it_can_do_until_that_is_decided(demo: Demo) -> None:
    shares: dict[str, object] = {}
    for kind in ("project", "innovation"):
        for name in records_of(demo, kind):
            allocations = fields(demo, name).get("allocations")
            for part in allocations.values() if isinstance(allocations, Mapping) else ():
                if isinstance(part, Mapping) and part.get("team") == "data-engineering":
                    shares[name] = part.get("fte")
    assert len(shares) >= 3
    assert fields(demo, "decision/d-2025-21")["category"] == "resource"


def test_a_reorganisation_moves_many_files_in_one_commit(demo: Demo) -> None:
    moved = [entry for entry in demo.history.entries() for change in entry.changes if change.kind is ChangeKind.MOVED]
    assert len(moved) >= 10
    assert {day_of(demo, entry) for entry in moved} == {dt.date(2025, 4, 1)}
    assert len({entry.landing.commit.id for entry in moved}) == 1


def test_a_decision_is_edited_after_it_was_accepted(demo: Demo) -> None:
    status = changes(demo, "decision/d-2025-20", "status")
    accepted = next(entry.landing.position for entry, change in status if change.after == "accepted")
    edited = [entry.landing.position for entry, _ in changes(demo, "decision/d-2025-20", "text")]
    assert max(edited) > accepted


def test_a_decision_is_approved_by_nobody_but_who_wrote_it(demo: Demo) -> None:
    found = []
    for name in records_of(demo, "decision"):
        for entry, change in changes(demo, name, "status"):
            authors = [person.name for person in entry.contributors]
            if change.after == "accepted" and approvals(entry) and set(approvals(entry)) <= set(authors):
                found.append(name)
    assert found


def test_a_body_decides_more_than_its_mandate_allows(demo: Demo) -> None:
    amount = fields(demo, "decision/d-2025-22")["amount"]
    mandate = fields(demo, "body/digital-board")["mandate"]
    assert fields(demo, "decision/d-2025-22")["body"] == "digital-board"
    assert isinstance(mandate, Mapping)
    limit = mandate["max_amount"]
    assert isinstance(amount, Money)
    assert isinstance(limit, Money)
    assert amount.amount > limit.amount


def test_a_decision_is_told_weeks_after_the_day_that_it_claims(demo: Demo) -> None:
    late = []
    for name in records_of(demo, "decision"):
        claimed = fields(demo, name)["date"]
        accepted = [entry for entry, change in changes(demo, name, "status") if change.after == "accepted"]
        if accepted and isinstance(claimed, dt.date) and (day_of(demo, accepted[0]) - claimed).days >= 14:
            late.append(name)
    assert late


def test_decisions_stand_in_every_status_and_one_takes_the_place_of_another(demo: Demo) -> None:
    statuses = {fields(demo, name)["status"] for name in records_of(demo, "decision")}
    assert statuses == {"accepted", "proposed", "postponed", "rejected", "superseded"}
    assert fields(demo, "decision/d-2026-01")["supersedes"] == ("d-2024-01",)


def test_a_change_is_reverted_by_the_commit_that_says_so(demo: Demo) -> None:
    message = demo.git("log", "--first-parent", "--grep=This reverts commit", "--format=%B")
    reverted = message.partition("This reverts commit ")[2][:40]
    assert reverted in demo.git("log", "--first-parent", "--format=%H").split()


def test_something_is_late_at_the_end_while_its_project_is_green(demo: Demo) -> None:
    last = day_of(demo, demo.record("project/ticketing-core").entries[-1])
    found = []
    for name in records_of(demo, "project"):
        milestones = fields(demo, name).get("milestones")
        for part in milestones.values() if isinstance(milestones, Mapping) else ():
            due = part.get("due") if isinstance(part, Mapping) and "done" not in part else None
            if isinstance(due, dt.date) and due < last and fields(demo, name)["health"] == "green":
                found.append(name)
    assert found
