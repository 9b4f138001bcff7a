"""What sort of change a line tells of."""

from __future__ import annotations

import datetime as dt

import pytest

from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.commit import Commit, Landing, Moment, Person, Signature
from minutebook.model.record import RecordKey
from minutebook.pages.change_kinds import KIND_ORDER, KIND_WORDS, kinds_of

NOW = Moment(dt.datetime(2026, 3, 1, tzinfo=dt.UTC), "1772323200 +0000")


def entry(*kinds: ChangeKind) -> Entry:
    signature = Signature(Person("Ana Li", ""), Person("Ana Li", ""), NOW)
    landing = Landing(0, Commit("0" * 40, (), signature, signature, "Edit", "Edit", ()), (), None, NOW.when)
    changes = tuple(Change("", kind, None, None) for kind in kinds)
    return Entry(RecordKey("task", "t"), landing, "t.md", NOW, (), changes)


def test_every_kind_of_change_has_a_word() -> None:
    assert set(KIND_WORDS) == set(ChangeKind)
    assert len(KIND_ORDER) == len(set(KIND_WORDS.values()))


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([ChangeKind.STATUS, ChangeKind.DATE, ChangeKind.STATUS], ("status", "dates")),
        ([ChangeKind.PROSE, ChangeKind.MARKDOWN], ("text",)),
        ([ChangeKind.MOVED, ChangeKind.HEALTH], ("renamed or moved", "health")),
        ([ChangeKind.CREATED, ChangeKind.STATUS, ChangeKind.DATE], ("created",)),
        ([ChangeKind.RESTORED, ChangeKind.DATE], ("restored", "dates")),
    ],
)
def test_a_line_answers_with_each_word_once(kinds: list[ChangeKind], words: tuple[str, ...]) -> None:
    assert kinds_of(entry(*kinds)) == words
