"""`minutebook build`: the portfolio of a repository in, a folder of HTML out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from minutebook.cli.arguments import Places, add_as_of_argument, find_places
from minutebook.cli.progress import ProgressBar
from minutebook.errors import ConfigError
from minutebook.model.note import NoteKind
from minutebook.site.build import Settings, Site, build_site
from minutebook.site.inert import make_visible
from minutebook.site.mkdocs_yml import find_mkdocs_yml, read_look
from minutebook.site.publish import load_trusted, named_templates, publish, publish_trusted
from minutebook.site.templates import useless_files

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
HINTS = frozenset([NoteKind.MISSPELT])
"""What is told too, and passes: a field of one's own may be called almost like another."""
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
    for line in (*useless_lines(settings), *lines_of(site)):
        print(line, file=sys.stderr)
    return 1 if arguments.strict and any(note.kind in DOUBTS for note in site.notes) else 0


def useless_lines(settings: Settings) -> Iterator[str]:
    """A line for each file in the operator's folder of templates that changes nothing, safe for a terminal."""
    if settings.templates is None:
        return
    for name, near in useless_files(settings.templates):
        hint = f" Hint: did you mean {near}?" if near is not None else ""
        yield make_visible(f"{settings.templates / name}: takes the place of no file of the site.{hint}")


def what_was_made(site: Site) -> str:
    """How many pages, of which day and commit."""
    return f"{len(site.all_pages)} pages as of {site.edition.as_of}, from commit {site.edition.commit[:10]}"


def lines_of(site: Site) -> Iterator[str]:
    """A line for each of the first doubts and hints, in the order of the completeness page, and one for the rest.

    They are safe for a terminal.
    """
    told = [note for kind in NoteKind if kind in DOUBTS | HINTS for note in site.notes if note.kind is kind]
    for note in told[:TOLD]:
        place = f"{note.place}: " if note.place else ""
        hint = f" Hint: {note.hint}" if note.hint else ""
        yield " ".join(make_visible(f"{place}{note.message}{hint}").split())
    if len(told) > TOLD:
        yield f"and {len(told) - TOLD:,} more: see the page completeness/ of the site."
