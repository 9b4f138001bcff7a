"""The options of a command go in; the repository, its configuration and its history come out, open for reading."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from minutebook.analyses.published import published_history
from minutebook.cli.places import named_places
from minutebook.cli.progress import ProgressBar
from minutebook.errors import MinutebookError
from minutebook.history.branch import published_commit
from minutebook.history.names import PortfolioNames
from minutebook.history.portfolio import read_history
from minutebook.history.trust import open_trusted_cache
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History
from minutebook.model.record import RecordKey
from minutebook.model.record_type import RecordType
from minutebook.records.configuration import read_configuration
from minutebook.records.definition import suggest
from minutebook.reporting.status import Standing
from minutebook.repository import Repository, open_repository


@dataclass(frozen=True, slots=True)
class Opened:
    """What a command reads from."""

    repository: Repository
    configuration: Configuration
    history: History
    """Whole, with what is not published and with what landed after the commit that was asked for."""
    position: int
    """Where the commit that was asked for stands on the mainline of that history; by default, it is the last."""
    aside: str | None = None
    """The revision that was asked for, where it is no commit of the published mainline: the history is its own. None:
    it is one."""

    def position_on(self, as_of: dt.date | None) -> int | None:
        """Where the mainline stood on a day, by default where the commit that was asked for stands on it.

        None: nothing had landed yet.
        """
        return self.position if as_of is None else self.history.position_at(self.configuration.end_of(as_of))

    def standing(self, position: int, types: Iterable[str] = (), *, as_of: dt.date | None = None) -> Standing:
        """The published portfolio at a position of the mainline, told as of a day, by default the day it had reached.

        `types` are the names of the record types asked for; none: all. MinutebookError: there is no such type.
        """
        history = published_history(self.history, self.configuration, position)
        return Standing(
            portfolio=history.portfolio(position),
            configuration=self.configuration,
            names=PortfolioNames(history, self.configuration, position, whole=self.history),
            as_of=as_of if as_of is not None else self.day_at(position),
            types=self.types_named(types),
            notes=history.notes if position == self.history.commits - 1 else (),
        )

    def day_at(self, position: int) -> dt.date | None:
        """The day that the mainline had reached at a position; None: no commit up to there has a valid date."""
        clock = self.history.clock_at(position)
        return None if clock is None else self.configuration.day_of(clock)

    def types_named(self, names: Iterable[str]) -> tuple[RecordType, ...]:
        """The published record types of these names, in the order of the configuration; all where none is named.

        MinutebookError: there is no such type, or it is not published.
        """
        return choose_types(self.configuration.types, names)

    def key_named(self, written: str) -> RecordKey:
        """The key that a record has last, from any key it ever had, in any letter case.

        MinutebookError: there is no such record, with the names that come near.
        """
        kind, slash, name = written.partition("/")
        if not slash:
            kind, name = "", written
        for known in self.configuration.types:
            record = self.history.find(RecordKey(known, name)) if known.casefold() == kind.casefold() else None
            if record is not None:
                self.types_named([known])
                return record.key
        shown = [record_type.name for record_type in self.types_named(())]
        if kind and kind.casefold() not in map(str.casefold, self.configuration.types):
            raise MinutebookError(f"There is no record type `{kind}`.", f"{suggest(kind, shown)}.")
        near = self.keys_near(kind, name)
        hint = f"Did you mean {' or '.join(map(str, near))}?" if near else "`minutebook status` lists every record."
        if self.aside is None:
            raise MinutebookError(f"There is no record `{written}`: records are named type/id.", hint)
        if not near:
            hint = "Write the id that it had there, or name a day or a commit of the published branch instead."
        raise MinutebookError(
            f"There is no record `{written}` in the history of `{self.aside}`, which is not on the mainline of "
            "the published branch.",
            hint,
        )

    def keys_near(self, kind: str, name: str) -> list[RecordKey]:
        """Published records whose ids are, or come near, a name; of one type where that is a type."""
        shown = {record_type.name for record_type in self.types_named(())}
        types = {kind} & shown or shown
        by_id: dict[str, list[RecordKey]] = {}
        for key in self.history.records:
            if key.type in types:
                by_id.setdefault(key.id.casefold(), []).append(key)
        near = [name.casefold()] if name.casefold() in by_id else difflib.get_close_matches(name.casefold(), by_id, n=3)
        return [key for words in near for key in by_id[words]]


def choose_types(types: Mapping[str, RecordType], names: Iterable[str]) -> tuple[RecordType, ...]:
    """The published types of these names, in their order; all published ones where none is named.

    MinutebookError: there is no such type, or it is not published.
    """
    wanted = frozenset(names)
    shown = {name: kind for name, kind in types.items() if kind.publish}
    for name in sorted(wanted - shown.keys()):
        if name in types:
            raise MinutebookError(f"The record type `{name}` is not published.")
        raise MinutebookError(f"The record type `{name}` does not exist.", f"{suggest(name, shown)}.")
    return tuple(kind for name, kind in shown.items() if not wanted or name in wanted)


@contextmanager
def open_portfolio(arguments: argparse.Namespace, revision: str | None = None) -> Iterator[Opened]:
    """What the common options name, opened at a revision, by default where the published branch stands.

    A commit of this branch's mainline is a moment of the one history, as a day is: what became known later, such as
    another id of a record, holds for it. Any other commit has a history of its own.

    ConfigError and GitError where that cannot be read.
    """
    places = named_places(arguments)
    configuration = read_configuration(places.configuration, folder=places.folder)
    with open_repository(places.repository) as repository, ProgressBar() as progress:
        cache = open_trusted_cache(places.cache)
        head = published_commit(repository, configuration)
        commit = repository.resolve(revision) if revision is not None else head
        position = repository.mainline_position(commit, head) if commit != head else None
        end = head if position is not None else commit
        history = read_history(repository, configuration, revision=end, cache=cache, progress=progress)
        yield Opened(
            repository,
            configuration,
            replace(history, commit=commit),
            position=position if position is not None else history.commits - 1,
            aside=revision if end != head else None,
        )
