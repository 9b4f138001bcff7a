"""What a working tree would change: a Book and a preview in, the Book with pending records and today's doubts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from minutebook.analyses.published import published_version
from minutebook.history.notes import doubts_of_file, rival_words, unreadable_note
from minutebook.model.note import Note, NoteKind
from minutebook.model.record import RecordKey, RecordVersion, Unreadable
from minutebook.model.value import Text
from minutebook.pages.book import Book, Pending, PendingKind
from minutebook.records.document import ParseFailure, measure_text, parse_file, text_beside
from minutebook.records.paths import PathMatcher
from minutebook.records.values import versions_of
from minutebook.site.preview import Preview

OF_FILES = frozenset(
    [
        NoteKind.UNREADABLE,
        NoteKind.IMPOSSIBLE,
        NoteKind.ITEM_ID,
        NoteKind.EMPTIED,
        NoteKind.MISSPELT,
        NoteKind.UNDECLARED,
        NoteKind.NO_IDENTITY,
        NoteKind.DUPLICATE,
    ]
)
"""Doubts that what stands in a file decides: an edited one has its own."""


@dataclass(frozen=True, slots=True)
class _Broken:
    """A file that cannot be read now."""

    problem: Unreadable
    type: str
    id: str | None
    """What its path says; None: nothing."""


def with_edits(book: Book, preview: Preview) -> Book:
    """The Book as a preview shows it: with the records that would change, and the doubts of the working tree."""
    if not preview.changed and not preview.gone:
        return book
    edits = _Edits(book, preview)
    pending = {one.key: one for one in (*edits.claimed(), *edits.broken(), *edits.texts())}
    pending.update({one.key: one for one in edits.gone(pending)})
    kept = (note for note in book.notes if note.kind not in OF_FILES or not edits.settles(note))
    return replace(book, pending=pending, notes=(*kept, *edits.notes()))


class _Edits:
    """The edited files of records, read. Of those that are not published, only doubts are told."""

    def __init__(self, book: Book, preview: Preview) -> None:
        self._book = book
        self._preview = preview
        self._types = book.configuration.types
        self._matcher = PathMatcher(self._types.values(), book.configuration.root)
        self._touched = preview.changed.keys() | preview.gone
        self._standing = {key.folded: state for key, state in book.portfolio.records.items()}
        self._versions: dict[str, tuple[RecordVersion, ...]] = {}
        """What files hold that can be read, by path."""
        self._broken: list[_Broken] = []
        for path in sorted(preview.changed):
            self._read(path)
        self._owners, self._rivals = self._settle()

    def _read(self, path: str) -> None:
        match = self._matcher.match(path)
        if match is None:
            return
        file = self._preview.changed[path]
        beside = self._text(self._matcher.text_path(match, path))
        found = versions_of(match, path, file.blob, parse_file(match.kind, self._preview.contents[file.blob]), beside)
        if isinstance(found, Unreadable):
            self._broken.append(_Broken(found, match.type.name, match.id))
        else:
            self._versions[path] = found

    def _text(self, path: str | None) -> Text | None:
        """The edited text that stands in a file of its own; None: it is not edited."""
        file = self._preview.changed.get(path) if path is not None else None
        if file is None:
            return None
        text = text_beside(self._preview.contents[file.blob])
        return None if isinstance(text, ParseFailure) else Text(file.blob, *measure_text(text))

    def _settle(self) -> tuple[dict[RecordKey, RecordVersion], list[tuple[RecordVersion, str]]]:
        """Who is which record, by folded key; and those who claim one that another file is, with that file."""
        claims: dict[RecordKey, list[RecordVersion]] = {}
        for versions in self._versions.values():
            for version in versions:
                claims.setdefault(version.key.folded, []).append(version)
        owners: dict[RecordKey, RecordVersion] = {}
        rivals: list[tuple[RecordVersion, str]] = []
        for folded, claimants in claims.items():
            state = self._standing.get(folded)
            if state is not None and state.path not in self._touched:
                rivals += [(version, state.path) for version in claimants]
                continue
            # The file that was this record stays it.
            first = next((one for one in claimants if state is not None and one.path == state.path), claimants[0])
            owners[folded] = first
            rivals += [(one, first.path) for one in claimants if one is not first]
        return owners, rivals

    def claimed(self) -> Iterator[Pending]:
        """Records that can be read and would come, or be other than they are."""
        for folded, version in self._owners.items():
            if not self._types[version.key.type].publish:
                continue
            shown = published_version(self._types[version.key.type], version)
            key, kind = self._standing_of(version.key)
            state = self._standing.get(folded)
            before = state.version if state is not None else None
            same = before is not None and (version.text is None or _alike(version.text, before.text))
            text = None if same else version.text
            moved = state is None or version.path != state.path
            if before is None or text is not None or moved or shown.fields != before.fields:
                yield Pending(key, version.path, kind, shown.fields, text, None, shown.undeclared)

    def _standing_of(self, key: RecordKey) -> tuple[RecordKey, PendingKind]:
        """What a record is called that has this key, and what an edit of its file makes of it."""
        known = self._book.history.find(key)
        if known is None or known.key.folded != key.folded:  # a former id is free for another record
            return key, PendingKind.NEW
        return known.key, PendingKind.EDITED if key.folded in self._standing else PendingKind.RESTORED

    def broken(self) -> Iterator[Pending]:
        """Records whose files cannot be read."""
        for file in self._broken:
            if not self._types[file.type].publish:
                continue
            held = self._held_by(file)
            if not held and file.id is not None:
                key, kind = self._standing_of(RecordKey(file.type, file.id))
                if key.folded not in self._standing and key.folded not in self._owners:
                    yield Pending(key, file.problem.path, kind, {}, None, file.problem.reason)
            for key in held:
                yield Pending(key, file.problem.path, PendingKind.EDITED, {}, None, file.problem.reason)

    def _held_by(self, file: _Broken) -> Sequence[RecordKey]:
        """The records that stood in a file, and stand in no other now."""
        return [
            state.key
            for folded, state in self._standing.items()
            if state.path == file.problem.path and folded not in self._owners
        ]

    def texts(self) -> Iterator[Pending]:
        """Records whose text is a file of its own, of which only that was edited."""
        for path in sorted(self._preview.changed):
            owners = [owner for owner in self._matcher.text_owners(path) if owner not in self._touched]
            text = self._text(path) if owners else None
            for state in self._standing.values():
                version = state.version
                if state.path in owners and version is not None and text is not None:
                    yield Pending(state.key, state.path, PendingKind.EDITED, version.fields, text, None)

    def gone(self, pending: Mapping[RecordKey, Pending]) -> Iterator[Pending]:
        """Records that no file holds any more."""
        for folded, state in self._standing.items():
            if state.path in self._touched and folded not in self._owners and state.key not in pending:
                yield Pending(state.key, state.path, PendingKind.REMOVED, {}, None, None)

    def settles(self, note: Note) -> bool:
        """Whether a doubt of the commit is none of the working tree, or is told anew."""
        if note.path in self._touched:
            return True
        first = self._standing.get(note.key.folded) if note.key is not None else None
        return note.kind is NoteKind.DUPLICATE and first is not None and first.path in self._preview.gone

    def notes(self) -> Iterator[Note]:
        """The doubts of the edited files."""
        for file in self._broken:
            held = self._held_by(file)
            known = held or file.id is not None
            yield unreadable_note(
                NoteKind.UNREADABLE if known else NoteKind.NO_IDENTITY,
                file.problem,
                "Mend it before it lands.",
                publish=self._types[file.type].publish,
                key=held[0] if held else None,
                record_type=file.type,
            )
        for rival, path in self._rivals:
            yield Note(
                NoteKind.DUPLICATE,
                rival_words(rival, path, publish=self._types[rival.key.type].publish),
                "Give one of the two another id before it lands. Ids that differ only in case are the same.",
                path=rival.path,
                key=rival.key,
            )
        for path, versions in self._versions.items():
            owned = [version for version in versions if self._owners.get(version.key.folded) is version]
            content = self._preview.contents[self._preview.changed[path].blob]
            yield from doubts_of_file(owned, content, self._matcher, self._book.configuration)


def _alike(one: Text, other: Text | None) -> bool:
    return (one.digest if one.lines else None) == (other.digest if other is not None and other.lines else None)
