"""Edits that have not landed: a working tree and the published commit's files in, what differs out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from minutebook.errors import ConfigError
from minutebook.model.configuration import Configuration
from minutebook.repository import Repository
from minutebook.repository.door import TreeFile

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
    _check_inside(repository.work_tree, configuration.root)
    committed = {file.path: file for file in files}
    changed: dict[str, TreeFile] = {}
    contents: dict[str, bytes] = {}
    present: set[str] = set()
    for path, content in _read_files(repository.work_tree, configuration.root):
        present.add(path)
        file = committed.get(path)
        blob = _object_id(content, len(file.blob) if file else 40)
        if file is None or file.blob != blob:
            changed[path] = TreeFile("100644", blob, path)
            contents[blob] = content
    gone = frozenset(path for path, file in committed.items() if path not in present and file.mode.startswith("100"))
    return Preview(changed, gone, contents)


def _check_inside(work_tree: Path, root: str) -> None:
    """A commit never follows a symbolic link, and a preview must show no more than the commit could."""
    folder = work_tree
    for name in root.split("/"):
        folder = folder / name
        if folder.is_symlink():
            raise ConfigError(
                f"portfolio.yml: root {root!r} leads through a symbolic link "
                f"({folder.relative_to(work_tree).as_posix()}), which git does not follow.",
                "name the folder in which the records lie.",
            )
    if not folder.resolve().is_relative_to(work_tree.resolve()):
        raise ConfigError(f"portfolio.yml: root {root!r} leads out of the repository.", "name a folder inside it.")


def _read_files(work_tree: Path, root: str) -> Iterator[tuple[str, bytes]]:
    """Regular files below the root by path in the repository; hidden folders and symbolic links are passed by."""
    for folder, names, files in os.walk(work_tree / root):
        names[:] = sorted(name for name in names if not name.startswith(".") and name != "node_modules")
        for name in sorted(files):
            path = Path(folder, name)
            if not path.is_symlink() and path.is_file() and path.stat().st_size <= LARGEST:
                yield path.relative_to(work_tree).as_posix(), path.read_bytes()


def _object_id(content: bytes, length: int) -> str:
    """The id that git gives a content: SHA-1 where ids have 40 digits, else SHA-256."""
    header = b"blob %d\0" % len(content)
    digest = hashlib.sha1(header + content, usedforsecurity=False) if length == 40 else hashlib.sha256(header + content)
    return digest.hexdigest()
