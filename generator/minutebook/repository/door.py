"""The door: a folder in, a repository that can be asked for commits, trees and contents out."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import git

from minutebook.errors import GitError
from minutebook.model.commit import Person
from minutebook.model.record import FILE_LIMIT
from minutebook.repository.environment import git_environment, without_inherited_git
from minutebook.repository.log import LoggedCommit, log_arguments, read_log
from minutebook.repository.people import askable
from minutebook.repository.process import CHUNK, GitProcess

OLDEST_GIT = (2, 31)
"""The first git with `--diff-merges` and with settings from the environment."""

WHOLE = FILE_LIMIT + 1
"""Bytes of a content that are kept while a history is streamed: enough to tell that a file is too large for a record.
The rest is read and thrown away."""


class TreeFile(NamedTuple):
    """A file of a commit's tree."""

    mode: str
    """Six octal digits: 100644, 100755, 120000 (symlink), 160000 (submodule)."""
    blob: str
    path: str


class Repository:
    """A git repository, opened for reading only. Nothing that it contains or configures is ever run."""

    def __init__(self, repo: git.Repo, path: Path) -> None:
        """Wrap the repository that GitPython found for a path; `open_repository` checks that it is whole."""
        self.git_dir = Path(repo.common_dir)
        steps = (path.absolute(), *path.absolute().parents)
        # Not what the repository's own `core.worktree` says, which may be any folder of the machine.
        self.work_tree = None if repo.bare else next((step for step in steps if (step / ".git").exists()), None)
        """The folder of the checked-out files; None: a bare repository."""
        self._command = git.Git(str(repo.git_dir))
        self._command.update_environment(GIT_DIR=str(repo.git_dir), **git_environment())
        self._asked: GitProcess | None = None

    def close(self) -> None:
        """End the process that single contents are asked of."""
        if self._asked is not None:
            self._asked.__exit__(None, None, None)
            self._asked = None

    def __enter__(self) -> Self:
        """The repository itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def run(self, *arguments: str, talks: bool = False) -> GitProcess:
        """Start a git process in this repository."""
        return GitProcess(self._command, arguments, talks=talks)

    def ask(self, *arguments: str) -> bytes | None:
        """The output of a short git command; None when git answers with status 1 or more."""
        with self.run(*arguments) as process:
            output = process.output.read()
            try:
                process.finish()
            except GitError:
                return None
            return output

    def resolve(self, revision: str) -> str:
        """The commit id that a branch, tag or id names. GitError: it names none."""
        if revision.startswith("-") or "\0" in revision:
            found = None
        else:
            found = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if not found:
            # rev-parse repeats --end-of-options in some versions; the id is the last line.
            if revision == "HEAD":
                raise GitError(f"The repository {self.place} has no commits yet.", "commit a record first.")
            raise GitError(
                f"`{revision}` names no commit of the repository {self.place}.", "see `git branch -a` and `git tag`."
            )
        return found.decode("ascii").split()[-1]

    def mainline_position(self, commit: str, head: str) -> int | None:
        """How many commits the mainline that ends at `head` has before a commit, both by id; None: it is not on it."""
        mainline = (self.ask("rev-list", "--first-parent", head) or b"").decode("ascii").split()
        return len(mainline) - 1 - mainline.index(commit) if commit in mainline else None

    def head(self) -> str | None:
        """The id of the commit that is checked out; None: there is none yet."""
        found = self.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        return found.decode("ascii").strip() if found else None

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        return str(self.work_tree or self.git_dir)

    def tracks(self, folder: Path) -> bool:
        """Whether the index or the checked-out commit has a file in a folder, given relative to the work tree."""
        below = folder.as_posix()
        index = self.ask("ls-files", "-z", "--", below)
        tree = self.ask("ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD", "--", below)
        return bool(index) or bool(tree)

    def ignored(self, root: str) -> frozenset[str]:
        """The files of the work tree below `root` that its `.gitignore` files keep out of commits."""
        if self.work_tree is None:
            return frozenset()
        top = str(self.work_tree)
        below = ["--", root] if root else []
        listed = ("ls-files", "--others", "--ignored", "--exclude-standard", "-z", *below)
        found = self.ask("-C", top, f"--work-tree={top}", *listed) or b""
        return frozenset(path.decode("utf-8", "backslashreplace") for path in found.split(b"\0")[:-1])

    def pretends(self) -> tuple[str, ...]:
        """What would show another history than the commits hold: grafts, replacements. It is ignored."""
        found = []
        grafts = self.git_dir / "info" / "grafts"
        if grafts.is_file() and grafts.stat().st_size:
            found.append("grafts (info/grafts)")
        if self.ask("for-each-ref", "--count=1", "refs/replace/"):
            found.append("replacements (refs/replace)")
        return tuple(found)

    def branch(self) -> str | None:
        """The branch that HEAD names; None when HEAD is detached."""
        found = self.ask("symbolic-ref", "--quiet", "--short", "HEAD")
        return found.decode("utf-8", "backslashreplace").strip() if found else None

    def log(self, commit: str, known: Collection[str], root: str) -> Iterator[LoggedCommit]:
        """What `commit` reaches and none of `known` does, children before parents, with the files below `root`."""
        with self.run(*log_arguments(commit, known, root)) as process:
            yield from read_log(process)

    def resolve_people(self, commit: str, people: Iterable[Person]) -> dict[Person, Person]:
        """How `.mailmap` of a commit names people: those only whom it names otherwise."""
        asked = [person for person in dict.fromkeys(people) if askable(person)]
        mailmap = f"{commit}:.mailmap"
        if not asked or self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", mailmap) is None:
            return {}
        lines = "".join(f"{person.name} <{person.email}>\n" for person in asked).encode()
        with self.run("-c", f"mailmap.blob={mailmap}", "check-mailmap", "--stdin", talks=True) as process:
            _feed(process, [lines])
            answers = process.output.read().decode("utf-8", "backslashreplace").removesuffix("\n").split("\n")
            process.finish()
        resolved = {}
        for person, answer in zip(asked, answers, strict=True):
            name, _, email = answer.rpartition("<")
            found = Person(name.strip(), email.rstrip(">"))
            if found != person:
                resolved[person] = found
        return resolved

    def read_blobs(self, blobs: Sequence[str]) -> Iterator[bytes]:
        """The contents of these ids in this order, streamed and cut. GitError names a missing one."""
        if not blobs:
            return
        with self.run("cat-file", "--batch", "--buffer", talks=True) as process:
            _feed(process, (f"{blob}\n".encode("ascii") for blob in blobs))
            for blob in blobs:
                yield _read_content(process, blob, WHOLE)
            process.finish()

    def read_blob(self, blob: str) -> bytes:
        """The whole content of one object id. GitError names a missing one."""
        if self._asked is None:
            self._asked = self.run("cat-file", "--batch", talks=True)
        self._asked.input.write(f"{blob}\n".encode("ascii"))
        self._asked.input.flush()
        return _read_content(self._asked, blob, None)

    def list_files(self, commit: str, root: str = "") -> Iterator[TreeFile]:
        """Every file of a commit's tree below `root`, in byte order of their paths."""
        below = ["--", root] if root else []
        with self.run("ls-tree", "-r", "-z", "--full-tree", commit, *below) as process:
            output = process.output.read()
            process.finish()
        for line in output.split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            mode, _, blob = facts.decode("ascii").split(" ")
            yield TreeFile(mode, blob, path.decode("utf-8", "backslashreplace"))


