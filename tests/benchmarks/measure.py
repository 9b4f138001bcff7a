"""Commands in, seconds and peak memory out; what is compared runs turn by turn, so that a busy machine slows both."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """What is measured did not do its work."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost."""

    seconds: float
    """Of the wall clock."""
    peak: int
    """The largest resident memory of the process or of one that it waited for, in bytes; 0: not measured."""

    def __add__(self, other: Cost) -> Cost:
        """Cost of running both, one after the other."""
        return Cost(self.seconds + other.seconds, max(self.peak, other.peak))


@dataclass(frozen=True, slots=True)
class Command:
    """A process to run, its output thrown away."""

    arguments: tuple[str, ...]
    cwd: Path | None = None
    stdin: Path | None = None
    """None: nothing to read."""
    drained: bool = False
    """Whether its output is read through a pipe, as whoever uses it has to, and not thrown away by the kernel."""
    environment: Mapping[str, str] | None = None
    """On top of this process's own."""

    def run(self) -> Cost:
        """Run it to its end. An error raises `Failed` with what it said."""
        environment = os.environ | dict(self.environment or {})
        with open(self.stdin or os.devnull, "rb") as stdin:  # noqa: PTH123 - os.devnull is a name, not a path of ours
            started = time.perf_counter()
            process = subprocess.Popen(
                self.arguments,
                cwd=self.cwd,
                env=environment,
                stdin=stdin,
                stdout=subprocess.PIPE if self.drained else subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            while process.stdout and process.stdout.read1(1 << 16):  # type: ignore[attr-defined]  # buffered, so it has it
                pass
            said = process.stderr.read() if process.stderr else b""
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()
        if process.returncode:
            raise Failed(f"{' '.join(self.arguments)}\n{said.decode(errors='replace')}")
        return Cost(seconds, usage.ru_maxrss * 1024)


def in_turns(rounds: int, *candidates: Callable[[], Cost]) -> list[Cost]:
    """The median seconds and the highest peak of each candidate, run A B A B ..., in the order given."""
    costs: list[list[Cost]] = [[] for _ in candidates]
    for _ in range(rounds):
        for candidate, found in zip(candidates, costs, strict=True):
            found.append(candidate())
    return [
        Cost(statistics.median(cost.seconds for cost in found), max(cost.peak for cost in found)) for found in costs
    ]


def sequence(commands: Sequence[Command]) -> Callable[[], Cost]:
    """One candidate that runs several commands after each other."""

    def run() -> Cost:
        total = Cost(0.0, 0)
        for command in commands:
            total += command.run()
        return total

    return run
