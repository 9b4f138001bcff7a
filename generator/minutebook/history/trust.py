"""Trust: a folder and the repository that is read in, a cache that no commit can have filled out."""

from __future__ import annotations

from pathlib import Path

from minutebook.cache import Cache
from minutebook.repository import Repository


def open_trusted_cache(folder: Path | None, repository: Repository) -> Cache | None:
    """The cache in a folder; None where there is none to use, or where the repository itself could say what is in it.

    A cache that was committed would let a contributor write history, so a folder with tracked files, or one
    that is reached through a symbolic link below the work tree, is not used.
    """
    if folder is None:
        return None
    top = repository.work_tree
    if top is None:
        return Cache(folder)
    inside = Path(folder).absolute()
    if not inside.is_relative_to(top.absolute()):
        return Cache(folder)
    steps = [inside, *inside.parents]
    if any(step.is_symlink() for step in steps[: steps.index(top.absolute())]) or repository.tracks(inside):
        return None
    return Cache(folder)
