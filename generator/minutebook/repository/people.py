"""People: names as commits give them in, names as `.mailmap` of the published commit resolves them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from minutebook.model.commit import Person, Trailer

_TRAILER = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:(.*)")
_NAMED = re.compile(r"\A([^<>\n]*?)\s*<([^<>\n]+)>\s*\Z")


def parse_person(text: str) -> Person | None:
    """`A Name <address>` as a person; None where it is something else."""
    found = _NAMED.match(text)
    return Person(found[1], found[2].strip()) if found else None


def askable(person: Person) -> bool:
    """Whether git can be asked about this person: one line, with an address in angle brackets."""
    return parse_person(f"{person.name} <{person.email}>") is not None


def read_trailers(message: str, resolve: Mapping[Person, Person]) -> tuple[Trailer, ...]:
    """The trailers of a message, with the people in them resolved."""
    found = []
    for token, value in _trailers(message):
        person = parse_person(value)
        found.append(Trailer(token, value, None if person is None else resolve.get(person, person)))
    return tuple(found)


def trailer_people(message: str) -> Iterator[Person]:
    """The people that the trailers of a message name, unresolved."""
    for _, value in _trailers(message):
        if person := parse_person(value):
            yield person


def _trailers(message: str) -> list[tuple[str, str]]:
    """Tokens and values of the last paragraph, where that is one of trailers.

    Every line of it is a trailer, or one that git writes itself is among them and at least every fourth line is. The
    rules are git's (https://git-scm.com/docs/git-interpret-trailers). Git is not asked, because settings of the
    repository (`trailer.separators`, `core.commentChar`) change its answer.
    """
    text = message.rstrip()
    subject, gap, last = text.rpartition("\n\n")
    if not gap or ":" not in last or not subject.strip():
        return []
    found: list[tuple[str, str]] = []
    others = 0
    for line in last.split("\n"):
        if line[:1] in (" ", "\t") and found:
            token, value = found[-1]
            found[-1] = token, f"{value} {line.strip()}"
        elif trailer := _TRAILER.match(line):
            found.append((trailer[1], trailer[2].strip()))
        elif not line.startswith("(cherry picked from commit "):
            others += 1
    written_by_git = any(token.casefold() == "signed-off-by" for token, _ in found) or "\n(cherry picked from" in last
    if others and not (written_by_git and len(found) * 3 >= others):
        return []
    return found
