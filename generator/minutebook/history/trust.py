"""Trust: a folder in, a cache that no commit can have filled out."""

from __future__ import annotations

from pathlib import Path

from minutebook.cache import Cache
from minutebook.repository import find_repository


def open_trusted_cache(folder: Path | None) -> Cache | None:
    """The cache in a folder; None where there is none to use, or where a commit could say what is in it.

    A cache that was committed would let a contributor write history. So a folder is not used when the repository that
    holds it tracks a file in it, or when it is reached through a symbolic link below the work tree.
    """
    if folder is None:
        return None
    folder = folder.absolute()
    there = next(step for step in (folder, *folder.parents) if step.is_dir())
    holder = find_repository(there)
    if holder is None or holder.work_tree is None:
        return Cache(folder)
    top = holder.work_tree.absolute()
    if not folder.is_relative_to(top):
        # Reached through a link that lies above the work tree, as on systems whose temporary folder is one.
        folder, top = folder.resolve(), top.resolve()
        if not folder.is_relative_to(top):
            return None
    steps = [folder, *folder.parents]
    linked = any(step.is_symlink() for step in steps[: steps.index(top)])
    return None if linked or holder.tracks(folder.relative_to(top)) else Cache(folder)
