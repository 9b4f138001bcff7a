"""`minutebook demo`: a folder's name in, a portfolio with three years of history in that folder out."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from minutebook.cli.progress import ProgressBar
from minutebook.demo.portfolio import write_demo

EXAMPLES = """\
examples:
  minutebook demo varnland
  minutebook demo varnland && cd varnland && minutebook serve
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="where to write it: a new folder or an empty one")
    parser.add_argument(
        "--scenario",
        metavar="FOLDER",
        type=Path,
        help="scenario files of your own (default: those that come with Minutebook, in minutebook/demo/scenario)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the repository, and tell what to type next."""
    with ProgressBar() as progress:
        made = write_demo(arguments.folder, arguments.scenario, progress)
    others = "".join(f" and {number:,} {called}" for number, called in made.kept_back)
    print(
        f"{arguments.folder}: {made.records:,} records{others}, {made.landings:,} commits that landed and "
        f"{made.commits - made.landings:,} of merged branches"
    )
    print(f"Look at it:\n  cd {shlex.quote(str(arguments.folder))} && minutebook serve")
    return 0
