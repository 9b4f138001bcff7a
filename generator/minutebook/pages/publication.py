"""About this publication: a Book in, what it was made from and what git cannot prove out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.pages.book import Book
from minutebook.pages.links import COMPLETENESS, PUBLICATION
from minutebook.pages.page import Link, Page, SearchEntry


@dataclass(frozen=True, slots=True)
class PublicationView:
    """What the page lays out."""

    commit: Link
    commit_id: str
    state: Link | None
    """The commit whose state is shown, where later ones had landed; None: the published one."""
    as_of: str
    given: bool
    configuration_digest: str
    time_zone: str
    versions: tuple[tuple[str, str], ...]
    commits: int
    trusted: bool
    mkdocs_yml_digest: str | None
    """None: the site was made without an mkdocs.yml."""
    templates_digest: str | None
    """None: the operator has no templates of their own."""
    completeness: Link


def pages(book: Book) -> Iterator[Page]:
    """The one page."""
    edition = book.edition
    yield Page(
        address=PUBLICATION.path,
        title="About this publication",
        template="publication.html",
        view=PublicationView(
            commit=book.links.commit(edition.commit),
            commit_id=edition.commit,
            state=book.links.commit(edition.state) if edition.state != edition.commit else None,
            as_of=edition.as_of.isoformat(),
            given=edition.given,
            configuration_digest=edition.configuration_digest,
            time_zone=str(book.configuration.time_zone),
            versions=edition.versions,
            commits=book.history.commits,
            trusted=edition.trusted,
            mkdocs_yml_digest=edition.mkdocs_yml_digest,
            templates_digest=edition.templates_digest,
            completeness=Link("Completeness", COMPLETENESS),
        ),
        origin="the page about this publication",
        summary="From which commit, as of which day and by which programs these pages were made.",
        search=SearchEntry("About this publication", "Commit, as-of date, configuration, versions"),
    )
