"""What of the history cannot be read: a History in, its gaps out, and what today's records hold undeclared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from minutebook.model.portfolio import Gap, History, Portfolio
from minutebook.model.record import RecordKey


def gaps_of(history: History) -> Iterator[tuple[RecordKey, Gap]]:
    """Every span in which a record could not be read, in the order of the records, oldest first within one."""
    return ((record.key, gap) for record in history.records.values() for gap in record.gaps)


def undeclared_fields(portfolio: Portfolio) -> tuple[tuple[str, str, int], ...]:
    """Type, name of the field, how many records have it today; sorted."""
    counted = Counter(
        (key.type, name)
        for key, state in portfolio.records.items()
        if state.version is not None
        for name in state.version.undeclared
    )
    return tuple((type_, name, number) for (type_, name), number in sorted(counted.items()))
