"""The rows of reading history: the real case cold and warm, growth with commits, and the register."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.measure import Command, Cost, Failed, in_turns, sequence
from tests.benchmarks.synthetic import (
    make_history_beside_records,
    make_history_of_a_register,
    make_history_of_files,
    write_configuration,
)
from tests.benchmarks.table import Row

CASE_CONFIGURATION = Path(__file__).parents[1] / "cases" / "eips" / "portfolio.yml"

IN_PROCESS = """\
import gc, json, resource, sys, time
from pathlib import Path
from minutebook.cache import Cache
from minutebook.cli.main import GC_THRESHOLDS
from minutebook.history.portfolio import read_history
from minutebook.records.configuration import read_configuration
from minutebook.repository import open_repository
gc.set_threshold(*GC_THRESHOLDS)
configuration = read_configuration(Path(sys.argv[2]))
cache = Cache(Path(sys.argv[3])) if len(sys.argv) > 3 else None
started = time.perf_counter()
with open_repository(Path(sys.argv[1])) as repository:
    history = read_history(repository, configuration, cache=cache)
seconds = time.perf_counter() - started
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, len(history.records)]))
"""
"""What the engine alone takes, as the command line runs it: no start of Python, no printing, not git's memory."""


def changes(repository: Path, configuration: Path, cache: Path) -> Command:
    """The honest thing to time: a whole process that reads the history and prints every change."""
    places = ["--repo", str(repository), "--config", str(configuration), "--cache", str(cache)]
    return Command((sys.executable, "-m", "minutebook", *places, "changes", "--format", "jsonl"))


def git_reference(repository: Path, pathspec: str, scratch: Path) -> Callable[[], Cost]:
    """What git takes to list the mainline's changes and to give each distinct content once, through a pipe."""
    log = ("git", "-C", str(repository), "log", "--first-parent", "-m", "--raw", "--no-renames", "--no-abbrev")
    listed = subprocess.run([*log, "--format=", "--", pathspec], capture_output=True, check=True).stdout
    blobs = dict.fromkeys(re.findall(rb"^:\d+ \d+ [0-9a-f]+ ([0-9a-f]*[1-9a-f][0-9a-f]*) ", listed, re.MULTILINE))
    wanted = scratch / f"{repository.name}.blobs"
    wanted.write_bytes(b"".join(blob + b"\n" for blob in blobs))
    return sequence(
        [
            Command(log, drained=True),
            Command(("git", "-C", str(repository), "cat-file", "--batch", "--buffer"), stdin=wanted, drained=True),
        ]
    )


def case_rows(case: Path, scratch: Path) -> Iterator[Row]:
    """The real case, cold and warm, each in turns with git."""
    reference = git_reference(case, "EIPS", scratch)
    cache = scratch / "case-cache"

    def cold() -> Cost:
        shutil.rmtree(cache, ignore_errors=True)
        return changes(case, CASE_CONFIGURATION, cache).run()

    def warm() -> Cost:
        return changes(case, CASE_CONFIGURATION, cache).run()

    told = "git log --raw + cat-file --batch"
    cost, git_cost = in_turns(5, lambda: _in_process(case, CASE_CONFIGURATION), reference)
    yield Row("EIP case, history cold: read, parsed, compared", cost, told, git_cost, bound=3, aim=1.5)
    cold()
    cost, git_cost = in_turns(5, lambda: _in_process(case, CASE_CONFIGURATION, cache), reference)
    yield Row("EIP case, history warm", cost, told, git_cost, bound=1.5, aim=0.5)
    cost, git_cost = in_turns(3, cold, reference)
    yield Row("  the same cold as `minutebook changes`, all printed and kept", cost, told, git_cost, bound=None)
    cost, git_cost = in_turns(3, warm, reference)
    yield Row("  the same warm as `minutebook changes`, all printed", cost, told, git_cost, bound=None)


