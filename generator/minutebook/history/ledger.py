"""The ledger: what the files say of each record after each landing in, every record's states, entries and gaps out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from minutebook.history.authorship import Authorship
from minutebook.history.diff import diff_fields
from minutebook.history.identity import PERHAPS_ALIKE, Continuation, Similarity, Standing
from minutebook.model.change import Change, ChangeKind, Entry, TextDelta
from minutebook.model.commit import Landing
from minutebook.model.note import Note, NoteKind
from minutebook.model.portfolio import FormerKey, Gap, RecordHistory, RecordState, records_by_key
from minutebook.model.record import RecordKey, RecordVersion, Unreadable
from minutebook.model.record_type import RecordType

Delta = Callable[[RecordVersion, RecordVersion], TextDelta | None]


FindAuthorship = Callable[[RecordKey, frozenset[str]], Authorship]
"""Of what a landing did to the record of a folded key, whose files stand or stood at these paths."""


@dataclass(slots=True)
class OpenRecord:
    """A record whose history is being written."""

    key: RecordKey
    states: list[tuple[int, RecordState]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    former: list[FormerKey] = field(default_factory=list)

    @property
    def state(self) -> RecordState | None:
        """How it stands so far; None: it has not appeared yet."""
        return self.states[-1][1] if self.states else None

    def close(self) -> RecordHistory:
        """The history as the model holds it."""
        return RecordHistory(self.key, tuple(self.states), tuple(self.entries), tuple(self.gaps), tuple(self.former))


class Ledger:
    """Writes the history of every record, landing by landing."""

    def __init__(
        self, types: Mapping[str, RecordType], called: Mapping[RecordKey, RecordKey], delta: Delta, alike: Similarity
    ) -> None:
        """`called` writes folded keys as paths do, `delta` compares two texts, `alike` two versions."""
        self._called = called
        self._types = types
        self._delta = delta
        self._alike = alike
        self._records: dict[RecordKey, OpenRecord] = {}
        """By the folded key that each has now."""
        self._reused: list[tuple[RecordKey, Landing]] = []

    def state(self, key: RecordKey) -> RecordState | None:
        """How the record of a folded key stands; None: there never was one."""
        record = self._records.get(key)
        return None if record is None else record.state

    def is_gone(self, key: RecordKey) -> bool:
        """Whether the record of a folded key was removed."""
        state = self.state(key)
        return state is not None and state.removed

    def rename(self, continuation: Continuation, landing: Landing) -> None:
        """Let a record go on under another folded key. What it is called is set by the version that follows."""
        record = self._records.pop(continuation.before)
        record.former.append(FormerKey(record.key, landing, continuation.similarity))
        record.key = self._called.get(continuation.after, continuation.after)
        self._records[continuation.after] = record

    def write(
        self, key: RecordKey, standing: Standing | None, landing: Landing, find_authorship: FindAuthorship
    ) -> bool:
        """Write down what a landing did to the record of a folded key; False: nothing that a reader would notice."""
        record = self._records.get(key)
        if record is None:
            if standing is None:
                return False
            record = self._records[key] = OpenRecord(self._called.get(key, key))
        before = record.state
        after = self._state_after(record.key, before, standing)
        if after is None:
            return False
        changes = tuple(self._changes(before, after, landing))
        record.key = after.key
        record.states.append((landing.position, after))
        self._note_gaps(record, before, after, landing)
        if changes:
            paths = frozenset(state.path for state in (before, after) if state is not None)
            written = find_authorship(key, paths)
            record.entries.append(
                Entry(after.key, landing, after.path, written.authored, written.contributors, changes)
            )
        return bool(changes)

    def notes(self) -> Iterator[Note]:
        """Ids that came back with other content."""
        for key, landing in self._reused:
            yield Note(
                NoteKind.REUSED,
                f"{key} was removed, and its id came back for something else; the page shows both lives.",
                "Give a new record a new id.",
                key=key,
                commit=landing.commit.id,
            )

    def close(self) -> dict[RecordKey, RecordHistory]:
        """Every record by its key, as `History.records` has them."""
        return records_by_key((record.close() for record in self._records.values()), self._types)

    @staticmethod
    def _state_after(called: RecordKey, before: RecordState | None, standing: Standing | None) -> RecordState | None:
        """The state that the files' word makes; None where nothing is new."""
        version = None if before is None else before.version
        match standing:
            case None:
                if before is None or before.removed:
                    return None
                return RecordState(before.key, before.path, version, removed=True, unreadable=None)
            case RecordVersion() as found:
                if before is not None and found is before.version and before.unreadable is None and not before.removed:
                    return None
                # Another letter case is the same id, and the address stays as it was first written.
                known = before is not None and before.key.folded == found.key.folded
                key = called if known else found.key
                return RecordState(key, found.path, found, removed=False, unreadable=None)
            case Unreadable() as problem:
                return RecordState(called, problem.path, version, removed=False, unreadable=problem)
            case _:
                assert_never(standing)

    def _changes(self, before: RecordState | None, after: RecordState, landing: Landing) -> Iterator[Change]:
        """Events first, then fields, then the text."""
        if after.removed:
            yield Change("", ChangeKind.REMOVED, after.path, None)
            return
        renamed = before is not None and before.key.folded != after.key.folded
        fresh = before is None or (before.removed and not renamed and self._is_another(before.version, after.version))
        if fresh or before is None:
            yield Change("", ChangeKind.CREATED, None, after.path)
            if before is not None:
                self._reused.append((after.key, landing))
        else:
            yield from self._events(before, after)
        reason = None if before is None or before.removed or before.unreadable is None else before.unreadable.reason
        if after.unreadable is not None:
            if after.unreadable.reason != reason:
                yield Change("", ChangeKind.UNREADABLE, reason, after.unreadable.reason)
            return
        if reason is not None:
            yield Change("", ChangeKind.READABLE, reason, None)
        yield from self._contents(None if fresh or before is None else before.version, after.version)

    @staticmethod
    def _events(before: RecordState, after: RecordState) -> Iterator[Change]:
        if before.removed:
            yield Change("", ChangeKind.RESTORED, None, after.path)
        if before.key.folded != after.key.folded:
            yield Change("", ChangeKind.RENAMED, before.key.id, after.key.id)
        if before.path != after.path and not before.removed:
            yield Change("", ChangeKind.MOVED, before.path, after.path)

    def _contents(self, before: RecordVersion | None, after: RecordVersion | None) -> Iterator[Change]:
        if after is None:
            return
        fields = {} if before is None else before.fields
        yield from diff_fields(fields, after.fields, self._types[after.key.type].fields)
        old = None if before is None else before.text
        if (old and old.digest) != (after.text and after.text.digest):
            delta = None if before is None else self._delta(before, after)
            yield Change("text", ChangeKind.MARKDOWN, old, after.text, delta)

    def _is_another(self, before: RecordVersion | None, after: RecordVersion | None) -> bool:
        """Whether a record that came back says something else than the one removed: its id was used again."""
        if before is None or after is None:
            return False
        title = self._types[after.key.type].with_role("title")
        if title is not None and before.fields.get(title.name) == after.fields.get(title.name):
            return False
        return self._alike(before, after) < PERHAPS_ALIKE

    @staticmethod
    def _note_gaps(record: OpenRecord, before: RecordState | None, after: RecordState, landing: Landing) -> None:
        """Close the gap that ended, open the one that began. Another reason is another gap."""
        was = None if before is None else before.unreadable
        now = after.unreadable
        if was is not None and (now is None or now.reason != was.reason):
            last = record.gaps[-1]
            record.gaps[-1] = Gap(last.since, landing, last.unreadable)
        if now is not None and (was is None or now.reason != was.reason):
            record.gaps.append(Gap(landing, None, now))
