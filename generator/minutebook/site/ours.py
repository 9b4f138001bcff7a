"""What is ours: a finished folder in, its marker and the sums of its files out; and whether it may be replaced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from minutebook.errors import PublicationError

MARKER = "minutebook.json"
"""The file that says what a folder is and what it was made from."""
SUMS = "provenance/SHA256SUMS"
"""The sums of all other files, as `sha256sum` writes and checks them."""
OF_THE_DESKTOP = frozenset([".DS_Store", "Thumbs.db", "desktop.ini"])
"""What file managers leave in every folder that somebody looks at: nobody misses it."""
MOST_NAMED = 3
"""So many of the files that are not ours are named."""


class Kind(Enum):
    """What a folder of ours holds. One is never written over the other."""

    SITE = "site"
    EXPORT = "export"


def mark_ours(folder: Path, kind: Kind, facts: Mapping[str, object]) -> None:
    """Say in a finished folder what it is and what it was made from, then which files it has."""
    (folder / MARKER).write_text(json.dumps({"kind": kind.value, **facts}, indent=2) + "\n", "utf-8")
    lines = _sums(folder)
    (folder / SUMS).parent.mkdir(exist_ok=True)
    (folder / SUMS).write_text("".join(f"{lines[name]}\n" for name in sorted(lines)), "utf-8")


def check_ours(folder: Path, kind: Kind) -> None:
    """Whether a folder may be replaced by a new one of a kind: everything in it is as we wrote it, or it is empty.

    PublicationError: something in it would be lost.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise PublicationError(f"{folder} is no folder, so it is not replaced.", "name another folder.")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not (folder / MARKER).is_file() or not (folder / SUMS).is_file():
        raise PublicationError(
            f"{folder} holds something that Minutebook did not make (it has no {MARKER} with {SUMS}), "
            "so it is not replaced.",
            "name an empty folder, or one that Minutebook made; if `mkdocs build` made this one, delete it.",
        )
    if _kind(folder) != kind.value:
        raise PublicationError(
            f"{folder} holds no {kind.value} but another thing that Minutebook made, so it is not replaced.",
            "name another folder, or delete this one.",
        )
    written = set((folder / SUMS).read_text("utf-8").split("\n"))
    foreign = sorted(name for name, line in _sums(folder).items() if line not in written)
    if foreign:
        more = f" and {len(foreign) - MOST_NAMED} more" if len(foreign) > MOST_NAMED else ""
        raise PublicationError(
            f"{folder} holds files that Minutebook did not write, or not as they are now: "
            f"{', '.join(foreign[:MOST_NAMED])}{more}. It is not replaced, because they would be lost.",
            "move them out, or name another folder and put them beside the site where you publish it.",
        )


def _kind(folder: Path) -> object:
    try:
        facts = json.loads((folder / MARKER).read_text("utf-8"))
    except (ValueError, OSError):
        return None
    return facts.get("kind") if isinstance(facts, dict) else None


def _sums(folder: Path) -> dict[str, str]:
    """Of every file below a folder but the sums, the line that tells its sum, by path. Links are files of their own."""
    found: dict[str, str] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name == SUMS or path.name in OF_THE_DESKTOP or (path.is_dir() and not path.is_symlink()):
            continue
        content = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        found[name] = f"{hashlib.sha256(content).hexdigest()}  {name}"
    return found
