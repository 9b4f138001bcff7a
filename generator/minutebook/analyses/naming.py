"""Which records a text names: their keys and a text in, those it names out. A text is read once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from minutebook.model.configuration import Configuration
from minutebook.model.record import RecordKey
from minutebook.model.value import Value

RUN = re.compile(r"[\w-]+")
"""What stands together in a text. An id is one such run, or several with signs between them."""


class Namer:
    """Finds the records that texts name: the id as a word of its own; an id of digits only after its type's name."""

    def __init__(self, keys: Iterable[RecordKey], configuration: Configuration) -> None:
        """`keys` are those that may be named."""
        self._by_id: dict[str, list[RecordKey]] = {}
        self._beginnings: set[str] = set()
        for key in keys:
            id_ = key.id.casefold()
            self._by_id.setdefault(id_, []).append(key)
            self._beginnings.update(id_[: run.end()] for run in RUN.finditer(id_))
        words = {one.name: (one.name.casefold(), one.title.casefold()) for one in configuration.types.values()}
        self._types = {
            name: re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, some))})[ /#:]{{1,2}}\Z")
            for name, some in words.items()
        }
        # Its longest name, two signs behind it, and the one before it that must be none of a word.
        self._reach = 3 + max((len(word) for some in words.values() for word in some), default=0)

    def named(self, *values: Value) -> frozenset[RecordKey]:
        """The records that these texts, and those inside of lists and mappings, name."""
        return frozenset(key for value in values for text in _texts(value) for key in self._in_text(text.casefold()))

    def _in_text(self, text: str) -> Iterator[RecordKey]:
        runs = [match.span() for match in RUN.finditer(text)]
        for number, (start, _) in enumerate(runs):
            for last in range(number, len(runs)):
                found = text[start : runs[last][1]]
                if found not in self._beginnings:
                    break
                for key in self._by_id.get(found, ()):
                    if not key.id.isdigit() or self._types[key.type].search(text[max(0, start - self._reach) : start]):
                        yield key


def _texts(value: Value) -> Iterator[str]:
    """The texts of a value. Values are as deep as their fields, so it may recurse."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
