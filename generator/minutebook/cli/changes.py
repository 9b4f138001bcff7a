"""`minutebook changes`: options in, every change of the records on standard output."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from minutebook.cli.arguments import day
from minutebook.cli.opening import open_portfolio
from minutebook.errors import MinutebookError
from minutebook.model.change import ChangeKind
from minutebook.model.portfolio import History
from minutebook.model.record_type import RecordType
from minutebook.records.definition import suggest
from minutebook.reporting.changes import (
    Question,
    changes_as_json,
    changes_as_jsonl,
    changes_as_text,
    find_changes,
)
from minutebook.reporting.plain import visible

EXAMPLES = """\
examples:
  minutebook changes --since 2026-01-01
  minutebook changes --record project/ticketing --field milestones
  minutebook changes --kind status --format jsonl | jq -r .words
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The filters and the format."""
    parser.add_argument(
        "--type", metavar="TYPE", action="append", default=[], help="only records of this type (may be repeated)"
    )
    parser.add_argument(
        "--record",
        metavar="TYPE/ID",
        action="append",
        default=[],
        help="only this record, by its id or a former one (may be repeated)",
    )
    parser.add_argument(
        "--field",
        metavar="PATH",
        action="append",
        default=[],
        help="only this field and its parts: health, budget, milestones[go-live].due",
    )
    parser.add_argument(
        "--kind",
        metavar="KIND",
        action="append",
        default=[],
        choices=[kind.value for kind in ChangeKind],
        help=f"only changes of this kind: {', '.join(kind.value for kind in ChangeKind)}",
    )
    parser.add_argument("--since", metavar="DATE", type=day, help="only what landed on this day or later")
    parser.add_argument("--until", metavar="DATE", type=day, help="only what landed on this day or earlier")
    parser.add_argument("--format", choices=["text", "json", "jsonl"], default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print the changes that were asked for, oldest first."""
    if arguments.since and arguments.until and arguments.since > arguments.until:
        raise MinutebookError(
            f"--since {arguments.since} is after --until {arguments.until}, so nothing can match.",
            "Exchange the two days.",
        )
    with open_portfolio(arguments) as opened:
        standing = opened.standing(opened.position)
        question = Question(
            types=frozenset(kind.name for kind in opened.types_named(arguments.type)),
            records=frozenset(opened.key_named(written) for written in arguments.record),
            fields=tuple(arguments.field),
            kinds=frozenset(ChangeKind(written) for written in arguments.kind),
            since=arguments.since,
            until=arguments.until,
        )
        history = standing.portfolio.history
        found = list(find_changes(history, opened.configuration, standing.names, question))
        if not found:
            print(visible(why_nothing(question, history, standing.types)), file=sys.stderr)
        match arguments.format:
            case "jsonl":
                for line in changes_as_jsonl(found, opened.configuration):
                    print(line)
            case "json":
                print(changes_as_json(found, opened.configuration, history))
            case _:
                for line in changes_as_text(found, opened.configuration, standing.names):
                    print(line)
    return 0


def why_nothing(question: Question, history: History, types: Iterable[RecordType]) -> str:
    """What to tell where no change was found: a field that no record ever had is probably misspelt."""
    declared = {field.name: None for kind in types for field in kind.fields}
    known = {*declared, *(_first_name(change.field) for entry in history.entries() for change in entry.changes)}
    for path in question.fields:
        if _first_name(path) not in known:
            return f"Nothing changed: no record has a field `{path}`. Hint: {suggest(_first_name(path), declared)}"
    return "Nothing changed of what was asked for."


def _first_name(path: str) -> str:
    """The field of the record in a path: "milestones" of "milestones[go-live].due"."""
    return path.partition(".")[0].partition("[")[0]
