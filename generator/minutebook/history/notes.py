"""Notes: merges and today's records in, what a reader must know before trusting the pages out."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from minutebook.history.identity import Claims
from minutebook.history.misspelt import below, is_withheld, meant_by
from minutebook.history.names import without_address
from minutebook.history.value_words import count
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.model.portfolio import RecordHistory
from minutebook.model.record import Position, RecordKey, RecordVersion, Unreadable
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Impossible, Value
from minutebook.records.document import ParseFailure, parse_file, positions_of
from minutebook.records.meaning import item_places
from minutebook.records.paths import FileKind, PathMatcher
from minutebook.records.values import versions_of
from minutebook.records.yaml_reader import Place, Positions
from minutebook.repository.mainline import MainlineCommit

KEPT = "it is kept as it is written"
"""What becomes of a field that no record type declares."""
WITHHELD = "what it says is not published, because its name is almost that of a field that is not"
"""What becomes of one that was probably meant to be hidden."""

_QUOTED = re.compile("`.*`", re.DOTALL)

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

    `content_now` gives the content of a record file by its path. What is not published is told of without its values.
    """
    for problem in claims.nameless.values():
        record_type = _type_of(problem.path, matcher)
        publish = record_type is None or configuration.types[record_type].publish
        yield unreadable_note(NoteKind.NO_IDENTITY, problem, publish=publish, record_type=record_type)
    for first, others in claims.rivals():
        for other in others:
            yield Note(
                NoteKind.DUPLICATE,
                rival_words(other, first.path, publish=configuration.types[other.key.type].publish),
                "Give one of the two another id, or remove it. Ids that differ only in case are the same.",
                path=other.path,
                key=other.key,
            )
    yield from _unreadable_files(records, configuration)
    yield from _emptied_registers(records, configuration, matcher)

    @functools.lru_cache(maxsize=_FILES_AT_HAND)
    def places_in(path: str) -> Mapping[RecordKey, WrittenPlaces]:
        return _written_places(path, matcher, content_now(path))

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
            yield from doubtful_fields(state.version, configuration.types[record.key.type], places_in)


def rival_words(rival: RecordVersion, first: str, *, publish: bool) -> str:
    """What is told of a file that says it is a record which the file `first` is already."""
    if not publish:
        return "This file says that it is a record which another file is already; the other one counts."
    return f"{rival.path} says that it is {rival.key}, which {first} is already; the latter counts."


def unreadable_note(
    kind: NoteKind,
    problem: Unreadable,
    hint: str | None = None,
    *,
    publish: bool,
    key: RecordKey | None = None,
    record_type: str | None = None,
) -> Note:
    """What is told of a file that cannot be read; `hint` comes after how to mend it."""
    # Whatever a reason quotes stands between backticks.
    reason = problem.reason if publish else _QUOTED.sub("…", problem.reason)
    hints = " ".join(one for one in (problem.hint, hint) if one is not None)
    message = f"This file cannot be read: {reason}."
    return Note(kind, message, hints or None, problem.path, problem.position, key, record_type)


def _unreadable_files(records: Mapping[RecordKey, RecordHistory], configuration: Configuration) -> Iterator[Note]:
    """A note for each file that cannot be read, however many records a register holds back with it."""
    held_back: dict[str, list[RecordHistory]] = {}
    for record in records.values():
        if record.last.unreadable is not None and not record.last.removed:
            held_back.setdefault(record.last.unreadable.path, []).append(record)
    for found in held_back.values():
        problem = found[0].last.unreadable
        if problem is None:
            continue
        hint = None
        if len(found) > 1:
            hint = f"{len(found)} records keep their last good state until it is mended."
        elif found[0].last.version is not None:
            hint = "The record keeps its last good state until it is mended."
        key = found[0].key
        yield unreadable_note(
            NoteKind.UNREADABLE, problem, hint, publish=configuration.types[key.type].publish, key=key
        )


