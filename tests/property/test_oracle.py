"""The engine against the oracle: random histories of real repositories."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from minutebook.history.diff import diff_fields
from minutebook.model.portfolio import History
from minutebook.model.value import Fields
from tests.property.oracle import PORTFOLIO, Ambiguous, Expected, expected_portfolios
from tests.property.plain import Ledger, plain_state, without_empty
from tests.property.script import ACTS, Script, Step
from tests.support.reading import configure, history_of
from tests.support.repository_builder import RepositoryBuilder

NUMBER = st.integers(0, 999)
STEPS = st.lists(st.tuples(st.sampled_from(range(len(ACTS))), NUMBER, NUMBER, NUMBER), min_size=10, max_size=50)


@settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, more=STEPS)
def test_forty_random_histories_are_those_of_the_oracle(steps: list[Step], more: list[Step]) -> None:
    """The inner loop's part of what follows."""
    _live_through(steps, more)


@pytest.mark.slow
@settings(max_examples=200, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, more=STEPS)
def test_every_portfolio_of_a_random_history_is_that_of_the_oracle(steps: list[Step], more: list[Step]) -> None:
    _live_through(steps, more)


@pytest.mark.soak
@settings(max_examples=10_000, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, more=STEPS)
def test_ten_thousand_random_histories_are_those_of_the_oracle(steps: list[Step], more: list[Step]) -> None:
    _live_through(steps, more)


def _live_through(steps: list[Step], more: list[Step]) -> None:
    """Play two scripts one after the other; read the whole with no cache, and with what was kept after the first."""
    with tempfile.TemporaryDirectory() as folder:
        repo = RepositoryBuilder(Path(folder) / "repository")
        cache = Path(folder) / "cache"
        script = Script(repo)
        script.play(steps)
        first = history_of(repo.path, PORTFOLIO, cache=cache)
        script.play(more)
        try:
            expected = expected_portfolios(repo.path)
        except Ambiguous:
            assume(False)
        _count_what_happened(expected)
        cold = history_of(repo.path, PORTFOLIO)
        _hold_against_oracle(cold, expected)
        _replay_changes(cold)
        _compare_with_themselves(cold)
        assert history_of(repo.path, PORTFOLIO, cache=cache) == cold, "what was read before and added to"
        assert history_of(repo.path, PORTFOLIO, cache=cache) == cold, "what was read before"
        assert history_of(repo.path, PORTFOLIO, revision=first.commit, cache=cache) == first, "an earlier commit"


def _hold_against_oracle(history: History, expected: list[dict[tuple[str, str], Expected]]) -> None:
    assert history.commits == len(expected)
    for position, states in enumerate(expected):
        found = {tuple(key): plain_state(state) for key, state in history.portfolio(position).states.items()}
        open_paths = {key: replace(state, path=None) for key, state in found.items()}
        wanted = dict(states)
        for key, state in states.items():
            if state.path is None and key in open_paths:
                found[key] = open_paths[key]
        assert found == wanted, f"after mainline commit {position}"


def _replay_changes(history: History) -> None:
    """The changes alone, from nothing, give every state."""
    for record in history.records.values():
        ledger = Ledger()
        entries = {entry.landing.position: entry for entry in record.entries}
        for position, state in record.states:
            entry = entries.pop(position, None)
            if entry is not None:
                ledger.apply(entry.key.type, entry.key.id, entry.changes)
            assert ledger.state is not None, f"{record.key} is there and was never created"
            told, wanted = ledger.state, plain_state(state)
            assert replace(told, fields=without_empty(told.fields or {})) == replace(
                wanted, fields=without_empty(wanted.fields or {})
            )
        assert not entries, f"{record.key} has entries that led to no state"


def _compare_with_themselves(history: History) -> None:
    """A version differs neither from itself nor from itself with keyed items and fields in another order."""
    for record in history.records.values():
        fields = configure(PORTFOLIO).types[record.key.type].fields
        versions = [state.version.fields for _, state in record.states if state.version is not None]
        for version in versions:
            assert list(diff_fields(version, _reordered(version), fields)) == []
        for entry in record.entries:
            assert all(change.before != change.after for change in entry.changes), "a change that changes nothing"


def _reordered(fields: Fields) -> Fields:
    return {
        name: _reordered(value) if isinstance(value, Mapping) else value
        for name, value in reversed(list(fields.items()))
    }


def _count_what_happened(expected: list[dict[tuple[str, str], Expected]]) -> None:
    """For `--hypothesis-show-statistics`: whether the scripts do what they are for."""
    states = [state for portfolio in expected for state in portfolio.values()]
    event(f"removed: {any(state.removed for state in states)}")
    event(f"unreadable: {any(state.unreadable for state in states)}")
    event(f"never readable: {any(state.fields is None for state in states)}")
    event(f"renamed: {any(set(before) - set(after) for before, after in pairwise(expected))}")
