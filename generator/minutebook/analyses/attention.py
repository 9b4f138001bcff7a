"""What needs attention: a Portfolio in; unfinished records whose health is not the best, the worst first, out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from minutebook.analyses.ending import Ending, record_ending
from minutebook.analyses.standing import since_when
from minutebook.model.change import Entry
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Portfolio
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field


@dataclass(frozen=True, slots=True)
class Ailing:
    """A record that is not well."""

    key: RecordKey
    field: Field
    """The field that says so."""
    word: str
    """One of its vocabulary, not the first."""
    entry: Entry | None
    """Since when; None: the history does not tell."""


def ailing_records(portfolio: Portfolio, configuration: Configuration) -> tuple[Ailing, ...]:
    """The records, the worst health first, and of those the ones that have it longest.

    A word outside the vocabulary says nothing that could be ranked.
    """
    found: list[Ailing] = []
    for key, state in portfolio.records.items():
        record_type = configuration.types.get(key.type)
        field = record_type.published_role("health") if record_type is not None else None
        if record_type is None or field is None or state.version is None:
            continue
        if record_ending(record_type, state) is Ending.FINISHED:
            continue
        word = state.version.fields.get(field.name)
        if isinstance(word, str) and word in field.values[1:]:
            found.append(Ailing(key, field, word, since_when(portfolio.history.records[key], field.name)))
    found.sort(key=lambda one: (-one.field.values.index(one.word) / len(one.field.values), _clock(one)))
    return tuple(found)


def _clock(one: Ailing) -> dt.datetime:
    clock = one.entry.landing.clock if one.entry is not None else None
    return clock or dt.datetime.max.replace(tzinfo=dt.UTC)
