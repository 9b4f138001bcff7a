"""What a decision changed: all decisions and a history in; the entries of the records it affects that followed out."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minutebook.analyses.decisions import Decision, Decisions
from minutebook.model.change import Entry
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History
from minutebook.model.record import RecordKey
from minutebook.model.value import Value

AFTERMATH_DAYS = 90
"""So long after a decision a change of a record that it affects may still be its consequence."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """A change that followed a decision."""

    entry: Entry
    names_it: bool
    """Whether its commit message, or a value that it wrote, names the decision."""


@dataclass(frozen=True, slots=True)
class AftermathReader:
    """Finds what followed each decision. That it followed is a fact; that it is a consequence is the reader's guess."""

    history: History
    configuration: Configuration
    decided: Mapping[RecordKey, tuple[int, ...]]
    """For each record that decisions affect, the mainline positions at which they were decided, rising."""

    def read(self, decision: Decision) -> tuple[Consequence, ...]:
        """The entries of the records that a decision affects, oldest first, from the commit that decided it.

        They end for each record before the next decision about it, and for all after `AFTERMATH_DAYS`.
        """
        if decision.deciding is None:
            return ()
        start = decision.deciding.landing.position
        first_day = self._day(decision.deciding)
        if first_day is None:
            return ()
        mark = _naming(decision.key, self.configuration)
        found = [
            Consequence(entry, names_it=_names(entry, mark))
            for key in decision.affects
            for entry in self._between(key, start, first_day + dt.timedelta(days=AFTERMATH_DAYS))
        ]
        return tuple(sorted(found, key=lambda one: one.entry.landing.position))

    def _between(self, key: RecordKey, start: int, last_day: dt.date) -> Iterator[Entry]:
        record = self.history.records.get(key)
        entries = record.entries if record is not None else ()
        positions = self.decided.get(key, ())
        after = bisect.bisect_right(positions, start)
        end = positions[after] if after < len(positions) else self.history.commits
        at = bisect.bisect_left(entries, start, key=lambda entry: entry.landing.position)
        for entry in entries[at:]:
            day = self._day(entry)
            if entry.landing.position >= end or day is None or day > last_day:
                return
            yield entry

    def _day(self, entry: Entry) -> dt.date | None:
        """By the clock of the mainline, which never runs backwards."""
        clock = entry.landing.clock
        return self.configuration.day_of(clock) if clock is not None else None


def make_aftermath_reader(decisions: Decisions, history: History, configuration: Configuration) -> AftermathReader:
    """A reader for the decisions of a history."""
    decided: dict[RecordKey, set[int]] = {}
    for one in decisions.by_key.values():
        if one.deciding is not None:
            for key in one.affects:
                decided.setdefault(key, set()).add(one.deciding.landing.position)
    return AftermathReader(history, configuration, {key: tuple(sorted(some)) for key, some in decided.items()})


def _naming(key: RecordKey, configuration: Configuration) -> re.Pattern[str]:
    """What names a decision in a message: its id as a word of its own; an id of digits only after the type's name."""
    record_type = configuration.types[key.type]
    words = "|".join(re.escape(word) for word in (key.type, record_type.title))
    optional = "" if key.id.isdigit() else "?"
    return re.compile(rf"(?<![\w-])(?:(?:{words})[ /#:]{{1,2}}){optional}{re.escape(key.id)}(?![\w-])", re.IGNORECASE)


def _names(entry: Entry, mark: re.Pattern[str]) -> bool:
    messages = (commit.message for commit in (entry.landing.commit, *entry.landing.brought))
    return any(map(mark.search, messages)) or any(_holds(change.after, mark) for change in entry.changes)


def _holds(value: Value, mark: re.Pattern[str]) -> bool:
    """Whether a value, or a part of it, names a decision. Values are as deep as their fields, so it may recurse."""
    if isinstance(value, str):
        return mark.search(value) is not None
    if isinstance(value, tuple):
        return any(_holds(part, mark) for part in value)
    return isinstance(value, Mapping) and any(_holds(part, mark) for part in value.values())
