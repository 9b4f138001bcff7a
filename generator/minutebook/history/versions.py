"""Versions: mainline commits and contents in, the record files that each commit changed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from minutebook.history.contents import Contents
from minutebook.history.identity import EditedRegister, FileAfter
from minutebook.history.lines import similarity
from minutebook.history.progress import Progress
from minutebook.history.registers import Registers
from minutebook.model.record import FileVersion, RecordKey, RecordVersion, Unreadable
from minutebook.model.record_type import FieldType, RecordType
from minutebook.model.value import Text, Value
from minutebook.records.document import measure_text, text_beside
from minutebook.records.paths import FileKind, Match, PathMatcher
from minutebook.records.values import VersionReader
from minutebook.repository import Repository
from minutebook.repository.log import SUBMODULE, SYMLINK, FileChange
from minutebook.repository.mainline import MainlineCommit

NO_RECORDS = {
    SYMLINK: "a symbolic link is no record: put the file itself here",
    SUBMODULE: "a submodule is no record",
}


class FileReader:
    """Reads record files, commit by commit, oldest first."""

    def __init__(
        self, repository: Repository, types: Mapping[str, RecordType], matcher: PathMatcher, contents: Contents
    ) -> None:
        """Read from a repository and from what is known of its contents."""
        self._repository = repository
        self._types = types
        self._matcher = matcher
        self._contents = contents
        self._meanings = VersionReader()
        self._registers = Registers()
        self._register_now: dict[str, bytes] = {}
        """Contents of registers by path; kept for the live version alone, because an edit is read beside it."""
        self._beside: dict[str, Text] = {}
        """Texts that stand in a file of their own, by path."""
        self._live: dict[str, tuple[str, str]] = {}
        """Mode and blob of record files, by path."""

    def read(
        self, commits: Sequence[MainlineCommit], progress: Progress | None
    ) -> Iterator[tuple[MainlineCommit, list[FileAfter]]]:
        """Every commit with the record files it changed, in the order of their paths."""
        self._contents.read((change for commit in commits for change in commit.commit.files), progress)
        plan = [[change for change in commit.commit.files if self._is_streamed(change)] for commit in commits]
        contents = self._repository.read_blobs([change.after for changes in plan for change in changes])
        for done, (commit, wanted) in enumerate(zip(commits, plan, strict=True)):
            for change in wanted:
                self._take_content(change, next(contents))
            yield commit, self._files_after(commit.commit.files)
            if progress is not None:
                progress.advance(done + 1, len(commits), "history")
        # Reading on past the last content lets git end, and tells if it failed.
        next(contents, None)

    def alike(self, before: RecordVersion, after: RecordVersion) -> float:
        """How much of a record's fields and text is the same, 0 to 1; its own id is no part of it."""
        return similarity(self._says(before), self._says(after))

    def content_now(self, path: str) -> bytes:
        """The content of a record file that is live after all commits read so far."""
        return self._repository.read_blob(self._live[path][1])

    def _is_streamed(self, change: FileChange) -> bool:
        """Whether a content is read in the order of the commits: a register, or a text in a file of its own."""
        match = self._matcher.match(change.path)
        return change.is_file and (match is None or match.kind is FileKind.REGISTER)

    def _take_content(self, change: FileChange, content: bytes) -> None:
        if self._matcher.match(change.path) is not None:
            self._register_now[change.path] = content
            return
        text = text_beside(content)
        if isinstance(text, str):
            self._beside[change.path] = Text(change.after, *measure_text(text))
        else:
            # A text that cannot be read counts as none.
            self._beside.pop(change.path, None)

    def _files_after(self, changes: Sequence[FileChange]) -> list[FileAfter]:
        """What the record files say after a commit; a text in a file of its own counts with its record's file."""
        touched: dict[str, Match] = {}
        for change in changes:
            match = self._matcher.match(change.path)
            if match is not None:
                touched[change.path] = match
                if change.is_gone:
                    self._live.pop(change.path, None)
                else:
                    self._live[change.path] = change.mode, change.after
            else:
                if not change.is_file:
                    self._beside.pop(change.path, None)
                for path in self._matcher.text_owners(change.path):
                    owner = self._matcher.match(path)
                    if owner is not None and path in self._live:
                        touched[path] = owner
        return [self._file_after(path, touched[path]) for path in sorted(touched)]

    def _file_after(self, path: str, match: Match) -> FileAfter:
        key = None if match.id is None else RecordKey(match.type.name, match.id)
        live = self._live.get(path)
        content: FileVersion | EditedRegister | None
        if live is not None and live[0] not in NO_RECORDS:
            content = self._records(match, path, live[1])
        else:
            self._registers.forget(path)
            content = None if live is None else Unreadable(path, live[1], NO_RECORDS[live[0]])
        return FileAfter(path, match.rank, key, content)

    def _records(self, match: Match, path: str, blob: str) -> FileVersion | EditedRegister:
        if match.kind is FileKind.REGISTER:
            return self._registers.take(match, path, blob, self._register_now[path])
        beside = self._matcher.text_path(match, path)
        text = None if beside is None else self._beside.get(beside)
        return self._meanings.versions(match, path, blob, self._contents.parsed(match.kind, blob), text)

    def _says(self, version: RecordVersion) -> list[str]:
        """What a record says, a line for each value and of its text."""
        ids = {field.name for field in self._types[version.key.type].fields if field.type is FieldType.ID}
        values = (_leaves(name, value) for name, value in version.fields.items() if name not in ids)
        return [*(line for lines in values for line in lines), *self._contents.text(version).split("\n")]


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
