"""The walk: a repository, a configuration and a day in; every page of the site, drawn and clean, out."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from minutebook.cache import Cache
from minutebook.errors import ConfigError
from minutebook.history.branch import published_commit
from minutebook.history.portfolio import read_history
from minutebook.history.progress import Progress
from minutebook.history.trust import open_trusted_cache
from minutebook.model.configuration import Configuration
from minutebook.model.forge import USUAL, forge_at
from minutebook.model.note import Note
from minutebook.pages.book import Book, Edition
from minutebook.pages.handbook import handbook_page
from minutebook.pages.links import type_address
from minutebook.pages.making import make_book
from minutebook.pages.page import Address, Link, Page, TextSource
from minutebook.pages.registry import make_pages, make_redirects, redline_sources, text_sources
from minutebook.records.configuration import read_configuration
from minutebook.repository import Repository, open_repository
from minutebook.repository.door import TreeFile
from minutebook.site.addresses import check_addresses
from minutebook.site.edition import add_look, digest_configuration, make_edition
from minutebook.site.edits import with_edits
from minutebook.site.handbook import Handbook, sort_files
from minutebook.site.memory import Memory
from minutebook.site.preview import Preview, no_preview, read_left_out, read_preview
from minutebook.site.reading_order import in_reading_order
from minutebook.site.render import FinishedPage, Renderer
from minutebook.site.targets import broken_anchors
from minutebook.site.templates import read_assets
from minutebook.site.texts import FinishedText, TextReader, make_places, read_images


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site is made from."""

    repository: Path
    """A folder of the repository."""
    configuration: Path
    """The portfolio.yml."""
    folder: str = ""
    """Where the configuration's folder lies in the repository; empty: at the top, or outside."""
    as_of: dt.date | None = None
    """The day to speak of; None: that of the published commit."""
    cache: Path | None = None
    """The folder for what was worked out; None: nothing is kept."""
    templates: Path | None = None
    """The operator's own templates; None: only ours."""
    mkdocs_yml: Path | None = None
    """The file that the look is taken from, only to be stated; None: there is none."""
    preview: bool = False
    """Whether edits that have not landed are shown beside what has."""
    trusted: bool = False
    """Whether the operator let hooks, plugins and templates of the repository run; only to be stated."""


@dataclass(frozen=True)
class Site:
    """A finished site, for a door to write or to hand on."""

    title: str
    description: str | None
    edition: Edition
    types: tuple[Link, ...]
    """The tables of the record types, in the order of the configuration."""
    pages: tuple[FinishedPage, ...]
    handbook: tuple[FinishedPage, ...]
    redirects: Mapping[str, str]
    """Whole HTML files by address."""
    images: Mapping[str, bytes]
    """By path relative to the top of the site."""
    search_texts: bool
    """Whether the search knows whole texts."""
    assets: Mapping[str, bytes]
    """Stylesheets and scripts, by path relative to the top of the site."""
    notes: tuple[Note, ...]
    root: str
    """Where the portfolio lies in the repository."""
    left_out: tuple[str, ...]
    """Files of the working tree that are otherwise in the commit, where that is checked out and no preview is made."""
    edit: str | None
    """The URL before the path of a file, at which it is edited on the forge; None: not known."""

    @property
    def all_pages(self) -> tuple[FinishedPage, ...]:
        """Generated pages, then those of the handbook."""
        return (*self.pages, *self.handbook)


def build_site(settings: Settings, *, progress: Progress | None = None, memory: Memory | None = None) -> Site:
    """The whole site. `memory` is what an earlier build of the same settings left.

    ConfigError, GitError, TemplateError; PublicationError where two pages want one address.
    """
    memory = memory or Memory()
    configuration = read_configuration(settings.configuration, folder=settings.folder)
    with open_repository(settings.repository) as repository:
        cache = open_trusted_cache(settings.cache)
        basis = (published_commit(repository, configuration), digest_configuration(settings.configuration))
        book = memory.book(basis, lambda: _read_book(repository, configuration, settings, cache, progress))
        book = replace(book, edition=add_look(book.edition, settings.mkdocs_yml, settings.templates))
        tree = _read_tree(repository, book, configuration, is_preview=settings.preview)
        book = with_edits(book, tree.preview)
        files = sort_files(tree.preview.files_over(tree.committed), configuration)

        places = make_places(book, files)
        reader = TextReader(repository, memory.markdown(cache), places, configuration, tree.preview.contents)
        texts = memory.texts(places)
        page_texts = reader.records(text_sources(book), texts)
        reader.redlines(redline_sources(book), memory.redlines)
        handbook, handbook_notes = _read_handbook(reader, files, tree.preview)
        images, image_notes = read_images(repository, files.images, tree.preview.contents)
        memory.markdown(cache).remember()

    refused = (note for text in page_texts.values() for note in text.notes)
    texts_of_pages = {**page_texts, **{page.address: text for page, text in handbook}}
    notes = (*book.notes, *files.notes, *handbook_notes, *image_notes, *refused, *_broken_anchors(texts_of_pages))
    titles = tuple(Link(page.title, Address(page.address)) for page, _ in handbook)
    book = replace(book, notes=notes, handbook=titles, redlines=memory.redlines)
    pages = (*make_pages(book), *(page for page, _ in handbook))
    redirects = tuple(make_redirects(book))
    check_addresses(pages, redirects, files.images)

    renderer = Renderer(book.edition.as_of, settings.templates)
    drawn = _draw(pages, texts_of_pages, renderer, memory, progress)
    return Site(
        title=configuration.title,
        description=configuration.description,
        edition=book.edition,
        types=tuple(Link(count.record_type.plural, type_address(count.record_type.name)) for count in book.counts),
        pages=drawn[: len(pages) - len(handbook)],
        handbook=drawn[len(pages) - len(handbook) :],
        redirects={redirect.address: renderer.redirect(redirect) for redirect in redirects},
        images=images,
        search_texts=configuration.search_texts,
        assets=read_assets(settings.templates),
        notes=notes,
        root=configuration.root,
        left_out=tree.left_out,
        edit=edit_url(configuration),
    )


