"""The completeness page: a Book in, what a reader must know before trusting the other pages out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutebook.analyses.gaps import gaps_of, undeclared_fields
from minutebook.model.note import Note, NoteKind
from minutebook.pages.book import Book
from minutebook.pages.links import COMPLETENESS
from minutebook.pages.page import Address, Link, Page, SearchEntry
from minutebook.pages.pending import pending_link
from minutebook.pages.timeline import landed_day

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
    NoteKind.MISSPELT: "Fields that are probably misspelt",
    NoteKind.UNDECLARED: "Fields that no record type declares",
    NoteKind.NO_IDENTITY: "Files that never told which record they are",
    NoteKind.DUPLICATE: "Files that claim the same record",
    NoteKind.UNADDRESSABLE: "Ids that cannot stand in an address",
    NoteKind.FOXTROT: "Merges that turned the mainline upside down",
    NoteKind.DROPPED: "Changes that a merge discarded",
    NoteKind.REUSED: "Ids that were used again",
    NoteKind.LINEAGE: "Ids that changed",
    NoteKind.UNUSED_LINEAGE: "Lineage entries that were not used",
    NoteKind.POSSIBLE_LINEAGE: "Records that possibly continue another",
    NoteKind.INVALID_DATE: "Commits with an invalid date",
    NoteKind.GRAFTED: "Grafts and replacements that were ignored",
    NoteKind.REFUSED: "Files, links and images that are not published",
    NoteKind.NOT_RENDERED: "Texts that are shown as they were written",
}


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One thing that is told."""

    place: str
    message: str
    hint: str | None
    record: Link | None
    commit: Link | None


@dataclass(frozen=True, slots=True)
class GapRow:
    """A span in which a record could not be read."""

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
    total: int
    folded: bool
    more: tuple[Link, ...]
    """Pages on which the list goes on."""


@dataclass(frozen=True, slots=True)
class CompletenessView:
    """What the page lays out."""

    lists: tuple[NoteList, ...]
    gaps: tuple[GapRow, ...]
    """Spans that last first, then by record."""
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
    for note in book.notes:
        notes.setdefault(note.kind, []).append(note)
    kinds = [kind for kind in NoteKind if kind in notes]
    undeclared = _undeclared(book)
    rows = {kind: [_row(note, book) for note in notes[kind]] for kind in kinds}
    gaps = sorted(_gap_rows(book), key=lambda gap: gap.until is not None)
    yield Page(
        address=COMPLETENESS.path,
        title="Completeness",
        template="completeness.html",
        view=CompletenessView(
            lists=tuple(_list(kind, rows[kind]) for kind in kinds if kind is not NoteKind.UNDECLARED),
            gaps=tuple(gaps[:FIRST_ROWS]),
            gaps_total=len(gaps),
            gaps_folded=len(gaps) > OPEN_ROWS,
            gaps_more=_more("gaps", len(gaps)),
            undeclared=_most_used(undeclared),
            undeclared_total=len(undeclared),
            undeclared_places=_list(NoteKind.UNDECLARED, rows[NoteKind.UNDECLARED])
            if NoteKind.UNDECLARED in rows
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
        for part, start in _starts(len(rows[kind])):
            yield _part_page(TITLES[kind], kind.value, part, tuple(rows[kind][start : start + PAGE_ROWS]), ())
    for part, start in _starts(len(gaps)):
        yield _part_page("Spans that cannot be read", "gaps", part, (), tuple(gaps[start : start + PAGE_ROWS]))


def _starts(total: int) -> list[tuple[int, int]]:
    return list(enumerate(range(FIRST_ROWS, total, PAGE_ROWS), 2))


def _more(name: str, total: int) -> tuple[Link, ...]:
    return tuple(Link(f"part {part}", _part_address(name, part)) for part, _ in _starts(total))


def _part_address(name: str, part: int) -> Address:
    return Address(f"{COMPLETENESS.path}{name}/{part}/")


def _part_page(title: str, name: str, part: int, rows: tuple[NoteRow, ...], gaps: tuple[GapRow, ...]) -> Page:
    return Page(
        address=_part_address(name, part).path,
        title=f"{title}, part {part}",
        template="completeness_part.html",
        view=NotesPartView(title=title, back=Link("Completeness", COMPLETENESS), rows=rows, gaps=gaps, part=part),
        origin="the completeness page",
    )


def _list(kind: NoteKind, rows: list[NoteRow]) -> NoteList:
    return NoteList(
        title=TITLES[kind],
        anchor=kind.value,
        rows=tuple(rows[:FIRST_ROWS]),
        total=len(rows),
        folded=len(rows) > OPEN_ROWS,
        more=_more(kind.value, len(rows)),
    )


def _row(note: Note, book: Book) -> NoteRow:
    return NoteRow(
        place=note.place if note.path is not None else "",
        message=note.message,
        hint=note.hint,
        record=pending_link(note.key, book)
        if note.key is not None and (note.key in book.links.known or note.key in book.pending)
        else None,
        commit=book.links.commit(note.commit) if note.commit else None,
    )


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
