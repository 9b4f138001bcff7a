"""Which meeting was the last one: told from roles alone, never from what types and fields are called."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from minutebook.analyses.meetings import Meeting, last_meeting, meeting_types, next_due, next_meeting
from minutebook.model.record import RecordKey
from tests.support.reading import configure, history_of
from tests.support.repository_builder import RepositoryBuilder

COUNCIL = """\
format: 1
title: Council
record_types:
  ruling:
    title: Ruling
    plural: Rulings
    paths: ["rulings/{id}.yml"]
    fields:
      steps:
        type: items
        fields: {id: {type: id}, taken_at: {type: reference, role: meeting, to: gathering}}
  gathering:
    title: Gathering
    plural: Gatherings
    paths: ["gatherings/{id}.yml"]
    fields: {held: {type: date, role: date}}
  fair:
    title: Fair
    plural: Fairs
    paths: ["fairs/{id}.yml"]
    fields: {held: {type: date, role: date}}
"""


def last(repo: RepositoryBuilder, day: str, configuration: str = COUNCIL) -> Meeting | None:
    history = history_of(repo.path, configuration)
    portfolio = history.portfolio(history.commits - 1)
    return last_meeting(portfolio, configure(configuration), dt.date.fromisoformat(day))


def hold(repo: RepositoryBuilder, **days: str) -> None:
    for name, day in days.items():
        repo.write(f"gatherings/{name}.yml", f"held: {day}\n")
    repo.commit("Hold them")


def test_the_last_meeting_is_the_latest_on_or_before_the_day(repo: RepositoryBuilder) -> None:
    hold(repo, a="2026-03-01", b="2026-03-08", c="2026-03-15")
    assert last(repo, "2026-03-14") == Meeting(RecordKey("gathering", "b"), dt.date(2026, 3, 8))
    assert last(repo, "2026-03-15") == Meeting(RecordKey("gathering", "c"), dt.date(2026, 3, 15))
    assert last(repo, "2026-02-28") is None


def test_of_several_bodies_that_met_on_one_day_the_first_record_is_named(repo: RepositoryBuilder) -> None:
    hold(repo, b="2026-03-08", a="2026-03-08")
    found = last(repo, "2026-03-31")
    assert found is not None
    assert found.key.id == "a"


def test_a_type_with_a_date_that_no_decision_leads_to_is_no_meeting(repo: RepositoryBuilder) -> None:
    repo.write("fairs/f.yml", "held: 2026-03-20\n")
    hold(repo, a="2026-03-01", odd="2026-31-03")
    found = last(repo, "2026-03-31")
    assert found is not None
    assert found.key == RecordKey("gathering", "a")


def test_a_meeting_that_was_removed_or_is_not_published_does_not_count(repo: RepositoryBuilder) -> None:
    hold(repo, a="2026-03-01", b="2026-03-08")
    repo.remove("gatherings/b.yml")
    repo.commit("Remove it")
    found = last(repo, "2026-03-31")
    assert found is not None
    assert found.key.id == "a"
    secret = COUNCIL.replace("title: Gathering\n", "title: Gathering\n    publish: false\n")
    assert meeting_types(configure(secret)) == frozenset()
    assert last(repo, "2026-03-31", secret) is None


def test_the_last_meeting_among_some_is_one_of_them(repo: RepositoryBuilder) -> None:
    hold(repo, a="2026-03-01", b="2026-03-08")
    history = history_of(repo.path, COUNCIL)
    portfolio = history.portfolio(history.commits - 1)
    day = dt.date(2026, 3, 20)
    first, gone = RecordKey("gathering", "a"), RecordKey("gathering", "z")
    assert last_meeting(portfolio, configure(COUNCIL), day, [gone, first]) == Meeting(first, dt.date(2026, 3, 1))
    assert last_meeting(portfolio, configure(COUNCIL), day, []) is None


def test_the_next_meeting_is_the_first_after_the_day(repo: RepositoryBuilder) -> None:
    hold(repo, a="2026-03-01", b="2026-03-15", c="2026-03-08")
    history = history_of(repo.path, COUNCIL)
    portfolio = history.portfolio(history.commits - 1)

    def following(day: str, among: list[RecordKey]) -> Meeting | None:
        return next_meeting(portfolio, configure(COUNCIL), dt.date.fromisoformat(day), among)

    everything = list(portfolio.records)
    assert following("2026-03-01", everything) == Meeting(RecordKey("gathering", "c"), dt.date(2026, 3, 8))
    assert following("2026-03-01", [RecordKey("gathering", "b")]) == Meeting(
        RecordKey("gathering", "b"), dt.date(2026, 3, 15)
    )
    assert following("2026-03-15", everything) is None


def test_no_next_meeting_lies_behind_the_last_day_of_the_calendar() -> None:
    key = RecordKey("gathering", "a")
    assert next_due(Meeting(key, dt.date(2026, 3, 1)), Decimal(14)) == dt.date(2026, 3, 15)
    assert next_due(Meeting(key, dt.date(9999, 12, 1)), Decimal(91)) is None
    assert next_due(Meeting(key, dt.date(2026, 3, 1)), Decimal("Infinity")) is None
