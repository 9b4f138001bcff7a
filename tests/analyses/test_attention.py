"""Which records need attention, held against a small portfolio."""

from __future__ import annotations

from minutebook.analyses.attention import ailing_records
from tests.support.reading import configure, history_of
from tests.support.repository_builder import RepositoryBuilder

WARDS = """\
format: 1
title: Wards
record_types:
  bed:
    title: Bed
    plural: Beds
    paths: ["beds/{id}.yml"]
    fields:
      state: {type: status, role: status, lifecycle: {open: [shut], shut: {final: true}}}
      mood: {type: health, role: health, values: [fine, so-so, bad]}
"""


def test_the_worst_come_first_then_those_that_are_so_the_longest_and_finished_ones_never(
    repo: RepositoryBuilder,
) -> None:
    def say(name: str, mood: str, state: str = "open") -> None:
        repo.write(f"beds/{name}.yml", f"state: {state}\nmood: {mood}\n")

    say("well", "fine")
    say("new", "fine")
    say("old", "so-so")
    say("gone", "bad", "shut")
    say("odd", "purple")
    repo.commit("Begin", date="2026-01-05T10:00:00+00:00")
    say("new", "so-so")
    repo.commit("Worse", date="2026-01-06T10:00:00+00:00")
    say("worst", "bad")
    repo.commit("Worst", date="2026-01-07T10:00:00+00:00")

    history = history_of(repo.path, WARDS)
    found = ailing_records(history.portfolio(history.commits - 1), configure(WARDS))
    assert [(one.key.id, one.word) for one in found] == [("worst", "bad"), ("old", "so-so"), ("new", "so-so")]
    assert [one.entry.landing.commit.subject for one in found if one.entry] == ["Worst", "Begin", "Worse"]