class _Tree(NamedTuple):
    """The files that a site is made from."""

    committed: tuple[TreeFile, ...]
    """Those of the commit whose state is shown."""
    preview: Preview
    """What the working tree holds otherwise and the site shows."""
    left_out: tuple[str, ...]
    """What it holds otherwise and the site does not show."""


def _read_tree(repository: Repository, book: Book, configuration: Configuration, *, is_preview: bool) -> _Tree:
    """The files of the state that is shown. ConfigError: there is none below the root, and never was."""
    committed = tuple(repository.list_files(book.edition.state, configuration.root))
    if book.edition.state != book.edition.commit:
        # Edits that have not landed are edits of what is published, and of no day before it.
        return _Tree(committed, no_preview(), ())
    preview = read_preview(repository, committed, configuration) if is_preview else no_preview()
    if not committed and not preview.changed and not book.portfolio.states:
        _refuse_nothing(repository, book.edition.commit, configuration)
    published = book.edition.commit
    left_out = () if is_preview else read_left_out(repository, published, committed, configuration)
    return _Tree(committed, preview, left_out)


def _refuse_nothing(repository: Repository, commit: str, configuration: Configuration) -> None:
    """Raise ConfigError where a commit has nothing at the root that the configuration names, and never had."""
    root = configuration.root
    if root:
        tree = repository.work_tree
        hint = (
            f"commit it: git add {shlex.quote(root)} && git commit"
            if tree is not None and (tree / root).is_dir()
            else f"correct `root` ({configuration.place_of('root')}): the records' folder, from the repository's top."
        )
        raise ConfigError(f"The commit {commit[:10]} holds no folder `{root}`, so there is nothing to show.", hint)


def _read_book(
    repository: Repository,
    configuration: Configuration,
    settings: Settings,
    cache: Cache | None,
    progress: Progress | None,
) -> Book:
    """The Book of the published commit on the day that was asked for."""
    history = read_history(repository, configuration, cache=cache, progress=progress)
    edition, position = make_edition(
        history, configuration, settings.configuration, repository, as_of=settings.as_of, trusted=settings.trusted
    )
    landed = [landing for landing in history.landings if landing.position <= position]
    if not landed:
        history = replace(history, notes=())
    elif len(landed) < len(history.landings):
        # Notes tell of the last day that was read, so a day in the past is read as if it were the last one. Commits
        # that landed nothing are no part of that reading, but of the figures.
        last = landed[-1].commit.id
        then = read_history(repository, configuration, revision=last, cache=cache, progress=progress)
        history = replace(then, commit=history.commit, commits=position + 1, clocks=history.clocks[: position + 1])
    return make_book(history, configuration, edition, position)


def _broken_anchors(texts: Mapping[str, FinishedText]) -> Iterable[Note]:
    """Links of texts to a place that a text has not; `texts` are by address."""
    links = (link for text in texts.values() for link in text.anchored)
    return broken_anchors(links, {address: text.text for address, text in texts.items()})


def _draw(
    pages: Sequence[Page],
    texts: Mapping[str, FinishedText],
    renderer: Renderer,
    memory: Memory,
    progress: Progress | None,
) -> tuple[FinishedPage, ...]:
    """Every page, drawn; `texts` are by address."""
    drawn: list[FinishedPage] = []
    for page in pages:
        drawn.append(memory.draw(renderer, page, texts.get(page.address)))
        if progress is not None:
            progress.advance(len(drawn), len(pages), "pages")
    return tuple(drawn)


def edit_url(configuration: Configuration) -> str | None:
    """Where the forge edits files of the published branch; None where it, its editor or the branch is not known."""
    if configuration.forge is None or configuration.branch is None:
        return None
    editor = (forge_at(configuration.forge) or USUAL).editor
    return f"{configuration.forge}/{editor}/{quote(configuration.branch)}/" if editor is not None else None


def _read_handbook(
    reader: TextReader, files: Handbook, preview: Preview
) -> tuple[list[tuple[Page, FinishedText]], list[Note]]:
    """The handbook's pages with their texts, in the order in which they are read, and what was refused in them."""
    found: list[tuple[Page, FinishedText]] = []
    notes: list[Note] = []
    for file, text in reader.handbook(files.pages):
        if isinstance(text, Note):
            notes.append(text)
            continue
        notes.extend(text.notes)
        page = handbook_page(
            file.address,
            TextSource(file.blob, file.path),
            text.title or file.name,
            show_title=not text.has_heading,
            pending=file.path in preview.changed,
            opening=text.opening,
        )
        found.append((page, text))
    return in_reading_order(found), notes
