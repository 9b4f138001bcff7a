"""The real case: every content there ever was is read, or refused for a reason that is true."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from minutebook.model.record import Unreadable
from minutebook.model.value import Impossible
from minutebook.records.configuration import read_configuration
from minutebook.records.document import Parsed, ParseFailure, parse_file
from minutebook.records.paths import PathMatcher
from minutebook.records.values import versions_of

CASE = Path(__file__).parents[1] / "cases" / "eips"
pytestmark = pytest.mark.case


@pytest.fixture(scope="module")
def contents(eips_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every distinct content of a proposal's file, by object id, with the path it stood at last."""
    clone = tmp_path_factory.mktemp("eips") / "eips.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", "-b", "master", str(eips_bundle), str(clone)], check=True)
    log = subprocess.run(
        [
            "git",
            "-C",
            str(clone),
            "log",
            "--first-parent",
            "-m",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--format=",
            "master",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    matcher = PathMatcher(read_configuration(CASE / "portfolio.yml").types.values())
    wanted: dict[str, None] = {}
    for line in log.splitlines():
        about, _, path = line.partition("\t")
        blob = about.split()[3]
        if blob.strip("0") and matcher.match(path) is not None:
            wanted[blob] = None
    batch = subprocess.run(
        ["git", "-C", str(clone), "cat-file", "--batch"],
        input="".join(f"{blob}\n" for blob in wanted).encode(),
        check=True,
        capture_output=True,
    ).stdout
    found: dict[str, bytes] = {}
    start = 0
    while start < len(batch):
        end = batch.index(b"\n", start)
        blob, _, size = batch[start:end].decode().split()
        found[blob] = batch[end + 1 : end + 1 + int(size)]
        start = end + 2 + int(size)
    return found


def test_every_content_is_read_or_refused_for_a_known_reason(contents: dict[str, bytes]) -> None:
    match = PathMatcher(read_configuration(CASE / "portfolio.yml").types.values()).match("EIPS/eip-1.md")
    assert match is not None
    reasons: Counter[str] = Counter()
    dates: set[str] = set()
    for blob, data in contents.items():
        parsed = parse_file(match.kind, data)
        if isinstance(parsed, ParseFailure):
            reasons[parsed.reason] += 1
        versions = versions_of(match, "EIPS/eip-1.md", blob, parsed)
        if isinstance(versions, Unreadable):
            continue
        assert isinstance(parsed, Parsed)
        (version,) = versions
        assert version.text is not None
        created = version.fields.get("created")
        if isinstance(created, Impossible):
            dates.add(created.written)
    assert len(contents) == 8507
    assert dict(reasons) == {
        "no front matter: the first line must be ---": 776,
        "the key `status` stands twice": 7,
        "a colon stands inside a value: put the value in quotes": 2,
        "a value that begins with ` needs quotes": 1,
    }
    assert "2018-31-03" in dates
