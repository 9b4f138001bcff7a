"""The versions of each decision: a Book in; who changed what, field by field and as redlines, newest first, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from minutebook.history.places import place_of
from minutebook.history.wording import word_change, word_entry, word_section
from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.portfolio import RecordHistory
from minutebook.model.record import ADDRESSABLE, RecordKey
from minutebook.model.record_type import RecordType
from minutebook.model.value import Text
from minutebook.pages.book import Book
from minutebook.pages.links import SHORT, entry_anchor, record_address
from minutebook.pages.page import Address, Link, Page, TextSource
from minutebook.pages.redlines import Redline, RedlineSource
from minutebook.pages.shown import Shown, show_undeclared, show_value
from minutebook.pages.timeline import Proof, proof_of

PAGE_VERSIONS = 20
"""How many versions a page holds."""
MOST_SECTIONS = 40
"""So many sections of a text are named where it cannot be compared."""
IN_WORDS = frozenset([ChangeKind.ITEM, ChangeKind.ITEMS, ChangeKind.OBJECT])
"""Whole items that came or went are told in a sentence; their values stand on the page of the record."""


@dataclass(frozen=True, slots=True)
class RedlineView:
    """A text that changed."""

    title: str
    redline: Redline | None
    """None: it was not compared."""
    sections: tuple[str, ...]
    """Which sections grew or shrank, where the redline shows nothing."""


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version, told by its difference from the one before."""

    number: int
    """From 1, the oldest."""
    anchor: str
    proof: Proof
    words: tuple[str, ...]
    """What a table of values does not tell."""
    rows: tuple[tuple[str, Shown, Shown], ...]
    """Fields by title, before and after."""
    redlines: tuple[RedlineView, ...]
    permanent: Address | None
    """Where it stands on the change timeline."""
    standing: str | None
    """What this version is to the decision: the one that decided it, or an edit of what was decided."""
    command: str | None
    """What shows the whole of it; None: its id is no word that a shell takes as it is."""


@dataclass(frozen=True, slots=True)
class VersionsView:
    """What a page of versions lays out."""

    record: Link
    id: str
    versions: tuple[VersionView, ...]
    """Newest first."""
    total: int
    parts: tuple[Link, ...]
    """The pages, where there are several."""
    part: int
    """From 1, the newest versions."""


def pages(book: Book) -> Iterator[Page]:
    """The versions of every decision that has several."""
    for record, record_type in _records(book):
        entries = versions_of(record)
        starts = range(0, len(entries), PAGE_VERSIONS)
        parts = tuple(Link(str(number), versions_address(record.key, number)) for number in range(1, len(starts) + 1))
        numbered = list(enumerate(entries, 1))[::-1]
        for part, start in enumerate(starts, 1):
            yield Page(
                address=versions_address(record.key, part).path,
                title=f"{record.key.id}: versions" if part == 1 else f"{record.key.id}: versions, part {part}",
                template="versions.html",
                view=VersionsView(
                    record=book.links.to_record(record.key),
                    id=record.key.id,
                    versions=tuple(
                        _version(number, entry, record, record_type, book)
                        for number, entry in numbered[start : start + PAGE_VERSIONS]
                    ),
                    total=len(entries),
                    parts=parts if len(parts) > 1 else (),
                    part=part,
                ),
                origin=f"the versions of the record {record.key}",
            )


def redline_sources(book: Book) -> Iterator[RedlineSource]:
    """All that the pages of versions compare."""
    for record, _ in _records(book):
        for entry in versions_of(record)[1:]:
            for change in entry.changes:
                source = _source(change, entry, record)
                if source is not None:
                    yield source


def versions_of(record: RecordHistory) -> tuple[Entry, ...]:
    """The entries that gave a record other values or another text, the first one included; oldest first."""
    return tuple(
        entry
        for entry in record.entries
        if any(not change.kind.is_event or change.kind is ChangeKind.CREATED for change in entry.changes)
    )


