"""The record types that come with the program: one YAML file each, and their order here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from minutebook.model.record_type import RecordType
from minutebook.records.definition import read_definition
from minutebook.records.language import read_record_type

ORDER = (
    "project",
    "innovation",
    "decision",
    "body",
    "meeting",
    "group",
    "product",
    "goal",
    "team",
    "lesson",
    "person",
)
"""The order in which sites list them."""

STARTERS = ("project", "innovation", "decision")
"""Those that a new portfolio begins with where nobody says otherwise; what they require comes with them."""


@cache
def built_in_types() -> Mapping[str, RecordType]:
    """The built-in record types by name, in order. Raises ConfigError where one of their files is wrong."""
    folder = resources.files(__name__)
    found: dict[str, RecordType] = {}
    for name in ORDER:
        whole = read_definition(f"{name}.yml", (folder / f"{name}.yml").read_bytes())
        record_type = read_record_type(name, whole, {})
        whole.problems.raise_any()
        if record_type is not None:
            found[name] = record_type
    return found
