"""Scripted edits in, a real git repository out: same script, same commit ids, on every machine.

Objects are written straight into the object store, so a commit costs a fraction of a millisecond and can hold what
porcelain refuses to write: bad dates, odd encodings, names that are no UTF-8, two roots, parents in any order. The
format is that of
https://git-scm.com/book/en/v2/Git-Internals-Git-Objects. `RepositoryBuilder.git` runs the real git on the result.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import subprocess
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict, Unpack

from tests.support.environment import clean_environment

FILE, EXECUTABLE, SYMLINK, SUBMODULE = "100644", "100755", "120000", "160000"
"""Modes of tree entries."""

ANA = "Ana Li <ana@example.org>"
BO = "Bo Chen <bo@example.org>"
FORGE = "Forge <noreply@forge.example>"
"""People for tests."""

FIRST_DAY = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)
"""When the first commit is made, unless told otherwise; each next one is a day later."""

Snapshot = dict[bytes, tuple[str, str]]
"""Path to mode and object id: a whole tree, flat."""


class CommitOptions(TypedDict, total=False):
    """What `RepositoryBuilder.commit` takes besides the message, and its neighbours pass on."""

    author: str | bytes
    committer: str | bytes | None
    date: str | None
    landed: str | None
    trailers: Mapping[str, str] | None
    encoding: str | None


class RepositoryBuilder:
    """A repository, the branch it stands on, and the files that the next commit will hold.

    Merges take whole files in three-way fashion. Whatever `write` and `remove` did before a `commit` is in it.
    The working folder stays empty until `checkout`.
    """

    def __init__(self, path: Path, *, branch: str = "main", bare: bool = False, object_format: str = "sha1") -> None:
        """Make an empty repository at `path`, which may exist as an empty folder; nothing runs git."""
        self.path = path
        self.git_dir = path if bare else path / ".git"
        self.head = branch
        self.object_format = object_format
        self.files: Snapshot = {}
        self.refs: dict[str, str] = {}
        self.snapshots: dict[str, Snapshot] = {}
        self.parents: dict[str, tuple[str, ...]] = {}
        self._trees: dict[bytes, str] = {}
        self._contents: dict[bytes, str] = {}
        self._clock = FIRST_DAY
        for folder in ("objects/info", "objects/pack", "refs/heads", "refs/tags", "info"):
            (self.git_dir / folder).mkdir(parents=True)
        sha256 = object_format == "sha256"
        extension = "[extensions]\n\tobjectformat = sha256\n" if sha256 else ""
        (self.git_dir / "config").write_text(
            f"[core]\n\trepositoryformatversion = {int(sha256)}\n\tbare = {str(bare).lower()}\n{extension}"
        )
        self._point_head()

    # Files of the next commit

    def write(self, path: str | bytes, content: str | bytes, mode: str = FILE) -> None:
        """Put a file (a symlink's target with `SYMLINK`) into the next commit."""
        self.files[os.fsencode(path)] = (mode, self.blob(content))

    def submodule(self, path: str, commit: str = "1" * 40) -> None:
        """Put a submodule entry into the next commit."""
        self.files[os.fsencode(path)] = (SUBMODULE, commit)

    def remove(self, path: str | bytes) -> None:
        """Leave a file out of the next commit. KeyError where there is none."""
        del self.files[os.fsencode(path)]

    def move(self, before: str | bytes, after: str | bytes) -> None:
        """Give a file another path in the next commit."""
        self.files[os.fsencode(after)] = self.files.pop(os.fsencode(before))

    def read(self, path: str | bytes) -> bytes:
        """The content that the next commit will hold at a path."""
        return self.content_of(self.files[os.fsencode(path)][1])

    # Commits

    def commit(
        self,
        message: str | bytes = "Edit",
        *,
        author: str | bytes = ANA,
        committer: str | bytes | None = None,
        date: str | None = None,
        landed: str | None = None,
        trailers: Mapping[str, str] | None = None,
        parents: tuple[str, ...] | None = None,
        encoding: str | None = None,
    ) -> str:
        """Commit the files on the current branch and return the id.

        `date` (authored) and `landed` (committed) are ISO 8601, or are written as they are ("99999999999999 +9999").
        Without `date` a day passes; `landed` and `committer` default to the author's; `parents` replaces the tip.
        """
        if date is None:
            date = self._clock.isoformat()
            self._clock += dt.timedelta(days=1)
        if trailers:
            message = (
                _bytes(message).rstrip(b"\n") + b"\n\n" + b"".join(_bytes(f"{k}: {v}\n") for k, v in trailers.items())
            )
        tip = self.refs.get(self.head)
        parents = parents if parents is not None else (tip,) if tip else ()
        lines = [b"tree " + self._write_tree(self.files).encode()]
        lines += [b"parent " + parent.encode() for parent in parents]
        lines.append(b"author " + _bytes(author) + b" " + _git_date(date))
        lines.append(b"committer " + _bytes(committer or author) + b" " + _git_date(landed or date))
        if encoding:
            lines.append(b"encoding " + encoding.encode())
        text = _bytes(message)
        commit = self._write_object(
            "commit", b"\n".join(lines) + b"\n\n" + text + (b"" if text.endswith(b"\n") else b"\n")
        )
        self.snapshots[commit] = dict(self.files)
        self.parents[commit] = parents
        self._set_branch(self.head, commit)
        return commit

    def commit_file(
        self, path: str | bytes, content: str | bytes, message: str | bytes = "Edit", **options: Unpack[CommitOptions]
    ) -> str:
        """Write one file and commit it."""
        self.write(path, content)
        return self.commit(message, **options)

    # Branches

    @property
    def tip(self) -> str:
        """The id of the current branch's last commit."""
        return self.refs[self.head]

    def branch(self, name: str, start: str | None = None) -> None:
        """Start a branch here, or at a commit, and go to it. Uncommitted files stay only when it starts here."""
        commit = start or self.tip
        self._set_branch(name, commit)
        files = self.files if start is None else dict(self.snapshots[commit])
        self.switch(name)
        self.files = files

    def orphan(self, name: str) -> None:
        """Go to a branch that has no commit yet: the next commit is another root."""
        self.head, self.files = name, {}
        self._point_head()

    def switch(self, name: str) -> None:
        """Go to a branch that exists."""
        self.head, self.files = name, dict(self.snapshots[self.refs[name]])
        self._point_head()

    def detach(self, commit: str) -> None:
        """Let HEAD name a commit and no branch."""
        (self.git_dir / "HEAD").write_text(commit + "\n")

    def reset(self, commit: str) -> None:
        """Let the current branch end at a commit that exists."""
        self._set_branch(self.head, commit)
        self.files = dict(self.snapshots[commit])

    def merge(
        self,
        *others: str,
        message: str | None = None,
        strategy: str = "theirs",
        edit: Mapping[str, str | bytes | None] | None = None,
        **options: Unpack[CommitOptions],
    ) -> str:
        """Merge branches with a merge commit (never a fast-forward) and return its id.

        `strategy`: "theirs" or "ours" say who wins where both sides changed a file; "discard" takes nothing of the
        others, as `git merge -s ours` does. `edit` changes or (None) removes files on top, as one resolves a conflict.
        """
        parents = (self.tip, *(self.refs[other] for other in others))
        files = self.snapshots[self.tip]
        if strategy != "discard":
            for parent in parents[1:]:
                base = self._snapshot(self._merge_base(self.tip, parent))
                files = self._three_way(base, files, self.snapshots[parent], strategy)
        self.files = dict(files)
        for path, content in (edit or {}).items():
            if content is None:
                self.files.pop(os.fsencode(path), None)
            else:
                self.write(path, content)
        text = message or f"Merge branch {' and '.join(others)}"
        return self.commit(text, parents=parents, **options)

    def squash(self, other: str, message: str, **options: Unpack[CommitOptions]) -> str:
        """Land a branch as one commit with one parent."""
        base = self._snapshot(self._merge_base(self.tip, self.refs[other]))
        self.files = self._three_way(base, self.snapshots[self.tip], self.snapshots[self.refs[other]], "theirs")
        return self.commit(message, **options)

    def rebase(self, other: str, *, committer: str = FORGE) -> list[str]:
        """Land a branch by replaying its commits here with new committers; their ids, oldest first."""
        base = self._merge_base(self.tip, self.refs[other])
        chain: list[str] = []
        commit = self.refs[other]
        while commit != base:
            chain.append(commit)
            commit = self.parents[commit][0]
        landed = []
        for commit in reversed(chain):
            before = self.snapshots[self.parents[commit][0]]
            self.files = self._three_way(before, self.snapshots[self.tip], self.snapshots[commit], "theirs")
            header, _, message = self._read_object(commit).partition(b"\n\n")
            author = re.search(rb"^author (.*>) (\d+ [+-]\d+)$", header, re.MULTILINE)
            if author is None:
                raise ValueError(f"{commit} has no usable author to keep")
            day = self._clock.isoformat()
            self._clock += dt.timedelta(days=1)
            landed.append(
                self.commit(message, author=author[1], date=author[2].decode(), committer=committer, landed=day)
            )
        return landed

    def fast_forward(self, other: str) -> str:
        """Land a branch by moving this one to its tip."""
        self.reset(self.refs[other])
        return self.tip

    def tag(self, name: str, commit: str | None = None) -> None:
        """A lightweight tag."""
        (self.git_dir / "refs/tags" / name).write_text((commit or self.tip) + "\n")

    # Other shapes of the same repository

    def checkout(self) -> Path:
        """Write the current branch's files and the index; the folder."""
        self.git("reset", "--quiet", "--hard")
        return self.path

    def clone(self, to: Path, *options: str) -> Path:
        """A clone made by git, for example with `--depth=2` or `--filter=blob:none`; its folder."""
        self.git("config", "uploadpack.allowFilter", "true")
        self.git("clone", "--quiet", *options, self.path.as_uri(), str(to))
        return to

    def forget(self, object_id: str) -> None:
        """Lose an object, as a damaged disk does."""
        self._object_path(object_id).unlink()
        self._trees = {data: tree for data, tree in self._trees.items() if tree != object_id}

    def git(self, *arguments: str, input_text: str | None = None) -> str:
        """What git prints, run in the repository with a clean environment. CalledProcessError where it fails."""
        command = ["git", "-C", str(self.path), *arguments]
        done = subprocess.run(
            command,
            input=input_text,
            env=clean_environment(),
            capture_output=True,
            check=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
        return done.stdout

    # Objects

    def blob(self, content: str | bytes) -> str:
        """Store a content; its object id."""
        data = _bytes(content)
        if data not in self._contents:
            self._contents[data] = self._write_object("blob", data)
        return self._contents[data]

    def content_of(self, blob: str) -> bytes:
        """The content of an object."""
        return self._read_object(blob)

    def raw_commit(self, data: bytes, *, branch: str | None = None) -> str:
        """Store the bytes of a commit object as they are, and let a branch end there."""
        commit = self._write_object("commit", data)
        self._set_branch(branch or self.head, commit)
        return commit

    @property
    def tree(self) -> str:
        """The id of the tree that the next commit would have."""
        return self._write_tree(self.files)

    def _write_tree(self, files: Snapshot) -> str:
        """Store nested trees; entries are sorted as git sorts them, folders as if their names ended in a slash."""
        entries: dict[bytes, tuple[str, str]] = {}
        folders: dict[bytes, Snapshot] = {}
        for path, entry in files.items():
            folder, slash, rest = path.partition(b"/")
            if slash:
                folders.setdefault(folder, {})[rest] = entry
            else:
                entries[path] = entry
        rows = [(name, mode, object_id) for name, (mode, object_id) in entries.items()]
        rows += [(folder, "40000", self._write_tree(inside)) for folder, inside in folders.items()]
        rows.sort(key=lambda row: row[0] + (b"/" if row[1] == "40000" else b""))
        data = b"".join(
            mode.encode() + b" " + name + b"\0" + bytes.fromhex(object_id) for name, mode, object_id in rows
        )
        if data not in self._trees:
            self._trees[data] = self._write_object("tree", data)
        return self._trees[data]

    def _write_object(self, kind: str, data: bytes) -> str:
        whole = f"{kind} {len(data)}\0".encode() + data
        object_id = hashlib.new(self.object_format, whole, usedforsecurity=False).hexdigest()
        path = self._object_path(object_id)
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(zlib.compress(whole, 1))
        return object_id

    def _read_object(self, object_id: str) -> bytes:
        return zlib.decompress(self._object_path(object_id).read_bytes()).partition(b"\0")[2]

    def _object_path(self, object_id: str) -> Path:
        return self.git_dir / "objects" / object_id[:2] / object_id[2:]

    def _set_branch(self, name: str, commit: str) -> None:
        self.refs[name] = commit
        path = self.git_dir / "refs/heads" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(commit + "\n")

    def _point_head(self) -> None:
        (self.git_dir / "HEAD").write_text(f"ref: refs/heads/{self.head}\n")

    # Merging

    def _ancestors(self, commit: str) -> dict[str, int]:
        """The commit and all before it, with the most steps that lead there."""
        depth: dict[str, int] = {commit: 0}
        queue = [commit]
        for current in queue:
            for parent in self.parents[current]:
                if depth.get(parent, -1) < depth[current] + 1:
                    depth[parent] = depth[current] + 1
                    queue.append(parent)
        return depth

    def _merge_base(self, one: str, other: str) -> str | None:
        """The nearest common ancestor, or None."""
        mine, theirs = self._ancestors(one), self._ancestors(other)
        common = [commit for commit in mine if commit in theirs]
        return min(common, key=lambda commit: mine[commit] + theirs[commit], default=None)

    def _snapshot(self, commit: str | None) -> Snapshot:
        """The files of a commit; none where there is no commit."""
        return self.snapshots[commit] if commit else {}

    @staticmethod
    def _three_way(base: Snapshot, ours: Snapshot, theirs: Snapshot, winner: str) -> Snapshot:
        """Whole files merged in three-way fashion; `winner` has the last word where both changed one."""
        merged: Snapshot = {}
        for path in dict.fromkeys((*ours, *theirs)):
            before, mine, other = base.get(path), ours.get(path), theirs.get(path)
            changed_by_both = before not in (mine, other)
            kept = (other if winner == "theirs" else mine) if changed_by_both else (mine if other == before else other)
            if kept is not None:
                merged[path] = kept
        return merged


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text


def _git_date(date: str) -> bytes:
    """Seconds and zone of an ISO 8601 time; anything else as it was written."""
    if not re.match(r"\d{4}-\d\d-\d\d", date):
        return date.encode()
    when = dt.datetime.fromisoformat(date)
    when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    return f"{int(when.timestamp())} {when:%z}".encode()
