"""Commits as the log prints them in, commits as the model knows them out: dates judged, people resolved."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping

from minutebook.model.commit import Commit, Moment, Person, Signature
from minutebook.repository.log import LoggedCommit
from minutebook.repository.people import read_trailers

_ZONE = re.compile(r"([+-])(\d\d)([0-5]\d)")
_FARTHEST_ZONE = dt.timedelta(hours=14)
ORDINARY_DIGITS = 11
"""Seconds of so few digits are valid in every zone: they end in the year 5138."""


def read_moment(seconds: str, dated: str) -> Moment:
    """A time from what git prints for `%at` and `%ad --date=raw`.

    Git itself turns a date that it cannot read into 1970; `%at` is then empty, or the digits that were written.
    """
    zone = dated.rpartition(" ")[2]
    written = f"{seconds} {zone}".strip()
    if not seconds.isdigit() or not seconds.isascii():
        return Moment(None, written or "no date")
    try:
        return Moment(dt.datetime.fromtimestamp(int(seconds), _zone(zone) or dt.UTC), written)
    except (OverflowError, ValueError, OSError):
        return Moment(None, written)


@functools.lru_cache(maxsize=256)
def _zone(written: str) -> dt.tzinfo | None:
    """A zone as git writes it, +0200; None where there can be no such zone."""
    found = _ZONE.fullmatch(written)
    if found is None:
        return None
    offset = dt.timedelta(hours=int(found[2]), minutes=int(found[3]))
    if offset > _FARTHEST_ZONE:
        return None
    return dt.timezone(offset if found[1] == "+" else -offset) if offset else dt.UTC


def landed_seconds(commit: LoggedCommit) -> int | None:
    """The committer's time in seconds since 1970, or None where it is invalid."""
    return int(commit.committed[0]) if is_valid(commit.committed) else None


def is_valid(written: tuple[str, str]) -> bool:
    """Whether what git prints for a time is one, whatever the zone; cheap, because every commit is asked."""
    seconds = written[0]
    if len(seconds) <= ORDINARY_DIGITS and seconds.isdigit() and seconds.isascii():
        return True
    return read_moment(*written).when is not None


def has_valid_zone(written: tuple[str, str]) -> bool:
    """Whether what git prints for a time has a zone that there can be."""
    return _zone(written[1].rpartition(" ")[2]) is not None


def understand(commit: LoggedCommit, resolve: Mapping[Person, Person]) -> Commit:
    """A commit of the model; `resolve` gives the people whom `.mailmap` renames."""
    author, committer = Person(*commit.author), Person(*commit.committer)
    return Commit(
        id=commit.id,
        parents=commit.parents,
        author=Signature(resolve.get(author, author), author, read_moment(*commit.authored)),
        committer=Signature(resolve.get(committer, committer), committer, read_moment(*commit.committed)),
        subject=" ".join(commit.message.lstrip("\n").split("\n\n", 1)[0].split()),
        message=commit.message.rstrip("\n"),
        trailers=read_trailers(commit.message, resolve),
    )