def versions_address(key: RecordKey, part: int = 1) -> Address:
    """The versions of a record, the newest first."""
    # No record's own address has a second step, so none can be in the way.
    return Address(f"{record_address(key).path}versions/" + (f"{part}/" if part > 1 else ""))


def version_address(entry: Entry, record: RecordHistory) -> Address | None:
    """Where a version is told; None: it is not."""
    positions = [one.landing.position for one in versions_of(record)]
    if entry.landing.position not in positions or len(positions) < 2:
        return None
    part = (len(positions) - 1 - positions.index(entry.landing.position)) // PAGE_VERSIONS + 1
    return Address(versions_address(record.key, part).path, entry_anchor(entry))


def permanent_place(entry: Entry, book: Book) -> Address | None:
    """Where an entry stands on the change timeline; None where it is not published."""
    page = book.links.entry(entry)
    return Address(page.path, entry_anchor(entry)) if page is not None else None


def _records(book: Book) -> Iterator[tuple[RecordHistory, RecordType]]:
    """The decisions that have more than one version."""
    for key in book.decisions.by_key:
        record = book.history.records[key]
        if len(versions_of(record)) > 1:
            yield record, book.configuration.types[key.type]


def _version(number: int, entry: Entry, record: RecordHistory, record_type: RecordType, book: Book) -> VersionView:
    words: tuple[str, ...]
    rows: list[tuple[str, Shown, Shown]] = []
    redlines: list[RedlineView] = []
    if number == 1:
        words = word_entry(entry, record, record_type, book.links)
    else:
        sentences: list[str] = []
        states = [record.at(entry.landing.position), record.at(entry.landing.position - 1)]
        fields = [state.version.fields for state in states if state is not None and state.version is not None]
        for change in entry.changes:
            place = place_of(change, record_type, fields)
            source = _source(change, entry, record)
            if source is not None:
                redlines.append(_redline(place.subject, change, source, book))
            elif change.kind.is_event or change.kind in IN_WORDS or change.kind is ChangeKind.MARKDOWN:
                sentences.append(word_change(change, place.field, book.links, place=place))
            else:
                show = partial(show_value, place.field, links=book.links) if place.field else show_undeclared
                rows.append((place.subject, show(change.before), show(change.after)))
        words = tuple(sentences)
    return VersionView(
        number=number,
        anchor=entry_anchor(entry),
        proof=proof_of(entry.landing, entry.contributors, book.links),
        words=words,
        rows=tuple(rows),
        redlines=tuple(redlines),
        permanent=permanent_place(entry, book),
        standing=_standing(entry, record.key, book),
        command=_command(entry),
    )


def _source(change: Change, entry: Entry, record: RecordHistory) -> RedlineSource | None:
    """What a change of a text compares; None: it is no such change, or a first or last text."""
    if change.kind is ChangeKind.PROSE and isinstance(change.before, str) and isinstance(change.after, str):
        return RedlineSource(change.before, change.after)
    before, after = change.before, change.after
    if change.kind is not ChangeKind.MARKDOWN or not isinstance(before, Text) or not isinstance(after, Text):
        return None
    state = record.at(entry.landing.position - 1)
    return RedlineSource(
        TextSource(before.blob, state.version.path if state is not None and state.version is not None else entry.path),
        TextSource(after.blob, entry.path),
    )


def _redline(title: str, change: Change, source: RedlineSource, book: Book) -> RedlineView:
    redline = book.redlines.get(source)
    told: Iterable[str] = ()
    if change.delta is not None and (redline is None or not redline.blocks):
        sections = [one for one in change.delta.sections if one.added or one.removed]
        told = map(word_section, sections[:MOST_SECTIONS])
    return RedlineView(title, redline, tuple(told))


def _standing(entry: Entry, key: RecordKey, book: Book) -> str | None:
    decision = book.decisions.by_key[key]
    if entry is decision.deciding:
        return "This version was decided."
    return "Edited after it was decided." if entry in decision.edits else None


def _command(entry: Entry) -> str | None:
    if ADDRESSABLE.fullmatch(entry.key.id) is None:
        return None
    return f"minutebook show {entry.key}@{entry.landing.commit.id[:SHORT]}"
