"""The options of commands that make a site: a parser goes in and comes out with them; what was typed, as settings."""

from __future__ import annotations

import argparse
from pathlib import Path

from minutebook.records.portfolio_places import Places
from minutebook.site.build import Settings
from minutebook.site.mkdocs_yml import find_mkdocs_yml


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
