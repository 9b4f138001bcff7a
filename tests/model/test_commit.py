"""What a commit is called."""

from __future__ import annotations

import pytest

from minutebook.model.commit import Commit, Moment, Person, Signature

ANA = Signature(Person("Ana", "ana@office.example"), Person("Ana", "ana@office.example"), Moment(None, ""))


def commit(message: str) -> Commit:
    return Commit("0" * 40, (), ANA, ANA, " ".join(message.split("\n\n", 1)[0].split()), message, ())


@pytest.mark.parametrize(
    ("message", "title"),
    [
        ("Move the depot", "Move the depot"),
        ("Move the depot (#12)\n\nBecause of the flood.", "Move the depot (#12)"),
        ("Merge pull request #12 from ana/depot\n\nMove the\ndepot\n\nApproved-by: Bo <b@o.example>", "Move the depot"),
        ("Merge branch 'depot' into 'main'\n\nMove the depot\n\nSee merge request office/plans!7", "Move the depot"),
        ("Merged in depot (pull request #3)\n\nMove the depot", "Move the depot"),
        ("Merge branch 'depot'\n\nSee merge request office/plans!7", "Merge branch 'depot'"),
        ("Merge pull request #12 from ana/depot", "Merge pull request #12 from ana/depot"),
        ("Merge branch 'a'\n\nApproved-by: Bo <b@o.example>", "Merge branch 'a'"),
        ("Merge the depots\n\nThey are one now.", "Merge the depots"),
    ],
)
def test_a_merge_is_called_as_a_person_called_the_change(message: str, title: str) -> None:
    assert commit(message).title == title


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Ana Li", "ana@office.example"), ("ana li", "ana@home.example"), True),
        (("Ana Li", "ana@office.example"), ("A. Li", "Ana@Office.example"), True),
        (("Ana Li", "ana@office.example"), ("Bo Chen", "bo@office.example"), False),
        (("Ana Li", ""), ("Bo Chen", ""), False),
        (("", "ana@office.example"), ("", "bo@office.example"), False),
    ],
)
def test_a_person_is_known_by_name_or_by_address(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    assert Person(*one).is_same(Person(*other)) is same
