"""A scenario in, the commits of a repository out: branches and merges, squashes, numbers of pull requests, messages."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import NamedTuple, assert_never

from minutebook.demo.plan import Landing, Scenario, Step, Via
from minutebook.demo.schedule import EVENING, MORNING, at, between, chance, plan_moments, written_before
from minutebook.demo.state import Changes, State
from minutebook.history.progress import Progress
from minutebook.model.commit import Person
from minutebook.records.definition import Part, suggest
from minutebook.repository.fast_import import Importer, NewCommit, can_sign

WIDTH = 72
"""Columns of a message's paragraphs."""

BRANCH_WORDS = 4
"""Words of the subject that name a branch."""

APPROVER_LANDS = 0.25
"""Of the pull requests with an approval, the part that an approver lands at once."""


NOBODY = Person("Nobody", "nobody@nowhere.example")
"""In the place of somebody who cannot be told, which is reported."""


class Planned(NamedTuple):
    """One commit of somebody, with what it changes."""

    step: Step
    author: Person
    subject: str
    changes: Changes


class Landed(NamedTuple):
    """A commit of the mainline that was made."""

    mark: int
    moment: dt.datetime
    subject: str
    """What a pull request or a commit is called, without the words of the forge."""


@dataclass(slots=True)
class Mainline:
    """Lands what a scenario plans, one landing after the other."""

    importer: Importer
    merger: str | None
    state: State = field(default_factory=State)
    landed: list[Landed] = field(default_factory=list)
    commits: int = 0
    """Those of the mainline and those of branches."""
    _pull_requests: int = 0
    _touched: dict[str, int] = field(default_factory=dict)
    """By path, the number of the landing that touched it last."""
    _labels: dict[str, int] = field(default_factory=dict)
    """The numbers of labelled landings."""

    def land(self, landing: Landing, moment: dt.datetime) -> None:
        """Make the commits of one landing. What is wrong with it is reported where it is told."""
        before, mistakes = self.state.snapshot(), self.state.mistakes
        planned = [self._planned(step, self.state.apply(step.edits), step.says) for step in landing.branch]
        if landing.step.edits or landing.reverts:
            changes = self.state.apply(landing.step.edits)
            subject = landing.step.says
            if landing.reverts is not None:
                changes |= self.state.revert(landing.reverts, landing.step.part)
                subject = subject or self._subject_of_revert(landing.reverts)
            # What the step says of the moment is when it landed; it was written before.
            written = replace(landing.step, day=None, time=None)
            planned.append(self._planned(written, changes, subject))
        idle = [one.step for one in planned if not one.changes]
        for step in idle if self.state.mistakes == mistakes else ():
            step.part.report("this commit changes nothing: everything is so already")
        if idle:
            return
        if landing.via is Via.MERGE and not self.landed:
            landing.step.part.report("the first commit of all is merged into nothing: let it be `via: direct`")
            return
        if landing.label is not None:
            if landing.label in self._labels:
                landing.step.part.report(f"the label `{landing.label}` is taken")
            self.state.remember(landing.label, before)
            self._labels[landing.label] = len(self.landed)
        self._commit(landing, moment, planned)

    def _planned(self, step: Step, changes: Changes, subject: str) -> Planned:
        return Planned(step, self._person(step.by, step.part), subject, changes)

    def _subject_of_revert(self, label: str) -> str:
        return f'Revert "{self.landed[self._labels[label]].subject}"' if label in self._labels else label

    def _commit(self, landing: Landing, moment: dt.datetime, planned: list[Planned]) -> None:
        """The commits of one landing, whose changes are made already."""
        subject = landing.step.says or planned[-1].subject
        changes = {path: content for one in planned for path, content in one.changes.items()}
        reverting = self._reverting(landing)
        more = _joined(_paragraphs(landing.step.more), reverting)
        trailers = self._trailers(landing)
        tip = (self.landed[-1].mark,) if self.landed else ()
        author = self._person(landing.step.by, landing.step.part)
        match landing.via:
            case Via.DIRECT:
                message = _message(subject, more, trailers)
                mark = self._make(NewCommit(author, moment, author, moment, message, tip, changes))
            case Via.SQUASH:
                self._pull_requests += 1
                message = _message(f"{subject} (#{self._pull_requests})", more, trailers)
                mark = self._make(NewCommit(author, moment, self._lander(landing), moment, message, tip, changes))
            case Via.MERGE:
                self._pull_requests += 1
                # Further paragraphs are told once: by the author's own commit, or where there is none by the merge.
                own = len(planned) > len(landing.branch)
                branch = self._branch(moment, planned, more if own else "")
                name = f"{landing.step.by}/{_slug(subject)}"
                text = _joined(subject, reverting if own else more)
                message = _message(f"Merge pull request #{self._pull_requests} from {name}", text, trailers)
                lander = self._lander(landing)
                mark = self._make(NewCommit(lander, moment, lander, moment, message, (*tip, branch), changes))
            case _:
                assert_never(landing.via)
        for path in changes:
            self._touched[path] = len(self.landed)
        self.landed.append(Landed(mark, moment, subject))

    def _branch(self, landed: dt.datetime, planned: list[Planned], more: str) -> int:
        """The commits of a branch, the last with further paragraphs; the mark of that one.

        It begins at a commit of the mainline after which nobody else touched its files, so that it merges cleanly.
        """
        wanted = [_written(one, landed) for one in planned]
        first = max(
            (self._touched[path] for one in planned for path in one.changes if path in self._touched), default=0
        )
        start = max(first, bisect_left(self.landed, wanted[0], key=lambda one: one.moment) - 1)
        parents, last = (self.landed[start].mark,), self.landed[start].moment
        for index, one in enumerate(planned):
            last = between(wanted[index], last, landed)
            text = (index == len(planned) - 1 and more) or _paragraphs(one.step.more)
            message = _message(one.subject, text, ())
            parents = (self._make(NewCommit(one.author, last, one.author, last, message, parents, one.changes)),)
        return parents[0]

    def _make(self, commit: NewCommit) -> int:
        self.commits += 1
        return self.importer.commit(commit)

    def _reverting(self, landing: Landing) -> str:
        """The sentence by which git says what a commit reverts; nothing where it reverts nothing."""
        if landing.reverts not in self._labels:
            return ""
        return f"This reverts commit {self.importer.id_of(self.landed[self._labels[landing.reverts]].mark)}."

    def _lander(self, landing: Landing) -> Person:
        """Who landed a pull request: who is told, else the scenario's merger or now and then an approver.

        It is its author only where there is nobody else.
        """
        author = landing.step.by
        approvers = [one for one in landing.approved if one != author]
        choices = [one for one in (self.merger, *approvers) if one is not None and one != author]
        if approvers and chance("lander", landing.step.says, author) < APPROVER_LANDS:
            choices = approvers
        return self._person(landing.merged_by or (choices[0] if choices else author), landing.step.part)

    def _trailers(self, landing: Landing) -> tuple[str, ...]:
        """Lines that say who reviewed and approved."""
        told = [("Reviewed-by", landing.reviewed), ("Approved-by", landing.approved)]
        people = [(token, self._person(one, landing.step.part)) for token, ids in told for one in ids]
        return tuple(f"{token}: {person.name} <{person.email}>" for token, person in people)

    def _person(self, named: str, part: Part) -> Person:
        """Somebody of the roster as it stands; that there is nobody is reported."""
        person = self.state.people.get(named)
        if person is None:
            part.report(f"nobody has the id `{named}` in the roster at that time; {suggest(named, self.state.people)}")
            return NOBODY
        if not can_sign(person):
            part.report(f"`{named}` can sign no commit: the roster has <, > or a control character in name or address")
            return NOBODY
        return person


