"""How decisions came about, as the history tells it: when raised, when decided, by whom, and what came after."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.analyses.decisions import Approval, Decision, Step, median_days
from minutebook.analyses.supersession import chains_of
from minutebook.model.configuration import Configuration
from minutebook.model.record import RecordKey
from tests.site.deciding import begin, book_of, decision_of, decisions_of, hide, on, rule, work
from tests.support.repository_builder import RepositoryBuilder


def key(id_: str) -> RecordKey:
    return RecordKey("ruling", id_)


def taken(decision: Decision) -> Step:
    """How it was decided; it must be."""
    assert decision.taken is not None
    return decision.taken


def ids(keys: tuple[RecordKey, ...]) -> list[str]:
    return [one.id for one in keys]


def test_a_type_with_a_lifecycle_and_something_it_affects_is_a_decision_whatever_it_is_called(
    repo: RepositoryBuilder,
) -> None:
    begin(repo)
    assert [one.name for one in decisions_of(repo).types] == ["ruling"]


# How long


def test_lead_time_runs_from_the_first_landing_to_the_day_that_the_record_names(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked")
    on(repo, "2026-01-10")
    rule(repo, "r", "agreed", day="2026-01-25")
    on(repo, "2026-01-30")
    decision = decision_of(repo, "r")
    assert (decision.raised, decision.decided, decision.lead_days) == (dt.date(2026, 1, 10), dt.date(2026, 1, 25), 15)
    assert decision.waiting_days is None


def test_the_day_on_which_the_record_says_it_was_raised_comes_first(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked", asked_on="2025-12-20")
    on(repo, "2026-01-10")
    rule(repo, "r", "agreed", asked_on="2025-12-20", day="2026-01-25")
    on(repo, "2026-01-30")
    decision = decision_of(repo, "r")
    assert decision.raised_in_record
    assert decision.lead_days == 36


@pytest.mark.parametrize("day", ["2026-02-15", "2025-12-01", "soon"])
def test_a_date_that_cannot_be_that_of_the_decision_gives_way_to_the_landing(repo: RepositoryBuilder, day: str) -> None:
    begin(repo)
    rule(repo, "r", "asked", asked_on="2026-01-05")
    on(repo, "2026-01-10")
    rule(repo, "r", "agreed", asked_on="2026-01-05", day=day)
    on(repo, "2026-01-30")
    decision = decision_of(repo, "r")
    assert decision.decided == dt.date(2026, 1, 30)
    assert decision.lead_days == 25
    assert taken(decision).odd_date == (day != "soon")


def test_a_record_that_landed_decided_does_not_tell_when_it_was_raised(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed", day="2026-01-05")
    on(repo, "2026-01-10")
    rule(repo, "late", "asked", day="2026-01-02")
    on(repo, "2026-01-11")
    rule(repo, "late", "agreed", day="2026-01-02")
    on(repo, "2026-01-12")
    for id_ in ("r", "late"):
        decision = decision_of(repo, id_)
        assert (decision.raised, decision.lead_days) == (None, None)
        assert decision.decided is not None


def test_a_commit_with_a_bad_date_leaves_the_days_unknown(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked")
    on(repo, "2026-01-10")
    rule(repo, "r", "agreed")
    repo.commit("Decide", date="99999999999999999999 +0000")
    decision = decision_of(repo, "r")
    assert decision.deciding is not None
    assert (decision.decided, decision.lead_days) == (None, None)


def test_what_is_not_final_waits_since_it_was_raised_the_longest_first(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "a", "asked")
    on(repo, "2026-01-10")
    rule(repo, "b", "parked", asked_on="2026-01-01")
    rule(repo, "done", "agreed")
    rule(repo, "odd", "perhaps")
    rule(repo, "gone", "asked")
    on(repo, "2026-01-12")
    repo.remove("portfolio/rulings/gone.md")
    on(repo, "2026-01-13")
    pending = decisions_of(repo, "2026-01-20").pending
    assert [(one.key.id, one.waiting_days) for one in pending] == [("b", 19), ("a", 10)]


def test_a_decision_that_is_opened_again_waits_and_has_no_lead_time(repo: RepositoryBuilder) -> None:
    begin(repo)
    for day, state in (("2026-01-10", "asked"), ("2026-01-12", "agreed"), ("2026-01-20", "asked")):
        rule(repo, "r", state)
        on(repo, day)
    decision = decision_of(repo, "r", "2026-01-30")
    assert decision.is_pending
    assert (decision.waiting_days, decision.lead_days) == (20, None)


@pytest.mark.parametrize(("days", "middle"), [([], None), ([30], 30), ([33, 35], 34), ([33, 34, 1, 90], 33.5)])
def test_the_median_of_two_in_the_middle_lies_between_them(days: list[int], middle: float | None) -> None:
    assert median_days(days) == middle


# Put off


def test_a_decision_that_is_put_off_tells_when_and_who_let_that_in(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked", asked_on="2026-01-05", day="2026-01-20")
    rule(repo, "s", "asked", day="2026-02-20")
    on(repo, "2026-01-10")
    rule(repo, "r", "parked", asked_on="2026-01-05", day="2026-01-20", yes_from="Cy", heard_by="[all]")
    rule(repo, "s", "parked", day="2026-02-20")
    approve(repo, "2026-01-22", "Ana Li")
    decision = decision_of(repo, "r")
    assert decision.held is not None
    assert (decision.held.day, decision.held.day_in_record) == (dt.date(2026, 1, 20), True)
    assert decision.held.landed == dt.date(2026, 1, 22)
    assert (names_of(decision.held.approval), decision.held.approval.declared) == (["Ana Li"], ("Cy",))
    assert decision.taken is None
    assert decision.told_days == 2
    other = decision_of(repo, "s").held
    assert other is not None
    assert (other.day, other.day_in_record) == (dt.date(2026, 1, 22), False), "its day is still to come"


def test_a_decision_that_is_opened_again_and_put_off_keeps_its_approvers_apart(repo: RepositoryBuilder) -> None:
    begin(repo)
    for day, state in (("2026-01-10", "agreed"), ("2026-02-10", "asked"), ("2026-03-10", "parked")):
        rule(repo, "r", state, day="2026-01-08", yes_from="Cy")
        on(repo, day)
    decision = decision_of(repo, "r")
    assert decision.held is not None
    assert (decision.held.day, decision.held.approval) == (dt.date(2026, 3, 10), Approval())
    assert taken(decision).approval.declared == ("Cy",)


def test_what_is_only_asked_or_is_decided_was_not_put_off(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "asked", "asked", day="2026-01-05")
    rule(repo, "odd", "perhaps", day="2026-01-05")
    rule(repo, "done", "parked")
    on(repo, "2026-01-10")
    rule(repo, "done", "agreed", day="2026-01-15")
    on(repo, "2026-01-20")
    decisions = decisions_of(repo).by_key
    assert [one.held for one in decisions.values()] == [None] * 3
    planned = {key.id: one.planned for key, one in decisions.items()}
    assert planned == {"asked": dt.date(2026, 1, 5), "odd": None, "done": None}


# Decided otherwise, and decided again


def approve(repo: RepositoryBuilder, day: str, name: str) -> str:
    """Commit what was written as approved by somebody; the commit's id."""
    return repo.commit("Edit", date=f"{day}T12:00:00+00:00", trailers={"Approved-by": f"{name} <a@example.org>"})


