"""Commits as the portfolio's history needs them: who, when, why, and what the forge added."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Person(NamedTuple):
    """A name and an address, as a commit or a trailer gives them."""

    name: str
    email: str
    """Never published."""

    def is_same(self, other: Person) -> bool:
        """Whether two are held to be one person: they have the name or the address in common."""
        return any(one and one.casefold() == theirs.casefold() for one, theirs in zip(self, other, strict=True))


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that git holds, or holds badly. Both of a commit's times are claims of who made it."""

    when: dt.datetime | None
    """Aware, in the zone that was written (UTC where the zone is impossible). None: the date is invalid."""
    written: str
    """As the commit has it: seconds since 1970 and a zone."""

    def __str__(self) -> str:
        """ISO 8601 with the zone, or the word invalid with what was written."""
        return self.when.isoformat() if self.when is not None else f"invalid ({self.written})"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who made something, and when they say they did."""

    person: Person
    """As `.mailmap` of the published commit names them."""
    raw: Person
    """As the commit names them; an auditor is shown it where it differs."""
    moment: Moment


@dataclass(frozen=True, slots=True)
class Trailer:
    """A line such as `Reviewed-by: A Name <address>` that ends a message. It proves that somebody typed it."""

    token: str
    """As written: "Reviewed-by"."""
    value: str
    person: Person | None
    """Resolved through `.mailmap`; None where the value is no name with an address."""


MERGED = re.compile(
    r"Merge pull request #\d+ from |Merged in .* \(pull request #\d+\)|Merge (remote-tracking )?branch '[^']*'"
)
"""How forges and git begin the subject of a merge, which says nothing of the change."""
NOT_A_TITLE = re.compile(r"[A-Za-z][A-Za-z-]*: |See merge request |#|\* |- |Conflicts:")
"""How paragraphs begin that are trailers, references or lists."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit, wherever it stands."""

    id: str
    parents: tuple[str, ...]
    author: Signature
    committer: Signature
    subject: str
    """The first paragraph of the message as one line."""
    message: str
    """The whole message."""
    trailers: tuple[Trailer, ...]

    @property
    def short(self) -> str:
        """The first ten digits of the id."""
        return self.id[:10]

    @property
    def title(self) -> str:
        """What somebody called the change: the subject, or the paragraph after it where a forge wrote the subject."""
        if MERGED.match(self.subject):
            for paragraph in self.message.strip().split("\n\n")[1:]:
                if not NOT_A_TITLE.match(paragraph):
                    return " ".join(paragraph.split())
        return self.subject


@dataclass(frozen=True, slots=True)
class Request:
    """The pull request, merge request or review that a message names."""

    forge: str
    """github, gitlab, bitbucket, gitea or gerrit: whose way of writing it is."""
    name: str
    """As its forge writes it: "#12", "!12", or a Gerrit change id."""
    number: int | None
    """None: the forge has no numbers in its messages (Gerrit)."""


@dataclass(frozen=True, slots=True)
class Landing:
    """One commit of the mainline that changed the portfolio, and what it brought."""

    position: int
    """Its place on the mainline, the root commit being 0."""
    commit: Commit
    brought: tuple[Commit, ...]
    """The commits of the merged branches that touched a record, oldest first; empty where it is no merge."""
    request: Request | None
    clock: dt.datetime | None
    """The running maximum of landed times up to here, UTC: as-of dates go by it. None: no valid time."""

    @property
    def landed(self) -> Moment:
        """When it entered the mainline, as its committer claims."""
        return self.commit.committer.moment

    def merged_by(self, contributors: Iterable[Person]) -> Person | None:
        """Who made the merge, where that is none of the contributors; None: one of them did, or it is no merge."""
        merger = self.commit.author.person
        if len(self.commit.parents) < 2 or any(merger.is_same(person) for person in contributors):
            return None
        return merger

    @property
    def approvals(self) -> tuple[Trailer, ...]:
        """Trailers of this commit and of those it brought that say somebody let it in, without repetition."""
        found: dict[tuple[str, str], Trailer] = {}
        for commit in (self.commit, *self.brought):
            for trailer in commit.trailers:
                if trailer.token.casefold() in APPROVING_TRAILERS:
                    found.setdefault((trailer.token.casefold(), trailer.value), trailer)
        return tuple(found.values())


APPROVING_TRAILERS = frozenset(["approved-by", "reviewed-by", "acked-by"])
"""Tokens, in lower case, by which a message says that somebody let a change in."""
