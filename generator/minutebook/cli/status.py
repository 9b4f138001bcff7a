"""`minutebook status`: options in, how every record stands, or stood on a day, on standard output."""

from __future__ import annotations

import argparse

from minutebook.cli.arguments import add_as_of_argument
from minutebook.cli.opening import open_portfolio
from minutebook.errors import MinutebookError
from minutebook.reporting.status import status_as_json, status_as_text

EXAMPLES = """\
examples:
  minutebook status
  minutebook status --type project --as-of 2026-03-31
  minutebook status --format json > portfolio.json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The day, the types and the format."""
    add_as_of_argument(parser)
    parser.add_argument(
        "--type", metavar="TYPE", action="append", default=[], help="only records of this type (may be repeated)"
    )
    parser.add_argument("--format", choices=["text", "json"], default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print the portfolio as it stood."""
    with open_portfolio(arguments) as opened:
        position = opened.position_on(arguments.as_of)
        if position is None:
            raise MinutebookError(
                f"Nothing had landed by {arguments.as_of}.",
                f"The first commit landed on {opened.day_at(0)}: name a day from then on.",
            )
        standing = opened.standing(position, arguments.type, as_of=arguments.as_of)
        if arguments.format == "json":
            print(status_as_json(standing))
        else:
            for line in status_as_text(standing):
                print(line)
    return 0
