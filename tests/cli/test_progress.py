"""Steps of long work in, what a terminal is shown out."""

from __future__ import annotations

import io
import time

import pytest

from minutebook.cli.progress import ProgressBar


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, as a list of one number that a test moves on."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.delenv("CI", raising=False)
    return now


def test_short_work_shows_no_bar(clock: list[float]) -> None:
    stream = Terminal()
    with ProgressBar(stream) as bar:
        clock[0] = 0.9
        bar.advance(1, 2, "Reading")
    assert stream.getvalue() == ""


def test_long_work_shows_a_bar_and_wipes_it_away(clock: list[float]) -> None:
    stream = Terminal()
    with ProgressBar(stream) as bar:
        clock[0] = 1.5
        bar.advance(1000, 2000, "Reading")
        bar.advance(1001, 2000, "Reading")  # too soon to draw again
    line = f"Reading [{'#' * 15}{'.' * 15}] 1,000 of 2,000"
    assert stream.getvalue() == f"\r{line}\r{' ' * len(line)}\r"


def test_work_without_a_known_end_draws_an_empty_bar(clock: list[float]) -> None:
    stream = Terminal()
    bar = ProgressBar(stream)
    clock[0] = 2.0
    bar.advance(0, 0, "Reading")
    assert stream.getvalue() == f"\rReading [{'.' * 30}] 0 of 0"


@pytest.mark.parametrize(("stream", "ci"), [(io.StringIO(), ""), (Terminal(), "true")])
def test_nobody_watching_means_silence(
    clock: list[float], monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, ci: str
) -> None:
    monkeypatch.setenv("CI", ci)
    with ProgressBar(stream) as bar:
        clock[0] = 9.0
        bar.advance(1, 2, "Reading")
    assert stream.getvalue() == ""
