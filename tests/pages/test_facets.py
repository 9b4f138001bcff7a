"""Facets and tables: what a reader may choose from, and how late is said."""

from __future__ import annotations

import datetime as dt

import pytest

from minutebook.model.record_type import Field, FieldType
from minutebook.pages.facets import Question, choice_of, make_facets, question_of
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


def test_words_are_offered_as_they_are_said_and_in_the_order_of_the_vocabulary() -> None:
    stage = Field("stage", FieldType.ENUM, "Stage", values=("scoping", "business_case", "pilot"))
    rows = [[(choice_of(stage, word),)] for word in ("pilot", "business_case", "scoping")]
    (facet,) = make_facets([question_of(stage)], rows).facets
    assert [option.word for option in facet.options] == ["scoping", "business case", "pilot"]


def test_titles_and_names_are_offered_as_they_are_written() -> None:
    owner = Field("owner", FieldType.PERSON, "Owner")
    rows = [[(choice_of(owner, name),)] for name in ("data_platform", "data platform <d@x.example>")]
    (facet,) = make_facets([question_of(owner)], rows).facets
    assert [option.word for option in facet.options] == ["data platform", "data_platform"]


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
    ("due", "words"),
    [
        ("2026-10-29", "1 day late"),
        ("2026-10-17", "13 days late"),
        ("2026-10-16", "2 weeks late"),
        ("2026-08-31", "8 weeks late"),
        ("2026-08-30", "2 months late"),
        ("2025-10-31", "11 months late"),
        ("2025-10-30", "12 months late"),
        ("2025-09-30", "13 months late"),
        ("2024-10-30", "24 months late"),
        ("2023-10-31", "35 months late"),
        ("2023-10-30", "3 years late"),
        ("2022-01-30", "4 years late"),
    ],
)
def test_how_late_is_said_in_the_unit_that_a_person_would_choose(due: str, words: str) -> None:
    today = dt.date(2026, 10, 30)
    assert late_words((today - dt.date.fromisoformat(due)).days, today) == words
