"""The rows of the site: a whole build of the real case; under `serve`, from saving a record to its new page."""

from __future__ import annotations

import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.history import CASE_CONFIGURATION
from tests.benchmarks.measure import Command, Cost, Failed, in_turns
from tests.benchmarks.table import Row
from tests.support.environment import clean_environment

PLAIN = "site_name: Plain\ntheme: {name: material, font: false}\nplugins: [search]\n"
"""MkDocs with Material and no plugin of ours."""

PATIENCE = 120
"""Seconds after which a server that says nothing is given up."""

RECORD = "eip-1559.md"
"""The record that is saved under `serve`; its page is at the same address in both sites but for the type's name."""


def site_rows(case: Path, scratch: Path) -> Iterator[Row]:
    """The whole site of the real case against a plain MkDocs build of the same folder."""
    folder = _check_out(case, scratch)
    cache = scratch / "site-cache"
    site = scratch / "site"
    plain = Command((sys.executable, "-m", "mkdocs", "--quiet", "build", "--clean"), cwd=folder)
    build = Command(
        (
            *(sys.executable, "-m", "minutebook", "--repo", str(folder), "--config", str(CASE_CONFIGURATION)),
            *("--cache", str(cache), "build", "--site", str(site)),
        ),
        cwd=scratch,
    )

    def cold() -> Cost:
        shutil.rmtree(cache, ignore_errors=True)
        return build.run()

    cost, reference, warm = in_turns(2, cold, plain.run, build.run)
    yield Row("EIP case, whole site, nothing cached", cost, "plain mkdocs build", reference, bound=2, aim=1.2)
    yield Row("EIP case, whole site, cache warm", warm, "plain mkdocs build", reference, bound=2, aim=1.2)


def serve_rows(case: Path, scratch: Path) -> Iterator[Row]:
    """From saving a record to the reloaded page, against plain `mkdocs serve` of the same folder."""
    folder = _check_out(case, scratch)
    port = _free_port()
    ours = (
        *(sys.executable, "-m", "minutebook", "--repo", str(folder), "--config", str(CASE_CONFIGURATION)),
        *("--cache", str(scratch / "serve-cache"), "serve", "--port", str(port)),
    )
    with _server(ours, folder):
        cost = _save_and_wait(folder, f"http://127.0.0.1:{port}/proposal/1559/", turns=3)
    port = _free_port()
    plain = (sys.executable, "-m", "mkdocs", "--quiet", "serve", "--livereload", "-a", f"127.0.0.1:{port}")
    with _server(plain, folder):
        reference = _save_and_wait(folder, f"http://127.0.0.1:{port}/eip-1559/", turns=1)
    yield Row("EIP case, serve: save to reloaded page", cost, "plain mkdocs serve", reference, bound=None)


def _check_out(case: Path, scratch: Path) -> Path:
    """The case as a person has it, with a plain mkdocs.yml beside the records' folder."""
    folder = scratch / "case"
    if not folder.exists():
        subprocess.run(["git", "clone", "--quiet", case, folder], check=True, env=clean_environment())
        (folder / "mkdocs.yml").write_text(PLAIN + "docs_dir: EIPS\n", encoding="utf-8")
    return folder


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def _server(arguments: tuple[str, ...], folder: Path) -> Iterator[None]:
    process = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _save_and_wait(folder: Path, address: str, turns: int) -> Cost:
    """Seconds from saving a record to its new page: the median of the turns."""
    record = folder / "EIPS" / RECORD
    original = record.read_text(encoding="utf-8")
    _wait_for(address, "1559")
    costs = []
    try:
        for turn in range(turns):
            word = f"saved-in-turn-{turn}"
            started = time.perf_counter()
            record.write_text(re.sub(r"(?m)^## Abstract$", f"## Abstract\n\n{word}\n", original), encoding="utf-8")
            _wait_for(address, word)
            costs.append(time.perf_counter() - started)
            time.sleep(1)  # watchers gather what is saved within a moment; a person does not save twice in it either
    finally:
        record.write_text(original, encoding="utf-8")
    return Cost(statistics.median(costs), 0)


def _wait_for(address: str, word: str) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as response:  # noqa: S310 - our own server's address
                if word in response.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.05)
    raise Failed(f"{address} did not show {word!r} within {PATIENCE} seconds")
