"""Reading with a second process: the same history as with one, whatever becomes of the helper."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.repository_builder import RepositoryBuilder

SCRIPT = """\
import os, signal, sys
from pathlib import Path
import minutebook.history.contents as contents
from minutebook.history.portfolio import read_history
from minutebook.records.configuration import read_configuration
from minutebook.repository import open_repository

repository, configuration, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
contents.WORTH_A_PROCESS = 10**9 if how == "alone" else 1
if how == "killed":
    contents.Contents._send = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
helped = []
starts = contents.Contents._read_with_help
contents.Contents._read_with_help = lambda *given: helped.append(True) or starts(*given)
with open_repository(repository) as opened:
    history = read_history(opened, read_configuration(configuration))
for entry in history.entries():
    for change in entry.changes:
        print(entry.key, entry.landing.commit.id, change)
print("helped" if helped else "alone", file=sys.stderr)
"""

PORTFOLIO = """\
format: 1
title: Plans
root: ""
record_types:
  plan:
    title: Plan
    plural: Plans
    paths: ["plans/{id}.md"]
    fields:
      title: {type: text, role: title}
"""


def _history(repo: RepositoryBuilder, configuration: Path, how: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(repo.path), str(configuration), how],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return done.stdout, done.stderr.strip()


@pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="needs Linux and two processors"
)
@pytest.mark.parametrize("how", ["helped", "killed"])
def test_a_second_process_changes_nothing_but_the_time(repo: RepositoryBuilder, tmp_path: Path, how: str) -> None:
    configuration = tmp_path / "portfolio.yml"
    configuration.write_text(PORTFOLIO)
    for number in range(12):
        for name in "abcdef":
            repo.write(
                f"plans/{name}.md", f"---\ntitle: {name} {number // 3}\n---\n# One\n\n{number}\n\n# Two\n\nMore.\n"
            )
        repo.commit(f"edit {number}")
    alone = _history(repo, configuration, "alone")
    assert alone[1] == "alone"
    assert len(alone[0].splitlines()) > 60, "there is a history to compare"
    assert _history(repo, configuration, how) == (alone[0], "helped")
