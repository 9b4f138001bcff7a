"""A folder of checked JSON files: each is whole or counts as absent, whoever writes at the same time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

FORMAT = b"minutebook-cache-1"
"""Opens every file; a cache of another format counts as absent."""


class Cache:
    """What earlier runs left in one folder. Contents are JSON, because reading JSON can run nothing."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which is made when something is first kept."""
        self.folder = folder

    def load(self, name: str) -> Json:
        """What was kept under this name; None where there is nothing, or nothing that can be trusted to be whole."""
        try:
            content = self._file(name).read_bytes()
        except OSError:
            return None
        header, _, payload = content.partition(b"\n")
        if header != _header(payload):
            return None
        try:
            return json.loads(payload)  # type: ignore[no-any-return]  # json.loads gives exactly what Json names
        except (ValueError, RecursionError):
            return None

    def save(self, name: str, value: Json) -> None:
        """Keep a value under a name, in one move. No build fails for a folder that cannot be written."""
        payload = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._hide_from_git()
            self._replace(self._file(name), _header(payload) + b"\n" + payload)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _hide_from_git(self) -> None:
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            self._replace(ignore, b"*\n")

    def _replace(self, file: Path, content: bytes) -> None:
        # Written beside and moved over: a killed run leaves the old file, two at once leave one of theirs.
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _header(payload: bytes) -> bytes:
    return FORMAT + b" " + hashlib.sha256(payload).hexdigest().encode("ascii")
