"""The walk: a repository, a configuration and a day in; every page of the site, drawn and clean, out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from minutebook.cache import Cache
from minutebook.history.branch import published_commit
from minutebook.history.portfolio import read_history
from minutebook.history.progress import Progress
from minutebook.history.trust import open_trusted_cache
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note
from minutebook.pages import pending
from minutebook.pages.book import Book, Edition, make_book
from minutebook.pages.handbook import handbook_page
from minutebook.pages.links import forge_host, type_address
from minutebook.pages.page import Address, Link, Page, TextSource
from minutebook.pages.record import text_sources
from minutebook.pages.registry import make_pages, make_redirects
from minutebook.pages.versions import redline_sources
from minutebook.records.configuration import read_configuration
from minutebook.repository import Repository, open_repository
from minutebook.site.addresses import check_addresses
from minutebook.site.edition import digest_configuration, make_edition
from minutebook.site.edits import with_edits
from minutebook.site.handbook import Handbook, sort_files
from minutebook.site.memory import Memory
from minutebook.site.preview import Preview, no_preview, read_preview
from minutebook.site.render import FinishedPage, Renderer
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
        committed = tuple(repository.list_files(book.edition.state, configuration.root))
        # Edits that have not landed are edits of what is published, and of no day before it.
        is_preview = settings.preview and book.edition.state == book.edition.commit
        preview = read_preview(repository, committed, configuration) if is_preview else no_preview()
        book = with_edits(book, preview)
        files = sort_files(preview.files_over(committed), configuration)

        places = make_places(book, files)
        reader = TextReader(repository, memory.markdown(cache), places, configuration, preview.contents)
        texts = memory.texts(places)
        record_texts = reader.records((*text_sources(book), *pending.text_sources(book)), texts)
        reader.redlines(redline_sources(book), memory.redlines)
        handbook, handbook_notes = _read_handbook(reader, files, preview)
        images, image_notes = read_images(repository, files.images, preview.contents)
        memory.markdown(cache).remember()

    refused = (note for text in record_texts.values() for note in text.notes)
    notes = (*book.notes, *files.notes, *handbook_notes, *image_notes, *refused)
    titles = tuple(Link(page.title, Address(page.address)) for page, _ in handbook)
    book = replace(book, notes=notes, handbook=titles, redlines=memory.redlines)
    pages = tuple(make_pages(book))
    taken = {page.address for page in pages}  # in a preview, a new record may take a former id
    redirects = tuple(redirect for redirect in make_redirects(book) if redirect.address not in taken)
    check_addresses((*pages, *(page for page, _ in handbook)), redirects, files.images)

    renderer = Renderer(settings.templates)
    texts_of_pages = {**record_texts, **{page.address: text for page, text in handbook}}
    drawn: list[FinishedPage] = []
    for page in (*pages, *(page for page, _ in handbook)):
        drawn.append(memory.draw(renderer, page, texts_of_pages.get(page.address)))
        if progress is not None:
            progress.advance(len(drawn), len(pages) + len(handbook), "pages")
    return Site(
        title=configuration.title,
        description=configuration.description,
        edition=book.edition,
        types=tuple(Link(count.record_type.plural, type_address(count.record_type.name)) for count in book.counts),
        pages=tuple(drawn[: len(pages)]),
        handbook=tuple(drawn[len(pages) :]),
        redirects={redirect.address: renderer.redirect(redirect) for redirect in redirects},
        images=images,
        search_texts=configuration.search_texts,
        assets=read_assets(settings.templates),
        notes=notes,
        root=configuration.root,
        edit=edit_url(configuration),
    )


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


def edit_url(configuration: Configuration) -> str | None:
    """Where the forge edits files of the published branch; None where the forge or the branch is not known."""
    if configuration.forge is None or configuration.branch is None:
        return None
    host = forge_host(configuration)
    path = "-/edit" if "gitlab" in host else "src" if "bitbucket" in host else "edit"
    return f"{configuration.forge}/{path}/{quote(configuration.branch)}/"


def _read_handbook(
    reader: TextReader, files: Handbook, preview: Preview
) -> tuple[list[tuple[Page, FinishedText]], list[Note]]:
    """The handbook's pages with their texts, in the order of their paths, and what was refused in them."""
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
    return found, notes
