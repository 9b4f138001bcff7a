"""Facets and tables: what a reader may choose from, and how late is said."""

from __future__ import annotations

import pytest

from minutebook.pages.facets import Question, make_facets
from minutebook.pages.lateness import late_words

STATUS = Question("status", "Status", order=("open", "shut", "lost"))
GROUP = Question("group", "Group")


def test_answers_stand_in_the_order_of_the_vocabulary_and_others_follow_by_the_alphabet() -> None:
    found = make_facets([STATUS], [[("new",)], [("shut",)], [("Also",)], [("open",)], [("open",)]])
    (facet,) = found.facets
    assert [(option.word, option.count) for option in facet.options] == [
        ("open", 2),
        ("shut", 1),
        ("Also", 1),
        ("new", 1),
    ]
    assert found.marks == ("3", "1", "2", "0", "0")


def test_a_row_may_answer_with_several_words_or_with_none() -> None:
    found = make_facets([STATUS, GROUP], [[("open",), ("north", "all")], [(), ("all",)], [("shut",), ()]])
    assert [facet.name for facet in found.facets] == ["status", "group"]
    assert found.marks == ("0|1 0", "|0", "1|")


def test_a_question_that_narrows_nothing_is_left_out() -> None:
    found = make_facets([STATUS, GROUP], [[("open",), ()], [("open",), ()]])
    assert found.facets == ()
    assert found.marks == ("", "")
    (facet,) = make_facets([STATUS], [[("open",)], [()]]).facets
    assert facet.options[0].count == 1, "some rows answer and others do not: that narrows"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day late"),
        (13, "13 days late"),
        (14, "2 weeks late"),
        (60, "8 weeks late"),
        (61, "2 months late"),
        (322, "10 months late"),
        (364, "11 months late"),
        (365, "12 months late"),
        (729, "23 months late"),
        (730, "2 years late"),
        (1094, "2 years late"),
        (1095, "3 years late"),
    ],
)
def test_how_late_is_said_in_the_unit_that_a_person_would_choose(days: int, words: str) -> None:
    assert late_words(days) == words