def _emptied_registers(
    records: Mapping[RecordKey, RecordHistory], configuration: Configuration, matcher: PathMatcher
) -> Iterator[Note]:
    """A note for each type whose records stood in registers that hold none any more: hardly anybody means that."""
    of_type: dict[str, list[RecordHistory]] = {}
    for record in records.values():
        of_type.setdefault(record.key.type, []).append(record)
    for name, found in of_type.items():
        paths = {record.last.path for record in found if record.last.removed}
        matches = [matcher.match(path) for path in paths]
        registers = all(match is not None and match.kind is FileKind.REGISTER for match in matches)
        if all(record.last.removed for record in found) and registers:
            title = configuration.types[name].title
            yield Note(
                NoteKind.EMPTIED,
                f"No record of the type {title} is left: {count(len(found), 'record')} stood here.",
                "Restore them, or leave the type out of portfolio.yml.",
                path=max(paths),
                record_type=name,
            )


def _type_of(path: str, matcher: PathMatcher) -> str | None:
    match = matcher.match(path)
    return None if match is None else match.type.name


@dataclass(frozen=True, slots=True)
class WrittenPlaces:
    """Where the values of one record stand in its file."""

    positions: Positions
    items: Mapping[Place, Place]
    """Of items, where they are in the file's YAML by where they are among the values."""

    def value(self, place: Place) -> Position | None:
        """The position of a value, or of the nearest part that holds it."""
        return self.positions.find(*self._written(place))

    def name(self, place: Place) -> Position | None:
        """The position of a field's name, or of what is nearest."""
        return self.positions.keys.get(self._written(place)) or self.value(place)

    def _written(self, place: Place) -> Place:
        for length in range(len(place), 0, -1):
            found = self.items.get(place[:length])
            if found is not None:
                return (*found, *place[length:])
        return place


def doubtful_fields(
    version: RecordVersion, record_type: RecordType, places_in: Callable[[str], Mapping[RecordKey, WrittenPlaces]]
) -> Iterator[Note]:
    """What is doubtful in the fields of a record, each with its position in the file.

    Values that their types refuse, items that are known by no id of their own, fields that no type declares. What is
    not published is told of without its name and value.
    """
    fields, declared = version.fields, record_type.fields
    impossible = list(_impossible_parts(fields, (), declared, publish=record_type.publish))
    nameless = list(_nameless_items(fields, (), declared, publish=record_type.publish))
    undeclared = list(undeclared_places(fields, declared))
    if not impossible and not nameless and not undeclared:
        return
    where = places_in(version.path).get(version.key)
    for place, value, publish in impossible:
        name = words_of(place, fields, declared)
        what = f"`{name}: {without_address(value.written)}`" if value.written else f"`{name}`"
        yield Note(
            NoteKind.IMPOSSIBLE,
            f"{what if publish else 'A value that is not published'} {value.reason}.",
            None,
            version.path,
            None if where is None else where.value(place),
            version.key,
        )
    for place, id_place, publish in nameless:
        what = f"`{words_of(place, fields, declared)}`" if publish else "An item that is not published"
        yield Note(
            NoteKind.ITEM_ID,
            f"{what} has no id." if id_place is None else f"{what} has an id that stands twice in its list.",
            "Give each item an id of its own: by it the item is known from version to version.",
            version.path,
            None if where is None else where.value(id_place or place),
            version.key,
        )
    for place in undeclared:
        withheld = is_withheld(place, fields, declared)
        meant = meant_by(place, fields, declared) if not withheld else None
        written = f"The field `{words_of(place, fields, declared)}`" if record_type.publish else "A field"
        yield Note(
            NoteKind.MISSPELT if meant is not None or withheld else NoteKind.UNDECLARED,
            f"{written} is not declared by the record type; {WITHHELD if withheld else KEPT}.",
            "Declare it in the record type, or correct its name." if meant is None else f"Did you mean `{meant}`?",
            version.path,
            None if where is None else where.name(place),
            version.key,
        )


def doubts_of_file(
    versions: Iterable[RecordVersion], content: bytes, matcher: PathMatcher, configuration: Configuration
) -> Iterator[Note]:
    """What is doubtful in the records of one file, as `notes_of_today` tells it; `content` is what the file holds."""

    @functools.cache
    def places_in(path: str) -> Mapping[RecordKey, WrittenPlaces]:
        return _written_places(path, matcher, content)

    for version in versions:
        yield from doubtful_fields(version, configuration.types[version.key.type], places_in)


