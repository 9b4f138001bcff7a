"""The files of the portfolio that are no records: a commit's files in, handbook pages, images and refusals out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass

from minutebook.errors import PublicationError
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.pages.links import ASSETS
from minutebook.pages.page import Address
from minutebook.pages.registry import reserved_prefixes
from minutebook.records.paths import PathMatcher
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

    PublicationError: a page would land where generated ones live.
    """
    matcher = PathMatcher(configuration.types.values(), configuration.root)
    prefixes = reserved_prefixes(configuration)
    generated = tuple(prefix.casefold() for prefix in prefixes if prefix != ASSETS)
    pages: list[HandbookFile] = []
    images: list[ImageFile] = []
    notes: list[Note] = []
    for file in files:
        inside = file.path[len(configuration.root) :].lstrip("/")
        ending = posixpath.splitext(inside)[1].lower()
        reason = _why_refused(file, inside, ending)
        if matcher.match(file.path) is not None or matcher.text_owners(file.path):
            continue
        if reason is not None:
            if reason:
                notes.append(_refusal(file.path, reason))
        elif ending in MARKDOWN:
            address = page_address(inside)
            if not address and inside.lower() == "readme.md":
                notes.append(_refusal(file.path, "the home page of the site is generated"))
                continue
            _check_free(file.path, address, prefixes)
            pages.append(HandbookFile(path=file.path, blob=file.blob, address=Address(address)))
        elif inside.casefold().startswith(generated):
            notes.append(_refusal(file.path, "pages that are generated live in that folder"))
        else:
            images.append(ImageFile(path=file.path, blob=file.blob, target=inside))
    folders = {page.address.path.rstrip("/").casefold() for page in pages}
    hidden = [image for image in images if image.target.casefold() in folders]
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


def _why_refused(file: TreeFile, inside: str, ending: str) -> str | None:
    """Why a file is not published; empty: nobody needs to be told; None: it is published."""
    parts = inside.split("/")
    if any(part.startswith(".") for part in parts) or ending in SILENT:
        return ""
    if file.mode == "120000":
        return "it is a symbolic link"
    if file.mode == "160000":
        return "it is a submodule"
    if ending not in MARKDOWN and ending not in IMAGES:
        return f"only pages ({', '.join(sorted(MARKDOWN))}) and images ({', '.join(sorted(IMAGES))}) are"
    if not all(NAME.fullmatch(part) for part in parts):
        return "its name cannot stand in an address: use letters, digits, spaces and - _ . , ( )"
    if ending not in MARKDOWN and inside.lower().startswith(THEME_FILES):
        return "it would take the place of a file of the site's own"
    folders = (page_address(inside) if ending in MARKDOWN else inside).casefold().split("/")
    if folders[0] in TOP_FILES or not PAGE_FILES.isdisjoint(folders):
        return "a file of the site's own has its address"
    return None


def _check_free(path: str, address: str, prefixes: dict[str, str]) -> None:
    if not address:
        raise PublicationError(
            f"{path}: this page would land on the home page, which is generated.", "move or rename the file."
        )
    for prefix, owner in prefixes.items():
        if address.casefold().startswith(prefix.casefold()):
            raise PublicationError(
                f"{path}: this page would land on /{address}, and addresses under /{prefix} belong to {owner}.",
                "move or rename the file, for example under handbook/.",
            )


def _refusal(path: str, reason: str) -> Note:
    return Note(NoteKind.REFUSED, f"The file is not published: {reason}.", path=path)
