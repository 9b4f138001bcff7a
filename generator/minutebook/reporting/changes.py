"""A published history and what is asked of it go in; its changes come out as text or JSON, oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from minutebook.history.names import PortfolioNames, approvers_of, person_name, without_address
from minutebook.history.places import fields_at
from minutebook.history.telling import word_changes, word_entry
from minutebook.history.value_words import shorten
from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.commit import Landing
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History, RecordHistory
from minutebook.model.record import RecordKey, Unreadable
from minutebook.model.record_type import RecordType
from minutebook.reporting.json_values import Json, json_approvals, json_request, json_text, json_value
from minutebook.reporting.plain import visible

LONGEST_TITLE = 100
"""Characters of a commit's title; JSON has the whole."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which changes are asked for. An empty set, or None, asks for all."""

    types: frozenset[str] = frozenset()
    records: frozenset[RecordKey] = frozenset()
    """By the key that each record has last."""
    fields: tuple[str, ...] = ()
    """Paths: "budget" asks for "budget.forecast" too, "milestones" for every item and its fields."""
    kinds: frozenset[ChangeKind] = frozenset()
    since: dt.date | None = None
    """The first day, as an as-of date counts days: by the running maximum of landed times."""
    until: dt.date | None = None
    """The last day."""

    def takes_record(self, key: RecordKey) -> bool:
        """Whether changes of this record are asked for."""
        return (not self.types or key.type in self.types) and (not self.records or key in self.records)

    def takes_landing(self, landing: Landing, configuration: Configuration) -> bool:
        """Whether what landed then is asked for. What landed before any valid time is older than every day."""
        if landing.clock is None:
            return self.since is None
        day = configuration.day_of(landing.clock)
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def takes_change(self, change: Change) -> bool:
        """Whether this change is asked for, its record and landing being so."""
        if self.kinds and change.kind not in self.kinds:
            return False
        return not self.fields or any(
            change.field == path or change.field.startswith((f"{path}.", f"{path}[")) for path in self.fields
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What one commit did to one record, as far as it was asked for."""

    entry: Entry
    record: RecordHistory
    changes: tuple[Change, ...]
    """In the order of the entry; never empty."""
    words: tuple[str, ...]
    """A sentence for each change."""
    whole: bool
    """Whether these are all the changes of the entry."""


def find_changes(
    history: History, configuration: Configuration, names: PortfolioNames, question: Question
) -> Iterator[Told]:
    """The changes that a question asks for, oldest first; those of one commit in the order of the records."""
    for entry in history.entries():
        record = history.owner_of(entry)
        if not question.takes_record(record.key) or not question.takes_landing(entry.landing, configuration):
            continue
        wanted = [question.takes_change(change) for change in entry.changes]
        if any(wanted):
            sentences = word_changes(entry, record, configuration.types[record.key.type], names)
            yield Told(
                entry=entry,
                record=record,
                changes=tuple(change for change, take in zip(entry.changes, wanted, strict=True) if take),
                words=tuple(words for words, take in zip(sentences, wanted, strict=True) if take),
                whole=all(wanted),
            )


def changes_as_jsonl(found: Iterable[Told], configuration: Configuration) -> Iterator[str]:
    """One JSON object a change, a line each."""
    for told in found:
        for change in changes_as_objects(told, configuration.types[told.record.key.type]):
            yield json_text(change)


def changes_as_json(found: Iterable[Told], configuration: Configuration, history: History) -> str:
    """One JSON document: the published commit and the list of changes."""
    changes: list[Json] = []
    for told in found:
        changes.extend(changes_as_objects(told, configuration.types[told.record.key.type]))
    return json_text({"commit": history.commit, "changes": changes}, indent=2)


def changes_as_objects(told: Told, record_type: RecordType) -> Iterator[Json]:
    """Each change as the JSON object that users of `changes --format jsonl` were promised, keys in its order."""
    entry, landing = told.entry, told.entry.landing
    raw_names = raw_names_of(entry)
    merger = landing.merged_by(entry.contributors)
    for change, words in zip(told.changes, told.words, strict=True):
        fields = fields_at(record_type, change.field) if change.field else ()
        declared = fields[-1] if fields and change.kind is not ChangeKind.UNDECLARED else None
        found: dict[str, Json] = {
            "record": str(entry.key),
            "field": change.field or None,
            "kind": change.kind.value,
            "before": json_value(change.before, declared, item=change.kind is ChangeKind.ITEM),
            "after": json_value(change.after, declared, item=change.kind is ChangeKind.ITEM),
            "words": words,
            "commit": landing.commit.id,
            "landed": str(landing.landed),
            "authored": str(entry.authored),
            "contributors": [person_name(person) for person in entry.contributors],
            "path": entry.path,
            "request": json_request(landing.request),
            "approvals": json_approvals(landing),
            "merged_by": person_name(merger) if merger is not None else None,
            "title": title_words(landing),
        }
        if raw_names:
            found["author_raw"] = list[Json](raw_names)
        yield found


def raw_names_of(entry: Entry) -> list[str]:
    """Names of contributors as their commits have them, where `.mailmap` gives another; each once."""
    people = set(entry.contributors)
    signatures = (commit.author for commit in (entry.landing.commit, *entry.landing.brought))
    differing = (
        person_name(signature.raw)
        for signature in signatures
        if signature.person in people and signature.raw.name != signature.person.name
    )
    return list(dict.fromkeys(differing))


def changes_as_text(found: Iterable[Told], configuration: Configuration, names: PortfolioNames) -> Iterator[str]:
    """Lines for a reader: a commit, the records it touched, and what became of each in words."""
    first = True
    for _, together in groupby(found, key=lambda told: told.entry.landing.position):
        group = list(together)
        if not first:
            yield ""
        first = False
        yield from landing_lines([told.entry for told in group], configuration)
        for told in group:
            title = names.title(told.record.key)
            yield visible(f"  {told.entry.key}  {title}" if title else f"  {told.entry.key}")
            sentences = told.words
            if told.whole:  # a creation is told in one sentence, unless some of its fields were asked for
                record_type = configuration.types[told.record.key.type]
                sentences = word_entry(told.entry, told.record, record_type, names, with_path=True)
            for sentence in sentences:
                yield visible(f"    {sentence}")


def landing_lines(entries: Sequence[Entry], configuration: Configuration) -> Iterator[str]:
    """When, which commit, who, and through which request; below, what it is called and who let it in.

    "2026-02-03  4f2a9c1d3e  Ana Li, Bo Chen  #12"
    "            Move go-live"
    "            Merged by: Cy Day"
    "            Reviewed-by: Bo Chen"
    """
    landing = entries[0].landing
    people = dict.fromkeys(person for entry in entries for person in entry.contributors)
    names = dict.fromkeys(map(person_name, people))
    parts = [landed_day(landing, configuration), landing.commit.short, ", ".join(names)]
    if landing.request is not None:
        parts.append(landing.request.name)
    yield visible("  ".join(parts))
    beside = " " * len("2026-02-03  ")
    title = shorten(title_words(landing), LONGEST_TITLE)
    if title:
        yield visible(beside + title)
    merger = landing.merged_by(people)
    if merger is not None:
        yield visible(f"{beside}Merged by: {person_name(merger)}")
    for token, some in approvers_of(landing).items():
        yield visible(f"{beside}{token}: {', '.join(some)}")


def title_words(landing: Landing) -> str:
    """What somebody called the commit, without addresses; empty: nothing."""
    return without_address(landing.commit.title)


def place_words(unreadable: Unreadable) -> str:
    """Where a file cannot be read: `path:line:column`, the path alone where no more is known."""
    position = unreadable.position
    return unreadable.path if position is None else f"{unreadable.path}:{position.line}:{position.column}"


def landed_day(landing: Landing, configuration: Configuration) -> str:
    """The day on which a commit says it landed, or that it says so badly."""
    when = landing.landed.when
    return configuration.day_of(when).isoformat() if when is not None else "(no date) "
