"""A folder that changes from old to new in one step: a target in; a folder to fill, then the new in its place, out."""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from minutebook.errors import PublicationError

HAS_LOCKS = os.name == "posix"
"""Elsewhere, folders left by a killed build are not told from those in use, and stay."""
if HAS_LOCKS:
    import fcntl

BESIDE = ".building-"
"""In the names of folders that are being filled."""
EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2)."""
THIS_FOLDER = -100
"""AT_FDCWD: paths are taken from the current folder."""
FOLDER_MODE, FILE_MODE = 0o755, 0o644


@contextmanager
def replace_folder(target: Path, check: Callable[[Path], None]) -> Iterator[Path]:
    """A new folder beside `target`, which takes its place when the block ends without an error.

    Whatever happens meanwhile, `target` is the old folder or the new one, never a mixture. Modes of files do not depend
    on the umask. `check` raises where the folder that stands at `target` must not be replaced; it is asked at the
    beginning and at the end. PublicationError: `target` cannot be written.
    """
    target = target.absolute()
    check(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}{BESIDE}", dir=target.parent))
    except OSError as problem:
        raise PublicationError(f"{target} cannot be written: {problem.strerror}.") from problem
    with _claimed(fresh):
        try:
            yield fresh
            _fix_modes(fresh)
            check(target)
            _put_in_place(fresh, target)
        except OSError as problem:
            raise PublicationError(
                f"{target} cannot be written: {problem.strerror or problem}.", "the old site stands as it was."
            ) from problem
        finally:
            # After an exchange this is the old folder; after an error, what was made of the new one.
            shutil.rmtree(fresh, ignore_errors=True)


def _put_in_place(fresh: Path, target: Path) -> None:
    if not target.exists():
        # Over an empty folder or nothing, a rename is one step.
        with contextlib.suppress(FileExistsError):
            fresh.rename(target)
            return
    if _exchange(fresh, target):
        return
    # Without an exchange there is a moment with no site; the old one is put back if the second step fails.
    aside = fresh.with_name(f"{fresh.name}.old")
    target.rename(aside)
    try:
        fresh.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system has no such step."""
    library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True) if os.name == "posix" else None
    call = getattr(library, "renameat2", None)
    if call is None:
        return False
    return bool(call(THIS_FOLDER, os.fsencode(one), THIS_FOLDER, os.fsencode(other), EXCHANGE) == 0)


@contextmanager
def _claimed(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder, by which other builds see that it is in use."""
    if not HAS_LOCKS:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _sweep(target: Path) -> None:
    """Remove what killed builds left beside the target."""
    if not HAS_LOCKS:
        return
    for left in target.parent.glob(f".{target.name}{BESIDE}*"):
        try:
            handle = os.open(left, os.O_RDONLY)
        except OSError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except OSError:
            continue  # A build that still runs.
        finally:
            os.close(handle)


def _fix_modes(folder: Path) -> None:
    folder.chmod(FOLDER_MODE)
    for path in folder.rglob("*"):
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
