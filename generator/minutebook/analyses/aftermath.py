"""What a decision changed: all decisions and a history in; the entries of the records it affects that followed out."""

from __future__ import annotations

import bisect
import datetime as dt
import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from minutebook.analyses.acts import mainline_day
from minutebook.analyses.decisions import Decision, Decisions
from minutebook.analyses.naming import Namer
from minutebook.model.change import Entry
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History
from minutebook.model.record import RecordKey

AFTERMATH_DAYS = 90
"""So long after a decision a change of a record that it affects may still be its consequence."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """A change that followed a decision."""

    entry: Entry
    names_it: bool
    """Whether its commit message, or a value that it wrote, names the decision."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The next decision about a record, from which on what happened to it is told there."""

    decision: RecordKey
    entry: Entry
    """The entry that decided it."""
    affected: tuple[RecordKey, ...]
    """The records of which it ended what is told, in the order in which the earlier decision names them."""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What followed a decision."""

    consequences: tuple[Consequence, ...]
    """Oldest first; as many as were asked for."""
    total: int
    """How many there are."""
    endings: tuple[Ending, ...]
    """The decisions before which it ends for some records, within `AFTERMATH_DAYS`; oldest first."""


class Before(NamedTuple):
    """The last decision about a record before one of its changes."""

    decision: RecordKey
    is_its_ground: bool
    """Whether the change names it, or it alone of those about the record landed with the change.

    That it came earlier proves nothing, nor that it is one of several that landed with it.
    """


class Span(NamedTuple):
    """The entries of a record that followed a position."""

    all_entries: tuple[Entry, ...]
    """Of the record."""
    start: int
    stop: int
    """The place behind the last that followed."""
    ending: tuple[RecordKey, Entry] | None
    """The next decision about the record, where it falls into the same days."""

    def entries(self) -> Iterator[Entry]:
        """Those that followed, oldest first."""
        return islice(self.all_entries, self.start, self.stop)


@dataclass(frozen=True, slots=True)
class AftermathReader:
    """Finds what followed each decision. That it followed is a fact; that it is a consequence is the reader's guess."""

    history: History
    configuration: Configuration
    decided: Mapping[RecordKey, tuple[tuple[RecordKey, Entry], ...]]
    """For each record that decisions affect, these with the entries that decided them, in the order of the mainline.

    Those that landed together are in the order of the days on which they were decided.
    """

    namer: Namer
    """Of the decisions."""
    _spans: dict[tuple[RecordKey, int], Span] = field(default_factory=dict)
    """What follows a position, as it was found before: many decisions about one record may land together."""
    _told: dict[int, frozenset[RecordKey]] = field(default_factory=dict)
    """What the messages of the landing at a position name: many decisions and records may share it."""
    _written: dict[tuple[int, RecordKey], frozenset[RecordKey]] = field(default_factory=dict)
    """What the values name that a landing gave a record."""

    def read(self, decision: Decision, most: int) -> Aftermath:
        """The entries of the records that a decision affects, from the commit that decided it: the first `most`.

        They end for each record before the next decision about it, and for all after `AFTERMATH_DAYS`. It costs what
        the decision affects and what is asked for, however much followed.
        """
        first_day = self._day(decision.deciding) if decision.deciding is not None else None
        if decision.deciding is None or first_day is None:
            return Aftermath((), 0, ())
        start = decision.deciding.landing.position
        last_day = first_day + dt.timedelta(days=AFTERMATH_DAYS)
        spans = [(key, self._span(key, start, last_day)) for key in decision.affects]
        ended: dict[tuple[int, RecordKey], tuple[Entry, list[RecordKey]]] = {}
        for key, span in spans:
            if span.ending is not None:
                other, entry = span.ending
                ended.setdefault((entry.landing.position, other), (entry, []))[1].append(key)
        following = heapq.merge(*(span.entries() for _, span in spans), key=lambda entry: entry.landing.position)
        return Aftermath(
            tuple(Consequence(entry, self._names(entry, decision.key)) for entry in islice(following, most)),
            sum(span.stop - span.start for _, span in spans),
            tuple(
                Ending(other, entry, tuple(keys))
                for (_, other), (entry, keys) in sorted(ended.items(), key=lambda item: item[0][0])
            ),
        )

    def _span(self, key: RecordKey, start: int, last_day: dt.date) -> Span:
        """What happened to a record from a position on; the day depends on the position alone."""
        if (key, start) not in self._spans:
            following = self._next(key, start)
            end = following[1].landing.position if following is not None else self.history.commits
            record = self.history.records.get(key)
            entries = record.entries if record is not None else ()
            first = bisect.bisect_left(entries, start, key=_position)
            stop = bisect.bisect_left(entries, end, lo=first, key=_position)
            # From a commit that has a day on, every commit has one.
            stop = bisect.bisect_right(
                entries, last_day, lo=first, hi=stop, key=lambda entry: self._day(entry) or last_day
            )
            day = self._day(following[1]) if following is not None else None
            self._spans[key, start] = Span(entries, first, stop, following if day and day <= last_day else None)
        return self._spans[key, start]

    def _next(self, key: RecordKey, start: int) -> tuple[RecordKey, Entry] | None:
        """The first decision about a record after a position, with the entry that decided it."""
        some = self.decided.get(key, ())
        after = bisect.bisect_right(some, start, key=lambda pair: pair[1].landing.position)
        return some[after] if after < len(some) else None

    def before(self, entry: Entry, field: str) -> Before | None:
        """The last decision about a record that landed with the change of a field, or before it.

        One that the entry names goes before a later one that it does not. None: there is none, or the entry gave the
        field its first value, so that git does not tell when it came so.
        """
        if not any(change.field == field and change.before is not None for change in entry.changes):
            return None
        some = self.decided.get(self.history.owner_of(entry).key, ())
        landed = some[: bisect.bisect_right(some, entry.landing.position, key=lambda pair: pair[1].landing.position)]
        named = [decision for decision, _ in landed if self._names(entry, decision)]
        if named:
            return Before(named[-1], is_its_ground=True)
        together = {decision for decision, decided in landed if decided.landing.position == entry.landing.position}
        return Before(landed[-1][0], is_its_ground=len(together) == 1) if landed else None

    def _names(self, entry: Entry, key: RecordKey) -> bool:
        landing = entry.landing
        if landing.position not in self._told:
            messages = (commit.message for commit in (landing.commit, *landing.brought))
            self._told[landing.position] = self.namer.named(*messages)
        if entry.identity not in self._written:
            self._written[entry.identity] = self.namer.named(*(change.after for change in entry.changes))
        return key in self._told[landing.position] or key in self._written[entry.identity]

    def _day(self, entry: Entry) -> dt.date | None:
        return mainline_day(entry.landing, self.configuration)


def make_aftermath_reader(decisions: Decisions, history: History, configuration: Configuration) -> AftermathReader:
    """A reader for the decisions of a history."""
    decided: dict[RecordKey, list[tuple[RecordKey, Entry]]] = {}
    for one in decisions.by_key.values():
        for entry in (*one.earlier, *((one.deciding,) if one.deciding is not None else ())):
            for key in one.affects:
                decided.setdefault(key, []).append((one.key, entry))

    def order(pair: tuple[RecordKey, Entry]) -> tuple[int, dt.date]:
        one, (_, entry) = decisions.by_key[pair[0]], pair
        # The day is that of the last time: what was opened again after the entry comes first of what landed together.
        return entry.landing.position, (one.decided if entry is one.deciding else None) or dt.date.min

    in_order = {key: tuple(sorted(some, key=order)) for key, some in decided.items()}
    return AftermathReader(history, configuration, in_order, Namer(decisions.by_key, configuration))


def _position(entry: Entry) -> int:
    return entry.landing.position
