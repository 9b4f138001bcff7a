"""`minutebook schema`: the name of a record type in, its JSON Schema on standard output."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from minutebook.cli.places import find_configuration
from minutebook.errors import ConfigError, MinutebookError
from minutebook.model.record_type import RecordType
from minutebook.records.configuration import read_configuration
from minutebook.records.definition import suggest
from minutebook.records.schema import json_schema
from minutebook.records.types import built_in_types
from minutebook.reporting.json_values import json_text

EXAMPLES = """\
examples:
  minutebook schema                      the schemas of all record types in use, by name
  minutebook schema project > project.schema.json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The name of the type."""
    parser.add_argument(
        "type",
        metavar="TYPE",
        nargs="?",
        help="a record type in use here, or a built-in one (default: all in use, by name)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print one schema, or an object of all by the names of their types."""
    types = types_in_use(arguments)
    name: str | None = arguments.type
    if name is None:
        print(json_text({name: json_schema(kind) for name, kind in types.items()}, indent=2))
        return 0
    unused = {built_in: kind for built_in, kind in built_in_types().items() if built_in not in types}
    found = types.get(name) or unused.get(name)
    if found is None:
        raise MinutebookError(f"There is no record type `{name}`.", f"{suggest(name, [*types, *unused])}.")
    print(json_text(json_schema(found), indent=2))
    return 0


def types_in_use(arguments: argparse.Namespace) -> Mapping[str, RecordType]:
    """The types of the configuration; where there is none to be found, and none was named, the built-in ones."""
    try:
        configuration = find_configuration(arguments)
    except ConfigError:
        if hasattr(arguments, "config") or hasattr(arguments, "repo"):
            raise
        return built_in_types()
    return read_configuration(configuration).types
