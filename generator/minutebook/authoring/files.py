"""Texts and where they belong in; files that were not there before, and what was kept as it was, out."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from minutebook.errors import MinutebookError

IGNORE_FILE = ".gitignore"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files."""

    new: tuple[str, ...]
    """Written; paths relative to the top of the repository."""
    kept: tuple[str, ...]
    """There already: nothing in them was changed."""
    ignored: tuple[str, ...]
    """Lines that were added to .gitignore."""
    to_ignore: tuple[str, ...] = ()
    """Lines that belong into .gitignore, which is no file that can be written to."""


def write_files(top: Path, files: Mapping[str, str], ignored: Sequence[str]) -> Written:
    """Write the files that are not there, and the lines that .gitignore lacks.

    MinutebookError, before anything is written: a link or a file stands where a folder is needed; later: the disk is
    full, or the folder is not to be written to.
    """
    for path in files:
        _check_folders(top, path)
    there = {path for path in files if _is_there(top / path)}
    try:
        for path, content in files.items():
            if path not in there:
                (top / path).parent.mkdir(parents=True, exist_ok=True)
                # "x" follows no link, and a file that came in the meantime stays.
                with (top / path).open("x", encoding="utf-8", newline="\n") as file:
                    file.write(content)
        added, left = _ignore(top / IGNORE_FILE, ignored)
    except OSError as error:
        raise MinutebookError(
            f"{error.filename or top} cannot be written: {error.strerror}.",
            "Mend that and run the same again: what was written already is kept.",
        ) from error
    new = tuple(path for path in files if path not in there)
    return Written(new, tuple(path for path in files if path in there), added, left)


def _check_folders(top: Path, path: str) -> None:
    """Raise MinutebookError where a folder above a file is a link or a file."""
    folder = top
    for part in Path(path).parent.parts:
        folder /= part
        if folder.is_symlink():
            raise MinutebookError(
                f"{folder.relative_to(top)} is a symbolic link, which could lead out of the repository.",
                "Name another folder with --folder, or put a real folder in its place.",
            )
        if folder.exists() and not folder.is_dir():
            raise MinutebookError(f"{folder.relative_to(top)} is no folder.", "Name another one with --folder.")


def _is_there(path: Path) -> bool:
    """Whether something stands at a path, a link that leads nowhere included."""
    return path.is_symlink() or path.exists()


def _ignore(file: Path, lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines that were added to a .gitignore, and those that could not be because it is a link or no file."""
    content = b""
    usable = not file.is_symlink() and (file.is_file() or not file.exists())
    if usable:
        with contextlib.suppress(FileNotFoundError):
            content = file.read_bytes()
    known = {line.strip().strip(b"/") for line in content.splitlines()}
    missing = tuple(line for line in lines if line.strip("/").encode() not in known)
    if not missing or not usable:
        return (), missing
    with file.open("ab") as end:
        end.write(b"\n" if content and not content.endswith(b"\n") else b"")
        end.writelines(f"{line}\n".encode() for line in missing)
    return missing, ()
