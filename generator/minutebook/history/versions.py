"""Versions: mainline commits in, the record files that each changed out, read once for every distinct content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from minutebook.cache import Cache, Json
from minutebook.history.identity import FileAfter
from minutebook.history.lines import Outline, compare_outlines, similarity
from minutebook.history.progress import Progress
from minutebook.model.change import SectionDelta, TextDelta
from minutebook.model.record import FileVersion, RecordKey, RecordVersion, Unreadable
from minutebook.model.record_type import FieldType, RecordType
from minutebook.model.value import Text, Value
from minutebook.records.document import (
    Parsed,
    ParseFailure,
    Reader,
    from_json,
    measure_text,
    text_beside,
    text_of,
    to_json,
)
from minutebook.records.paths import FileKind, Match, PathMatcher
from minutebook.records.values import VersionReader
from minutebook.repository import Repository
from minutebook.repository.log import FileChange
from minutebook.repository.mainline import MainlineCommit

SYMLINK, SUBMODULE, GONE = "120000", "160000", "000000"

NO_RECORDS = {
    SYMLINK: "a symbolic link is no record: put the file itself here",
    SUBMODULE: "a submodule is no record",
}

PARSED, DELTAS = "parsed-1", "deltas-1"
"""Names in the cache. The number rises whenever reading or comparing changes what it gives."""


class FileReader:
    """Reads record files, commit by commit, oldest first."""

    def __init__(
        self,
        repository: Repository,
        types: Mapping[str, RecordType],
        matcher: PathMatcher,
        cache: Cache | None,
    ) -> None:
        """Read from a repository, with what a cache knows already."""
        self._repository = repository
        self._types = types
        self._matcher = matcher
        self._cache = cache
        self._reader = Reader()
        self._meanings = VersionReader()
        self._parsed: dict[str, Parsed | ParseFailure] = {}
        """By form and blob: one content may stand at paths of two forms."""
        self._register_now: dict[str, Parsed | ParseFailure] = {}
        """Registers by path; kept for the live version alone, because their pieces are what is read once."""
        self._in_register: dict[str, dict[RecordKey, RecordVersion]] = {}
        """The records that each register's last readable version held."""
        self._deltas: dict[str, TextDelta] = {}
        self._learned = False
        self._held: dict[str, Outline] = {}
        """Texts that are live and were read in this run, by blob."""
        self._beside: dict[str, Text] = {}
        """Texts that stand in a file of their own, by path."""
        self._live: dict[str, tuple[str, str]] = {}
        """Mode and blob of record files, by path."""
        if cache is not None:
            self._recall(cache)

    def read(
        self, commits: Sequence[MainlineCommit], progress: Progress | None
    ) -> Iterator[tuple[MainlineCommit, list[FileAfter]]]:
        """Every commit with the record files it changed, in the order of their paths."""
        plan = [[change for change in commit.commit.files if self._wants(change)] for commit in commits]
        contents = self._repository.read_blobs([change.after for changes in plan for change in changes])
        for done, (commit, wanted) in enumerate(zip(commits, plan, strict=True)):
            for change in wanted:
                self._take_content(change, next(contents))
            yield commit, self._files_after(commit.commit.files)
            for change in commit.commit.files:
                self._held.pop(change.before, None)
            if progress is not None:
                progress.advance(done + 1, len(commits), "history")
        # Reading on past the last content lets git end, and tells if it failed.
        next(contents, None)

    def delta(self, before: RecordVersion, after: RecordVersion) -> TextDelta | None:
        """What an edit did to the text of a record; None where one of the two has none."""
        if before.text is None or after.text is None:
            return None
        name = f"{before.text.blob} {after.text.blob}"
        if name not in self._deltas:
            self._deltas[name] = compare_outlines(self._outline(before), self._outline(after))
            self._learned = True
        return self._deltas[name]

    def alike(self, before: RecordVersion, after: RecordVersion) -> float:
        """How much of a record's fields and text is the same, 0 to 1."""
        return similarity(self._content(before), self._content(after))

    def content_now(self, path: str) -> bytes:
        """The content of a record file that is live after all commits read so far."""
        return self._repository.read_blob(self._live[path][1])

    def remember(self) -> None:
        """Keep what was worked out for the next run."""
        if self._cache is not None and self._learned:
            self._cache.save(PARSED, {blob: to_json(parsed) for blob, parsed in self._parsed.items()})
            self._cache.save(
                DELTAS,
                {
                    name: [[one.heading, one.added, one.removed] for one in delta.sections]
                    for name, delta in self._deltas.items()
                },
            )

    def _recall(self, cache: Cache) -> None:
        try:
            parsed, deltas = cache.load(PARSED), cache.load(DELTAS)
            if isinstance(parsed, dict):
                self._parsed = {blob: from_json(json) for blob, json in parsed.items()}
            if isinstance(deltas, dict):
                self._deltas = {name: _delta_from_json(json) for name, json in deltas.items()}
        except (TypeError, ValueError, KeyError, IndexError, AttributeError):
            # Whole but of another shape, as an older version left it: worked out again.
            self._parsed, self._deltas = {}, {}

    def _wants(self, change: FileChange) -> bool:
        """Whether the content after this change has to be read: it was never parsed, or its text never compared."""
        if change.mode in (GONE, SYMLINK, SUBMODULE):
            return False
        match = self._matcher.match(change.path)
        if match is None or match.kind is FileKind.REGISTER or _name(match.kind, change.after) not in self._parsed:
            return True
        if match.kind is FileKind.DATA:
            return False
        texts = [self._digest(_name(match.kind, blob)) for blob in (change.before, change.after)]
        return None not in texts and texts[0] != texts[1] and f"{change.before} {change.after}" not in self._deltas

    def _digest(self, name: str) -> str | None:
        """The digest of a parsed document's text; None where it is not known or cannot be read."""
        parsed = self._parsed.get(name)
        return parsed.records[0].digest if isinstance(parsed, Parsed) and parsed.records else None

    def _take_content(self, change: FileChange, content: bytes) -> None:
        match = self._matcher.match(change.path)
        if match is None:
            self._take_text(change, content)
            return
        if match.kind is FileKind.REGISTER:
            self._register_now[change.path] = self._reader.parse(match.kind, content)
            return
        name = _name(match.kind, change.after)
        if match.kind is FileKind.DOCUMENT:
            parsed, text = self._reader.parse_document(content)
            self._held[change.after] = Outline(text)
        else:
            parsed = self._reader.parse(match.kind, content)
        if name not in self._parsed:
            self._parsed[name] = parsed
            self._learned = True

    def _take_text(self, change: FileChange, content: bytes) -> None:
        """A text that stands in a file of its own. One that cannot be read counts as none."""
        text = text_beside(content)
        if isinstance(text, str):
            self._beside[change.path] = Text(change.after, *measure_text(text))
            self._held[change.after] = Outline(text)
        else:
            self._beside.pop(change.path, None)

    def _files_after(self, changes: Sequence[FileChange]) -> list[FileAfter]:
        """What the record files say after a commit; a text in a file of its own counts with its record's file."""
        touched: dict[str, Match] = {}
        for change in changes:
            match = self._matcher.match(change.path)
            if match is not None:
                touched[change.path] = match
                if change.mode == GONE:
                    self._live.pop(change.path, None)
                else:
                    self._live[change.path] = change.mode, change.after
            else:
                if change.mode in (GONE, SYMLINK, SUBMODULE):
                    self._beside.pop(change.path, None)
                for path in self._matcher.text_owners(change.path):
                    owner = self._matcher.match(path)
                    if owner is not None and path in self._live:
                        touched[path] = owner
        return [self._file_after(path, touched[path]) for path in sorted(touched)]

    def _file_after(self, path: str, match: Match) -> FileAfter:
        key = None if match.id is None else RecordKey(match.type.name, match.id)
        live = self._live.get(path)
        content: FileVersion | None
        if live is None:
            content = None
        elif (mode := live[0]) in NO_RECORDS:
            content = Unreadable(path, live[1], NO_RECORDS[mode])
        else:
            register = match.kind is FileKind.REGISTER
            parsed = self._register_now[path] if register else self._parsed[_name(match.kind, live[1])]
            beside = self._matcher.text_path(match, path)
            text = None if beside is None else self._beside.get(beside)
            content = self._meanings.versions(match, path, live[1], parsed, text)
            if register and not isinstance(content, Unreadable):
                content = self._same_objects(path, content)
        return FileAfter(path, match.rank, key, content)

    def _same_objects(self, path: str, versions: Sequence[RecordVersion]) -> tuple[RecordVersion, ...]:
        """The records of a register, those that did not change as the very objects that the version before gave."""
        before = self._in_register.get(path, {})
        now = {
            version.key: before[version.key] if _is_same(before.get(version.key), version) else version
            for version in versions
        }
        self._in_register[path] = now
        return tuple(now.values())

    def _outline(self, version: RecordVersion) -> Outline:
        """A version's text cut into sections, asked of git where this run has not read it."""
        text = version.text
        if text is not None and text.blob in self._held:
            return self._held[text.blob]
        return Outline(self._text(version))

    def _text(self, version: RecordVersion) -> str:
        if version.text is None:
            return ""
        content = self._repository.read_blob(version.text.blob)
        own_file = version.text.blob == version.blob
        text = text_of(FileKind.DOCUMENT, content) if own_file else text_beside(content)
        return text if isinstance(text, str) else ""

    def _content(self, version: RecordVersion) -> list[str]:
        """What a record says, a line for each value and of its text; its own id is no part of it."""
        ids = {field.name for field in self._types[version.key.type].fields if field.type is FieldType.ID}
        values = (_leaves(name, value) for name, value in version.fields.items() if name not in ids)
        return [*(line for lines in values for line in lines), *self._text(version).split("\n")]


def _leaves(path: str, value: Value) -> Iterator[str]:
    """A line for each value at the end of a path. Their order is that of the file, and does not count."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(f"{path}.{name}", part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _leaves(path, part)
    else:
        yield f"{path}: {value!r}"


def _is_same(before: RecordVersion | None, after: RecordVersion) -> bool:
    """Whether a record of a register did not change: equal YAML gives the very same fields."""
    return before is not None and before.fields is after.fields


def _name(kind: FileKind, blob: str) -> str:
    return f"{kind.value} {blob}"


def _delta_from_json(json: Json) -> TextDelta:
    return TextDelta(tuple(SectionDelta(*one) for one in cast("list[tuple[str, int, int]]", json)))