def growth_rows(scratch: Path) -> Iterator[Row]:
    """One, ten and a hundred thousand commits: ten times the commits, at most ten times the time."""
    configuration = write_configuration(scratch)
    sizes = (1_000, 10_000, 100_000)
    repositories = [scratch / f"commits-{size}.git" for size in sizes]
    for size, repository in zip(sizes, repositories, strict=True):
        make_history_of_files(repository, size)
    costs = in_turns(2, *(_cold(repository, configuration, scratch) for repository in repositories))
    for size, cost, fewer in zip(sizes[1:], costs[1:], costs, strict=False):
        yield Row(f"{size:,} commits, history cold", cost, f"{size // 10:,} commits", fewer, bound=10)


def memory_rows(scratch: Path) -> Iterator[Row]:
    """Commits that change no record cost no memory to speak of."""
    configuration = write_configuration(scratch)
    costs = []
    for commits in (1_000, 100_000):
        repository = scratch / f"beside-{commits}.git"
        make_history_beside_records(repository, commits)
        costs.append(_in_process(repository, configuration, scratch / f"beside-{commits}"))
    few, many = costs
    yield Row("100,000 commits that touch few records, memory", many, "1,000 commits", few, bound=1.5, of_memory=True)


def register_rows(scratch: Path) -> Iterator[Row]:
    """A register edited 1,500 times: beyond reading the bytes, the cost is that of what changed, not of its size."""
    configuration = write_configuration(scratch)
    for merged, told in ((False, ""), (True, ", each by a merge")):
        beyond: list[Cost] = []
        for size in (10_000, 100_000):
            name = f"register-{size}{'-merged' if merged else ''}"
            edited, unedited = scratch / f"{name}.git", scratch / f"{name}-unedited.git"
            make_history_of_a_register(edited, versions=1_500, size=size, merged=merged)
            make_history_of_a_register(unedited, versions=1, size=size)
            _check_that_edits_are_told(edited, configuration)
            cost, git_cost, start = in_turns(
                3,
                changes_without_cache(edited, configuration).run,
                git_reference(edited, "tasks.yml", scratch),
                changes_without_cache(unedited, configuration).run,
            )
            work = f"register of {size // 1000} kB edited 1,500 times{told}"
            yield Row(work, cost, "git log + reading its bytes", git_cost, bound=None)
            beyond.append(Cost(max(cost.seconds - start.seconds - git_cost.seconds, 0.001), cost.peak))
        small, large = beyond
        yield Row(f"  1,500 edits beyond start and bytes, 100 kB{told}", large, "the same, 10 kB", small, bound=4)


def _check_that_edits_are_told(register: Path, configuration: Path) -> None:
    """Raise Failed where most edits change no record: a register that is refused costs little, and says nothing."""
    command = changes_without_cache(register, configuration)
    told = subprocess.run(command.arguments, capture_output=True, check=True).stdout
    commits = {json.loads(line)["commit"] for line in told.splitlines()}
    if len(commits) < 1_400:
        raise Failed(f"{register.name}: of 1,500 edits {len(commits)} are told")


def changes_without_cache(repository: Path, configuration: Path) -> Command:
    """As `changes`, with everything parsed anew and nothing kept."""
    places = ["--repo", str(repository), "--config", str(configuration), "--no-cache"]
    return Command((sys.executable, "-m", "minutebook", *places, "changes", "--format", "jsonl"))


def _cold(repository: Path, configuration: Path, scratch: Path) -> Callable[[], Cost]:
    cache = scratch / "growth-cache"

    def run() -> Cost:
        shutil.rmtree(cache, ignore_errors=True)
        return changes(repository, configuration, cache).run()

    return run


def _in_process(repository: Path, configuration: Path, cache: Path | None = None) -> Cost:
    places = [repository, configuration, *([] if cache is None else [cache])]
    output = subprocess.run([sys.executable, "-c", IN_PROCESS, *places], capture_output=True, check=True).stdout
    seconds, peak, _ = json.loads(output)
    return Cost(seconds, peak)
