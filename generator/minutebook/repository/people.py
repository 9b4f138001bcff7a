"""People: names as commits give them in, names as `.mailmap` of the published commit resolves them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from minutebook.model.commit import Person, Trailer

_NAMED = re.compile(r"\A([^<>\n]*?)\s*<([^<>\n]+)>\s*\Z")


def parse_person(text: str) -> Person | None:
    """`A Name <address>` as a person; None where it is something else."""
    found = _NAMED.match(text)
    return Person(found[1], found[2].strip()) if found else None


def askable(person: Person) -> bool:
    """Whether git can be asked about this person: one line, with an address in angle brackets."""
    return parse_person(f"{person.name} <{person.email}>") is not None


def read_trailers(lines: str, resolve: Mapping[Person, Person]) -> tuple[Trailer, ...]:
    """The trailers that git printed one a line, with the people in them resolved."""
    if not lines:
        return ()
    found = []
    for line in lines.splitlines():
        token, colon, value = line.partition(":")
        if colon:
            person = parse_person(value.strip())
            found.append(Trailer(token.strip(), value.strip(), None if person is None else resolve.get(person, person)))
    return tuple(found)


def trailer_people(lines: str) -> Iterable[Person]:
    """The people that the trailers name, unresolved."""
    for line in lines.splitlines():
        if person := parse_person(line.partition(":")[2].strip()):
            yield person
