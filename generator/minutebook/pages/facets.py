"""Facets: the answers that each row of a list gives to a few questions in; what a reader may choose from out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from minutebook.history.value_words import word_choice
from minutebook.model.record_type import Field

TAKEN = frozenset(["q", "contains", "sort", "order", "finished", "since", "year"])
"""What the address of a view says beside fields; a field of such a name is asked for with an underscore."""

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


def question_of(field: Field, order: Iterable[str] = ()) -> Question:
    """The question that a field answers; its vocabulary gives the order."""
    words = tuple(field.lifecycle.transitions) if field.lifecycle else field.values
    name = f"{field.name}_" if field.name in TAKEN else field.name
    return Question(name=name, title=field.title, order=tuple(order) or words)


def make_facets(questions: Sequence[Question], rows: Sequence[Sequence[Answers]]) -> Facets:
    """The facets of a list, its answers as `word_choice` has them.

    A question to which all rows give the same answer is left out: it narrows nothing.
    """
    rows = [[tuple(dict.fromkeys(map(word_choice, answers))) for answers in row] for row in rows]
    kept: list[int] = []
    facets: list[Facet] = []
    places: list[dict[str, str]] = []
    for index, question in enumerate(questions):
        counted = Counter(word for row in rows for word in dict.fromkeys(row[index]))
        if len(counted) < 2 and all(row[index] for row in rows):
            continue
        if not counted:
            continue
        known = [word for word in question.order if counted[word]]
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
