"""The mainline: commits in the order of the log in, the first-parent chain and what each of its merges brought out."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from minutebook.repository.log import LoggedCommit

BEFORE_ANY_DATE = -(1 << 62)
"""The clock of a mainline whose commits have had no valid date yet."""


@dataclass(frozen=True, slots=True)
class MainlineCommit:
    """A commit of the mainline that touched a record, or whose branches did."""

    position: int
    commit: LoggedCommit
    brought: tuple[LoggedCommit, ...]
    """Commits of the branches it merged that touched a record, oldest first; merges among them are left out, because
    against their first parent they repeat what others wrote."""


@dataclass(frozen=True, slots=True)
class Mainline:
    """The first-parent chain of the published branch."""

    commits: tuple[MainlineCommit, ...]
    """Oldest first."""
    clocks: array[int]
    """For every position, root first: the running maximum of committer times in seconds since 1970, UTC."""
    foxtrots: tuple[str, ...]
    """Ids of merges that made a side branch the mainline, oldest first."""
    base: str | None
    """The first parent of its oldest commit, where the log ended before a root; None: it is whole."""

    def followed_by(self, later: Mainline) -> Mainline:
        """This whole mainline and what landed after it; `later` has the id of this one's last commit as its base."""
        length = len(self.clocks)
        clock = self.clocks[-1]
        return Mainline(
            (*self.commits, *(replace(commit, position=commit.position + length) for commit in later.commits)),
            self.clocks + array("q", [max(clock, one) for one in later.clocks]),
            (*self.foxtrots, *later.foxtrots),
            self.base,
        )


def follow_mainline(
    head: str, commits: Iterable[LoggedCommit], seconds: Callable[[LoggedCommit], int | None], branch: str | None
) -> Mainline:
    """Follow first parents from `head`. `commits` come children first and hold only the files that matter.

    Every side commit belongs to the oldest mainline commit that reaches it: the merge that landed it. A label travels
    from each commit to its parents, so that the log is read once and only its frontier is kept.
    """
    is_foxtrot = _foxtrot_test(branch)
    on_mainline: str | None = head
    labels: dict[str, int] = {}
    touching: list[tuple[int, LoggedCommit]] = []
    brought: dict[int, list[LoggedCommit]] = {}
    foxtrots: list[str] = []
    times: list[int | None] = []
    for commit in commits:
        label = labels.pop(commit.id, None)
        if commit.id == on_mainline:
            # Positions are counted from the newest until the root is known.
            label = len(times)
            times.append(seconds(commit))
            on_mainline = commit.parents[0] if commit.parents else None
            if commit.files or len(commit.parents) > 1:
                touching.append((label, commit))
            if len(commit.parents) > 1 and is_foxtrot(commit.message):
                foxtrots.append(commit.id)
            side = commit.parents[1:]
        elif label is not None:
            if commit.files and len(commit.parents) <= 1:
                brought.setdefault(label, []).append(commit)
            side = commit.parents
        else:
            continue
        for parent in side:
            labels[parent] = max(label, labels.get(parent, label))
    last = len(times) - 1
    steps = tuple(
        MainlineCommit(last - label, commit, tuple(reversed(brought.get(label, []))))
        for label, commit in reversed(touching)
        if commit.files or label in brought
    )
    return Mainline(steps, _running_maximum(reversed(times)), tuple(reversed(foxtrots)), on_mainline)


def _running_maximum(times: Iterable[int | None]) -> array[int]:
    clocks = array("q")
    clock = BEFORE_ANY_DATE
    for time in times:
        if time is not None and time > clock:
            clock = time
        clocks.append(clock)
    return clocks


def _foxtrot_test(branch: str | None) -> Callable[[str], bool]:
    """Whether a merge message says that the published branch itself was merged into what became its mainline.

    `git pull` writes such a message; when the result is pushed, the branch's own commits become the side.
    """
    names = [branch] if branch else ["master", "main", "trunk"]
    name = "|".join(re.escape(one) for one in names)
    pattern = re.compile(rf"\AMerge (?:remote-tracking )?branch '(?:(?:origin|upstream)/)?(?:{name})'")
    return lambda message: pattern.match(message) is not None
