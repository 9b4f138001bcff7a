"""`minutebook serve`: a portfolio in, a site on this machine that follows every edit and commit out."""

from __future__ import annotations

import argparse
import sys

from minutebook.cli.arguments import add_as_of_argument
from minutebook.cli.places import named_places
from minutebook.cli.progress import ProgressBar
from minutebook.cli.site_options import add_site_arguments, settings_of
from minutebook.cli.site_report import useless_lines
from minutebook.site.doubts import lines_of
from minutebook.site.live import serve_site

EXAMPLES = """\
examples:
  minutebook serve
  minutebook serve --port 8100
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: only this machine)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
    add_as_of_argument(parser)
    add_site_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Serve until it is interrupted."""
    settings = settings_of(arguments, named_places(arguments), preview=True)
    for line in useless_lines(settings):
        tell(line)
    with ProgressBar() as progress:
        serve_site(settings, arguments.host, arguments.port, tell, lines_of, progress=progress)
    return 0


def tell(line: str) -> None:
    """Print a line where it disturbs no output."""
    print(line, file=sys.stderr, flush=True)
