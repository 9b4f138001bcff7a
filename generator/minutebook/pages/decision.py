"""What a decision's page tells beside its fields: a Book and a record in; how it came about and what followed out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from minutebook.analyses.aftermath import AFTERMATH_DAYS, Ending
from minutebook.analyses.decisions import Decision, Step
from minutebook.analyses.supersession import Chain
from minutebook.history.names import is_among, name_in, person_name
from minutebook.history.spans import exact_span, span_words
from minutebook.model.change import Entry
from minutebook.model.record import RecordKey
from minutebook.pages.book import Book
from minutebook.pages.page import Address, Link
from minutebook.pages.shown import Shown, show_value
from minutebook.pages.timeline import Line, landed_day
from minutebook.pages.versions import newest_versions, version_address, versions_of
from minutebook.pages.waiting_rows import status_word

MOST_FOLLOWED = 20
"""So many changes that followed a decision stand on its page."""
MOST_EDITS = 10
"""So many edits of what was decided stand on its page; all stand among its versions."""
MOST_SUPERSEDED = 3
"""So many decisions are named that one of a chain supersedes; the others are counted."""
MOST_OF_CHAIN = 12
"""So many decisions of a chain are shown, those nearest to the one that is looked at."""

ONLY_IN_RECORD = "named in the record only"
"""What is said of approvers of whom no commit says anything."""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day, and how it is known."""

    day: str
    because: str
    proof: Address | None
    """The change that tells it, on the change timeline."""


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who approved a decision, and what that rests on."""

    name: str
    wrote_it: bool
    """Whether the change by which it was decided is their own: then nobody else has looked at it for them."""
    tokens: tuple[str, ...]
    """Under which the commit names them, `Approved-by`; empty: it does not."""
    declared: bool
    """Whether the record names them."""

    @property
    def in_record(self) -> str:
        """What the record says of them, in words; empty: nothing."""
        if not self.declared:
            return ""
        return "named in the record" if self.tokens else ONLY_IN_RECORD

    @property
    def did(self) -> tuple[str, ...]:
        """What they did, in words, where no commit says that they approved; else empty."""
        words = [token.casefold().removesuffix("-by") for token in self.tokens]
        return () if "approved" in words else (*words, *((self.in_record,) if self.declared else ()))


@dataclass(frozen=True, slots=True)
class HeldView:
    """How a decision came to wait in a status that is not the first one."""

    title: str
    """The status: `On hold`."""
    day: DayView
    approvers: tuple[Approver, ...]
    commit: Link


@dataclass(frozen=True, slots=True)
class SuccessorView:
    """A decision that takes the place of another."""

    id: str
    link: Link
    status: Shown | None
    pending: bool
    """Whether it is not decided: then it would take that place."""


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One decision of a chain in which each took the place of those before it."""

    link: Link
    id: str
    status: Shown | None
    day: str
    """The day on which it was decided, or else landed; words where it is not decided, or that day is not known."""
    supersedes: tuple[Link, ...]
    """The first `MOST_SUPERSEDED`."""
    more: int
    """How many others it supersedes; they stand among the facts of its page."""
    verb: str
    """`supersedes`, or `would supersede` while it is not decided."""
    here: bool
    """Whether it is the one whose page it stands on."""


@dataclass(frozen=True, slots=True)
class ChainView:
    """A chain, the older before the newer."""

    rows: tuple[ChainRow, ...]
    circular: bool
    """Whether some of them say that they took the place of one another."""
    earlier: int
    """How many stand before the first row."""
    later: int
    """How many stand after the last row."""


@dataclass(frozen=True, slots=True)
class EditView:
    """A change of what was decided already."""

    line: Line
    version: Address | None


@dataclass(frozen=True, slots=True)
class FollowedView:
    """A change of a record that the decision affects."""

    line: Line
    names_it: bool


