"""A running git: arguments in, bytes out, and an error in our words when it fails."""

from __future__ import annotations

import io
import re
import subprocess
import threading
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import IO, Self, cast

import git

from minutebook.errors import GitError
from minutebook.repository.environment import without_inherited_git

CHUNK = 1 << 20
"""Bytes asked of a pipe at once."""


class GitProcess:
    """One git process with its three streams. Used as a context manager, it never outlives its block."""

    def __init__(self, command: git.Git, arguments: Sequence[str], *, talks: bool = False) -> None:
        """Start `git ARGUMENTS`; `talks` opens its standard input."""
        self.arguments = tuple(arguments)
        with without_inherited_git():
            handle = command.execute(
                [git.Git.GIT_PYTHON_GIT_EXECUTABLE or "git", *arguments],
                as_process=True,
                istream=cast("io.BufferedWriter", subprocess.PIPE) if talks else None,
            )
        # GitPython terminates the process when the handle is collected, so the handle is kept with it.
        self._handle = handle
        self._process = cast("subprocess.Popen[bytes]", handle.proc)
        self._said: list[bytes] = []
        # A full pipe of warnings would stop git while we wait for its output.
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def output(self) -> IO[bytes]:
        """Its standard output."""
        return cast("IO[bytes]", self._process.stdout)

    @property
    def input(self) -> IO[bytes]:
        """Its standard input, where it was asked to talk."""
        return cast("IO[bytes]", self._process.stdin)

    def chunks(self) -> Iterator[bytes]:
        """Its output as it comes."""
        read = cast("io.BufferedReader", self.output).read1
        while chunk := read(CHUNK):
            yield chunk

    def finish(self) -> None:
        """Wait for the end; GitError when git says that something went wrong."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()
        status = self._process.wait()
        self._listener.join()
        if status != 0:
            raise self.error(status)

    def error(self, status: int) -> GitError:
        """What a failed git said, as an error that says what to do."""
        self._listener.join(timeout=1)
        said = b"".join(self._said).decode("utf-8", "backslashreplace").strip()
        if lost := re.search(r"(?:unable to read|could not read|missing|bad) (?:\w+ )?'?([0-9a-f]{40,64})", said):
            return GitError(
                f"The repository lacks the object {lost[1]}, so its history cannot be read.",
                "run `git fsck --full` in it; `git fetch` or a fresh clone brings a lost object back.",
            )
        return GitError(
            f"`git {' '.join(self.arguments[:2])}` failed with status {status}: {said or 'it said nothing'}"
        )

    def _listen(self) -> None:
        stream = cast("IO[bytes]", self._process.stderr)
        while line := stream.readline():
            self._said.append(line)

    def __enter__(self) -> Self:
        """The process itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process if it still runs, and close its streams."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    # It ended before it read all we had said; its status has told why.
                    continue
