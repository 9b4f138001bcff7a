"""The versions of each decision: a Book in; who changed what, field by field and as redlines, newest first, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from minutebook.history.places import place_of
from minutebook.history.telling import word_entry
from minutebook.history.value_words import shorten
from minutebook.history.wording import word_change, word_section
from minutebook.model.change import Change, ChangeKind, Entry
from minutebook.model.portfolio import RecordHistory
from minutebook.model.record import ADDRESSABLE, RecordKey
from minutebook.model.record_type import RecordType
from minutebook.model.value import Text
from minutebook.pages.book import Book
from minutebook.pages.links import SHORT, entry_anchor, record_address
from minutebook.pages.page import Address, Link, Page, TextSource
from minutebook.pages.paging import part_address, part_links, split_by_number
from minutebook.pages.redlines import Redline, RedlineSource
from minutebook.pages.shown import Shown, show_undeclared, show_value
from minutebook.pages.timeline import Proof, proof_of
from minutebook.pages.weight import TAGS, weigh, weigh_shown

PAGE_VERSIONS = 20
"""How many versions a page holds."""
PAGE_ROOM = 200_000
"""Bytes of a page that all that its versions changed may take together; the newest come first."""
MOST_OF_VALUE = 4_000
"""Bytes that a value before and after may take; what is longer is told in a sentence."""
LONGEST_SUBJECT = 200
"""Characters of what a commit is called."""
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
    left_out: int
    """How many changes are not told because the page has no room for them."""
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
    """The pages by the numbers of their versions, where there are several; the oldest versions first."""
    part: int
    """From 1, the oldest versions."""


def pages(book: Book) -> Iterator[Page]:
    """The versions of every decision that has several."""
    for record, record_type in _records(book):
        numbered = list(enumerate(versions_of(record), 1))
        # The oldest on the first page: what has landed keeps its page, whatever lands after it.
        some = split_by_number(numbered, PAGE_VERSIONS)
        parts = part_links(len(some), partial(versions_address, record.key), partial(_span, some))
        for part, held in enumerate(some, 1):
            yield Page(
                address=versions_address(record.key, part).path,
                title=f"{record.key.id}: versions" if part == 1 else f"{record.key.id}: versions, part {part}",
                template="versions.html",
                view=VersionsView(
                    record=book.links.to_record(record.key),
                    id=record.key.id,
                    versions=tuple(_versions(held[::-1], record, record_type, book)),
                    total=len(numbered),
                    parts=parts,
                    part=part,
                ),
                origin=f"the versions of the record {record.key}",
            )


def redline_sources(book: Book) -> Iterator[tuple[RedlineSource, ...]]:
    """All that the pages of versions compare: for each record its sources, the newest first."""
    for record, _ in _records(book):
        entries = versions_of(record)[:0:-1]
        sources = (_source(change, entry, record) for entry in entries for change in entry.changes)
        yield tuple(source for source in sources if source is not None)


def versions_of(record: RecordHistory) -> tuple[Entry, ...]:
    """The entries that gave a record other values or another text, the first one included; oldest first."""
    return tuple(
        entry
        for entry in record.entries
        if any(not change.kind.is_event or change.kind is ChangeKind.CREATED for change in entry.changes)
    )


def versions_address(key: RecordKey, part: int = 1) -> Address:
    """A page of the versions of a record; on the first one stand the oldest."""
    # No record's own address has a second step, so none can be in the way.
    return part_address(Address(f"{record_address(key).path}versions/"), part)


def newest_versions(record: RecordHistory) -> Address:
    """The page of the versions of a record that holds the newest ones."""
    return versions_address(record.key, max(0, len(versions_of(record)) - 1) // PAGE_VERSIONS + 1)


def version_address(entry: Entry, record: RecordHistory) -> Address | None:
    """Where a version is told; None: it is not."""
    positions = [one.landing.position for one in versions_of(record)]
    if entry.landing.position not in positions or len(positions) < 2:
        return None
    part = positions.index(entry.landing.position) // PAGE_VERSIONS + 1
    return Address(versions_address(record.key, part).path, entry_anchor(entry))


def _records(book: Book) -> Iterator[tuple[RecordHistory, RecordType]]:
    """The decisions that have more than one version."""
    for key in book.decisions.by_key:
        record = book.history.records[key]
        if len(versions_of(record)) > 1:
            yield record, book.configuration.types[key.type]


def _span(some: Sequence[Sequence[tuple[int, Entry]]], part: int) -> str:
    """The numbers of the versions that a part holds."""
    first, last = some[part - 1][0][0], some[part - 1][-1][0]
    return f"{first} to {last}" if first < last else str(first)


def _versions(
    numbered: Sequence[tuple[int, Entry]], record: RecordHistory, record_type: RecordType, book: Book
) -> Iterator[VersionView]:
    """Those of one page, which share its room."""
    room = PAGE_ROOM
    for number, entry in numbered:
        told = _Told(room)
        if number == 1:
            for sentence in word_entry(entry, record, record_type, book.links):
                told.add_words(sentence)
        else:
            _tell(entry, record, record_type, book, told)
        room = told.room
        proof = proof_of(entry.landing, entry.contributors, book.links)
        yield VersionView(
            number=number,
            anchor=entry_anchor(entry),
            proof=replace(proof, subject=shorten(proof.subject, LONGEST_SUBJECT)),
            words=tuple(told.words),
            rows=tuple(told.rows),
            redlines=tuple(told.redlines),
            left_out=told.left_out,
            permanent=book.links.entry(entry),
            standing=_standing(entry, record.key, book),
            command=_command(entry),
        )


@dataclass
class _Told:
    """What is told of a version, while a page has room for it."""

    room: int
    words: list[str] = field(default_factory=list)
    rows: list[tuple[str, Shown, Shown]] = field(default_factory=list)
    redlines: list[RedlineView] = field(default_factory=list)
    left_out: int = 0

    def add_words(self, sentence: str) -> None:
        if self._takes(TAGS + weigh(sentence)):
            self.words.append(sentence)

    def add_row(self, title: str, before: Shown, after: Shown) -> None:
        if self._takes(4 * TAGS + weigh(title) + weigh_shown(before) + weigh_shown(after)):
            self.rows.append((title, before, after))

    def add_redline(self, view: RedlineView) -> None:
        redline = view.redline.weight if view.redline is not None else 0
        if self._takes(4 * TAGS + weigh(view.title) + redline + sum(TAGS + weigh(one) for one in view.sections)):
            self.redlines.append(view)

    def _takes(self, weight: int) -> bool:
        if weight > self.room:
            self.left_out += 1
            return False
        self.room -= weight
        return True


def _tell(entry: Entry, record: RecordHistory, record_type: RecordType, book: Book, told: _Told) -> None:
    """What a version changed, each change in the form in which it is read best."""
    states = [record.at(entry.landing.position), record.at(entry.landing.position - 1)]
    fields = [state.version.fields for state in states if state is not None and state.version is not None]
    for change in entry.changes:
        place = place_of(change, record_type, fields)
        source = _source(change, entry, record)
        if source is not None:
            told.add_redline(_redline(place.subject, change, source, book))
            continue
        if not (change.kind.is_event or change.kind in IN_WORDS or change.kind is ChangeKind.MARKDOWN):
            show = partial(show_value, place.field, links=book.links) if place.field else show_undeclared
            before, after = show(change.before), show(change.after)
            if weigh_shown(before) + weigh_shown(after) <= MOST_OF_VALUE:
                told.add_row(place.subject, before, after)
                continue
        told.add_words(word_change(change, place.field, book.links, place=place))


def _source(change: Change, entry: Entry, record: RecordHistory) -> RedlineSource | None:
    """What a change of a text compares; None: it is no such change, or a first or last Markdown."""
    before, after = change.before, change.after
    if change.kind is ChangeKind.PROSE and isinstance(before, str | None) and isinstance(after, str | None):
        return RedlineSource(before, after)
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
    if entry in decision.earlier:
        return "This version was decided, but was not the last word: it was decided again later."
    return "Edited after it was decided." if entry in decision.edits else None


def _command(entry: Entry) -> str | None:
    if ADDRESSABLE.fullmatch(entry.key.id) is None:
        return None
    return f"minutebook show {entry.key}@{entry.landing.commit.id[:SHORT]}"
