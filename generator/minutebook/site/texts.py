"""Texts and images from the repository: where they are in; what pages show of them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.model.record import Position
from minutebook.pages.book import Book
from minutebook.pages.links import record_address, type_address
from minutebook.pages.page import Address, TextSource
from minutebook.pages.redlines import Redline, RedlineSource, Side
from minutebook.records.document import ParseFailure, decode, parse_file, split_front_matter, text_beside, text_of
from minutebook.records.paths import FileKind, PathMatcher
from minutebook.repository import Repository
from minutebook.site.clean import ANY_TAG, CleanText, clean_text, shorten_target
from minutebook.site.excerpt import make_excerpt
from minutebook.site.handbook import Handbook, HandbookFile, ImageFile, no_record
from minutebook.site.inert import make_visible
from minutebook.site.markdown import MarkdownReader
from minutebook.site.places import ImagePlace, Places
from minutebook.site.redline import MOST_DIFFERING, compare_excerpt
from minutebook.site.targets import positions_in_text

LARGEST_IMAGE = 10 << 20
"""Bytes; a larger image is not published."""
MOST_READ = 100 << 20
"""Characters of all versions of one record that are read to be compared."""
MOST_COMPARED = 2_000_000
"""Characters of them that differ and are compared word by word."""
TOO_MUCH = "The versions of this record are too long together for all of them to be compared; newer ones are"
OPENING = 300
"""Characters of a handbook page that the search knows."""


@dataclass(frozen=True, slots=True)
class FinishedText:
    """A text that is fit for a page, and what was refused in it."""

    text: CleanText
    title: str | None
    """Only of a handbook page: what its front matter or its first heading says."""
    has_heading: bool
    """Whether it begins with a title of its own."""
    opening: str
    """Its first words, without markup; only of a handbook page."""
    notes: tuple[Note, ...]
    anchored: tuple[tuple[Note, Address], ...]
    """Links to an id on a page, with what to tell if it is not there."""


class TextReader:
    """Reads texts of one commit and renders them."""

    def __init__(
        self,
        repository: Repository,
        markdown: MarkdownReader,
        places: Places,
        configuration: Configuration,
        preview: Mapping[str, bytes],
    ) -> None:
        """`preview` holds contents of the working tree that git does not have, by object id."""
        self._repository = repository
        self._markdown = markdown
        self._places = places
        self._matcher = PathMatcher(configuration.types.values(), configuration.root)
        self._preview = preview

    def records(
        self, sources: Iterable[tuple[str, TextSource]], known: dict[tuple[str, TextSource], FinishedText]
    ) -> dict[str, FinishedText]:
        """The texts of records by the address of their page. What is `known` is not read again; others are added."""
        asked = list(sources)
        wanted = [pair for pair in asked if pair not in known]
        contents = self._contents([source.blob for _, source in wanted])
        for (address, source), content in zip(wanted, contents, strict=True):
            clean, notes = self._render(self._text(source, content), content, source.path, address, deeper=1)
            anchored = _anchored(clean, content, source.path)
            known[address, source] = FinishedText(
                clean, None, has_heading=False, opening="", notes=notes, anchored=anchored
            )
        return {address: known[address, source] for address, source in asked}

    def redlines(self, records: Iterable[Sequence[RedlineSource]], known: dict[RedlineSource, Redline]) -> None:
        """Add to `known` the redline of every source that it lacks. Only texts are read, never a front matter.

        A record's sources come newest first. What all its versions cost together is bounded: git keeps many versions
        of a long text in little room. The older ones are not read any more where the newer ones took it all.
        """
        for sources in records:
            read = differing = 0
            last: tuple[Side, str] = (None, "")
            for source in dict.fromkeys(sources):
                if source in known:
                    continue
                if read > MOST_READ or differing > MOST_COMPARED:
                    known[source] = Redline((), TOO_MUCH)
                    continue
                after = last[1] if source.after == last[0] else self._side(source.after)
                before = self._side(source.before)
                last = (source.before, before)
                excerpt = make_excerpt(before, after)
                known[source] = compare_excerpt(excerpt)
                read += len(before) + len(after)
                differing += excerpt.differing if excerpt.differing <= MOST_DIFFERING else 0

    def _side(self, side: Side) -> str:
        if not isinstance(side, TextSource):
            return side or ""
        stored = self._preview.get(side.blob)
        return self._text(side, stored if stored is not None else self._repository.read_blob(side.blob))

    def _text(self, source: TextSource, content: bytes) -> str:
        """The Markdown of a record's file; nothing where it cannot be read."""
        match = self._matcher.match(source.path)
        if match is not None and match.kind is FileKind.DOCUMENT:
            return text_of(FileKind.DOCUMENT, content)
        beside = text_beside(content)
        return "" if isinstance(beside, ParseFailure) else beside

    def handbook(self, files: Iterable[HandbookFile]) -> Iterator[tuple[HandbookFile, FinishedText | Note]]:
        """The handbook's pages in order; a note where a file is no text."""
        wanted = list(files)
        for file, content in zip(wanted, self._contents([file.blob for file in wanted]), strict=True):
            yield file, self._handbook_text(file, content)

    def _handbook_text(self, file: HandbookFile, content: bytes) -> FinishedText | Note:
        decoded = decode(content)
        if isinstance(decoded, ParseFailure):
            return Note(
                NoteKind.REFUSED,
                f"The page is not published: {decoded.reason}.",
                path=file.path,
                position=decoded.position,
            )
        parts = split_front_matter(decoded)
        fields = _front_matter(content)
        told = _looks_like_record(file, fields)
        text = decoded if isinstance(parts, ParseFailure) else parts.text
        clean, notes = self._render(text, content, file.path, file.address.path, deeper=0)
        first = clean.headings[0] if clean.headings and clean.html.startswith("<h1") else None
        title = _title_of(fields) or (unescape(first.title) if first else None)
        opening = " ".join(unescape(ANY_TAG.sub(" ", clean.html[: OPENING * 4])).split())[:OPENING]
        return FinishedText(
            clean,
            title,
            has_heading=first is not None,
            opening=opening,
            notes=(*told, *notes),
            anchored=_anchored(clean, content, file.path),
        )

    def _render(
        self, text: str, content: bytes, path: str, address: str, *, deeper: int
    ) -> tuple[CleanText, tuple[Note, ...]]:
        html, reason = self._markdown.render(text)
        clean = clean_text(html, base=path, address=address, places=self._places, deeper=deeper)
        positions = positions_in_text(content, [one.written for one in clean.refused])
        notes = [
            Note(NoteKind.REFUSED, f"{make_visible(one.message)}.", path=path, position=position)
            for one, position in zip(clean.refused, positions, strict=True)
        ]
        if reason is not None:
            notes.insert(0, Note(NoteKind.NOT_RENDERED, f"The text is shown as it was written: {reason}.", path=path))
        return clean, tuple(notes)

    def _contents(self, blobs: list[str]) -> Iterator[bytes]:
        """Contents by object id, of the working tree where git has none, in order."""
        stored = self._repository.read_blobs([blob for blob in blobs if blob not in self._preview])
        for blob in blobs:
            yield self._preview[blob] if blob in self._preview else next(stored)


