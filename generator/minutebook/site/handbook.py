"""The files of the portfolio that are no records: a commit's files in, handbook pages, images and refusals out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minutebook.errors import PublicationError
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.model.record import Position
from minutebook.model.record_type import RecordType
from minutebook.pages.links import ASSETS, type_address
from minutebook.pages.page import Address
from minutebook.pages.registry import reserved_prefixes
from minutebook.records.paths import NEVER_RECORDS, PathMatcher
from minutebook.repository.door import TreeFile

MARKDOWN = frozenset([".md", ".markdown"])
IMAGES = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp"])
SILENT = frozenset([".yml", ".yaml"])
"""Registers, rosters and configuration: records are published, their files never are."""
NAME = re.compile(r"\w[\w .,()+@&'!-]{0,99}")
"""What a folder or file may be called to have an address: nothing that a reader could mistake or a disk refuse."""
THEME_FILES = (
    "assets/javascripts/",
    "assets/stylesheets/",
    "assets/minutebook/",
    "assets/images/favicon.png",
    "search/",
)
TOP_FILES = frozenset(["404.html", "minutebook.json", "sitemap.xml", "sitemap.xml.gz"])
"""Files at the top of a site, where no folder can have their name."""
PAGE_FILES = frozenset(["index.html", "index.md"])
"""What a page is written to in its folder, on the site or in an export."""


@dataclass(frozen=True, slots=True)
class HandbookFile:
    """A Markdown file that is a page of its own."""

    path: str
    blob: str
    address: Address
    among: RecordType | None
    """The type below whose folder of records it lies; None: it lies below none."""

    @property
    def name(self) -> str:
        """What it is called where it has no title."""
        return posixpath.splitext(posixpath.basename(self.path))[0].replace("-", " ").replace("_", " ")


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image that is published as it is."""

    path: str
    blob: str
    target: str
    """Relative to the top of the site."""


@dataclass(frozen=True, slots=True)
class Handbook:
    """What is published beside the records."""

    pages: tuple[HandbookFile, ...]
    images: tuple[ImageFile, ...]
    notes: tuple[Note, ...]
    """A refusal for each file that is not published."""


def sort_files(files: Iterable[TreeFile], configuration: Configuration) -> Handbook:
    """Which files of the portfolio's folder are pages and images.

    PublicationError: pages would land where generated ones live; it names them all.
    """
    matcher = PathMatcher(configuration.types.values(), configuration.root)
    prefixes = reserved_prefixes(configuration)
    generated = tuple(prefix.casefold() for prefix in prefixes if prefix != ASSETS)
    pages: list[HandbookFile] = []
    images: list[ImageFile] = []
    notes: list[Note] = []
    folders = _record_folders(configuration)
    astray: list[str] = []
    for file in files:
        inside = file.path[len(configuration.root) :].lstrip("/")
        ending = posixpath.splitext(inside)[1].lower()
        reason = _why_refused(file, inside, ending, whole=not configuration.root)
        if matcher.match(file.path) is not None or matcher.text_owners(file.path):
            continue
        among = _type_among(inside, folders)
        if among is not None and not _is_hidden(inside) and (ending in SILENT or not among.publish):
            notes.append(no_record(file.path, None, among))
        elif reason is not None:
            if reason:
                notes.append(_refusal(file.path, reason))
        elif ending in MARKDOWN:
            address = page_address(inside)
            if not address:
                if configuration.root or inside.lower() != "readme.md":
                    notes.append(_refusal(file.path, "the home page of the site is generated"))
                continue
            problem = _why_taken(file.path, inside, prefixes, configuration, matcher)
            if problem is not None:
                astray.append(problem)
            pages.append(HandbookFile(path=file.path, blob=file.blob, address=Address(address), among=among))
        elif inside.casefold().startswith(generated):
            notes.append(_refusal(file.path, "pages that are generated live in that folder"))
        else:
            images.append(ImageFile(path=file.path, blob=file.blob, target=inside))
    if astray:
        raise PublicationError("\n".join(astray), "move or rename what is named, for example to handbook/.")
    taken = {page.address.path.rstrip("/").casefold() for page in pages}
    hidden = [image for image in images if image.target.casefold() in taken]
    notes += [_refusal(image.path, "a page has its address") for image in hidden]
    return Handbook(
        pages=tuple(pages), images=tuple(image for image in images if image not in hidden), notes=tuple(notes)
    )


