"""What a decision's page tells beside its fields: a Book and a record in; how it came about and what followed out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.analyses.aftermath import AFTERMATH_DAYS
from minutebook.analyses.decisions import Decision, Evidence
from minutebook.analyses.supersession import Chain
from minutebook.history.names import person_name, without_address
from minutebook.model.record import RecordKey
from minutebook.pages.book import Book
from minutebook.pages.lateness import span_words
from minutebook.pages.page import Address, Heading, Link
from minutebook.pages.shown import Shown, show_value
from minutebook.pages.timeline import Line
from minutebook.pages.versions import permanent_place, version_address, versions_address, versions_of

MOST_FOLLOWED = 20
"""So many changes that followed a decision stand on its page."""
MOST_EDITS = 10
"""So many edits of what was decided stand on its page; all stand among its versions."""
MOST_OF_CHAIN = 12
"""So many decisions of a chain are shown, those nearest to the one that is looked at."""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day, and how it is known."""

    day: str
    because: str
    proof: Address | None
    """The change that tells it, on the change timeline."""


@dataclass(frozen=True, slots=True)
class Approvers:
    """Who approved it, by what that rests on."""

    names: tuple[str, ...]
    evidence: str
    """`Approved-by in the commit`, `declared in the record`."""
    commit: Link | None
    """The commit that says so; None: the record does."""


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One decision of a chain in which each took the place of those before it."""

    link: Link
    id: str
    status: Shown | None
    day: str | None
    """The day on which it was decided; None: it is not, or that is not known."""
    supersedes: tuple[Link, ...]
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
class DecisionView:
    """What a template lays out."""

    raised: DayView | None
    decided: DayView | None
    lead: str | None
    waiting: str | None
    """How long it has been waiting; None: it does not wait, or nobody knows."""
    pending: bool
    odd_date: bool
    approvers: tuple[Approvers, ...]
    told: DayView | None
    can_tell: bool
    """Whether its type has a field for who was told."""
    chain: ChainView | None
    versions: Link | None
    edits: tuple[EditView, ...]
    """Newest first; the last `MOST_EDITS`."""
    edits_total: int
    followed: tuple[FollowedView, ...]
    """Oldest first; the first `MOST_FOLLOWED`."""
    followed_total: int
    affects: tuple[Link, ...]
    """The records that it affects, which lead to their timelines."""
    window_days: int

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its sections."""
        own = Heading("This decision", "decision")
        return (own, Heading("What followed", "followed")) if self.decided is not None else (own,)


def decision_view(key: RecordKey, book: Book) -> DecisionView | None:
    """What is told of a record that is a decision; None: it is none."""
    decision = book.decisions.by_key.get(key)
    if decision is None:
        return None
    record = book.history.records[key]
    followed = book.aftermath.read(decision)
    number = len(versions_of(record))
    chain = book.decisions.chain_of.get(key)
    told = book.configuration.types[key.type].with_role("told")
    return DecisionView(
        raised=_raised(decision, book),
        decided=_decided(decision, book),
        lead=days_words(decision.lead_days) if decision.lead_days is not None else None,
        waiting=span_words(decision.waiting_days) if decision.waiting_days is not None else None,
        pending=decision.is_pending,
        odd_date=decision.odd_date,
        approvers=tuple(approvers(decision, book)),
        told=_told(decision, book),
        can_tell=told is not None and told.publish,
        chain=chain_view(chain, book, here=key) if chain is not None else None,
        versions=Link(f"{number} versions", versions_address(key)) if number > 1 else None,
        edits=tuple(
            EditView(line, version_address(entry, record))
            for entry in decision.edits[: -MOST_EDITS - 1 : -1]
            for line in book.lines.of((entry,))
        ),
        edits_total=len(decision.edits),
        followed=tuple(
            FollowedView(line, one.names_it) for one in followed[:MOST_FOLLOWED] for line in book.lines.of((one.entry,))
        ),
        followed_total=len(followed),
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


def approvers(decision: Decision, book: Book) -> Iterator[Approvers]:
    """Who approved a decision, as far as is known."""
    by_word: dict[str, list[str]] = {}
    for trailer in decision.approval.trailers:
        name = person_name(trailer.person) if trailer.person else without_address(trailer.value)
        by_word.setdefault(trailer.token, []).append(name)
    commit = book.links.commit(decision.deciding.landing.commit.id) if decision.deciding is not None else None
    for word, names in by_word.items():
        yield Approvers(tuple(names), f"{word} {Evidence.COMMIT.value}", commit)
    if decision.approval.declared:
        people = tuple(map(book.links.person, decision.approval.declared))
        yield Approvers(people, Evidence.DECLARED.value, None)


def status_of(key: RecordKey, book: Book) -> Shown | None:
    """The status of a record."""
    version = book.history.records[key].last.version
    field = book.configuration.types[key.type].with_role("status")
    value = version.fields.get(field.name) if version is not None and field is not None else None
    return show_value(field, value, book.links) if field is not None and value is not None else None


def days_words(days: int) -> str:
    """A number of days, as it stands in a column of such."""
    return f"{days} day" if days == 1 else f"{days} days"


def _raised(decision: Decision, book: Book) -> DayView | None:
    if decision.raised is None:
        return None
    if decision.raised_in_record:
        return DayView(decision.raised.isoformat(), "as the record says", None)
    first = book.history.records[decision.key].entries[0]
    return DayView(decision.raised.isoformat(), "when the record first landed", permanent_place(first, book))


def _decided(decision: Decision, book: Book) -> DayView | None:
    if decision.deciding is None:
        return None
    proof = permanent_place(decision.deciding, book)
    landed = decision.deciding.landing.landed.when
    day = book.configuration.day_of(landed).isoformat() if landed is not None else "a day that git holds badly"
    if not decision.decided_in_record or decision.decided is None:
        return DayView(day, "when its status landed", proof)
    if decision.decided.isoformat() == day:
        return DayView(day, "as the record says, and landed that day", proof)
    return DayView(decision.decided.isoformat(), f"as the record says; landed {day}", proof)


def _told(decision: Decision, book: Book) -> DayView | None:
    if decision.told is None:
        return None
    landed = decision.told.landing.landed.when
    day = book.configuration.day_of(landed).isoformat() if landed is not None else "a day that git holds badly"
    if decision.deciding is None:
        because = "before it is decided"
    elif decision.told_days is None:
        because = "before it was decided"
    else:
        late = decision.told_days > 0
        because = f"{days_words(decision.told_days)} after it was decided" if late else "the day it was decided"
    return DayView(day, because, permanent_place(decision.told, book))


def _chain_row(key: RecordKey, book: Book, here: RecordKey | None) -> ChainRow:
    decision = book.decisions.by_key[key]
    return ChainRow(
        link=book.links.to_record(key),
        id=key.id,
        status=status_of(key, book),
        day=decision.decided.isoformat() if decision.decided is not None else None,
        supersedes=tuple(Link(one.id, book.links.to_record(one).to) for one in decision.supersedes),
        verb="would supersede" if decision.is_pending else "supersedes",
        here=key == here,
    )


def _timeline(key: RecordKey, book: Book) -> Link:
    to = book.links.to_record(key).to
    return Link(book.links.title(key), Address(to.path, "timeline") if isinstance(to, Address) else None)
