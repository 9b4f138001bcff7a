"""Commits with their people, dates, parents and files in, a new git repository with its files checked out, out.

The same commits give the same ids on every machine: nothing of its settings, clock or user goes in.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import git

from minutebook.errors import GitError, MinutebookError
from minutebook.model.commit import Person
from minutebook.repository.environment import git_environment
from minutebook.repository.process import GitProcess

BRANCH = "main"
BESIDE = ".making-"
"""In the names of folders that are being filled."""

WITH_FILES = ("-c", "core.bare=false")
"""Wins over the setting by which repositories are only read: this one has files."""

UNLOGGED = (*WITH_FILES, "-c", "core.logAllRefUpdates=false")
"""Without a reflog of the making, which would name the user of this machine."""

FAST_IMPORT = ("fast-import", "--quiet", "--date-format=raw", "--done")
"""See https://git-scm.com/docs/git-fast-import."""


_NOT_IN_NAMES = re.compile(r"[<>\x00-\x1f\x7f]")
"""By which git, or its log, would take somebody for somebody else."""

_PLAIN = {byte: chr(byte) for byte in range(0x20, 0x7F) if byte not in b'"\\'}
"""Bytes of a path that stand for themselves; the others are written as three octal digits."""


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A commit to be made."""

    author: Person
    authored: datetime
    """With its time zone, whose offset the commit keeps."""
    committer: Person
    committed: datetime
    message: str
    parents: tuple[int, ...]
    """Marks of commits; none: it is the first of all."""
    files: Mapping[str, bytes | None]
    """What it changes of the files of its first parent; None: the file is removed."""


class Importer:
    """Takes the commits of a new repository, parents first; the last one is where its branch ends."""

    def __init__(self, process: GitProcess) -> None:
        """`process` is a `git fast-import` that has been told nothing."""
        self._process = process
        self._marks = 0

    def commit(self, commit: NewCommit) -> int:
        """Make a commit and give its mark, by which others name it. GitError: git cannot hold what it says."""
        if "\0" in commit.message:
            raise GitError("the message of a commit cannot hold NUL: git would show no more than what is before it.")
        self._marks += 1
        message = commit.message.encode()
        lines = [
            f"commit refs/heads/{BRANCH}",
            f"mark :{self._marks}",
            f"author {_signature(commit.author, commit.authored)}",
            f"committer {_signature(commit.committer, commit.committed)}",
            f"data {len(message)}",
        ]
        self._say("\n".join(lines).encode() + b"\n" + message + b"\n")
        for word, parent in zip(("from", *["merge"] * len(commit.parents)), commit.parents, strict=False):
            self._say(f"{word} :{parent}\n".encode())
        for path, content in commit.files.items():
            if content is None:
                self._say(f"D {_quoted(path)}\n".encode())
            else:
                self._say(f"M 100644 inline {_quoted(path)}\ndata {len(content)}\n".encode() + content + b"\n")
        self._say(b"\n")
        return self._marks

    def id_of(self, mark: int) -> str:
        """The id of a commit that was made."""
        self._say(f"get-mark :{mark}\n".encode())
        try:
            self._process.input.flush()
        except BrokenPipeError:
            self._process.finish()
        return self._process.output.readline().decode("ascii").strip()

    def finish(self) -> None:
        """Say that this was all. GitError: git did not understand it."""
        self._say(b"done\n")
        self._process.finish()

    def _say(self, line: bytes) -> None:
        try:
            self._process.input.write(line)
        except BrokenPipeError:
            # It ended first; its status tells why.
            self._process.finish()


@contextmanager
def new_repository(folder: Path) -> Iterator[Importer]:
    """A repository that stands at `folder` with its files once the block has given it all its commits.

    It is made beside and moved there, so that nothing is left where it fails. MinutebookError: `folder` holds
    something already, or cannot be written. GitError: git cannot make it.
    """
    target = folder.resolve()
    refuse_taken(target, folder)
    there = next(parent for parent in target.parents if parent.exists())
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}{BESIDE}", dir=there))
    except OSError as problem:
        raise MinutebookError(f"{folder} cannot be written: {problem.strerror}.", "name another folder.") from problem
    try:
        # One folder deeper: mkdtemp's own is closed to everybody else.
        made = beside / target.name
        made.mkdir()
        _run(
            made,
            {},
            *WITH_FILES,
            "init",
            "--quiet",
            "--template=",
            "--object-format=sha1",
            f"--initial-branch={BRANCH}",
        )
        inside = {"GIT_DIR": str(made / ".git"), "GIT_WORK_TREE": str(made)}
        command = _command(made, inside)
        with GitProcess(command, (*UNLOGGED, *FAST_IMPORT), talks=True) as process:
            importer = Importer(process)
            yield importer
            importer.finish()
        _run(made, inside, *UNLOGGED, "read-tree", "--reset", "-u", "HEAD")
        refuse_taken(target, folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        made.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def refuse_taken(target: Path, told: Path) -> None:
    """Raise MinutebookError where there is something at a path, but for an empty folder; `told` is how it was named."""
    if target.is_dir() and not any(target.iterdir()):
        return
    if os.path.lexists(target):
        what = "is not empty" if target.is_dir() else "is no folder"
        raise MinutebookError(
            f"{told} {what}, so nothing is written there.", "name a folder that is new or empty, or remove this one."
        )


def _command(folder: Path, inside: Mapping[str, str]) -> git.Git:
    command = git.Git(str(folder))
    command.update_environment(**git_environment(), **inside)
    return command


def _run(folder: Path, inside: Mapping[str, str], *arguments: str) -> None:
    """One git command to its end. GitError: it failed."""
    with GitProcess(_command(folder, inside), arguments) as process:
        process.output.read()
        process.finish()


def can_sign(person: Person) -> bool:
    """Whether git can hold somebody as they are written as the author of a commit."""
    return not _NOT_IN_NAMES.search(person.name + person.email)


def _signature(person: Person, moment: datetime) -> str:
    """A person and a time as fast-import's raw format has them. GitError: a name that git cannot hold."""
    if not can_sign(person):
        raise GitError(
            f"`{person.name} <{person.email}>` can be no author of a commit: it holds <, > or a control character."
        )
    return f"{person.name} <{person.email}> {int(moment.timestamp())} {moment.strftime('%z')}"


def _quoted(path: str) -> str:
    """A path as fast-import reads it, whatever it holds but NUL. GitError: it holds that."""
    if "\0" in path:
        raise GitError(f"a path cannot hold NUL: {path!r}.")
    return '"' + "".join(_PLAIN.get(byte, f"\\{byte:03o}") for byte in path.encode()) + '"'
