"""Words that name nothing, in; one message that tells what is meant by them, and a hint that helps, out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.conftest import Ran

Run = Callable[..., Ran]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--since", "2099-01-01"], "Nothing changed of what was asked for.\n"),
        (["--field", "health", "--kind", "text"], "Nothing changed of what was asked for.\n"),
        (["--field", "room", "--since", "2099-01-01"], "Nothing changed of what was asked for.\n"),
        (["--field", "helth"], "Nothing changed: no record has a field `helth`. Hint: did you mean `health`?"),
        (["--field", "milestone[go-live].due"], "no record has a field `milestone[go-live].due`. Hint: did you mean"),
    ],
)
def test_changes_says_that_nothing_was_found_and_why(run: Run, arguments: list[str], told: str) -> None:
    ran = run("changes", *arguments)
    assert (ran.code, ran.out) == (0, "")
    assert told in ran.err


@pytest.mark.parametrize(
    ("arguments", "first", "hint"),
    [
        (["changes", "--type", "projct"], "The record type `projct` does not exist.", "did you mean `project`?"),
        (["status", "--type", "projct"], "The record type `projct` does not exist.", "did you mean `project`?"),
        (["show", "nope/x"], "There is no record type `nope`.", "allowed: project, group"),
        (["show", "projct/x"], "There is no record type `projct`.", "did you mean `project`?"),
        (["show", "project/ticketing@2026-13-01"], "'2026-13-01' is not a day: write YYYY-MM-DD", ""),
        (["build", "--as-of", "1990-01-01"], "Nothing had landed by 1990-01-01.", "landed on 2026-01-05"),
        (["serve", "--host", "nope.invalid"], "nope.invalid:8000 cannot be served", "--host"),
    ],
)
def test_what_names_nothing_is_told_with_what_was_probably_meant(
    run: Run, arguments: list[str], first: str, hint: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(first)
    assert hint in ran.err
    assert "--port" not in ran.err


def test_a_word_too_many_is_told_with_the_usage_of_its_command(run: Run) -> None:
    ran = run("schema", "project", "extra")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("usage: minutebook schema ")
    assert "unrecognized arguments: extra" in ran.err
