"""Edits that have not landed: a working tree and the published commit's files in, what differs out."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from minutebook.errors import ConfigError
from minutebook.model.configuration import Configuration
from minutebook.records.paths import PathMatcher
from minutebook.repository import Repository
from minutebook.repository.door import TreeFile
from minutebook.site.handbook import IMAGES, MARKDOWN

LARGEST = 10 << 20
"""Bytes of a file that a preview reads."""


@dataclass(frozen=True)
class Preview:
    """What the working tree holds otherwise than the published commit."""

    changed: Mapping[str, TreeFile]
    """Files that are new or other, by path."""
    gone: frozenset[str]
    """Files of the commit that the working tree has not."""
    contents: Mapping[str, bytes]
    """The contents of changed files by the object id that git would give them."""

    def files_over(self, files: Iterable[TreeFile]) -> Iterator[TreeFile]:
        """The commit's files as the working tree has them, in order; new ones last."""
        left = dict(self.changed)
        for file in files:
            if file.path not in self.gone:
                yield left.pop(file.path, file)
        yield from left.values()


def no_preview() -> Preview:
    """A publication shows the commit and nothing else."""
    return Preview(MappingProxyType({}), frozenset(), MappingProxyType({}))


def read_preview(repository: Repository, files: Iterable[TreeFile], configuration: Configuration) -> Preview:
    """What differs in the working tree below the portfolio's root. Nothing, in a bare repository.

    ConfigError: the root leads out of the working tree, or through a symbolic link.
    """
    if repository.work_tree is None:
        return no_preview()
    _check_inside(repository.work_tree, configuration)
    committed = {file.path: file for file in files}
    changed: dict[str, TreeFile] = {}
    contents: dict[str, bytes] = {}
    present: set[str] = set()
    for path, file_there in _find_files(repository.work_tree, configuration.root):
        content = _read_file(file_there)
        if content is None:
            continue
        present.add(path)
        file = committed.get(path)
        if file is None or not _is_committed(content, file.blob):
            blob = _object_id(content, len(file.blob) if file else 40)
            changed[path] = TreeFile("100644", blob, path)
            contents[blob] = content
    gone = frozenset(path for path, file in committed.items() if path not in present and file.mode.startswith("100"))
    return Preview(changed, gone, contents)


def read_left_out(
    repository: Repository, commit: str, files: Iterable[TreeFile], configuration: Configuration
) -> tuple[str, ...]:
    """Pages, images and files of records that the working tree has otherwise than this commit, by path.

    None in a bare repository, and where another commit is checked out. What git ignores is none of them.
    """
    if repository.work_tree is None or repository.head() != commit:
        return ()
    matcher = PathMatcher(configuration.types.values(), configuration.root)
    committed = {file.path: file.blob for file in files}
    found: list[str] = []
    for path, file_there in _find_files(repository.work_tree, configuration.root):
        if posixpath.splitext(path)[1].lower() in MARKDOWN | IMAGES or matcher.match(path) is not None:
            content = _read_file(file_there)
            if content is not None and not _is_committed(content, committed.get(path, "")):
                found.append(path)
    ignored = repository.ignored(configuration.root) if found else frozenset()
    return tuple(path for path in found if path not in ignored)


def _check_inside(work_tree: Path, configuration: Configuration) -> None:
    """A commit never follows a symbolic link, and a preview must show no more than the commit could."""
    root, place = configuration.root, configuration.place_of("root")
    folder = work_tree
    for name in root.split("/"):
        folder = folder / name
        if folder.is_symlink():
            raise ConfigError(
                f"{place}: root {root!r} leads through a symbolic link "
                f"({folder.relative_to(work_tree).as_posix()}), which git does not follow.",
                "name the folder in which the records lie.",
            )
    if not folder.resolve().is_relative_to(work_tree.resolve()):
        raise ConfigError(f"{place}: root {root!r} leads out of the repository.", "name a folder inside it.")


def _find_files(work_tree: Path, root: str) -> Iterator[tuple[str, Path]]:
    """Files below the root by path in the repository.

    Hidden folders, links to folders and other repositories, which are submodules or none of ours, are passed by.
    """
    for folder, names, files in os.walk(work_tree / root):
        names[:] = sorted(
            name
            for name in names
            if not name.startswith(".") and name != "node_modules" and not Path(folder, name, ".git").exists()
        )
        for name in sorted(files):
            path = Path(folder, name)
            yield path.relative_to(work_tree).as_posix(), path


def _read_file(path: Path) -> bytes | None:
    """The content of a regular file; None: it is none, or too large, or gone meanwhile, as editors let files be."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
            return None
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_committed(content: bytes, blob: str) -> bool:
    """Whether a file is the one of the commit, perhaps with the line ends that a checkout on Windows gives it."""
    if _object_id(content, len(blob)) == blob:
        return True
    return b"\r\n" in content and _object_id(content.replace(b"\r\n", b"\n"), len(blob)) == blob


def _object_id(content: bytes, length: int) -> str:
    """The id that git gives a content: SHA-1 where ids have 40 digits, else SHA-256."""
    header = b"blob %d\0" % len(content)
    digest = hashlib.sha1(header + content, usedforsecurity=False) if length == 40 else hashlib.sha256(header + content)
    return digest.hexdigest()
