"""The walk through a repository's history: a repository and a configuration in, the history of every record out."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Mapping

from minutebook.cache import Cache
from minutebook.history.authorship import AuthorFinder
from minutebook.history.branch import published_commit
from minutebook.history.commits import CommitReader
from minutebook.history.contents import Contents
from minutebook.history.identity import ALIKE, Claims, Continuation, FileAfter, Standing, find_continuations
from minutebook.history.ledger import FindAuthorship, Ledger
from minutebook.history.notes import dropped_by_merges, notes_of_today
from minutebook.history.progress import Progress
from minutebook.history.versions import FileReader
from minutebook.model.commit import Landing
from minutebook.model.configuration import Configuration
from minutebook.model.note import Note, NoteKind
from minutebook.model.portfolio import History
from minutebook.model.record import RecordKey, RecordVersion
from minutebook.records.paths import PathMatcher
from minutebook.repository import Repository


def read_history(
    repository: Repository,
    configuration: Configuration,
    *,
    revision: str | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> History:
    """The history of every record on the mainline that ends at `revision` (or the configured branch, or HEAD).

    GitError: the revision is unknown or an object is missing. Bad records are part of the history, never an error.
    """
    head = repository.resolve(revision) if revision else published_commit(repository, configuration)
    matcher = PathMatcher(configuration.types.values(), configuration.root)
    commits = CommitReader(repository, matcher, configuration, cache)
    mainline = commits.read(head)
    contents = Contents(repository, matcher, cache)
    versions = FileReader(repository, configuration.types, matcher, contents)
    authors = AuthorFinder(repository, matcher)
    walk = _Walk(configuration, contents, versions)
    for commit, files in versions.read(mainline.commits, progress):
        landing = commits.landing(commit)
        walk.take(landing, files, functools.partial(authors.find, commit, landing))
    contents.remember()
    records = walk.ledger.close()
    notes = (
        *commits.notes(),
        *dropped_by_merges(mainline.commits, matcher),
        *walk.ledger.notes(),
        *walk.notes,
        *walk.unused_lineage(),
        *notes_of_today(records, walk.claims, configuration, matcher, versions.content_now),
    )
    return History(
        commit=head,
        records=records,
        landings=tuple(walk.landings),
        commits=len(mainline.clocks),
        clocks=mainline.clocks,
        notes=notes,
    )


class _Walk:
    """What has been written down so far, landing by landing."""

    def __init__(self, configuration: Configuration, contents: Contents, versions: FileReader) -> None:
        self._lineage = configuration.lineage
        self._used: set[RecordKey] = set()
        """The folded keys that a lineage entry led to."""
        self._alike = versions.alike
        self.claims = Claims()
        self.ledger = Ledger(configuration.types, self.claims.called, contents.delta, versions.alike)
        self.landings: list[Landing] = []
        self.notes: list[Note] = []

    def take(self, landing: Landing, files: Iterable[FileAfter], find_authorship: FindAuthorship) -> None:
        """Write down what one landing did."""
        standings = self.claims.take(files)
        continued = self._continue(standings, landing)
        written = [
            self.ledger.write(key, standing, landing, find_authorship)
            for key, standing in standings.items()
            if key not in continued
        ]
        if any(written):
            self.landings.append(landing)

    def _continue(self, standings: Mapping[RecordKey, Standing | None], landing: Landing) -> frozenset[RecordKey]:
        """Let records that vanished go on as those that appeared. Gives the folded keys that were given up."""
        vanished: dict[RecordKey, RecordVersion | None] = {}
        appeared: dict[RecordKey, RecordVersion | None] = {}
        for key, standing in standings.items():
            state = self.ledger.state(key)
            if standing is None and state is not None and not state.removed:
                vanished[key] = state.version
            elif standing is not None and state is None:
                appeared[key] = standing if isinstance(standing, RecordVersion) else None
        if not appeared:
            return frozenset()
        certain, possible = find_continuations(vanished, appeared, self.ledger.is_gone, self._lineage, self._alike)
        for one in certain:
            self.ledger.rename(one, landing)
        self._used.update(one.after for one in certain if one.similarity is None)
        self.notes.extend(_lineage_note(one, landing) for one in [*certain, *possible])
        return frozenset(one.before for one in certain)

    def unused_lineage(self) -> Iterator[Note]:
        """Lineage entries that changed nothing."""
        for entry in self._lineage:
            after = RecordKey(entry.type, entry.after)
            if after.folded not in self._used:
                yield Note(
                    NoteKind.UNUSED_LINEAGE,
                    f"The lineage entry from {entry.type}/{entry.before} to {after} was not used: no commit let "
                    "the one vanish and the other appear, then or later.",
                    "Correct the ids in portfolio.yml, or remove the entry.",
                )


def _lineage_note(one: Continuation, landing: Landing) -> Note:
    names = f"{one.after} continues {one.before}"
    if one.similarity is None:
        return Note(NoteKind.LINEAGE, f"{names}: a lineage entry says so.", key=one.after, commit=landing.commit.id)
    alike = f"{math.floor(one.similarity * 100)} % of the content stayed"
    if one.similarity >= ALIKE:
        return Note(NoteKind.LINEAGE, f"{names}: {alike}.", key=one.after, commit=landing.commit.id)
    return Note(
        NoteKind.POSSIBLE_LINEAGE,
        f"Possibly {names}: {alike}.",
        "If it does, say so with a `lineage` entry in portfolio.yml.",
        key=one.after,
        commit=landing.commit.id,
    )
