"""The portfolio as a scenario has made it so far: the edits of a commit in, the files that it changes out."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import assert_never

from minutebook.demo.fields import Mistake, complaints, set_field
from minutebook.demo.paths import clashing
from minutebook.demo.plan import Edit, Verb
from minutebook.demo.scenario import is_removed
from minutebook.model.commit import Person
from minutebook.model.record_type import RecordType
from minutebook.records.definition import Part, suggest
from minutebook.records.document import normalise_text
from minutebook.records.paths import FileKind, PathMatcher, kind_of
from minutebook.records.register import split_entries
from minutebook.records.types import built_in_types
from minutebook.records.yaml_reader import Tree, YamlProblem, read_yaml
from minutebook.records.yaml_writer import write_yaml

ROSTER = "person"
"""The record type that tells who people are."""

TEXT, MORE_TEXT = "text", "text+"
"""In the place of a field: the record's Markdown, and paragraphs to put at its end."""

Changes = dict[str, bytes | None]
"""Contents by path; None: the file is removed."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A record as it stands."""

    path: str
    tree: dict[str, Tree]
    text: str
    gone: bool = False
    """Removed, and kept to be restored."""
    raw: str | None = None
    """What was written literally in the place of its data."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Everything at one moment. What it holds is never changed, so a copy of the two mappings is enough."""

    records: dict[str, _Record]
    files: dict[str, bytes]