def names_of(approval: Approval) -> list[str]:
    return [trailer.person.name for trailer in approval.trailers if trailer.person]


def test_an_outcome_that_is_turned_round_is_an_edit_of_what_was_decided(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked", asked_on="2026-01-05")
    on(repo, "2026-01-10")
    rule(repo, "r", "agreed", asked_on="2026-01-05")
    agreed = approve(repo, "2026-01-20", "Ana Li")
    rule(repo, "r", "refused", asked_on="2026-01-05")
    turned = approve(repo, "2026-03-05", "Eve Moss")
    decision = decision_of(repo, "r")
    assert decision.deciding is not None
    assert decision.deciding.landing.commit.id == agreed
    assert [entry.landing.commit.id for entry in decision.edits] == [turned]
    assert decision.overturned == "agreed"
    assert names_of(taken(decision).approval) == ["Ana Li"]


def test_a_final_status_that_the_lifecycle_lets_follow_is_no_edit(repo: RepositoryBuilder) -> None:
    begin(repo)
    for day, state in (("2026-01-10", "asked"), ("2026-01-20", "agreed"), ("2026-02-20", "replaced")):
        rule(repo, "r", state)
        on(repo, day)
    decision = decision_of(repo, "r")
    assert (decision.edits, decision.overturned) == ((), None)
    rule(repo, "r", "agreed")
    back = on(repo, "2026-03-01")
    decision = decision_of(repo, "r")
    assert [entry.landing.commit.id for entry in decision.edits] == [back]
    assert decision.overturned is None


def test_to_open_a_decision_again_and_to_work_on_it_is_no_edit_of_what_was_decided(repo: RepositoryBuilder) -> None:
    begin(repo)
    commits = []
    for day, state, text in (
        ("2026-01-10", "agreed", "We do it.\n"),
        ("2026-01-12", "agreed", "We do it soon.\n"),
        ("2026-01-14", "agred", "We do it soon.\n"),
        ("2026-01-20", "asked", "We do it soon.\n"),
        ("2026-01-22", "parked", "Do we do it?\n"),
    ):
        rule(repo, "r", state, text)
        commits.append(on(repo, day))
    decision = decision_of(repo, "r")
    assert decision.is_pending
    assert [entry.landing.commit.id for entry in decision.edits] == commits[1:3], (
        "a word that is no status opens nothing"
    )


def test_a_decision_that_is_opened_and_taken_again_is_told_by_the_last_time(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked", asked_on="2026-01-05", day="2026-01-20")
    on(repo, "2026-01-10")
    rule(repo, "r", "agreed", asked_on="2026-01-05", day="2026-01-20")
    first = approve(repo, "2026-01-20", "Ana Li")
    rule(repo, "r", "asked", asked_on="2026-01-05", day="2026-01-20")
    on(repo, "2026-04-05")
    reopened = decision_of(repo, "r")
    assert reopened.is_pending
    assert reopened.edits == ()
    rule(repo, "r", "agreed", asked_on="2026-01-05", day="2026-05-01")
    last = approve(repo, "2026-05-05", "Bo Chen")
    decision = decision_of(repo, "r")
    assert decision.deciding is not None
    assert decision.deciding.landing.commit.id == last
    assert [entry.landing.commit.id for entry in decision.earlier] == [first]
    assert (decision.decided, decision.lead_days) == (dt.date(2026, 5, 1), 116)
    assert names_of(taken(decision).approval) == ["Bo Chen"]
    assert (decision.edits, decision.overturned) == ((), None)


def test_the_day_of_the_earlier_decision_is_not_that_of_the_next_one(repo: RepositoryBuilder) -> None:
    begin(repo)
    for day, state in (("2026-01-20", "agreed"), ("2026-04-05", "asked"), ("2026-05-05", "agreed")):
        rule(repo, "r", state, asked_on="2026-01-05", day="2026-01-20")
        on(repo, day)
    decision = decision_of(repo, "r")
    assert decision.decided == dt.date(2026, 5, 5)
    assert taken(decision).odd_date


def test_a_record_that_landed_decided_and_was_decided_again_does_not_tell_when_it_was_raised(
    repo: RepositoryBuilder,
) -> None:
    begin(repo)
    for day, state in (("2026-01-20", "agreed"), ("2026-04-05", "asked"), ("2026-05-05", "agreed")):
        rule(repo, "r", state)
        on(repo, day)
    assert decision_of(repo, "r").raised is None


# What is not published


@pytest.mark.parametrize("hidden", ["asked_on", "day"])
def test_a_figure_that_rests_on_a_day_that_is_not_published_is_not_given(repo: RepositoryBuilder, hidden: str) -> None:
    begin(repo)
    hide(repo, hidden)
    rule(repo, "w", "asked", asked_on="2025-12-05")
    rule(repo, "r", "asked", asked_on="2025-12-05")
    on(repo, "2026-01-10")
    rule(repo, "r", "agreed", asked_on="2025-12-05", day="2026-01-25", heard_by="[all]")
    on(repo, "2026-01-30")
    decision, waiting = decision_of(repo, "r"), decision_of(repo, "w")
    assert decision.lead_days is None
    if hidden == "day":
        assert (decision.decided, decision.landed, decision.told_days) == (None, dt.date(2026, 1, 30), None)
    else:
        assert (decision.raised, waiting.raised, waiting.waiting_days) == (None, None, None)


def test_an_approver_that_is_not_published_is_not_said_to_be_missing(repo: RepositoryBuilder) -> None:
    begin(repo)
    hide(repo, "yes_from")
    rule(repo, "r", "agreed", yes_from="Cy")
    on(repo, "2026-01-10")
    decision = decision_of(repo, "r")
    assert (taken(decision).approval, "approver" in decision.hidden) == (Approval(), True)


# Who


def test_who_approved_is_told_by_the_commit_that_decided_and_by_the_record(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked", yes_from="Cy")
    on(repo, "2026-01-10")
    assert decision_of(repo, "r").taken is None, "what is not decided is approved by nobody"
    rule(repo, "r", "agreed", yes_from="Cy")
    repo.commit("Decide", trailers={"Approved-by": "Bo Chen <bo@example.org>"})
    rule(repo, "r", "agreed", yes_from="Cy", steps="[{id: one, title: Later}]")
    repo.commit("Plan", trailers={"Approved-by": "Eve <eve@example.org>"})
    approval = taken(decision_of(repo, "r")).approval
    assert names_of(approval) == ["Bo Chen"]
    assert approval.declared == ("Cy",)


def test_where_nothing_names_an_approver_none_is_known(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed")
    on(repo, "2026-01-10")
    decision = decision_of(repo, "r")
    assert (taken(decision).approval, "approver" in decision.hidden) == (Approval(), False)


# What came after


def test_an_edit_of_what_was_decided_is_told_and_follow_up_is_not(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked")
    on(repo, "2026-01-10")
    rule(repo, "r", "asked", text="We do more.\n")
    on(repo, "2026-01-11")
    rule(repo, "r", "agreed", text="We do more.\n")
    on(repo, "2026-01-12")
    rule(repo, "r", "agreed", text="We do more.\n", steps="[{id: one, title: Later}]", heard_by="[all]")
    on(repo, "2026-01-13")
    rule(repo, "r", "replaced", text="We do more.\n", steps="[{id: one, title: Later}]", heard_by="[all]")
    on(repo, "2026-01-14")
    assert decision_of(repo, "r").edits == ()
    rule(repo, "r", "replaced", text="We do less.\n", steps="[{id: one, title: Later}]", heard_by="[all]")
    edit = on(repo, "2026-01-15")
    repo.move("portfolio/rulings/r.md", "portfolio/rulings/r.md")
    assert [entry.landing.commit.id for entry in decision_of(repo, "r").edits] == [edit]


def test_telling_others_is_measured_from_the_day_of_the_decision(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed", day="2026-01-08")
    rule(repo, "early", "asked", heard_by="[all]")
    on(repo, "2026-01-10")
    assert decision_of(repo, "r").told is None
    rule(repo, "r", "agreed", day="2026-01-08", heard_by="[all]")
    rule(repo, "early", "agreed", heard_by="[all]")
    on(repo, "2026-01-20")
    rule(repo, "r", "agreed", day="2026-01-08", heard_by="[all, more]")
    on(repo, "2026-01-25")
    assert decision_of(repo, "r").told_days == 12
    early = decision_of(repo, "early")
    assert early.told is not None
    assert early.told_days is None


def test_what_followed_ends_with_the_next_decision_about_the_same_record_or_after_ninety_days(
    repo: RepositoryBuilder,
) -> None:
    begin(repo)
    work(repo, "w-1", level=2)
    on(repo, "2026-01-05", "Before")
    rule(repo, "r", "agreed", about="'w-1, w-2'")
    work(repo, "w-1", level=3)
    on(repo, "2026-01-10", "With it")
    work(repo, "w-1", level=4)
    on(repo, "2026-02-01", "After it")
    rule(repo, "s", "agreed", about="w-1")
    work(repo, "w-1", level=5)
    on(repo, "2026-02-10", "Next decision")
    work(repo, "w-2", level=6)
    on(repo, "2026-04-10", "In time")
    work(repo, "w-2", level=7)
    on(repo, "2026-04-11", "Too late")
    book = book_of(repo)
    followed = {
        id_: [
            one.entry.landing.commit.subject
            for one in book.aftermath.read(book.decisions.by_key[key(id_)], 20).consequences
        ]
        for id_ in ("r", "s")
    }
    assert followed == {"r": ["With it", "After it", "In time"], "s": ["Next decision"]}


def test_what_followed_tells_which_decision_ended_it_for_which_records(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed", about="'w-1, w-2'")
    on(repo, "2026-01-10")
    rule(repo, "s", "refused", about="'w-2, w-1'")
    ended = on(repo, "2026-02-10")
    rule(repo, "t", "agreed", about="w-1")
    on(repo, "2026-08-10")
    book = book_of(repo)
    endings = {id_: book.aftermath.read(book.decisions.by_key[key(id_)], 9).endings for id_ in "rst"}
    (ending,) = endings["r"]
    assert (ending.decision, ending.entry.landing.commit.id) == (key("s"), ended)
    assert ids(ending.affected) == ["w-1", "w-2"]
    assert endings["s"] == endings["t"] == (), "what came after ninety days ended nothing"


@pytest.mark.parametrize(
    ("id_", "message", "because", "names_it"),
    [
        ("r-1", "Do as R-1 says", "", True),
        ("r-1", "Do it (r-1).", "", True),
        ("r-1", "Do as r-10 says", "", False),
        ("r-1", "Do it", "ruling/r-1", True),
        ("r-1", "Do it", "nothing", False),
        ("12", "Fix 12 things (#12)", "", False),
        ("12", "Do as ruling 12 says", "", True),
        ("12", "Do as overruling 12 says", "", False),
        ("r-1.a.2", "Do as (r-1.A.2) says", "", True),
        ("r-1.a.2", "Do as r-1.a-2 says", "", False),
        ("r-1.a.2", "Do as r-1.a.20 says", "", False),
    ],
)
def test_a_change_that_names_the_decision_is_marked(
    repo: RepositoryBuilder, id_: str, message: str, because: str, names_it: bool
) -> None:
    begin(repo)
    rule(repo, id_, "agreed")
    on(repo, "2026-01-10")
    work(repo, "w-1", level=2, because=because)
    on(repo, "2026-01-11", message)
    book = book_of(repo)
    followed = book.aftermath.read(book.decisions.by_key[key(id_)], 20)
    assert [one.names_it for one in followed.consequences] == [names_it]


class Counted(str):
    """A message that counts how often it is read."""

    __slots__ = ()
    reads = 0

    def casefold(self) -> str:
        Counted.reads += 1
        return super().casefold()


def test_what_followed_many_decisions_is_counted_and_only_what_is_asked_for_is_looked_at(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(repo)
    works = [f"w-{number}" for number in range(10)]
    for id_ in works:
        work(repo, id_)
    for number in range(30):
        rule(repo, f"r-{number}", "agreed", about=f"'{', '.join(works)}'")
    on(repo, "2026-01-10")
    for level in range(12):
        for id_ in works:
            work(repo, id_, level=level)
        on(repo, f"2026-01-{level + 11:02d}", f"As r-{level} says")
    book = book_of(repo)
    for landing in book.history.landings:
        object.__setattr__(landing.commit, "message", Counted(landing.commit.message))
    looked_at: list[dt.datetime] = []
    day_of = Configuration.day_of

    def counted(configuration: Configuration, when: dt.datetime) -> dt.date:
        looked_at.append(when)
        return day_of(configuration, when)

    monkeypatch.setattr(Configuration, "day_of", counted)
    read = [book.aftermath.read(one, 15) for one in book.decisions.by_key.values()]
    assert [(len(one.consequences), one.total) for one in read] == [(15, 130)] * 30
    named = {
        one.key.id: [c.entry.landing.commit.subject for c in found.consequences if c.names_it]
        for one, found in zip(book.decisions.by_key.values(), read, strict=True)
    }
    assert named == {f"r-{number}": [] if number else ["As r-0 says"] * 5 for number in range(30)}
    # One day for each decision, and a search for each record that they share.
    assert len(looked_at) <= 30 + 10 * 5
    assert Counted.reads == 2


# Which took the place of which


def test_a_chain_runs_from_the_oldest_to_the_newest_and_is_known_both_ways(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "c", "agreed")
    on(repo, "2026-01-10")
    rule(repo, "b", "agreed", replaces="c")
    on(repo, "2026-01-11")
    rule(repo, "a", "asked", replaces="'b, nobody, a'")
    rule(repo, "alone", "agreed")
    on(repo, "2026-01-12")
    decisions = decisions_of(repo)
    assert [ids(chain.keys) for chain in decisions.chains] == [["c", "b", "a"]]
    assert ids(decisions.by_key[key("b")].supersedes) == ["c"]
    assert ids(decisions.by_key[key("b")].superseded_by) == ["a"]
    assert key("alone") not in decisions.chain_of


def test_decisions_in_a_circle_are_named_and_lose_none() -> None:
    order = [key(id_) for id_ in "abcdef"]
    supersedes = {key("a"): (key("b"),), key("b"): (key("a"),), key("c"): (key("b"),), key("e"): (key("d"),)}
    circle, plain = chains_of(order, supersedes)
    assert ids(circle.keys) == ["a", "b", "c"]
    assert circle.circular == {key("a"), key("b")}
    assert (ids(plain.keys), plain.circular) == (["d", "e"], frozenset())


class Looked(RecordKey):
    """A key that counts how often it is looked up."""

    times = 0

    def __hash__(self) -> int:
        Looked.times += 1
        return super().__hash__()


def test_a_long_chain_behind_a_circle_costs_no_more_than_its_length() -> None:
    def times(length: int) -> int:
        order = [Looked("ruling", str(number)) for number in range(length)]
        before = Looked.times
        (chain,) = chains_of(order, {order[at]: (order[at - 1 if at else 1],) for at in range(length)})
        assert chain.circular == {order[0], order[1]}
        return Looked.times - before

    assert times(800) < 2.5 * times(400)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_every_chain_puts_the_older_first_unless_they_are_in_a_circle(pairs: list[tuple[int, int]]) -> None:
    order = [key(str(number)) for number in range(10)]
    supersedes: dict[RecordKey, tuple[RecordKey, ...]] = {}
    for number, other in pairs:
        supersedes[order[number]] = (*supersedes.get(order[number], ()), order[other])
    chains = chains_of(order, supersedes)
    placed = [one for chain in chains for one in chain.keys]
    assert len(placed) == len(set(placed))
    for chain in chains:
        for newer, olders in supersedes.items():
            for older in olders:
                if newer in chain.keys and not chain.circular:
                    assert newer == older or chain.keys.index(older) < chain.keys.index(newer)
