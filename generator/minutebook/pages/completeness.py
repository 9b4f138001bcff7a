"""The completeness page: a Book in, what a reader must know before trusting the other pages out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from minutebook.analyses.gaps import gaps_of, undeclared_fields
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.pages.book import Book
from minutebook.pages.links import COMPLETENESS
from minutebook.pages.page import Address, Link, Page, SearchEntry
from minutebook.pages.paging import Thing, part_address, split_by_number
from minutebook.pages.pending import pending_link
from minutebook.pages.timeline import landed_day
from minutebook.records.paths import PathMatcher

OPEN_ROWS = 20
"""A list of more rows is folded."""
FIRST_ROWS = 40
"""A list of more rows goes on on pages of its own: there are many lists."""
PAGE_ROWS = 500
"""So many rows stand on each of these."""
MOST_FIELDS = 100
"""So many undeclared fields are counted one by one."""

TITLES = {
    NoteKind.UNREADABLE: "Files that cannot be read today",
    NoteKind.IMPOSSIBLE: "Values that their type does not allow",
    NoteKind.ITEM_ID: "Items that have no id of their own",
    NoteKind.MISSPELT: "Fields that are probably misspelt",
    NoteKind.UNDECLARED: "Fields that no record type declares",
    NoteKind.NO_IDENTITY: "Files that never told which record they are",
    NoteKind.NO_RECORD: "Files that are probably meant to be records",
    NoteKind.EMPTIED: "Registers that lost all their records",
    NoteKind.DUPLICATE: "Files that claim the same record",
    NoteKind.UNADDRESSABLE: "Ids that cannot stand in an address",
    NoteKind.FOXTROT: "Merges that took a branch for the main history",
    NoteKind.DROPPED: "Changes that a merge discarded",
    NoteKind.REUSED: "Ids that were used again",
    NoteKind.LINEAGE: "Ids that changed",
    NoteKind.UNUSED_LINEAGE: "Lineage entries that were not used",
    NoteKind.POSSIBLE_LINEAGE: "Records that possibly continue another",
    NoteKind.INVALID_DATE: "Commits with an invalid date",
    NoteKind.GRAFTED: "Grafts and replacements that were ignored",
    NoteKind.REFUSED: "Files, links and images that are not published",
    NoteKind.NO_HEADING: "Links to headings that are not there",
    NoteKind.NOT_RENDERED: "Texts that are shown as they were written",
}
GAPS = "Times when a record could not be read"
"""The heading of the spans in which a record kept its last good state."""


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where something was found."""

    place: str
    record: Link | None
    day: str
    """The day on which the commit landed; empty: there is none, or it changed no record."""
    commit: Link | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One thing that is told."""

    message: str
    hint: str | None
    places: tuple[NotePlace, ...]
    """All that it is told of; never empty."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """A time in which a record could not be read."""

    record: Link
    since: str
    until: str | None
    reason: str
    commit: Link


@dataclass(frozen=True, slots=True)
class NoteList:
    """Notes of one kind."""

    title: str
    anchor: str
    rows: tuple[NoteRow, ...]
    shown: int
    """How many of them stand here."""
    total: int
    folded: bool
    more: tuple[Link, ...]
    """Pages on which the list goes on."""


@dataclass(frozen=True, slots=True)
class CompletenessView:
    """What the page lays out."""

    lists: tuple[NoteList, ...]
    gaps: tuple[GapRow, ...]
    """Those that last first, then by record."""
    gaps_title: str
    gaps_total: int
    gaps_folded: bool
    gaps_more: tuple[Link, ...]
    undeclared: tuple[tuple[str, str, int], ...]
    """Type, field, how many records; those that most records have."""
    undeclared_total: int
    undeclared_places: NoteList | None
    """Each of them with its place; None: there are none."""
    commits: int
    landings: int
    records: int
    as_of: str


@dataclass(frozen=True, slots=True)
class NotesPartView:
    """What a further page of a long list lays out."""

    title: str
    back: Link
    rows: tuple[NoteRow, ...]
    gaps: tuple[GapRow, ...]
    part: int


def pages(book: Book) -> Iterator[Page]:
    """The page, then the further pages of its long lists."""
    notes: dict[NoteKind, list[Note]] = {}
    matcher = PathMatcher(book.configuration.types.values(), book.configuration.root)
    for note in book.notes:
        notes.setdefault(note.kind, []).append(_without_id(note, book.configuration, matcher))
    kinds = [kind for kind in NoteKind if kind in notes]
    undeclared = _undeclared(book)
    gaps = sorted(_gap_rows(book), key=lambda gap: gap.until is not None)
    yield Page(
        address=COMPLETENESS.path,
        title="Completeness",
        template="completeness.html",
        view=CompletenessView(
            lists=tuple(_list(kind, notes[kind], book) for kind in kinds if kind is not NoteKind.UNDECLARED),
            gaps=tuple(gaps[:FIRST_ROWS]),
            gaps_title=GAPS,
            gaps_total=len(gaps),
            gaps_folded=len(gaps) > OPEN_ROWS,
            gaps_more=_more("gaps", gaps),
            undeclared=_most_used(undeclared),
            undeclared_total=len(undeclared),
            undeclared_places=_list(NoteKind.UNDECLARED, notes[NoteKind.UNDECLARED], book)
            if NoteKind.UNDECLARED in notes
            else None,
            commits=book.history.commits,
            landings=len(book.acts),
            records=len(book.history.records),
            as_of=book.edition.as_of.isoformat(),
        ),
        origin="the completeness page",
        summary="What could not be read, what was refused, and what the history does not tell.",
        search=SearchEntry("Completeness", "What could not be read, what was refused, what the history does not tell"),
    )
    for kind in kinds:
        for part, some in _further(notes[kind]):
            yield _part_page(TITLES[kind], kind.value, part, _rows(some, book), ())
    for part, rows in _further(gaps):
        yield _part_page(GAPS, "gaps", part, (), tuple(rows))


def _without_id(note: Note, configuration: Configuration, matcher: PathMatcher) -> Note:
    """A doubt of what is not published with the pattern of its path, which has no id in it; any other as it is."""
    name = note.record_type if note.key is None else note.key.type
    record_type = configuration.types.get(name) if name is not None else None
    if record_type is None or record_type.publish or note.path is None:
        return note
    match = matcher.match(note.path)
    return replace(note, path=record_type.paths[0] if match is None else match.pattern)


def _further(rows: Sequence[Thing]) -> list[tuple[int, list[Thing]]]:
    """What the further pages of a list hold, with their numbers; none where the page itself has room for all."""
    rest = rows[FIRST_ROWS:]
    return list(enumerate(split_by_number(rest, PAGE_ROWS), 2)) if rest else []


def _more(name: str, rows: Sequence[object]) -> tuple[Link, ...]:
    return tuple(Link(f"part {part}", _address(name, part)) for part, _ in _further(rows))


def _address(name: str, part: int) -> Address:
    return part_address(Address(f"{COMPLETENESS.path}{name}/"), part)


def _part_page(title: str, name: str, part: int, rows: tuple[NoteRow, ...], gaps: tuple[GapRow, ...]) -> Page:
    return Page(
        address=_address(name, part).path,
        title=f"{title}, part {part}",
        template="completeness_part.html",
        view=NotesPartView(title=title, back=Link("Completeness", COMPLETENESS), rows=rows, gaps=gaps, part=part),
        origin="the completeness page",
    )


def _list(kind: NoteKind, notes: list[Note], book: Book) -> NoteList:
    return NoteList(
        title=TITLES[kind],
        anchor=kind.value,
        rows=_rows(notes[:FIRST_ROWS], book),
        shown=min(FIRST_ROWS, len(notes)),
        total=len(notes),
        folded=len(notes) > OPEN_ROWS,
        more=_more(kind.value, notes),
    )


def _rows(notes: Iterable[Note], book: Book) -> tuple[NoteRow, ...]:
    """What notes tell, each sentence once, in the order in which they come."""
    days = {act.landing.commit.id: landed_day(act.landing.landed, book.configuration) for act in book.acts}
    places: dict[tuple[str, str | None], list[NotePlace]] = {}
    for note in notes:
        is_known = note.key in book.links.known or note.key in book.pending
        place = NotePlace(
            place=note.place if note.path is not None else "",
            record=pending_link(note.key, book) if note.key is not None and is_known else None,
            day=days.get(note.commit or "", ""),
            commit=book.links.commit(note.commit) if note.commit else None,
        )
        places.setdefault((note.message, note.hint), []).append(place)
    return tuple(NoteRow(message, hint, tuple(found)) for (message, hint), found in places.items())


def _gap_rows(book: Book) -> Iterator[GapRow]:
    for key, gap in gaps_of(book.history):
        yield GapRow(
            record=book.links.to_record(key),
            since=landed_day(gap.since.landed, book.configuration),
            until=landed_day(gap.until.landed, book.configuration) if gap.until is not None else None,
            reason=gap.unreadable.reason,
            commit=book.links.commit(gap.since.commit.id),
        )


def _undeclared(book: Book) -> tuple[tuple[str, str, int], ...]:
    standing = {key: state.version.fields for key, state in book.portfolio.records.items() if state.version is not None}
    read = {key: pending.fields for key, pending in book.pending.items() if pending.problem is None}
    return tuple(
        (book.configuration.types[type_].title, name, number)
        for type_, name, number in undeclared_fields({**standing, **read}.items(), book.configuration)
    )


def _most_used(fields: Sequence[tuple[str, str, int]]) -> tuple[tuple[str, str, int], ...]:
    """Those that most records have, in their order."""
    most = sorted(range(len(fields)), key=lambda index: -fields[index][2])[:MOST_FIELDS]
    return tuple(fields[index] for index in sorted(most))
