"""The same inputs give the same bytes, anywhere (L1), and no page asks another host for anything (L10)."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from minutebook.cli.main import main
from tests.site.making import start, task, write
from tests.support.repository_builder import RepositoryBuilder

BUILD = """
import os, sys
os.umask(int(sys.argv[2], 8))
from minutebook.cli.main import main
sys.exit(main(["build", "--site", sys.argv[1], "--no-cache"]))
"""


def fingerprint(folder: Path) -> dict[str, tuple[int, str]]:
    """Mode and digest of every file."""
    return {
        file.relative_to(folder).as_posix(): (file.stat().st_mode, hashlib.sha256(file.read_bytes()).hexdigest())
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def build_elsewhere(source: Path, folder: Path, umask: str, **environment: str) -> dict[str, tuple[int, str]]:
    """Build a copy of the repository in another folder and another environment."""
    shutil.copytree(source, folder, symlinks=True)
    done = subprocess.run(
        [sys.executable, "-c", BUILD, "out", umask],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return fingerprint(folder / "out")


@pytest.mark.slow
def test_two_builds_in_different_places_and_environments_are_the_same_bytes(
    repo: RepositoryBuilder, tmp_path: Path
) -> None:
    start(repo)
    for number in range(12):
        repo.write(f"portfolio/tasks/b-{number}.md", task(f"Bulk {number}", owner="Bo, Cy", extra="x", other="y"))
    repo.write("portfolio/handbook/guide.md", "# Guide\n\n| a | b |\n|---|--:|\n| c | d |\n")
    repo.commit("Import")
    source = repo.checkout()
    one = build_elsewhere(source, tmp_path / "one", "022", TZ="Pacific/Kiritimati", PYTHONHASHSEED="1", LC_ALL="C")
    two = build_elsewhere(
        source, tmp_path / "two" / "deeper", "077", TZ="America/Adak", PYTHONHASHSEED="2", LC_ALL="C.UTF-8"
    )
    assert one == two
    assert "sitemap.xml.gz" not in one
    assert {mode & 0o777 for mode, _ in one.values()} == {0o644}


@pytest.mark.slow
def test_the_site_of_the_demo_is_the_same_bytes_in_two_environments(tmp_path: Path) -> None:
    source = tmp_path / "demo"
    assert main(["demo", str(source)]) == 0
    one = build_elsewhere(source, tmp_path / "one", "022", TZ="Pacific/Kiritimati", PYTHONHASHSEED="1", LC_ALL="C")
    two = build_elsewhere(
        source, tmp_path / "two" / "deeper", "077", TZ="America/Adak", PYTHONHASHSEED="2", LC_ALL="C.UTF-8"
    )
    assert len(one) > 300
    assert one == two


def test_no_page_asks_another_host_for_anything(repo: RepositoryBuilder, tmp_path: Path) -> None:
    folder = write(start(repo), tmp_path / "site")
    asked = re.compile(
        r"<(?:script|img|iframe|source|video|audio|link(?![^>]*rel=.?canonical))[^>]*(?:src|href)=[\"']?(?:https?:)?//[^>]*>"
    )
    pages = list(folder.rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        assert asked.findall(page.read_text("utf-8")) == [], page
    for sheet in folder.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import\s*)[\"']?(?:https?:)?//", sheet.read_text("utf-8")), sheet
