"""The log of a branch: a commit in, every commit it reaches out, with the files that each changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from minutebook.repository.process import GitProcess

FORMAT = "%x00%H%x00%P%x00%an%x00%ae%x00%at%x00%ad%x00%cn%x00%ce%x00%ct%x00%cd%x00%B%x00"
"""NUL is the one byte that no message, name or path can hold."""

FIELDS = 11
"""How many fields FORMAT prints for a commit."""

GONE, SYMLINK, SUBMODULE = "000000", "120000", "160000"
"""Modes of what is no file: nothing, a symbolic link, a commit of another repository."""


class FileChange(NamedTuple):
    """A file that differs between a commit and its first parent, as `git log --raw` tells it."""

    path: str
    """Bytes that are no UTF-8 are written as backslash escapes."""
    mode: str
    """Six octal digits after the commit; "000000": the file is gone."""
    before: str
    """Object id at the first parent; zeros where there was none."""
    after: str
    """Object id after the commit; zeros where it is gone."""

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing at the path after the commit."""
        return self.mode == GONE

    @property
    def is_file(self) -> bool:
        """Whether there is a file of its own after the commit."""
        return self.mode not in (GONE, SYMLINK, SUBMODULE)


class LoggedCommit(NamedTuple):
    """A commit as the log prints it, decoded and not yet understood."""

    id: str
    parents: tuple[str, ...]
    author: tuple[str, str]
    """Name and address."""
    authored: tuple[str, str]
    """Seconds since 1970 as written (empty: no date), and the same with the zone."""
    committer: tuple[str, str]
    committed: tuple[str, str]
    message: str
    files: tuple[FileChange, ...]


LOG = (
    "log",
    "-z",
    "--topo-order",
    "--diff-merges=first-parent",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",
    "--no-mailmap",
    "--no-color",
    "--no-notes",
    "--ignore-submodules=none",
    f"-O{os.devnull}",
    "--encoding=UTF-8",
    "--date=raw",
    "--full-history",
    "--sparse",
    f"--format={FORMAT}",
)


def log_arguments(commit: str, known: Iterable[str], root: str) -> list[str]:
    """The arguments of the one `git log`: what `commit` reaches and none of `known` does; files below `root` only."""
    below = ["--", root] if root else ["--"]
    return [*LOG, commit, *(f"^{one}" for one in known), *below]


def read_log(process: GitProcess) -> Iterator[LoggedCommit]:
    """Every commit of a running log, children before their parents."""
    tokens = _tokens(process)
    token = next(tokens, None)
    while token is not None:
        # `token` is the empty string that opens each commit.
        fields = [next(tokens) for _ in range(FIELDS)]
        next(tokens, None)  # what -z prints after the format
        files: list[FileChange] = []
        token = next(tokens, None)
        while token:
            _, mode, before, after, _ = token.lstrip("\n").split(" ")
            files.append(FileChange(next(tokens), mode, before, after))
            token = next(tokens, None)
        yield _commit(fields, tuple(files))
    process.finish()


def _commit(fields: Sequence[str], files: tuple[FileChange, ...]) -> LoggedCommit:
    name, parents, an, ae, at, ad, cn, ce, ct, cd, message = fields
    return LoggedCommit(name, tuple(parents.split()), (an, ae), (at, ad), (cn, ce), (ct, cd), message, files)


def _tokens(process: GitProcess) -> Iterator[str]:
    """The output cut at each NUL. The last token, after the last NUL, is empty and is left out."""
    rest = b""
    for chunk in process.chunks():
        *whole, rest = (rest + chunk).split(b"\0")
        for token in whole:
            yield token.decode("utf-8", "backslashreplace")
