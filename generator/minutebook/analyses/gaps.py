"""What of the history cannot be read: a History in, its gaps out; and what records hold undeclared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from minutebook.history.misspelt import meant_by
from minutebook.history.notes import undeclared_places
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import Gap, History
from minutebook.model.record import RecordKey
from minutebook.model.record_type import Field
from minutebook.model.value import Fields


def gaps_of(history: History) -> Iterator[tuple[RecordKey, Gap]]:
    """Every span in which a record could not be read, in the order of the records, oldest first within one."""
    return ((record.key, gap) for record in history.records.values() for gap in record.gaps)


def undeclared_fields(
    records: Iterable[tuple[RecordKey, Fields]], configuration: Configuration
) -> tuple[tuple[str, str, int], ...]:
    """Type, path of the field without the ids of items, how many records have it; sorted. None that is misspelt."""
    counted: Counter[tuple[str, str]] = Counter()
    for key, fields in records:
        declared = configuration.types[key.type].fields
        counted.update(
            {
                (key.type, _plain(place, declared))
                for place in undeclared_places(fields, declared)
                if meant_by(place, fields, declared) is None
            }
        )
    return tuple((type_, name, number) for (type_, name), number in sorted(counted.items()))


def _plain(place: Sequence[str | int], declared: Sequence[Field]) -> str:
    """The names of a place: of `milestones`, `go-live`, `owner` the first and the last."""
    names = []
    for step in place:
        field = next((field for field in declared if field.name == step), None)
        if field is not None or step == place[-1]:
            names.append(str(step))
        if field is not None:
            declared = field.fields
    return ".".join(names)
