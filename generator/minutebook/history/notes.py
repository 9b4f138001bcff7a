"""Notes: merges and today's records in, what a reader must know before trusting the pages out."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from minutebook.history.identity import Claims
from minutebook.history.misspelt import meant_by
from minutebook.history.names import without_address
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.model.portfolio import RecordHistory
from minutebook.model.record import RecordKey, RecordVersion, Unreadable
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Impossible, Value
from minutebook.records.document import parse_file, positions_of
from minutebook.records.paths import PathMatcher
from minutebook.records.values import versions_of
from minutebook.records.yaml_reader import Place, Positions
from minutebook.repository.mainline import MainlineCommit

_FILES_AT_HAND = 64
"""Files whose positions are remembered at a time: the records of some registers may take turns."""


def dropped_by_merges(commits: Iterable[MainlineCommit], matcher: PathMatcher) -> Iterator[Note]:
    """Files of records that a branch changed and whose change its merge discarded.

    A change that had landed before by another way (a squash, a cherry-pick) is not dropped.
    """
    landed: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for step in commits:
        for change in step.commit.files:
            landed[change.path] = change.after
            seen.add((change.path, change.after))
        merged = {change.path for change in step.commit.files}
        # Newest last, so that of several edits on the branch the last one counts.
        offered = {change.path: (change.after, commit.id) for commit in step.brought for change in commit.files}
        for path, (blob, commit) in sorted(offered.items()):
            if path not in merged and (path, blob) not in seen and landed.get(path, "0").strip("0") != blob.strip("0"):
                yield Note(
                    NoteKind.DROPPED,
                    f"A merged branch changed this file in {commit[:10]}, and the merge kept the mainline's version.",
                    f"See `git show {commit}`.",
                    path=path,
                    record_type=_type_of(path, matcher),
                    commit=step.commit.id,
                )


def notes_of_today(
    records: Mapping[RecordKey, RecordHistory],
    claims: Claims,
    configuration: Configuration,
    matcher: PathMatcher,
    content_now: Callable[[str], bytes],
) -> Iterator[Note]:
    """What is wrong with the files as the published commit has them, each with its place.

    `content_now` gives the content of a record file by its path.
    """
    for problem in claims.nameless.values():
        yield Note(
            NoteKind.NO_IDENTITY,
            f"This file cannot be read: {problem.reason}.",
            "It never told which record it is.",
            problem.path,
            problem.position,
            record_type=_type_of(problem.path, matcher),
        )
    for first, others in claims.rivals():
        for other in others:
            yield Note(
                NoteKind.DUPLICATE,
                f"{other.path} says that it is {other.key}, which {first.path} is already; the latter counts.",
                "Give one of the two another id, or remove it. Ids that differ only in case are the same.",
                path=other.path,
                key=other.key,
            )
    yield from _unreadable_files(records)

    @functools.lru_cache(maxsize=_FILES_AT_HAND)
    def positions_in(path: str) -> Mapping[RecordKey, Positions]:
        return _positions(path, matcher, content_now(path))

    for record in records.values():
        state = record.last
        if state.removed:
            continue
        if record.key.slug != record.key.id:
            yield Note(
                NoteKind.UNADDRESSABLE,
                f"The id of {record.key} cannot stand in an address; its page is called {record.key.slug}.",
                "Ids are up to 80 of the letters A to Z, digits, and . _ - after a first letter or digit.",
                path=state.path,
                key=record.key,
            )
        if state.version is not None and state.unreadable is None:
            yield from _doubtful_fields(state.version, configuration.types[record.key.type], positions_in)


def _unreadable_files(records: Mapping[RecordKey, RecordHistory]) -> Iterator[Note]:
    """A note for each file that cannot be read, however many records a register holds back with it."""
    held_back: dict[str, list[RecordHistory]] = {}
    for record in records.values():
        if record.last.unreadable is not None and not record.last.removed:
            held_back.setdefault(record.last.unreadable.path, []).append(record)
    for path, found in held_back.items():
        problem = found[0].last.unreadable
        if problem is None:
            continue
        if len(found) > 1:
            hint = f"{len(found)} records keep their last good state until it is mended."
        elif found[0].last.version is not None:
            hint = "The record keeps its last good state until it is mended."
        else:
            hint = "No version of it could ever be read."
        message = f"This file cannot be read: {problem.reason}."
        yield Note(NoteKind.UNREADABLE, message, hint, path, problem.position, found[0].key)


def _type_of(path: str, matcher: PathMatcher) -> str | None:
    match = matcher.match(path)
    return None if match is None else match.type.name


def _doubtful_fields(
    version: RecordVersion, record_type: RecordType, positions_in: Callable[[str], Mapping[RecordKey, Positions]]
) -> Iterator[Note]:
    """Values that their types refuse and fields that no type declares, with their positions in the file."""
    impossible = list(_impossible_parts(version.fields, (), record_type.fields))
    undeclared = list(undeclared_places(version.fields, record_type.fields))
    if not impossible and not undeclared:
        return
    where = positions_in(version.path).get(version.key)
    for place, value in impossible:
        field = ".".join(str(part) for part in place)
        yield Note(
            NoteKind.IMPOSSIBLE,
            f"`{field}: {without_address(value.written)}` {value.reason}.",
            None,
            version.path,
            None if where is None else where.find(*place),
            version.key,
        )
    for place in undeclared:
        meant = meant_by(place, version.fields, record_type.fields)
        yield Note(
            NoteKind.UNDECLARED if meant is None else NoteKind.MISSPELT,
            f"The field `{'.'.join(map(str, place))}` is not declared by the record type; it is kept as it is written.",
            "Declare it in the record type, or correct its name." if meant is None else f"Did you mean `{meant}`?",
            version.path,
            None if where is None else where.keys.get(place) or where.find(*place),
            version.key,
        )


def doubts_of_file(
    versions: Iterable[RecordVersion], content: bytes, matcher: PathMatcher, configuration: Configuration
) -> Iterator[Note]:
    """What is doubtful in the records of one file, as `notes_of_today` tells it; `content` is what the file holds."""

    @functools.cache
    def positions_in(path: str) -> Mapping[RecordKey, Positions]:
        return _positions(path, matcher, content)

    for version in versions:
        yield from _doubtful_fields(version, configuration.types[version.key.type], positions_in)


def _positions(path: str, matcher: PathMatcher, content: bytes) -> Mapping[RecordKey, Positions]:
    """Where the fields of each record of a file stand; nothing where that cannot be told."""
    match = matcher.match(path)
    if match is None:
        return {}
    # The keys are all that is asked of the versions, so it does not matter which object the content is.
    found = versions_of(match, path, "", parse_file(match.kind, content))
    if isinstance(found, Unreadable):
        return {}
    positions = positions_of(match.kind, content)
    # A note without a place is worth more than no site: two readings that differ are a mistake, but nobody's record.
    return {one.key: where for one, where in zip(found, positions, strict=True)} if len(positions) == len(found) else {}


def undeclared_places(fields: Fields, declared: Sequence[Field], above: Place = ()) -> Iterator[Place]:
    """Where a record has fields that its type does not declare, in items and objects too, but not in hidden ones."""
    by_name = {field.name: field for field in declared}
    for name, value in fields.items():
        field = by_name.get(name)
        if field is None:
            yield (*above, name)
        elif field.publish:
            for part, place in _parts(value, field):
                yield from undeclared_places(part, field.fields, (*above, name, *place))


def _impossible_parts(fields: Fields, place: Place, declared: Sequence[Field]) -> Iterator[tuple[Place, Impossible]]:
    """The impossible values of declared fields, with their places. What is not published is not quoted either."""
    by_name = {field.name: field for field in declared}
    for name, value in fields.items():
        field = by_name.get(name)
        if field is None or not field.publish:
            continue
        if isinstance(value, Impossible):
            yield (*place, name), value
        for part, below in _parts(value, field):
            yield from _impossible_parts(part, (*place, name, *below), field.fields)


def _parts(value: Value, field: Field) -> Iterator[tuple[Fields, Place]]:
    """What an object or items hold: mappings of fields, each with its place below the value."""
    if isinstance(value, Mapping) and field.type is FieldType.OBJECT:
        yield value, ()
    elif isinstance(value, Mapping) and field.type is FieldType.ITEMS:
        for key, item in value.items():
            if isinstance(item, Mapping):
                yield item, (key,)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if isinstance(item, Mapping):
                yield item, (index,)
