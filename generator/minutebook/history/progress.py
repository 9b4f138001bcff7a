"""How long work tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Somebody who wants to know."""

    def advance(self, done: int, total: int, what: str) -> None:
        """`done` of `total` steps of the work called `what` are done."""