@dataclass(frozen=True, slots=True)
class EndingView:
    """The next decision about some of the records that the decision affects."""

    decision: Link
    status: Shown | None
    day: str
    """The day on which it landed."""
    affected: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What a template lays out."""

    raised: DayView | None
    decided: DayView | None
    decided_before: tuple[DayView, ...]
    """When it had been decided before that, and did not stay so; oldest first."""
    overturned: str | None
    """The status that was decided, where it has another final one now that may not follow; None: it stands."""
    lead: str | None
    waiting: str | None
    """How long it has been waiting; None: it does not wait, or nobody knows."""
    hidden: frozenset[str]
    """Roles of fields that are not published, so that what rests on them is not told."""
    pending: bool
    odd_date: bool
    approvers: tuple[Approver, ...]
    """Of one that was decided; those of whom the commit says most come first."""
    commit: Link | None
    """The commit that decided it; None: none did."""
    held: HeldView | None
    """None: it does not wait, or only to be decided for the first time."""
    tells: frozenset[str]
    """The names of fields that need not be told again."""
    told: DayView | None
    can_tell: bool
    """Whether its type has a field for who was told."""
    chain: ChainView | None
    successors: tuple[SuccessorView, ...]
    """The first `MOST_SUPERSEDED`."""
    successors_more: int
    versions: Link | None
    edits: tuple[EditView, ...]
    """Newest first; the last `MOST_EDITS`."""
    edits_total: int
    followed: tuple[FollowedView, ...]
    """Oldest first; the first `MOST_FOLLOWED`."""
    followed_total: int
    endings: tuple[EndingView, ...]
    """The decisions before which that ends."""
    affects: tuple[Link, ...]
    """The records that it affects, which lead to their timelines."""
    window_days: int


def decision_view(key: RecordKey, book: Book) -> DecisionView | None:
    """What is told of a record that is a decision; None: it is none."""
    decision = book.decisions.by_key.get(key)
    if decision is None:
        return None
    record = book.history.records[key]
    aftermath = book.aftermath.read(decision, MOST_FOLLOWED)
    number = len(versions_of(record))
    chain = book.decisions.chain_of.get(key)
    return DecisionView(
        raised=_raised(decision, book),
        decided=_decided(decision, book),
        decided_before=tuple(_landed(entry, book) for entry in decision.earlier),
        overturned=decision.overturned,
        lead=_lead_words(decision),
        waiting=span_words(decision.waiting_days, decision.as_of) if decision.waiting_days is not None else None,
        pending=decision.is_pending,
        hidden=decision.hidden,
        odd_date=decision.taken is not None and decision.taken.odd_date,
        approvers=approvers(decision.taken, book) if decision.taken is not None else (),
        commit=book.links.commit(decision.taken.entry.landing.commit.id) if decision.taken is not None else None,
        held=_held(decision, book),
        tells=_told_fields(decision, book),
        told=_told(decision, book),
        can_tell=book.configuration.types[key.type].published_role("told") is not None,
        chain=chain_view(chain, book, here=key) if chain is not None else None,
        successors=tuple(_successor(one, book) for one in decision.superseded_by[:MOST_SUPERSEDED]),
        successors_more=max(0, len(decision.superseded_by) - MOST_SUPERSEDED),
        versions=Link(f"{number} versions", newest_versions(record)) if number > 1 else None,
        edits=tuple(
            EditView(line, version_address(entry, record))
            for entry in decision.edits[: -MOST_EDITS - 1 : -1]
            for line in book.lines.of((entry,))
        ),
        edits_total=len(decision.edits),
        followed=tuple(
            FollowedView(line, one.names_it) for one in aftermath.consequences for line in book.lines.of((one.entry,))
        ),
        followed_total=aftermath.total,
        endings=tuple(_ending(one, book) for one in aftermath.endings),
        affects=tuple(_timeline(one, book) for one in decision.affects),
        window_days=AFTERMATH_DAYS,
    )


def chain_view(chain: Chain, book: Book, *, here: RecordKey | None = None) -> ChainView:
    """Decisions of which some took the place of others; of a long chain those around `here`, else the newest."""
    at = chain.keys.index(here) if here is not None else len(chain.keys)
    start = max(0, min(at - MOST_OF_CHAIN // 2, len(chain.keys) - MOST_OF_CHAIN))
    shown = chain.keys[start : start + MOST_OF_CHAIN]
    return ChainView(
        rows=tuple(_chain_row(key, book, here) for key in shown),
        circular=bool(chain.circular),
        earlier=start,
        later=len(chain.keys) - start - len(shown),
    )


def approvers(step: Step, book: Book) -> tuple[Approver, ...]:
    """Who approved it, each once; those who are said to have approved it in its commit come first."""
    writers = step.entry.contributors
    own = {person_name(person).casefold() for person in writers}
    found: dict[str, Approver] = {}
    for trailer in step.approval.trailers:
        name, wrote_it = name_in(trailer), is_among(trailer, writers)
        one = found.get(name.casefold(), Approver(name, wrote_it, (), declared=False))
        tokens = tuple(dict.fromkeys((*one.tokens, trailer.token)))
        found[name.casefold()] = replace(one, wrote_it=wrote_it or one.wrote_it, tokens=tokens)
    for name in map(book.links.person, step.approval.declared):
        one = found.get(name.casefold(), Approver(name, name.casefold() in own, (), declared=True))
        found[name.casefold()] = replace(one, declared=True)
    return tuple(sorted(found.values(), key=lambda one: (not one.tokens, bool(one.did))))


def status_of(key: RecordKey, book: Book) -> Shown | None:
    """The status of a record."""
    record_type = book.configuration.types[key.type]
    field, value = record_type.published_role("status"), book.history.records[key].last.value_of(record_type, "status")
    return show_value(field, value, book.links) if field is not None and value is not None else None


def _held(decision: Decision, book: Book) -> HeldView | None:
    if decision.held is None:
        return None
    word = status_word(decision, book)
    return HeldView(
        title=word[:1].upper() + word[1:],
        day=_reached(decision.held, decision, book),
        approvers=approvers(decision.held, book),
        commit=book.links.commit(decision.held.entry.landing.commit.id),
    )


def _told_fields(decision: Decision, book: Book) -> frozenset[str]:
    roles = ["raised"] if decision.raised_in_record else []
    if decision.taken is not None or decision.held is not None:
        roles.append("approver")
    fields = map(book.configuration.types[decision.key.type].published_role, roles)
    return frozenset(field.name for field in fields if field is not None)


def _successor(key: RecordKey, book: Book) -> SuccessorView:
    return SuccessorView(
        id=key.id,
        link=book.links.to_record(key),
        status=status_of(key, book),
        pending=book.decisions.by_key[key].is_pending,
    )


def _lead_words(decision: Decision) -> str | None:
    days, decided = decision.lead_days, decision.decided
    return exact_span(days, decided) if days is not None and decided is not None else None


def _raised(decision: Decision, book: Book) -> DayView | None:
    if decision.raised is None:
        return None
    if decision.raised_in_record:
        return DayView(decision.raised.isoformat(), "as the record says", None)
    first = book.history.records[decision.key].entries[0]
    return DayView(decision.raised.isoformat(), "when the record first landed", book.links.entry(first))


def _decided(decision: Decision, book: Book) -> DayView | None:
    return _reached(decision.taken, decision, book) if decision.taken is not None else None


def _reached(step: Step, decision: Decision, book: Book) -> DayView:
    landed = _landed(step.entry, book)
    if step.day_in_record and step.day is not None:
        same = step.day.isoformat() == landed.day
        because = "as the record says, and landed that day" if same else f"as the record says; landed {landed.day}"
        return DayView(step.day.isoformat(), because, landed.proof)
    if "date" in decision.hidden:
        return DayView(landed.day, f"{landed.because}; the day that the record names is not published", landed.proof)
    return landed


def _landed(deciding: Entry, book: Book) -> DayView:
    return DayView(
        landed_day(deciding.landing.landed, book.configuration), "when its status landed", book.links.entry(deciding)
    )


def _told(decision: Decision, book: Book) -> DayView | None:
    if decision.told is None:
        return None
    told = DayView(_landed(decision.told, book).day, "", book.links.entry(decision.told))
    step, word = decision.taken, "decided"
    before = decision.earlier
    if decision.held is not None:
        step, word = decision.held, status_word(decision, book)
        before = (*before, *((decision.taken.entry,) if decision.taken is not None else ()))
    position = decision.told.landing.position
    if step is None:
        because = "while it waits to be decided"
    elif position < step.entry.landing.position:
        again = any(entry.landing.position <= position for entry in before)
        because = "after it had been decided before, and not since" if again else f"before it was {word}"
    elif decision.told_days is None or step.day is None:
        because = f"after it was {word}"
    elif decision.told_days == 0:
        because = f"the day it was {word}"
    else:
        told_on = step.day + dt.timedelta(decision.told_days)
        because = f"{exact_span(decision.told_days, told_on)} after it was {word}"
    return replace(told, because=because)


def _ending(one: Ending, book: Book) -> EndingView:
    return EndingView(
        decision=book.links.to_record(one.decision),
        status=status_of(one.decision, book),
        day=landed_day(one.entry.landing.landed, book.configuration),
        affected=tuple(map(book.links.to_record, one.affected)),
    )


def _chain_row(key: RecordKey, book: Book, here: RecordKey | None) -> ChainRow:
    decision = book.decisions.by_key[key]
    day = decision.decided or decision.landed
    unknown = "not decided" if decision.is_pending or decision.deciding is None else "day not known"
    return ChainRow(
        link=book.links.to_record(key),
        id=key.id,
        status=status_of(key, book),
        day=day.isoformat() if day is not None and not decision.is_pending else unknown,
        supersedes=tuple(Link(one.id, book.links.to_record(one).to) for one in decision.supersedes[:MOST_SUPERSEDED]),
        more=max(0, len(decision.supersedes) - MOST_SUPERSEDED),
        verb="would supersede" if decision.is_pending else "supersedes",
        here=key == here,
    )


def _timeline(key: RecordKey, book: Book) -> Link:
    to = book.links.to_record(key).to
    return Link(book.links.title(key), Address(to.path, "timeline") if isinstance(to, Address) else None)
