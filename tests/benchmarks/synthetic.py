"""Numbers in, repositories with made-up histories out, written by `git fast-import` in seconds."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support.environment import clean_environment

CONFIGURATION = """\
format: 1
title: Synthetic
record_types:
  task:
    title: Task
    plural: Tasks
    paths: ["tasks/{id}.md", "tasks.yml"]
    fields:
      id: {type: id}
      title: {type: text, role: title, required: true}
      status: {type: status, role: status, values: [open, doing, done]}
      owner: {type: person, role: owner}
      due: {type: date, role: due}
      cost: {type: money, role: amount}
"""

STATES = ("open", "doing", "done")


def write_configuration(folder: Path) -> Path:
    """Write the portfolio.yml that fits both histories, outside their repositories."""
    path = folder / "portfolio.yml"
    path.write_text(CONFIGURATION, encoding="utf-8")
    return path


def make_history_of_files(path: Path, commits: int, records: int = 500) -> None:
    """A bare repository at `path`: each commit writes one of `records` files, with one or two fields changed."""
    _fast_import(path, _edits_of_files(commits, records))


def make_history_beside_records(path: Path, commits: int, records: int = 500) -> None:
    """A bare repository at `path`: after the first `records` commits, each one touches a file that is no record."""
    _fast_import(path, _edits_beside_records(commits, records))


def make_history_of_a_register(path: Path, versions: int, size: int, *, merged: bool = False) -> None:
    """A bare repository at `path`: a register of about `size` bytes, one entry of which changes in every commit.

    `merged`: each edit is made on a branch, and landed by a merge.
    """
    _fast_import(path, _edits_of_a_register(versions, size), merged=merged)


def _edits_of_files(commits: int, records: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(commits)
    for number in range(commits):
        record = number % records if number < records else chance.randrange(records)
        yield f"tasks/t-{record}.md", f"---\n{_fields(chance, record)}---\n\nThe text of task {record}.\n"


def _edits_beside_records(commits: int, records: int) -> Iterator[tuple[str, str]]:
    yield from _edits_of_files(records, records)
    for number in range(commits - records):
        yield "notes.txt", f"{number}\n"


def _edits_of_a_register(versions: int, size: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(size)
    entries: list[str] = []
    while sum(map(len, entries)) < size:
        entries.append(_entry(chance, len(entries)))
    yield "tasks.yml", "".join(entries)
    for _ in range(versions - 1):
        changed = chance.randrange(len(entries))
        entries[changed] = _entry(chance, changed)
        yield "tasks.yml", "".join(entries)


def _entry(chance: random.Random, record: int) -> str:
    lines = [f"id: t-{record}", *_fields(chance, record).splitlines(), f"note: {'a line that stays ' * 6}"]
    return "- " + "\n  ".join(lines) + "\n"


def _fields(chance: random.Random, record: int) -> str:
    return (
        f"title: Task number {record}\n"
        f"status: {chance.choice(STATES)}\n"
        f"owner: person-{record % 17}\n"
        f"due: 2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}\n"
        f"cost: {chance.randrange(1000, 2000)}\n"
    )


def _fast_import(path: Path, edits: Iterator[tuple[str, str]], *, merged: bool = False) -> None:
    environment = clean_environment()
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", path], check=True, env=environment)
    with subprocess.Popen(
        ["git", "fast-import", "--quiet", "--force"], cwd=path, stdin=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None
        for number, (name, content) in enumerate(edits):
            data = content.encode()
            time = 1_600_000_000 + number * 60
            file = f"M 100644 inline {name}\ndata {len(data)}\n".encode() + data + b"\n"
            if merged and number:
                process.stdin.write(_head("work", time, "from refs/heads/main\n") + file)
                process.stdin.write(_head("main", time, "merge refs/heads/work\n") + file)
            else:
                process.stdin.write(_head("main", time) + file)
    if process.returncode:
        raise RuntimeError(f"git fast-import ended with {process.returncode}")


def _head(branch: str, time: int, parent: str = "") -> bytes:
    """What begins a commit, for `git fast-import`."""
    committer = f"committer Ana Li <ana@example.org> {time} +0000"
    return f"commit refs/heads/{branch}\n{committer}\ndata 4\nedit\n{parent}".encode()