def read_images(
    repository: Repository, images: Iterable[ImageFile], preview: Mapping[str, bytes]
) -> tuple[dict[str, bytes], tuple[Note, ...]]:
    """The published images by their place on the site, and a note for each that is too large."""
    found: dict[str, bytes] = {}
    notes: list[Note] = []
    for image in images:
        content = preview[image.blob] if image.blob in preview else repository.read_blob(image.blob)
        if len(content) > LARGEST_IMAGE:
            notes.append(
                Note(
                    NoteKind.REFUSED,
                    f"The image is not published: it is larger than {LARGEST_IMAGE >> 20} MiB.",
                    path=image.path,
                )
            )
        else:
            found[image.target] = content
    return found, tuple(notes)


def make_places(book: Book, handbook: Handbook) -> Places:
    """What the texts of a site may link to: paths that records have or had, handbook pages and images."""
    pages: dict[str, Address] = {}
    shared: dict[str, dict[str, Address]] = {}
    for record in book.history.records.values():
        for _, state in record.states:
            pages.setdefault(state.path, record_address(record.key))
    for key, state in book.portfolio.records.items():
        items = shared.setdefault(state.path, {})
        items[key.id.casefold()] = record_address(key)
        pages[state.path] = record_address(key)
    registers = _registers(book, shared)
    pages.update(registers)
    for pending in book.pending.values():
        pages.setdefault(pending.path, record_address(pending.key))
    pages.update({file.path: file.address for file in handbook.pages})
    return Places(
        root=book.configuration.root,
        pages=pages,
        items={path: shared[path] for path in registers},
        images={file.path: ImagePlace(file.target) for file in handbook.images},
    )


def _registers(book: Book, shared: Mapping[str, Mapping[str, Address]]) -> dict[str, Address]:
    """The files that hold records of many ids, with the table that stands for the whole file."""
    matcher = PathMatcher(book.configuration.types.values(), book.configuration.root)
    found: dict[str, Address] = {}
    for path in shared:
        match = matcher.match(path)
        if match is not None and match.kind is FileKind.REGISTER:
            found[path] = type_address(match.type.name)
    return found


def _anchored(clean: CleanText, content: bytes, path: str) -> tuple[tuple[Note, Address], ...]:
    """The links of a text to an id, each with what is told if the id is not there."""
    positions = positions_in_text(content, [href for href, _ in clean.anchored])
    return tuple(
        (
            Note(
                NoteKind.NO_HEADING,
                f"The link `{make_visible(shorten_target(href))}` leads to a heading that is not there.",
                path=path,
                position=position,
            ),
            to,
        )
        for (href, to), position in zip(clean.anchored, positions, strict=True)
    )


def _front_matter(content: bytes) -> Mapping[str, object]:
    """The fields of a page's front matter; nothing where there is none, or it cannot be read."""
    parsed = parse_file(FileKind.DOCUMENT, content)
    return {} if isinstance(parsed, ParseFailure) else parsed.records[0].tree


def _title_of(fields: Mapping[str, object]) -> str | None:
    title = fields.get("title")
    return title.strip() or None if isinstance(title, str) else None


def _looks_like_record(file: HandbookFile, fields: Mapping[str, object]) -> Iterator[Note]:
    """A doubt where a page lies among records and has more of their fields than a title, which any page may have."""
    if file.among is not None:
        names = {field.name for field in file.among.fields if field.role != "title"}
        if not names.isdisjoint(fields):
            yield no_record(file.path, Position(1, 1), file.among)
