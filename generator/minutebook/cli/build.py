"""`minutebook build`: the portfolio of a repository in, a folder of HTML out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from minutebook.cli.arguments import add_as_of_argument
from minutebook.cli.places import named_places
from minutebook.cli.progress import ProgressBar
from minutebook.errors import ConfigError
from minutebook.model.note import DOUBTS
from minutebook.records.portfolio_places import Places
from minutebook.site.build import Settings, Site, build_site
from minutebook.site.doubts import TOLD, lines_of
from minutebook.site.inert import make_visible
from minutebook.site.menu import settle_menu
from minutebook.site.mkdocs_yml import find_mkdocs_yml, read_look
from minutebook.site.publish import load_trusted, plugin_options, publish, publish_trusted
from minutebook.site.templates import replaces_any, useless_files

EXAMPLES = """\
examples:
  minutebook build
  minutebook build --site public --as-of 2026-03-31
  minutebook --repo ../EIPs --config eips.yml build --site eips-site
"""
SITE = "site"
"""Where a site is written that is given no other place, at the top of the repository."""
TOLD_STRICTLY = 5_000
"""The same with --strict, where nobody may see the page."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--site", metavar="DIR", type=Path, help="where to write it (default: site, at the top of the repository)"
    )
    add_as_of_argument(parser)
    add_site_arguments(parser)
    add_strict_argument(parser)
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


def add_strict_argument(parser: argparse.ArgumentParser) -> None:
    """`--strict`, of every command that writes the pages once."""
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 where there are doubts, and tell all of them"
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
        mkdocs_yml=find_mkdocs_yml(places.configuration),
        preview=preview,
        trusted=getattr(arguments, "trust_config", False),
    )


def run(arguments: argparse.Namespace) -> int:
    """Build and publish the site. 1: --strict found something that does not pass; the site is written all the same."""
    places = named_places(arguments)
    settings = settings_of(arguments, places)
    target = arguments.site or Path(os.path.relpath(places.top / SITE))
    with ProgressBar() as progress:
        if arguments.trust_config:
            if settings.mkdocs_yml is None:
                raise ConfigError("There is no mkdocs.yml to trust beside the portfolio.", "leave out --trust-config.")
            config = load_trusted(settings.mkdocs_yml)
            options = plugin_options(config)
            settings = replace(
                settings,
                templates=settings.templates or options.templates,
                as_of=settings.as_of or options.as_of,
            )
            for name in options.others:
                print(f"mkdocs.yml: `{name}` of the plugin does not count here: --{name} does.", file=sys.stderr)
            site = build_site(settings, progress=progress)
            publish_trusted(site, config, target)
        else:
            site = build_site(settings, progress=progress)
            look, site = settle_menu(read_look(settings.mkdocs_yml), site)
            publish(site, look, target)
    return tell_of(site, settings, target, strict=arguments.strict)


def tell_of(site: Site, settings: Settings, target: Path, *, strict: bool) -> int:
    """Print what was made in a folder, and on standard error what is doubtful in it; the exit code of the command."""
    edition = site.edition
    print(f"{target}: {len(site.all_pages)} pages as of {edition.as_of}, from commit {edition.commit[:10]}")
    most = TOLD_STRICTLY if strict else TOLD
    for line in (*left_out_lines(site), *useless_lines(settings), *lines_of(site, most)):
        print(line, file=sys.stderr)
    return 1 if strict and any(note.kind in DOUBTS for note in site.notes) else 0


def left_out_lines(site: Site) -> Iterator[str]:
    """A line where the working tree has files that are not committed as they are, and so not published."""
    number = len(site.left_out)
    if number:
        where = f" in {site.root}/" if site.root else ""
        what = "1 file" if number == 1 else f"{number:,} files"
        are = "is" if number == 1 else "are"
        yield make_visible(f"Not in this site: {what}{where} that {are} not committed (see `git status`)")


def useless_lines(settings: Settings) -> Iterator[str]:
    """A line for each file in the operator's folder of templates that changes nothing, safe for a terminal."""
    if settings.templates is None:
        return
    useless = list(useless_files(settings.templates))
    for name, hint in useless:
        words = f" Hint: {hint}" if hint is not None else ""
        yield make_visible(f"{settings.templates / name}: takes the place of no file of the site.{words}")
    if not useless and not replaces_any(settings.templates):
        yield make_visible(f"{settings.templates}: no file in this folder takes the place of one of the site.")