def page_address(inside: str) -> str:
    """The address of a Markdown file by its path in the portfolio: `a/b.md` is at `a/b/`, `a/index.md` at `a/`."""
    folder, name = posixpath.split(posixpath.splitext(inside)[0])
    if name.lower() in ("index", "readme"):
        return f"{folder}/" if folder else ""
    return f"{folder}/{name}/" if folder else f"{name}/"


def _why_refused(file: TreeFile, inside: str, ending: str, *, whole: bool) -> str | None:
    """Why a file is not published; empty: nobody needs to be told; None: it is published.

    `whole`: the portfolio is the whole repository, whose other files are none of it.
    """
    parts = inside.split("/")
    if _is_hidden(inside) or ending in SILENT:
        return ""
    if file.mode == "120000":
        return "it is a symbolic link"
    if file.mode == "160000":
        return "it is a submodule"
    if ending not in MARKDOWN and ending not in IMAGES:
        if whole:
            return ""
        return f"only pages ({', '.join(sorted(MARKDOWN))}) and images ({', '.join(sorted(IMAGES))}) are"
    if not all(NAME.fullmatch(part) for part in parts):
        return "its name cannot stand in an address: use letters, digits, spaces and - _ . , ( )"
    if ending not in MARKDOWN and inside.lower().startswith(THEME_FILES):
        return "it would take the place of a file of the site's own"
    folders = (page_address(inside) if ending in MARKDOWN else inside).casefold().split("/")
    if folders[0] in TOP_FILES or not PAGE_FILES.isdisjoint(folders):
        return "a file of the site's own has its address"
    return None


def _why_taken(
    path: str, inside: str, prefixes: Mapping[str, str], configuration: Configuration, matcher: PathMatcher
) -> str | None:
    """Why the address of a page is one of the site's own, with what was probably meant; None: it is free."""
    address = page_address(inside)
    for prefix, owner in prefixes.items():
        if address.casefold().startswith(prefix.casefold()):
            meant = _path_meant(inside, prefix, configuration, matcher)
            return (
                f"{path}: this page would land on /{address}, and addresses under /{prefix} belong to {owner}"
                f"{f': did you mean {meant}?' if meant is not None else '.'}"
            )
    return None


def _path_meant(inside: str, prefix: str, configuration: Configuration, matcher: PathMatcher) -> str | None:
    """Where a file would be a record of the type whose address its folder bears; None: nowhere."""
    for record_type in configuration.types.values():
        if type_address(record_type.name).path == prefix:
            rest = inside[len(prefix) :]
            for pattern in record_type.paths:
                path = posixpath.join(_folder_of(pattern), rest)
                if matcher.match(posixpath.join(configuration.root, path)) is not None:
                    return path
    return None


def _record_folders(configuration: Configuration) -> Mapping[str, RecordType]:
    """The folders of which the paths of types speak, each with the type that names it first. The top is none."""
    found: dict[str, RecordType] = {}
    for record_type in configuration.types.values():
        for pattern in record_type.paths:
            found.setdefault(_folder_of(pattern), record_type)
    return {folder: record_type for folder, record_type in found.items() if folder}


def _folder_of(pattern: str) -> str:
    """The folder in which all records of a pattern lie: "projects" of "projects/{id}.md"."""
    return posixpath.dirname(pattern.partition("{")[0])


def _type_among(inside: str, folders: Mapping[str, RecordType]) -> RecordType | None:
    """The type below whose folder a file lies, the nearest. Pages about a folder, as a README is, are none of it."""
    folder, name = posixpath.split(inside)
    if name.lower() in NEVER_RECORDS:
        return None
    while folder:
        if folder in folders:
            return folders[folder]
        folder = posixpath.dirname(folder)
    return None


def no_record(path: str, position: Position | None, among: RecordType) -> Note:
    """What is told of a file that lies among the records of a type, looks like one and is none."""
    patterns = " or ".join(f"`{pattern}`" for pattern in among.paths)
    return Note(
        NoteKind.NO_RECORD,
        f"This file is no record: files of the type {among.title} are {patterns}.",
        "Rename or move it.",
        path,
        position,
        record_type=among.name,
    )


def _is_hidden(inside: str) -> bool:
    return any(part.startswith(".") for part in inside.split("/"))


def _refusal(path: str, reason: str) -> Note:
    return Note(NoteKind.REFUSED, f"The file is not published: {reason}.", path=path)