@dataclass(slots=True)
class State:
    """Records and files, changed by edits. What is wrong with an edit is reported where it is told."""

    files: dict[str, bytes] = field(default_factory=dict)
    """Everything in the repository, by path."""
    people: dict[str, Person] = field(default_factory=dict)
    """The roster, by id."""
    mistakes: int = 0
    """How many were reported."""
    _records: dict[str, _Record] = field(default_factory=dict)
    """By the path at which each stood first."""
    _labelled: dict[str, tuple[_Snapshot, _Snapshot]] = field(default_factory=dict)
    """By label, everything before and after a commit."""
    _pieces: dict[tuple[str, int], tuple[Tree, str]] = field(default_factory=dict)
    """The YAML of fields that were written before, by name and identity of the value, which is kept with it."""

    def apply(self, edits: Iterable[Edit]) -> Changes:
        """Make the edits of one commit and give the files that it changes."""
        written: Changes = {}
        told: dict[str, Part] = {}
        for edit in edits:
            try:
                self._edit(edit, written)
            except Mistake as mistake:
                self._report(edit.part, str(mistake))
            told |= dict.fromkeys(written.keys() - told.keys(), edit.part)
        return self._commit(written, told)

    def count_records(self) -> Counter[str]:
        """How many records stand, by the name of their type; those that are of no type under nothing."""
        types = (type_at(record.path) for record in self._records.values() if not record.gone)
        found = Counter("" if one is None else one.name for one in types)
        found[ROSTER] += len(self.people)
        return found

    def snapshot(self) -> _Snapshot:
        """Everything as it is now."""
        return _Snapshot(dict(self._records), dict(self.files))

    def remember(self, label: str, before: _Snapshot) -> None:
        """Let a later commit revert what was done since a moment."""
        self._labelled[label] = (before, self.snapshot())

    def revert(self, label: str, part: Part) -> Changes:
        """Put back what the labelled commit changed, and give the files that this changes."""
        if label not in self._labelled:
            self._report(part, f"no commit before this one has the label `{label}`; {suggest(label, self._labelled)}")
            return {}
        before, after = self._labelled[label]
        written: Changes = {}
        for path in before.files.keys() | after.files.keys():
            if before.files.get(path) != after.files.get(path):
                if self.files.get(path) != after.files.get(path):
                    self._report(part, f"{path} was changed again since `{label}`: set back what is to be set back")
                written[path] = before.files.get(path)
        for name, record in after.records.items():
            if before.records.get(name) is not record:
                if name in before.records:
                    self._records[name] = before.records[name]
                else:
                    self._records[name] = replace(record, gone=True)
        return self._commit(written, dict.fromkeys(written, part))

    def _report(self, part: Part, message: str) -> None:
        """Tell a mistake where it stands."""
        self.mistakes += 1
        part.report(message)

    def _commit(self, written: Changes, told: Mapping[str, Part]) -> Changes:
        """Let contents be those of the files, and give those that are another than before; `told`: where each is told.

        What would need a file to be a folder is reported and left out.
        """
        standing = [path for path, content in (self.files | written).items() if content is not None]
        # What is told last is in the way of what was there.
        for path in [path for path in reversed(written) if path in standing and path not in self.files]:
            other = clashing(path, standing)
            if other is not None:
                self._report(told[path], f"{path} and {other} cannot both be there: one would be a folder of the other")
                del written[path]
                standing.remove(path)
        changes = {path: content for path, content in sorted(written.items()) if self.files.get(path) != content}
        for path, content in changes.items():
            if content is None:
                del self.files[path]
            else:
                self.files[path] = content
            if (record_type := type_at(path)) is not None and record_type.name == ROSTER:
                self.people = read_roster(content or b"")
        return changes

    def _edit(self, edit: Edit, written: Changes) -> None:
        """One edit; `written` gets the contents of the files it touches. Raises Mistake."""
        match edit.verb:
            case Verb.FILE:
                written[edit.path] = self._file(edit)
            case Verb.CREATE:
                self._put(edit.path, self._created(edit), written)
            case Verb.SET:
                name, record = self._standing(edit.path)
                self._put(name, self._set(record, edit), written)
            case Verb.RAW:
                name, record = self._standing(edit.path)
                self._put(name, replace(record, raw=str(edit.part.tree)), written)
            case Verb.MEND:
                name, record = self._standing(edit.path, raw=True)
                self._put(name, replace(record, raw=None), written)
            case Verb.MOVE:
                name, record = self._standing(edit.path)
                written[record.path] = None
                self._put(name, replace(record, path=edit.part.text() or record.path), written)
            case Verb.REMOVE:
                name, record = self._standing(edit.path)
                written[record.path] = None
                self._records[name] = replace(record, gone=True)
            case Verb.RESTORE:
                self._put(*self._gone(edit.path), written)
            case _:
                assert_never(edit.verb)

    def _file(self, edit: Edit) -> bytes | None:
        """The content of a file that is no record; None: it is removed. Raises Mistake."""
        content = edit.part.tree
        if self._at(edit.path) is not None:
            raise Mistake(f"{edit.path} is a record: set its fields")
        if is_removed(edit.part):
            if edit.path not in self.files:
                raise Mistake(f"{edit.path} is not there, so it cannot be removed")
            return None
        if not isinstance(content, str):
            raise Mistake("the content of a file is a text")
        return content.encode()

    def _put(self, name: str, record: _Record, written: Changes) -> None:
        """Let a record be as it is given."""
        self._records[name] = record
        written[record.path] = self._content(record).encode()

    def _at(self, path: str) -> str | None:
        """The name of the record that stands at a path now."""
        return next((name for name, record in self._records.items() if record.path == path and not record.gone), None)

    def _find(self, path: str) -> tuple[str, _Record]:
        """A record by the path at which it stood first or stands now, with the former. Raises Mistake."""
        name = path if path in self._records else self._at(path)
        if name is None:
            near = difflib.get_close_matches(path, self._records, n=1)
            raise Mistake(f"{path} is not there yet" + (f"; did you mean {near[0]}?" if near else ""))
        return name, self._records[name]

    def _gone(self, path: str) -> tuple[str, _Record]:
        """A record that was removed, as it last stood. Raises Mistake."""
        name, record = self._find(path)
        if not record.gone:
            raise Mistake(f"{record.path} is there, so it cannot be restored")
        return name, replace(record, gone=False)

    def _standing(self, path: str, *, raw: bool = False) -> tuple[str, _Record]:
        """A record that is there, and readable, or (`raw`) unreadable. Raises Mistake."""
        name, record = self._find(path)
        if record.gone:
            raise Mistake(f"{record.path} was removed: restore it first")
        if (record.raw is not None) is not raw:
            raise Mistake(f"{record.path} is {'not unreadable' if raw else 'unreadable: mend it first'}")
        return name, record

    def _created(self, edit: Edit) -> _Record:
        """A new record. Raises Mistake."""
        known = self._records.get(edit.path)
        if (known is not None and not known.gone) or self._at(edit.path) is not None:
            raise Mistake(f"{edit.path} is there already")
        settings = edit.part.entries("settings")
        record_type = type_at(edit.path)
        fields = () if record_type is None else record_type.fields
        tree: dict[str, Tree] = {}
        for name, part in settings["fields"].entries("fields").items() if "fields" in settings else ():
            try:
                tree = set_field(tree, name, part.tree, ())
            except Mistake as mistake:
                self._report(part, str(mistake))
                continue
            for complaint in complaints(fields, name, tree.get(name)) if record_type is not None else ():
                self._report(part, complaint)
        for needed in fields:
            if needed.required and needed.name not in tree:
                raise Mistake(f"`{needed.name}` is missing")
        record = _Record(edit.path, tree, "")
        return _with_text(record, settings[TEXT].tree) if TEXT in settings else record

    def _set(self, record: _Record, edit: Edit) -> _Record:
        """A record with one field, or its text, set. Raises Mistake."""
        value = edit.part.tree
        if edit.field == TEXT:
            return _with_text(record, value)
        if edit.field == MORE_TEXT:
            return _with_text(record, f"{record.text}\n{value if isinstance(value, str) else ''}")
        record_type = type_at(record.path)
        tree = set_field(record.tree, edit.field, value, () if record_type is None else record_type.fields)
        if record_type is not None:
            for name, part in tree.items():
                if part is not record.tree.get(name):
                    for complaint in complaints(record_type.fields, name, part):
                        raise Mistake(complaint)
        return replace(record, tree=tree)

    def _content(self, record: _Record) -> str:
        """The file of a record."""
        if record.raw is not None:
            return record.raw
        # Most fields of a version stood in the one before, and writing YAML is the slowest part of it all.
        yaml = "".join(self._piece(name, value) for name, value in record.tree.items())
        if kind_of(record.path) is not FileKind.DOCUMENT:
            return yaml
        return f"---\n{yaml}---\n\n{record.text}" if record.text else f"---\n{yaml}---\n"

    def _piece(self, name: str, value: Tree) -> str:
        """The YAML of one field."""
        known = self._pieces.get((name, id(value)))
        if known is None:
            known = self._pieces[name, id(value)] = (value, write_yaml({name: value}))
        return known[1]