def _written_places(path: str, matcher: PathMatcher, content: bytes) -> Mapping[RecordKey, WrittenPlaces]:
    """Where the fields of each record of a file stand; nothing where that cannot be told."""
    match = matcher.match(path)
    if match is None:
        return {}
    parsed = parse_file(match.kind, content)
    # The keys are all that is asked of the versions, so it does not matter which object the content is.
    found = versions_of(match, path, "", parsed)
    if isinstance(found, Unreadable) or isinstance(parsed, ParseFailure):
        return {}
    positions = positions_of(match.kind, content)
    # A note without a place is worth more than no site: two readings that differ are a mistake, but nobody's record.
    if len(positions) != len(found):
        return {}
    return {
        one.key: WrittenPlaces(where, dict(item_places(match.type.fields, dict(record.tree))))
        for one, record, where in zip(found, parsed.records, positions, strict=True)
    }


def undeclared_places(fields: Fields, declared: Sequence[Field], above: Place = ()) -> Iterator[Place]:
    """Where a record has fields that its type does not declare, in items and objects too, but not in hidden ones."""
    by_name = {field.name: field for field in declared}
    for name, value in fields.items():
        field = by_name.get(name)
        if field is None:
            yield (*above, name)
        elif field.publish:
            for part, place in _parts(value, field):
                if isinstance(part, Mapping):
                    yield from undeclared_places(part, field.fields, (*above, name, *place))


def words_of(place: Place, fields: Fields, declared: Sequence[Field]) -> str:
    """How a place is told: `milestones[go-live].due`; an item without an id goes by its number, `milestones[#3]`."""
    words = ""
    value: Value = fields
    field: Field | None = None
    for step in place:
        value = below(value, step)
        if field is not None and field.type is FieldType.ITEMS:
            words += f"[{_item_id(value, field) or (step if isinstance(step, str) else f'#{step + 1}')}]"
            declared, field = field.fields, None
            continue
        words += f".{step}" if words else str(step)
        field = next((one for one in declared if one.name == step), None)
        declared = field.fields if field is not None else ()
    return words


def _item_id(item: Value, field: Field) -> str | None:
    """The id that an item states; None: none, or its list has no ids."""
    stated = field.id_field
    id_ = item.get(stated.name) if isinstance(item, Mapping) and stated is not None else None
    return id_ if isinstance(id_, str) else None


def _nameless_items(
    fields: Fields, place: Place, declared: Sequence[Field], *, publish: bool
) -> Iterator[tuple[Place, Place | None, bool]]:
    """Items that go by their number because they have no id or one that stood before: places of the item and its id.

    With whether that is published. Of a list that has no ids, none.
    """
    for field, value, here, shown in _declared(fields, place, declared, publish=publish):
        id_field = field.id_field
        for item, step in _parts(value, field):
            at = (*here, *step)
            if isinstance(item, Mapping):
                if field.type is FieldType.ITEMS and id_field is not None and (id_ := _item_id(item, field)) != at[-1]:
                    yield at, None if id_ is None else (*at, id_field.name), shown
                yield from _nameless_items(item, at, field.fields, publish=shown)


def _impossible_parts(
    fields: Fields, place: Place, declared: Sequence[Field], *, publish: bool
) -> Iterator[tuple[Place, Impossible, bool]]:
    """The impossible values of declared fields with their places, and whether that is published.

    What was written is left out of those that may hold a part which is not.
    """
    for field, value, here, shown in _declared(fields, place, declared, publish=publish):
        if isinstance(value, Impossible):
            yield here, replace(value, written="") if field.hides else value, shown
        for part, step in _parts(value, field):
            if isinstance(part, Impossible):
                yield (*here, *step), replace(part, written="") if field.hides else part, shown
            elif isinstance(part, Mapping):
                yield from _impossible_parts(part, (*here, *step), field.fields, publish=shown)


def _declared(
    fields: Fields, place: Place, declared: Sequence[Field], *, publish: bool
) -> Iterator[tuple[Field, Value, Place, bool]]:
    """The declared fields that are filled, with value, place, and whether all that they stand in is published."""
    for field in declared:
        if field.name in fields:
            yield field, fields[field.name], (*place, field.name), publish and field.publish


def _parts(value: Value, field: Field) -> Iterator[tuple[Value, Place]]:
    """What an object or items hold, each part with its place below the value."""
    if isinstance(value, Mapping) and field.type is FieldType.OBJECT:
        yield value, ()
    elif isinstance(value, Mapping) and field.type is FieldType.ITEMS:
        for key, item in value.items():
            yield item, (key,)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield item, (index,)
