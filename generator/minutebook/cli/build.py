"""`minutebook build`: the portfolio of a repository in, a folder of HTML out."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from minutebook.cli.arguments import add_as_of_argument
from minutebook.cli.places import named_places
from minutebook.cli.progress import ProgressBar
from minutebook.cli.site_options import add_site_arguments, add_strict_argument, settings_of
from minutebook.cli.site_report import exit_code, tell_site
from minutebook.errors import ConfigError
from minutebook.site.build import build_site
from minutebook.site.look import build_with_look
from minutebook.site.publish import load_trusted, plugin_options, publish, publish_trusted

EXAMPLES = """\
examples:
  minutebook build
  minutebook build --site public --as-of 2026-03-31
  minutebook --repo ../EIPs --config eips.yml build --site eips-site
"""
SITE = "site"
"""Where a site is written that is given no other place, at the top of the repository."""


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
            site = publish_trusted(build_site(settings, progress=progress), config, target)
        else:
            look, site = build_with_look(settings, progress=progress)
            publish(site, look, target)
    tell_site(site, settings, target, strict=arguments.strict)
    return exit_code(site, strict=arguments.strict)