def _with_text(record: _Record, text: Tree) -> _Record:
    """A record with another text. Raises Mistake."""
    if not isinstance(text, str):
        raise Mistake("the text of a record is Markdown")
    if kind_of(record.path) is not FileKind.DOCUMENT:
        raise Mistake(f"{record.path} holds no text: only Markdown files do")
    return replace(record, text=normalise_text(text))


@cache
def _matcher() -> PathMatcher:
    return PathMatcher(built_in_types().values())


@cache
def type_at(path: str) -> RecordType | None:
    """The built-in record type whose records stand at paths that end so; None: it is no record's."""
    parts = path.split("/")
    for length in range(1, len(parts) + 1):
        match = _matcher().match("/".join(parts[-length:]))
        if match is not None:
            return match.type
    return None


def read_roster(content: bytes) -> dict[str, Person]:
    """The people of a roster by id, each with their first address; nobody where it cannot be read."""
    try:
        entries = split_entries(read_yaml(content.decode()))
    except YamlProblem:
        return {}
    found: dict[str, Person] = {}
    for entry in entries:
        tree: Mapping[str, Tree] = entry.tree
        person, name, emails = entry.id or tree.get("id"), tree.get("name"), tree.get("emails")
        first = emails[0] if isinstance(emails, tuple) and emails else emails
        if isinstance(person, str) and isinstance(name, str) and isinstance(first, str):
            found[person] = Person(name, first)
    return found
