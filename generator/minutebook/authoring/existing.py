"""The folder of a portfolio in; a record of each type that stands there already, and the user among its people, out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from minutebook.history.names import roster_types
from minutebook.model.commit import Person
from minutebook.model.configuration import Configuration
from minutebook.model.record import FILE_LIMIT, RecordKey, RecordVersion, Unreadable
from minutebook.records.document import parse_file
from minutebook.records.paths import PathMatcher
from minutebook.records.values import versions_of


def read_records(folder: Path, configuration: Configuration) -> Iterator[RecordVersion]:
    """Every readable record of the working tree, in the order of their paths; `folder` is the portfolio's root.

    Symbolic links are not followed.
    """
    matcher = PathMatcher(configuration.types.values())
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        match = matcher.match(name)
        if match is None or path.stat().st_size > FILE_LIMIT:
            continue
        versions = versions_of(match, name, "", parse_file(match.kind, path.read_bytes()))
        if not isinstance(versions, Unreadable):
            yield from versions


def first_of_each(records: Mapping[RecordKey, RecordVersion]) -> dict[str, RecordKey]:
    """A record by the name of its type: the first that stands there."""
    found: dict[str, RecordKey] = {}
    for key in records:
        found.setdefault(key.type, key)
    return found


def find_user(
    records: Mapping[RecordKey, RecordVersion], configuration: Configuration, user: Person | None
) -> RecordKey | None:
    """The record of the user among the people of the portfolio, by address or by name; None: there is none."""
    for name in roster_types(configuration.types) if user is not None else ():
        emails, title = configuration.types[name].with_role("emails"), configuration.types[name].with_role("title")
        for key, version in records.items():
            known = version.fields.get(emails.name) if emails is not None else None
            called = version.fields.get(title.name) if title is not None else None
            if key.type == name and user is not None:
                addresses = known if isinstance(known, tuple) else ()
                if called == user.name or (user.email and user.email in addresses):
                    return key
    return None


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder that is no link, in the order of their paths."""
    found: list[Path] = []
    for inside, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(inside, name) for name in files]
    return (path for path in sorted(found) if path.is_file() and not path.is_symlink())
