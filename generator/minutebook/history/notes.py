"""Notes: merges and today's records in, what a reader must know before trusting the pages out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from minutebook.history.identity import Claims
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.model.portfolio import RecordHistory
from minutebook.model.record import RecordKey, RecordVersion, Unreadable
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Impossible, Value
from minutebook.records.document import parse_file, positions_of
from minutebook.records.paths import PathMatcher
from minutebook.records.values import versions_of
from minutebook.records.yaml_reader import Place, Positions
from minutebook.repository.mainline import MainlineCommit


def dropped_by_merges(commits: Iterable[MainlineCommit]) -> Iterator[Note]:
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
                    commit=step.commit.id,
                )


def notes_of_today(
    records: Mapping[RecordKey, RecordHistory],
    claims: Claims,
    configuration: Configuration,
    content_now: Callable[[str], bytes],
) -> Iterator[Note]:
    """What is wrong with the files as the published commit has them, each with its place.

    `content_now` gives the content of a record file by its path.
    """
    for problem in claims.nameless.values():
        yield _unreadable(NoteKind.NO_IDENTITY, problem, None)
    for first, *others in claims.rivals():
        for other in others:
            yield Note(
                NoteKind.DUPLICATE,
                f"{other.path} says that it is {other.key}, which {first.path} is already; the latter counts.",
                "Give one of the two another id, or remove it. Ids that differ only in case are the same.",
                path=other.path,
                key=first.key,
            )
    matcher = PathMatcher(configuration.types.values(), configuration.root)
    for record in records.values():
        state = record.last
        if state.removed:
            continue
        if state.unreadable is not None:
            yield _unreadable(NoteKind.UNREADABLE, state.unreadable, record.key)
        if record.key.slug != record.key.id:
            yield Note(
                NoteKind.UNADDRESSABLE,
                f"The id of {record.key} cannot stand in an address; its page is called {record.key.slug}.",
                "Ids are up to 80 of the letters A to Z, digits, and . _ - after a first letter or digit.",
                path=state.path,
                key=record.key,
            )
        if state.version is not None and state.unreadable is None:
            yield from _doubtful_fields(state.version, configuration.types[record.key.type], matcher, content_now)


def _unreadable(kind: NoteKind, problem: Unreadable, key: RecordKey | None) -> Note:
    message = f"This file cannot be read: {problem.reason}."
    if key is None:
        return Note(kind, message, "It never told which record it is.", problem.path, problem.position)
    return Note(
        kind, message, "The record keeps its last good state until it is mended.", problem.path, problem.position, key
    )


def _doubtful_fields(
    version: RecordVersion, record_type: RecordType, matcher: PathMatcher, content_now: Callable[[str], bytes]
) -> Iterator[Note]:
    """Values that their types refuse and fields that no type declares, with their positions in the file."""
    declared = {field.name: field for field in record_type.fields}
    impossible = [
        (place, value)
        for name, field in version.fields.items()
        if name not in version.undeclared
        for place, value in _impossible(field, (name,), declared.get(name))
    ]
    if not impossible and not version.undeclared:
        return
    where = _positions(version, matcher, content_now)
    for place, value in impossible:
        field = ".".join(str(part) for part in place)
        yield Note(
            NoteKind.IMPOSSIBLE,
            f"`{field}: {value.written}` {value.reason}.",
            None,
            version.path,
            None if where is None else where.find(*place),
            version.key,
        )
    for name in version.undeclared:
        yield Note(
            NoteKind.UNDECLARED,
            f"The field `{name}` is not declared by the record type; it is kept as it is written.",
            "Declare it in the record type, or correct its name.",
            version.path,
            None if where is None else where.keys.get((name,)),
            version.key,
        )


def _positions(version: RecordVersion, matcher: PathMatcher, content_now: Callable[[str], bytes]) -> Positions | None:
    """Where the fields of a record stand in its file; None where that cannot be told."""
    match = matcher.match(version.path)
    if match is None:
        return None
    content = content_now(version.path)
    found = versions_of(match, version.path, version.blob, parse_file(match.kind, content))
    if isinstance(found, Unreadable):
        return None
    positions = positions_of(match.kind, content)
    return next((where for one, where in zip(found, positions, strict=True) if one.key == version.key), None)


def _impossible(value: Value, place: Place, field: Field | None) -> Iterator[tuple[Place, Impossible]]:
    """The impossible values in a value, with their places. What is not published is not quoted either."""
    if field is not None and not field.publish:
        return
    match value:
        case Impossible():
            yield place, value
        case Mapping() if field is not None and field.type is FieldType.ITEMS:
            for name, item in value.items():
                yield from _impossible_parts(item, (*place, name), field)
        case Mapping() | tuple():
            yield from _impossible_parts(value, place, field)
        case _:
            return


def _impossible_parts(value: Value, place: Place, field: Field | None) -> Iterator[tuple[Place, Impossible]]:
    """The impossible values in what an item, an object or a list holds."""
    if isinstance(value, Mapping):
        parts = {} if field is None else {part.name: part for part in field.fields}
        for name, part in value.items():
            yield from _impossible(part, (*place, name), parts.get(name))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _impossible_parts(part, (*place, index), field)
    elif isinstance(value, Impossible):
        yield place, value
