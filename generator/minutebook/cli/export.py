"""`minutebook export`: the portfolio of a repository in, a folder of Markdown files for another site generator out."""

from __future__ import annotations

import argparse
from pathlib import Path

from minutebook.cli.arguments import add_as_of_argument
from minutebook.cli.places import named_places
from minutebook.cli.progress import ProgressBar
from minutebook.cli.site_options import add_site_arguments, add_strict_argument, settings_of
from minutebook.cli.site_report import exit_code, tell_site
from minutebook.site.export import export_site
from minutebook.site.look import build_with_look

EXAMPLES = """\
examples:
  minutebook export exported
  minutebook export exported && mkdocs build --config-file exported/mkdocs.yml
  minutebook export exported && zensical build --config-file exported/mkdocs.yml
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="where to write: an empty folder, a new one or a former export"
    )
    add_as_of_argument(parser)
    add_site_arguments(parser)
    add_strict_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the folder. 1: --strict found something that does not pass; the folder is written all the same."""
    settings = settings_of(arguments, named_places(arguments))
    with ProgressBar() as progress:
        look, site = build_with_look(settings, progress=progress)
        export_site(site, look, arguments.folder)
    tell_site(site, settings, arguments.folder, strict=arguments.strict)
    return exit_code(site, strict=arguments.strict)
