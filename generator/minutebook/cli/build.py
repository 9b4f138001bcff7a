"""`minutebook build`: the portfolio of a repository in, a folder of HTML out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from minutebook.cli.arguments import Places, add_as_of_argument, find_places
from minutebook.cli.progress import ProgressBar
from minutebook.errors import ConfigError
from minutebook.model.note import Note, NoteKind
from minutebook.site.build import Settings, Site, build_site
from minutebook.site.inert import make_visible
from minutebook.site.mkdocs_yml import find_mkdocs_yml, read_look
from minutebook.site.publish import load_trusted, named_templates, publish, publish_trusted

EXAMPLES = """\
examples:
  minutebook build
  minutebook build --site public --as-of 2026-03-31
  minutebook --repo ../EIPs --config eips.yml build --site eips-site
"""
DOUBTS = frozenset(
    [
        NoteKind.UNREADABLE,
        NoteKind.IMPOSSIBLE,
        NoteKind.DUPLICATE,
        NoteKind.NO_IDENTITY,
        NoteKind.REFUSED,
        NoteKind.NOT_RENDERED,
    ]
)
"""What is told after a build, and what --strict does not let pass."""
TOLD = 20
"""Lines of doubts; the completeness page has all of them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--site", metavar="DIR", type=Path, default=Path("site"), help="where to write it (default: site)"
    )
    add_as_of_argument(parser)
    add_site_arguments(parser)
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 where a record cannot be read or something was refused"
    )
    parser.add_argument(
        "--trust-config",
        action="store_true",
        help="let MkDocs use mkdocs.yml with its hooks and plugins, which can run any program; the site says so",
    )


def add_site_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of every command that makes a site."""
    parser.add_argument(
        "--templates", metavar="DIR", type=Path, help="templates of your own, which take the place of ours by name"
    )


def settings_of(arguments: argparse.Namespace, places: Places, *, preview: bool = False) -> Settings:
    """What the options say of the site to be made."""
    return Settings(
        repository=places.repository,
        configuration=places.configuration,
        folder=places.folder,
        as_of=arguments.as_of,
        cache=places.cache,
        templates=arguments.templates,
        preview=preview,
        trusted=getattr(arguments, "trust_config", False),
    )


def run(arguments: argparse.Namespace) -> int:
    """Build and publish the site. 1: --strict found something that does not pass; the site is written all the same."""
    places = find_places(arguments)
    mkdocs_yml = find_mkdocs_yml(places.configuration)
    settings = settings_of(arguments, places)
    with ProgressBar() as progress:
        if arguments.trust_config:
            if mkdocs_yml is None:
                raise ConfigError("There is no mkdocs.yml to trust beside the portfolio.", "leave out --trust-config.")
            config = load_trusted(mkdocs_yml)
            settings = replace(settings, templates=settings.templates or named_templates(config))
            site = build_site(settings, progress=progress)
            publish_trusted(site, config, arguments.site)
        else:
            site = build_site(settings, progress=progress)
            publish(site, read_look(mkdocs_yml), arguments.site)
    print(f"{arguments.site}: {what_was_made(site)}")
    doubts = doubts_of(site)
    for line in lines_of(doubts):
        print(line, file=sys.stderr)
    return 1 if arguments.strict and doubts else 0


def what_was_made(site: Site) -> str:
    """How many pages, of which day and commit."""
    return f"{len(site.all_pages)} pages as of {site.edition.as_of}, from commit {site.edition.commit[:10]}"


def doubts_of(site: Site) -> list[Note]:
    """What does not pass a strict build, in the order of the completeness page."""
    return [note for kind in NoteKind if kind in DOUBTS for note in site.notes if note.kind is kind]


def lines_of(doubts: Sequence[Note]) -> Iterator[str]:
    """A line for each of the first doubts, and one for the rest, safe for a terminal."""
    for note in doubts[:TOLD]:
        place = f"{note.place}: " if note.place else ""
        hint = f" Hint: {note.hint}" if note.hint else ""
        yield " ".join(make_visible(f"{place}{note.message}{hint}").split())
    if len(doubts) > TOLD:
        yield f"and {len(doubts) - TOLD:,} more: see the page completeness/ of the site."