def land_all(scenario: Scenario, importer: Importer, progress: Progress | None = None) -> Mainline:
    """Land everything that a scenario plans. ConfigError: every mistake in it, a line each."""
    mainline = Mainline(importer, scenario.merger)
    for number, (landing, moment) in enumerate(plan_moments(scenario.landings), start=1):
        mainline.land(landing, moment)
        if progress is not None:
            progress.advance(number, len(scenario.landings), "Writing commits")
    scenario.raise_any()
    return mainline


def _written(planned: Planned, landed: dt.datetime) -> dt.datetime:
    """When a step of a branch would have been written, had nobody else touched its files meanwhile."""
    step = planned.step
    words = (planned.subject, step.by)
    if step.day is None or (step.time is None and step.day == landed.date()):
        return written_before(landed, *words)
    opens = at(step.day, step.time or MORNING)
    return opens if step.time else opens + chance("time", *words) * (at(step.day, EVENING) - opens)


def _slug(subject: str) -> str:
    """A branch's name from its subject."""
    words = re.findall(r"[a-z0-9]+", subject.lower())
    return "-".join(words[:BRANCH_WORDS]) or "change"


def _paragraphs(text: str) -> str:
    """A text of paragraphs, each wrapped as messages are."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "\n\n".join(textwrap.fill(part, WIDTH, break_on_hyphens=False) for part in parts)


def _message(subject: str, more: str, trailers: tuple[str, ...]) -> str:
    """A commit's message."""
    return _joined(subject, more, "\n".join(trailers)) + "\n"


def _joined(*parts: str) -> str:
    """Paragraphs, less the empty ones."""
    return "\n\n".join(part for part in parts if part)