def find_repository(path: Path) -> Repository | None:
    """The repository that holds a folder (or is it), whatever its state; None: there is none."""
    try:
        with without_inherited_git():
            return Repository(git.Repo(path, search_parent_directories=True), path)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return None


def open_repository(path: Path) -> Repository:
    """The repository that holds a folder (or is it). GitError: none, git too old, or a history that is cut off."""
    _check_git()
    repository = find_repository(path)
    if repository is None:
        raise GitError(
            f"{path} is not in a git repository.", "run `git init` there, or name a repository with --repo DIR."
        )
    _check_complete(repository)
    return repository


def _check_git() -> None:
    with without_inherited_git():
        try:
            found = git.Git().version_info
        except (git.GitCommandNotFound, git.GitCommandError) as problem:
            raise GitError("git was not found.", "install git and see that it is on the PATH.") from problem
    if found < OLDEST_GIT:
        written = ".".join(map(str, found))
        needed = ".".join(map(str, OLDEST_GIT))
        raise GitError(f"git {written} is too old: Minutebook needs git {needed} or later.", "update git.")


def _check_complete(repository: Repository) -> None:
    """Refuse what cannot be read honestly: a shallow clone, and a partial one, which fetches what it is asked for."""
    shallow = repository.git_dir / "shallow"
    if shallow.is_file() and shallow.stat().st_size:
        raise GitError(
            f"{repository.place} is a shallow clone: the beginning of its history is missing.",
            "run `git fetch --unshallow`; in a CI job, check out with full depth (`fetch-depth: 0`).",
        )
    settings = repository.ask(
        "config", "-z", "--name-only", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$"
    )
    if settings:
        raise GitError(
            f"{repository.place} is a partial clone: contents of its history are missing.",
            "clone it anew without --filter, or run `git fetch --refetch --no-filter` "
            "and then `git config --unset remote.origin.promisor`.",
        )


def _feed(process: GitProcess, lines: Iterable[bytes]) -> None:
    """Write to a process from a thread, so that it can answer while it is asked."""

    def write() -> None:
        try:
            for line in lines:
                process.input.write(line)
            process.input.close()
        except (BrokenPipeError, ValueError):
            # It ended first, or its reader stopped reading; its status tells why.
            return

    threading.Thread(target=write, daemon=True).start()


def _read_content(process: GitProcess, blob: str, most: int | None) -> bytes:
    header = process.output.readline().split()
    if len(header) != 3:
        if header:
            raise GitError(
                f"The repository lacks the object {blob}, so its history cannot be read.",
                "run `git fsck --full` in it; `git fetch` or a fresh clone brings a lost object back.",
            )
        process.finish()
        raise GitError("git ended before it had given all contents.")
    size = int(header[2])
    content = process.output.read(size if most is None else min(size, most))
    left = size - len(content)
    while left > 0:
        left -= len(process.output.read(min(left, CHUNK)))
    process.output.read(1)
    return content
