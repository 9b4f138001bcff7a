"""Measured rows in, a table for a person out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.benchmarks.measure import Cost


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison."""

    work: str
    cost: Cost
    reference: str
    """What it is compared with."""
    reference_cost: Cost
    bound: float | None
    """How many times the reference it may take; None: told, not judged."""
    aim: float | None = None
    """How many times the reference it should take, where that is less than the bound."""
    of_memory: bool = False
    """What is compared: seconds, or the peak of memory."""

    @property
    def ratio(self) -> float:
        """How many times the reference it took."""
        if self.of_memory:
            return self.cost.peak / self.reference_cost.peak
        return self.cost.seconds / self.reference_cost.seconds

    @property
    def verdict(self) -> str:
        """In a word or two, how the ratio stands to its bound."""
        if self.bound is None:
            return "told"
        if self.ratio > self.bound:
            return "BROKEN"
        return "within" if self.aim is None or self.ratio > self.aim else "aim met"

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as the table prints it."""
        bound = "-" if self.bound is None else f"{self.bound:g} x"
        return (
            self.work,
            *_written(self.cost),
            self.reference,
            *_written(self.reference_cost),
            f"{self.ratio:.2f} x",
            bound if self.aim is None else f"{bound}, aim {self.aim:g} x",
            self.verdict,
        )


HEADINGS = ("work", "took", "peak", "reference", "took", "peak", "ratio", "bound", "")


def print_table(rows: Iterable[Row]) -> None:
    """Print all rows, columns aligned."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _written(cost: Cost) -> tuple[str, str]:
    return f"{cost.seconds:.3f} s", f"{cost.peak / 1e6:.0f} MB" if cost.peak else "-"
