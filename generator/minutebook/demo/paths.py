"""Paths of a scenario in, why no file can stand there out: git refuses it, or would hold another than is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""Characters that nobody sees: in no path, and in no line of a message."""

_LONGEST = 1000
"""Bytes of a path, which is to fit below a folder of the user's."""

_LONGEST_PART = 255
"""Bytes of a part of a path: no file system holds a longer one."""

_UNSEEN = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
"""What the file system of a Mac leaves out of names. See is_hfs_dotgit in git's path checks."""

_GIT = re.compile(r"(?:\.git|git~1)[ .]*(?::.*)?", re.IGNORECASE)
"""`.git`, and what Windows takes for it: its short name, dots or blanks behind it, a stream of it."""


def path_fault(path: str) -> str | None:
    """Why no file can stand at a path relative to the top of a repository; None: one can."""
    found = CONTROL.search(path)
    if found is not None:
        return f"a path has no control characters: here is U+{ord(found.group()):04X}"
    if len(path.encode()) > _LONGEST or any(len(part.encode()) > _LONGEST_PART for part in path.split("/")):
        return f"a path is at most {_LONGEST} bytes long, and each part of it {_LONGEST_PART}"
    # Windows parts a path at backslashes too.
    for part in re.split(r"[/\\]", path):
        if not part:
            return f"`{path}` is no path: it begins or ends with a slash, or has two in a row"
        if part in (".", ".."):
            return f"`{path}` is no path: no part of it is `{part}`"
        if _GIT.fullmatch(_UNSEEN.sub("", part)):
            return f"`{path}` is no path for a file: `.git`, and what looks like it to some machine, is git's own"
    return None


def clashing(path: str, others: Iterable[str]) -> str | None:
    """The first of other paths that cannot be there beside this one, one being a folder of the other; None: none."""
    return next((one for one in others if path.startswith(f"{one}/") or one.startswith(f"{path}/")), None)
