"""`minutebook show`: the name of a record in, the record then or now and its history on standard output."""

from __future__ import annotations

import argparse
import datetime as dt
import re

from minutebook.cli.arguments import day
from minutebook.cli.opening import Opened, open_portfolio
from minutebook.errors import MinutebookError
from minutebook.model.portfolio import RecordState
from minutebook.records.document import ParseFailure, text_beside, text_of
from minutebook.records.paths import FileKind
from minutebook.reporting.show import Shown, show_as_json, show_as_text

EXAMPLES = """\
examples:
  minutebook show project/ticketing
  minutebook show project/ticketing@2026-03-31
  minutebook show decision/D-0012@v1.0 --format json
"""

DAY_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)
"""What nobody calls a branch or a tag, but for a day that the calendar may not have."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record and the format."""
    parser.add_argument(
        "record", metavar="TYPE/ID[@WHEN]", help="the record; WHEN is a day (YYYY-MM-DD) or a commit, branch or tag"
    )
    parser.add_argument("--format", choices=["text", "json"], default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print the record as it stood."""
    name, moment = split_moment(arguments.record)
    as_of = moment if isinstance(moment, dt.date) else None
    with open_portfolio(arguments, moment if isinstance(moment, str) else None) as opened:
        key = opened.key_named(name)
        position = opened.position_on(as_of)
        state = opened.history.records[key].at(position) if position is not None else None
        if position is None or state is None:
            when = f"on {as_of}" if as_of is not None else f"at `{moment}`"
            raise MinutebookError(f"The record {key} did not exist yet {when}.", created_hint(opened, name))
        standing = opened.standing(position, [key.type], as_of=as_of)
        shown = Shown(
            record=standing.portfolio.history.records[state.key],
            state=standing.portfolio.states[state.key],
            record_type=standing.types[0],
            text=read_text(opened, state),
        )
        if arguments.format == "json":
            print(show_as_json(shown, standing))
        else:
            for line in show_as_text(shown, standing):
                print(line)
    return 0


def split_moment(written: str) -> tuple[str, dt.date | str | None]:
    """The record's name, and the day or revision behind the last @; None: there is none."""
    name, at, moment = written.rpartition("@")
    if not at or "/" not in name:
        return written, None
    if not moment:
        raise MinutebookError(
            f"`{written}` names no moment after the @.", "Write a day or a commit, or leave the @ out."
        )
    try:
        return name, day(moment)
    except argparse.ArgumentTypeError as problem:
        if DAY_LIKE.fullmatch(moment):
            raise MinutebookError(f"{problem}.") from problem
        return name, moment


def created_hint(opened: Opened, name: str) -> str:
    """When the record first landed."""
    landing = opened.history.records[opened.key_named(name)].entries[0].landing
    when = landing.landed.when
    landed = f"on {opened.configuration.day_of(when)} " if when is not None else ""
    return f"It first landed {landed}in {landing.commit.short}."


def read_text(opened: Opened, state: RecordState) -> str | None:
    """The Markdown of a record as its last good version has it; None: it has none."""
    version = state.version
    if version is None or version.text is None:
        return None
    content = opened.repository.read_blob(version.text.blob)
    if version.text.blob == version.blob:
        return text_of(FileKind.DOCUMENT, content)
    beside = text_beside(content)
    return None if isinstance(beside, ParseFailure) else beside
