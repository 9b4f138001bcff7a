"""`minutebook export`: the portfolio of a repository in, a folder of Markdown files for another site generator out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from minutebook.cli.arguments import add_as_of_argument, find_places
from minutebook.cli.build import add_site_arguments, settings_of, useless_lines, what_was_made
from minutebook.cli.progress import ProgressBar
from minutebook.site.build import build_site
from minutebook.site.export import export_site
from minutebook.site.mkdocs_yml import find_mkdocs_yml, read_look

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


def run(arguments: argparse.Namespace) -> int:
    """Write the folder."""
    places = find_places(arguments)
    settings = settings_of(arguments, places)
    with ProgressBar() as progress:
        site = build_site(settings, progress=progress)
        export_site(site, read_look(find_mkdocs_yml(places.configuration)), arguments.folder)
    print(f"{arguments.folder}: {what_was_made(site)}")
    for line in useless_lines(settings):
        print(line, file=sys.stderr)
    return 0
