"""Facets: the answers that each row of a list gives to a few questions in; what a reader may choose from out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from minutebook.history.value_words import VOCABULARIES, name_choice, word_choice
from minutebook.model.record_type import Field

GROUP = "group"
"""What the question for groups is called in every list, whatever field tells the group."""
TAKEN = frozenset(
    [
        *("q", "contains", "since", "sort", "order"),  # of the page
        *("finished", "year", GROUP),  # questions that no field asks alone
        *("id", "title", "changed", "day", "approved", "lead_time"),  # columns that no field fills alone
        *("last_met", "next_due", "held", "ailing", "overdue"),  # the same, of bodies and groups
    ]
)
"""What the address of a view says beside fields."""

Answers: TypeAlias = tuple[str, ...]
"""What one row answers to one question; often one word, sometimes none, sometimes several."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a list may be narrowed by."""

    name: str
    """In the address of a view: `?status=accepted`."""
    title: str
    order: tuple[str, ...] = ()
    """Answers in the order in which they are offered; others follow by the alphabet."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a reader may choose."""

    word: str
    count: int
    """How many rows give it."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A question with the answers that the rows give."""

    name: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """All questions of a list, and what each row answers."""

    facets: tuple[Facet, ...]
    marks: tuple[str, ...]
    """For each row, the places of its answers among the options: `0|2 5|`, a part for each facet."""


def name_of(field: Field) -> str:
    """What the address of a view calls a field: by its name, but no field as what is `TAKEN`, and no two alike."""
    if field.role == "group":
        return GROUP
    return f"{field.name}_" if field.name.rstrip("_") in TAKEN else field.name


def question_of(field: Field) -> Question:
    """The question that a field answers; its vocabulary gives the order."""
    return Question(name=name_of(field), title=field.title, order=tuple(map(word_choice, field.values)))


def choice_of(field: Field, written: str) -> str:
    """What a field says, as a reader chooses it: a word of a vocabulary as it is said, a title or a name as it is."""
    return word_choice(written) if field.type in VOCABULARIES else name_choice(written)


def make_facets(questions: Sequence[Question], rows: Sequence[Sequence[Answers]]) -> Facets:
    """The facets of a list, its answers as `name_choice` has them.

    A question to which all rows give the same answer is left out: it narrows nothing.
    """
    rows = [[tuple(dict.fromkeys(map(name_choice, answers))) for answers in row] for row in rows]
    kept: list[int] = []
    facets: list[Facet] = []
    places: list[dict[str, str]] = []
    for index, question in enumerate(questions):
        counted = Counter(word for row in rows for word in dict.fromkeys(row[index]))
        if len(counted) < 2 and all(row[index] for row in rows):
            continue
        if not counted:
            continue
        known = [word for word in dict.fromkeys(map(name_choice, question.order)) if counted[word]]
        others = sorted(set(counted) - set(known), key=lambda word: (word.casefold(), word))
        words = [*known, *others]
        kept.append(index)
        facets.append(Facet(question.name, question.title, tuple(Option(word, counted[word]) for word in words)))
        places.append({word: str(place) for place, word in enumerate(words)})
    return Facets(
        facets=tuple(facets),
        marks=tuple(
            "|".join(" ".join(places[facet][word] for word in row[index]) for facet, index in enumerate(kept))
            for row in rows
        ),
    )
