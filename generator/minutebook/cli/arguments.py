"""Options that several commands share: a parser goes in and comes out with them; a day that was typed, as a date."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from minutebook.records.meaning import read_day


def add_common_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that stand before or after the name of any command."""
    group = parser.add_argument_group("options of every command")
    unset = argparse.SUPPRESS  # an option given before the command must not be reset by the command's own default
    group.add_argument(
        "--repo",
        metavar="DIR",
        type=Path,
        default=unset,
        help="the repository (default: the one that holds the configuration)",
    )
    group.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        default=unset,
        help="portfolio.yml (default: looked for from here upward)",
    )
    group.add_argument(
        "--cache",
        metavar="DIR",
        type=Path,
        default=unset,
        help="where parsed records are kept (default: .cache/minutebook)",
    )
    group.add_argument("--no-cache", action="store_true", default=unset, help="parse everything anew, keep nothing")
    group.add_argument(
        "--debug", action="store_true", default=unset, help="show the traceback when something goes wrong"
    )


def add_as_of_argument(parser: argparse.ArgumentParser) -> None:
    """`--as-of DATE`: `arguments.as_of` is a date or None."""
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        type=day,
        help="the day to speak of, YYYY-MM-DD (default: the day of the published commit)",
    )


def day(written: str) -> dt.date:
    """A day as an option gives it: only YYYY-MM-DD.

    Raises argparse.ArgumentTypeError, which argparse turns into its message.
    """
    found = read_day(written)
    if found is None:
        raise argparse.ArgumentTypeError(f"{written!r} is not a day: write YYYY-MM-DD, for example 2026-03-31")
    return found
