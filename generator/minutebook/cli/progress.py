"""How far long work is goes in; a bar on the terminal's standard error comes out, or nothing where nobody watches."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType
from typing import Self, TextIO

PATIENCE = 1.0
"""Seconds of work before the bar appears."""

PAUSE = 0.1
"""Seconds between two drawings."""

WIDTH = 30


class ProgressBar:
    """A bar that appears after a second of work, on a terminal and not in CI, and is wiped away at the end."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """`stream` is where to draw; by default standard error."""
        self._stream = stream if stream is not None else sys.stderr
        self._watched = self._stream.isatty() and not os.environ.get("CI")
        self._next = time.monotonic() + PATIENCE
        self._drawn = 0

    def __enter__(self) -> Self:
        """Nothing is drawn yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe the bar away, whatever happened."""
        if self._drawn:
            self._stream.write("\r" + " " * self._drawn + "\r")
            self._stream.flush()
            self._drawn = 0

    def advance(self, done: int, total: int, what: str) -> None:
        """Draw the bar, if it is time: `done` of `total` steps of the work called `what` are done."""
        if not self._watched or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        full = WIDTH * done // total if total > 0 else 0
        line = f"{what} [{'#' * full}{'.' * (WIDTH - full)}] {done:,} of {total:,}"
        self._stream.write("\r" + line.ljust(self._drawn))
        self._stream.flush()
        self._drawn = max(self._drawn, len(line))
