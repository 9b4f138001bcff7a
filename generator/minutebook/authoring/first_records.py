"""The record types of a portfolio in; a first record of each wanted one, and of what these require, as files out."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from minutebook.authoring.sample_values import Facts, explain_field, needed_fields, sample_fields
from minutebook.errors import MinutebookError
from minutebook.history.names import roster_types
from minutebook.model.record import RecordKey
from minutebook.model.record_type import FieldType, RecordType
from minutebook.records.paths import FileKind, Match, PathMatcher, placeholders_of
from minutebook.records.yaml_reader import Tree
from minutebook.records.yaml_writer import WIDTH, write_yaml
from minutebook.site.inert import make_visible

PLACEHOLDER = "first"
"""What stands in a path for a placeholder whose field has no value that fits there."""


@dataclass(frozen=True, slots=True)
class FirstRecord:
    """A record to begin with."""

    key: RecordKey
    path: str
    """Relative to the portfolio's root."""
    content: str


def required_types(types: Mapping[str, RecordType], wanted: Sequence[str]) -> tuple[str, ...]:
    """The names of the wanted types, then of those that their required fields lead to, those of people last."""
    found = dict.fromkeys(wanted)
    waiting = list(wanted)
    people = False
    while waiting:
        for field in needed_fields(types[waiting.pop(0)]):
            people = people or field.type in (FieldType.PERSON, FieldType.PERSONS)
            if field.type in (FieldType.REFERENCE, FieldType.REFERENCES):
                known = [name for name in field.to if name in types]
                if known and not any(name in found for name in known):
                    found[known[0]] = None
                    waiting.append(known[0])
    rosters = roster_types(types) if people else ()
    return tuple(dict.fromkeys([*found, *rosters]))


def make_first_records(
    types: Mapping[str, RecordType], wanted: Sequence[str], existing: Mapping[str, RecordKey], facts: Facts
) -> Iterator[FirstRecord]:
    """A record of each wanted type and of each that these require, but for types of which one is `existing`.

    `facts` says who begins the portfolio and when; the rest of it is settled here. MinutebookError: no path of a type
    can hold a record.
    """
    chosen = required_types(types, wanted)
    rosters = roster_types(types)
    keys = {name: existing.get(name) or _first_key(types[name], name in rosters, facts) for name in chosen}
    keys = {**keys, **{name: key for name, key in existing.items() if name not in keys}}
    whole = replace(
        facts,
        roster=facts.roster or next((keys[name] for name in rosters if name in keys and name not in existing), None),
        places={name: types[name].paths[0] for name in rosters},
        keys=keys,
    )
    matcher = PathMatcher(types.values())
    for name in chosen:
        if name not in existing:
            yield _first_record(types, types[name], matcher, whole)


def _first_key(record_type: RecordType, is_roster: bool, facts: Facts) -> RecordKey:
    """What the first record of a type is called: a person after their name, everything else after its type."""
    bare = unicodedata.normalize("NFKD", facts.name).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")[:60].strip("-")
    return RecordKey(record_type.name, word if is_roster and word else f"first-{record_type.name.replace('_', '-')}")


def _first_record(
    types: Mapping[str, RecordType], record_type: RecordType, matcher: PathMatcher, facts: Facts
) -> FirstRecord:
    """The record at the first path of its type that can hold one."""
    key = facts.keys[record_type.name]
    fields = sample_fields(record_type, key, facts)
    for pattern in record_type.paths:
        path = _fill(pattern, key, fields)
        match = matcher.match(path)
        if match is not None and match.type is record_type and match.id in (None, key.id):
            return FirstRecord(key, path, _write_file(types, match, key, _without_path(pattern, fields), facts))
    raise MinutebookError(
        f"No path of the record type `{record_type.name}` can hold a first record.",
        f"Look at its `paths` in portfolio.yml: {', '.join(record_type.paths)}.",
    )


def _fill(pattern: str, key: RecordKey, fields: Mapping[str, Tree]) -> str:
    """A path of a type with a word in the place of each placeholder: of the field of its name, where that is one."""
    for name in placeholders_of(pattern):
        value = key.id if name == "id" else fields.get(name)
        pattern = pattern.replace(f"{{{name}}}", value if _is_word(value) else PLACEHOLDER)
    return pattern


def _without_path(pattern: str, fields: Mapping[str, Tree]) -> dict[str, Tree]:
    """The fields that the path does not say already."""
    said = placeholders_of(pattern)
    return {name: value for name, value in fields.items() if name not in said or not _is_word(value)}


def _is_word(value: Tree) -> TypeGuard[str]:
    """Whether a value can be a part of a path."""
    return isinstance(value, str) and re.fullmatch(r"\w[\w.-]*", value) is not None


def _write_file(
    types: Mapping[str, RecordType], match: Match, key: RecordKey, fields: dict[str, Tree], facts: Facts
) -> str:
    """The content of a record's file, with a comment for each field."""
    record_type = match.type
    if match.kind is FileKind.REGISTER:
        return _write_register(types, record_type, key, fields, facts)
    blocks: list[str] = []
    for name, value in fields.items():
        field = record_type.field(name)
        if field is not None:
            blocks.append(comment(explain_field(field, types, facts.places)))
        blocks.append(write_yaml({name: value}))
    yaml = "".join([*blocks, *_others(record_type, fields)])
    if match.kind is FileKind.DATA:
        return yaml or "{}\n"
    return f"---\n{yaml}---\n\n{_TEXT}"


def _write_register(
    types: Mapping[str, RecordType], record_type: RecordType, key: RecordKey, fields: dict[str, Tree], facts: Facts
) -> str:
    """A register that holds one record, below what its fields mean."""
    lines = [comment(record_type.description or record_type.plural)]
    for name in fields:
        field = record_type.field(name)
        if field is not None:
            lines.append(comment(f"{name}: {explain_field(field, types, facts.places)}"))
    named = record_type.id_field
    whole: dict[str, Tree] | tuple[Tree, ...] = (
        ({named.name: key.id, **fields},) if named is not None else {key.id: fields or None}
    )
    return "".join([*lines, write_yaml(whole)])


def comment(text: str) -> str:
    """A text as lines of YAML that say nothing to a program; nothing where there is none."""
    words = " ".join(make_visible(text).split())
    return "".join(f"# {line}\n" for line in textwrap.wrap(words, WIDTH - 2, break_on_hyphens=False))


def _others(record_type: RecordType, written: Collection[str]) -> Iterator[str]:
    """Comments on what else can stand in a record."""
    names = [field.name for field in record_type.fields if field.name not in written]
    if names:
        yield comment(f"Can stand here too: {', '.join(names)}.")
        yield comment(f"What each means: minutebook schema {record_type.name}")


_TEXT = """\
To be written: why, what and how, in Markdown. A link to the file of another record leads to its page.
"""
