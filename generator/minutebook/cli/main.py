"""The command `minutebook`: arguments in; the work of one command, or one message, and an exit code out."""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import io
import os
import sys
import traceback
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol, cast

from minutebook import __version__
from minutebook.cli.arguments import add_common_arguments
from minutebook.errors import MinutebookError
from minutebook.reporting.plain import visible_lines

FINE, IMPOSSIBLE, BROKEN, INTERRUPTED = 0, 2, 3, 130
"""Exit codes; 1 belongs to commands that look for findings and found some."""


GC_THRESHOLDS = (200_000, 50, 100)
"""A history is millions of objects that live as long as the process: looking through them for cycles as often as Python
does by itself took a third of the time of a warm `status`."""


class Command(Protocol):
    """What a module must offer to be a word after `minutebook`."""

    EXAMPLES: str
    """Command lines that work, for the end of its help."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add its own options to a parser."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do the work and give the exit code."""


COMMANDS: Mapping[str, str] = {
    "init": "set up a portfolio in a git repository, beside what is there",
    "build": "build the site of a portfolio",
    "serve": "serve a live preview of the site, with edits that have not landed",
    "changes": "what changed: who, what in words, when it landed, by which commit",
    "status": "how every record stands, or stood on a day",
    "show": "one record, then or now: fields, text, how it came to be so",
    "schema": "the JSON Schema of a record type, for editors and other tools",
    "export": "write the pages as a docs folder for another site generator",
    "demo": "write a demo portfolio with three years of history",
}
"""Every command with what it does, in the order of the help. A new one is a module beside this one and a line here.

A module is imported when its command is asked for: the site's packages take longer to import than a status to print.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. `argv` is without the program's name; by default, the process's own."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Whatever the locale says: JSON is UTF-8, and no name in a record may stop a report.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.set_threshold(*GC_THRESHOLDS)
    debug = False
    try:
        arguments, unknown = build_parser(sys.argv[1:] if argv is None else argv).parse_known_args(argv)
        if unknown:
            # Said with the usage of the command, not with that of the program.
            arguments.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
        debug = getattr(arguments, "debug", False)
        code = arguments.run(arguments)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse has said what it had to say
        return stop.code if isinstance(stop.code, int) else IMPOSSIBLE
    except BrokenPipeError:  # whoever read the output has read enough (`| head`)
        drop_output()
        return FINE
    except KeyboardInterrupt:
        print("minutebook: interrupted", file=sys.stderr)
        return INTERRUPTED
    except MinutebookError as error:
        drop_output()
        tell(str(error), debug=debug)
        return IMPOSSIBLE
    except OSError as error:  # a full disk, a folder that may not be read
        drop_output()
        tell(told_of(error), debug=debug)
        return IMPOSSIBLE
    except Exception as error:  # noqa: BLE001 - the last door: whatever it is, the user gets one message
        tell(
            f"This is a mistake in Minutebook, not in your records: {type(error).__name__}: {error}\n"
            "Hint: run the same again with --debug, and please report what it prints.",
            debug=debug,
        )
        return BROKEN
    return int(code)


def build_parser(words: Collection[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """The parser of the command line; only commands that are among the words typed get their options."""
    parser = argparse.ArgumentParser(
        prog="minutebook",
        description="A git-backed portfolio of records in, its history and a governance site out.",
        epilog="`minutebook COMMAND --help` shows the options of a command and examples.",
    )
    parser.add_argument("--version", action="version", version=f"minutebook {__version__}")
    add_common_arguments(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        one = commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name in words:
            command = cast("Command", importlib.import_module(f"minutebook.cli.{name}"))
            one.epilog = command.EXAMPLES
            command.add_arguments(one)
            add_common_arguments(one)
            one.set_defaults(run=command.run, parser=one)
    return parser


def told_of(error: OSError) -> str:
    """What the system could not do, and with which file; one that has no name is the output."""
    reason = error.strerror or str(error)
    if error.filename is None:
        return f"The output cannot be written: {reason}.\nHint: look at where it goes, or at the disk."
    return f"{os.fsdecode(error.filename)}: {reason}.\nHint: look at the path, at who may write there and at the disk."


def tell(message: str, *, debug: bool) -> None:
    """Write the one message on standard error, below the traceback where that was asked for."""
    if debug:
        print(visible_lines(traceback.format_exc()), file=sys.stderr, end="")
    print(visible_lines(message), file=sys.stderr)


def drop_output() -> None:
    """Let nothing more of standard output be written at exit, where writing could fail again and be told again."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
