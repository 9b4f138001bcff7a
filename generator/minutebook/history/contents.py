"""Contents: record files that commits changed in, what each distinct content holds and how texts differ out."""

from __future__ import annotations

import contextlib
import multiprocessing
import sys
import threading
import zlib
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Connection
from typing import NamedTuple, cast

from minutebook.cache import Cache, Json
from minutebook.history.lines import Outline, compare_outlines
from minutebook.history.progress import Progress
from minutebook.model.change import SectionDelta, TextDelta
from minutebook.model.record import RecordVersion
from minutebook.records.document import Parsed, ParseFailure, Reader, from_json, text_beside, text_of, to_json
from minutebook.records.paths import FileKind, PathMatcher
from minutebook.repository import Repository
from minutebook.repository.log import FileChange

PARSED, DELTAS = "parsed-2", "deltas-1"
"""Names in the cache. The number rises whenever reading or comparing changes what it gives."""

WORTH_A_PROCESS = 2_000
"""From so many contents on, a second process reads half of them."""


class Found(NamedTuple):
    """What contents hold."""

    parsed: dict[str, Parsed | ParseFailure]
    """By form and blob: one content may stand at paths of two forms."""
    deltas: dict[str, TextDelta]
    """By the blobs of the text before and after."""


class Contents:
    """What record files hold, each distinct content read once; all but registers, which are read in pieces."""

    def __init__(self, repository: Repository, matcher: PathMatcher, cache: Cache | None) -> None:
        """Read from a repository, with what a cache knows already."""
        self._repository = repository
        self._matcher = matcher
        self._cache = cache
        self._found = _recall(cache)
        self._learned = False

    def read(self, changes: Iterable[FileChange], progress: Progress | None) -> None:
        """Read every content that these changes left and that is not known yet. `changes` are oldest first."""
        wanted = [change for change in changes if not self._is_known(change)]
        if not wanted:
            return
        self._learned = True
        found = self._read_with_help(wanted, progress) if _can_be_helped(wanted) else self._read(wanted, progress)
        self._found.parsed.update(found.parsed)
        self._found.deltas.update(found.deltas)

    def parsed(self, kind: FileKind, blob: str) -> Parsed | ParseFailure:
        """What a content holds that was read."""
        return self._found.parsed[_name(kind, blob)]

    def delta(self, before: RecordVersion, after: RecordVersion) -> TextDelta | None:
        """What an edit did to the text of a record; None where one of the two has none."""
        if before.text is None or after.text is None:
            return None
        name = f"{before.text.blob} {after.text.blob}"
        if name not in self._found.deltas:
            self._found.deltas[name] = compare_outlines(Outline(self.text(before)), Outline(self.text(after)))
            self._learned = True
        return self._found.deltas[name]

    def text(self, version: RecordVersion) -> str:
        """A version's text, asked of git; empty where it has none."""
        if version.text is None:
            return ""
        content = self._repository.read_blob(version.text.blob)
        own_file = version.text.blob == version.blob
        text = text_of(FileKind.DOCUMENT, content) if own_file else text_beside(content)
        return text if isinstance(text, str) else ""

    def remember(self) -> None:
        """Keep what was worked out for the next run."""
        if self._cache is not None and self._learned:
            parsed, deltas = self._found
            self._cache.save(PARSED, {name: to_json(one) for name, one in parsed.items()})
            self._cache.save(DELTAS, {name: _delta_to_json(delta) for name, delta in deltas.items()})

    def _is_known(self, change: FileChange) -> bool:
        match = self._matcher.match(change.path)
        if match is None or match.kind is FileKind.REGISTER or not change.is_file:
            return True
        return _name(match.kind, change.after) in self._found.parsed

    def _read(self, changes: Sequence[FileChange], progress: Progress | None) -> Found:
        """Read the contents one by one, and compare each text with the one before it at its path."""
        found = Found({}, {})
        reader = Reader()
        last: dict[str, tuple[str, Outline]] = {}
        """By path, the blob and the text that could be read there last: what an edit is compared with."""
        for done, (change, content) in enumerate(
            zip(changes, self._repository.read_blobs([change.after for change in changes]), strict=True), start=1
        ):
            match = self._matcher.match(change.path)
            kind = FileKind.DATA if match is None else match.kind
            if kind is FileKind.DOCUMENT:
                parsed, text = reader.parse_document(content)
                if isinstance(parsed, Parsed):
                    after = Outline(text)
                    blob, before = last.get(change.path, ("", after))
                    last[change.path] = change.after, after
                    if before.text != text and before.text and text:
                        found.deltas[f"{blob} {change.after}"] = compare_outlines(before, after)
            else:
                parsed = reader.parse(kind, content)
            found.parsed[_name(kind, change.after)] = parsed
            if progress is not None:
                progress.advance(done, len(changes), "contents")
        return found

    def _read_with_help(self, changes: Sequence[FileChange], progress: Progress | None) -> Found:
        """Read half of the paths here and half in a forked process. Where that fails, its half is read here too."""
        halves: tuple[list[FileChange], list[FileChange]] = ([], [])
        for change in changes:
            halves[zlib.crc32(change.path.encode("utf-8", "surrogatepass")) % 2].append(change)
        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        helper = context.Process(target=self._send, args=(sender, halves[1]), daemon=True)
        helper.start()
        sender.close()
        try:
            mine = self._read(halves[0], progress)
            try:
                other = cast("Found", receiver.recv())
            except EOFError:
                other = self._read(halves[1], None)
        finally:
            helper.terminate()
            helper.join()
            helper.close()
            receiver.close()
        return Found(mine.parsed | other.parsed, mine.deltas | other.deltas)

    def _send(self, sender: Connection, changes: Sequence[FileChange]) -> None:
        # Whatever goes wrong here goes wrong again in the process that waits, which has a reader to tell.
        with contextlib.suppress(Exception), sender:
            sender.send(self._read(changes, None))


def _can_be_helped(changes: Sequence[FileChange]) -> bool:
    """Whether a second process pays: enough to read, a second processor, and a process that may be forked safely."""
    if sys.platform != "linux" or len(changes) < WORTH_A_PROCESS or threading.active_count() > 1:
        return False
    return multiprocessing.cpu_count() > 1


def _recall(cache: Cache | None) -> Found:
    if cache is not None:
        # Whole but of another shape, as an older version left it: worked out again.
        with contextlib.suppress(TypeError, ValueError, KeyError, IndexError, AttributeError):
            parsed, deltas = cache.load(PARSED), cache.load(DELTAS)
            if isinstance(parsed, dict) and isinstance(deltas, dict):
                return Found(
                    {name: from_json(json) for name, json in parsed.items()},
                    {name: _delta_from_json(json) for name, json in deltas.items()},
                )
    return Found({}, {})


def _name(kind: FileKind, blob: str) -> str:
    return f"{kind.value} {blob}"


def _delta_to_json(delta: TextDelta) -> Json:
    return [[one.heading, one.added, one.removed] for one in delta.sections]


def _delta_from_json(json: Json) -> TextDelta:
    return TextDelta(tuple(SectionDelta(*one) for one in cast("list[tuple[str, int, int]]", json)))
