"""YAML text -> a tree of texts, in which no resolver has decided anything, with the position of every key and value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, cast

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from minutebook.model.record import Position
from minutebook.records.scan import INDICATORS, Refusal, is_merge_key, refuse_dangerous_yaml, refuse_event

Tree: TypeAlias = "str | tuple[Tree, ...] | dict[str, Tree] | None"
"""A scalar is its text; None: an empty one (`key:`). A tree may be shared: nobody changes it."""

Place: TypeAlias = tuple[str | int, ...]
"""Where in a tree: the keys and the indices (from 0) that lead there; () is the whole."""


class EventParser(Protocol):
    """What gives a text's events one by one: libyaml, or ruamel.yaml's own parser in Python."""

    def get_event(self) -> Any:  # noqa: ANN401 - the YAML border: events have no common type with what is asked of them
        """The next event; raises YAMLError where the text is no YAML."""


MarkedEvent: TypeAlias = Any
"""An event; its `start_mark` has a line and a column, both from 0."""


@dataclass(frozen=True, slots=True)
class Positions:
    """Where the parts of a tree stand in their file."""

    values: dict[Place, Position] = field(default_factory=dict)
    """Where each value begins: a mapping or list with its first part, an empty value with its key or dash."""
    keys: dict[Place, Position] = field(default_factory=dict)
    """The first character of each key, by the place of its value."""

    def find(self, *place: str | int) -> Position | None:
        """The position of a value, or of the nearest part that holds it; None: nothing is known."""
        for length in range(len(place), -1, -1):
            found = self.values.get(place[:length])
            if found is not None:
                return found
        return None

    def moved(self, lines: int) -> Positions:
        """The same, as if the text had begun so many lines further down."""

        def move(places: dict[Place, Position]) -> dict[Place, Position]:
            return {place: Position(position.line + lines, position.column) for place, position in places.items()}

        return Positions(move(self.values), move(self.keys))

    def parts(self) -> dict[str | int, Positions]:
        """The positions of each part of the whole, by its key or number, from its own point of view."""
        found: dict[str | int, Positions] = {}
        for place, position in self.values.items():
            if place:
                found.setdefault(place[0], Positions()).values[place[1:]] = position
        for place, position in self.keys.items():
            found.setdefault(place[0], Positions()).keys[place[1:]] = position
        return found


class YamlProblem(Exception):
    """A text that is not read, and why. Stays inside `records`."""

    def __init__(self, reason: str, position: Position | None) -> None:
        """`reason` is for a person and without the place."""
        super().__init__(reason)
        self.reason = reason
        self.position = position


def libyaml_parser(text: str) -> EventParser:
    """The fast parser, in C."""
    from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # noqa: PLC0415 - C code that may be missing, untyped

    return cast("EventParser", CParser(text))


def python_parser(text: str) -> EventParser:
    """The slow parser, in Python, held to YAML 1.1 as libyaml is. Both give the same events for what both can read."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - a second to import, for machines without the C parser only

    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)
    _, parser = yaml.get_constructor_parser(text)
    return cast("EventParser", parser)


def best_parser() -> Callable[[str], EventParser]:
    """The C parser where it is installed."""
    try:
        libyaml_parser("")
    except ImportError:  # pragma: no cover - depends on the machine
        return python_parser
    return libyaml_parser


_PARSER = best_parser()

_DISPUTED = str.maketrans({"\x85": " ", "\u2028": " ", "\u2029": " ", "\ufeff": None})
"""What parsers disagree on: line separators of other worlds are read as spaces, stray byte order marks as nothing."""

_COLON_IN_BRACKETS = "found unexpected ':'"
"""How libyaml refuses `[https://example.org]`. YAML 1.2 allows it and people write it, so the other parser reads it."""

_SECOND_READING_LIMIT = 65_536
"""Characters that the slow parser reads in less than half a second."""

_HAS_DISPUTED = re.compile("[\x85\u2028\u2029\ufeff]")


def read_yaml(text: str, positions: Positions | None = None, *, parser: Callable[[str], EventParser] = _PARSER) -> Tree:
    """The tree of the only document in `text`; None for an empty one. Fills `positions` where it is given.

    Newlines must be normalised. Raises YamlProblem: refused (see `scan`), no YAML, a key twice, a key that is no
    scalar, a second document.
    """
    refusal = refuse_dangerous_yaml(text)
    if refusal is not None:
        raise YamlProblem(refusal.reason, refusal.position)
    if _HAS_DISPUTED.search(text):
        text = text.translate(_DISPUTED)
    try:
        return _TreeBuilder(positions).build(parser(text), wary=INDICATORS.search(text) is not None)
    except MarkedYAMLError as error:
        if parser is libyaml_parser and error.problem == _COLON_IN_BRACKETS and len(text) <= _SECOND_READING_LIMIT:
            if positions is not None:
                positions.values.clear()
                positions.keys.clear()
            return read_yaml(text, positions, parser=python_parser)
        raise _explain(error, text) from None
    except YAMLError:
        raise YamlProblem("this is not YAML", None) from None


class _TreeBuilder:
    """Events -> a tree, without recursion: what is open stands on a stack."""

    __slots__ = ("container", "key", "place", "positions", "root", "stack")

    def __init__(self, positions: Positions | None) -> None:
        self.positions = positions
        self.root: Tree = None
        self.container: dict[str, Tree] | list[Tree] | None = None
        """The mapping or list that is being filled; None: the document itself."""
        self.key: ScalarEvent | None = None
        """The key that waits for its value; None: the next event is a key, or the container is no mapping."""
        self.stack: list[tuple[dict[str, Tree] | list[Tree] | None, ScalarEvent | None]] = []
        self.place: list[str | int] = []
        """Where the container is; kept only while positions are written down."""

    def build(self, parser: EventParser, *, wary: bool) -> Tree:
        """The tree of the only document; `wary`: look at every event for aliases, anchors and tags."""
        documents = 0
        while True:
            event = parser.get_event()
            kind = type(event)
            if wary:
                _raise_refusal(refuse_event(event, len(self.stack)))
            if kind is ScalarEvent:
                self.take_scalar(event)
            elif kind in _ENDS:
                self.close()
            elif kind in _STARTS:
                self.open(event, {} if kind is MappingStartEvent else [])
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise YamlProblem("a second YAML document begins here: one file holds one", _position(event))
            elif kind is StreamEndEvent:
                return self.root

    def take_scalar(self, event: ScalarEvent) -> None:
        """A key or a value."""
        if self.key is None and type(self.container) is dict:
            self.take_key(event, self.container)
            return
        value: Tree = event.value
        if not value and event.implicit[0]:
            value = None
        if self.positions is not None:
            self.note(event if value is not None or self.key is None else self.key)
        self.put(value)

    def take_key(self, event: ScalarEvent, container: dict[str, Tree]) -> None:
        """The next key of a mapping."""
        name = event.value
        if name in container:
            raise YamlProblem(f"the key `{name}` stands twice", _position(event))
        if not name:
            raise YamlProblem("a key is empty", _position(event))
        if is_merge_key(event):
            raise YamlProblem("`<<` is a YAML merge key: write the values out", _position(event))
        if self.positions is not None:
            self.positions.keys[(*self.place, name)] = _position(event)
        self.key = event

    def open(self, event: MarkedEvent, container: dict[str, Tree] | list[Tree]) -> None:
        """A mapping or list begins."""
        if self.key is None and type(self.container) is dict:
            raise YamlProblem("a key is a mapping or a list: keys are plain words", _position(event))
        if self.positions is not None:
            self.note(event)
            if self.container is not None:
                self.place.append(self.name_of_next())
        self.stack.append((self.container, self.key))
        _raise_refusal(refuse_event(event, len(self.stack)))
        self.container, self.key = container, None

    def close(self) -> None:
        """A mapping or list ends."""
        filled = self.container
        self.container, self.key = self.stack.pop()
        if self.place:
            self.place.pop()
        self.put(tuple(filled) if type(filled) is list else cast("dict[str, Tree]", filled))

    def put(self, value: Tree) -> None:
        """A whole value, into what holds it."""
        container = self.container
        if container is None:
            self.root = value
        elif type(container) is dict:
            container[cast("ScalarEvent", self.key).value] = value
            self.key = None
        else:
            cast("list[Tree]", container).append(value)

    def name_of_next(self) -> str | int:
        """What the next value is called in its container: its key, or its number."""
        return self.key.value if self.key is not None else len(cast("list[Tree]", self.container))

    def note(self, event: MarkedEvent) -> None:
        """Write down where a value begins. Parsers disagree on an empty one, so it comes with its key's event."""
        here = () if self.container is None else (*self.place, self.name_of_next())
        cast("Positions", self.positions).values[here] = _position(event)


_STARTS = frozenset([MappingStartEvent, SequenceStartEvent])
_ENDS = frozenset([MappingEndEvent, SequenceEndEvent])


def _raise_refusal(refusal: Refusal | None) -> None:
    """Raise what the guard said."""
    if refusal is not None:
        raise YamlProblem(refusal.reason, refusal.position)


def _position(event: MarkedEvent) -> Position:
    """Where an event begins; marks count from 0, people from 1."""
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)


_EXPLANATIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(_COLON_IN_BRACKETS), "a colon stands inside brackets: put the entry in quotes"),
    (re.compile("mapping values are not allowed"), "a colon stands inside a value: put the value in quotes"),
    (re.compile("tab character"), "a tab stands where YAML wants spaces"),
    (re.compile("unknown escape"), "a backslash in double quotes begins no known escape: use single quotes"),
    (re.compile("expected (the )?node content"), "a value is missing, or a bracket is not closed"),
    (re.compile("could not find expected ':'"), "a line is neither `key: value` nor part of the value above"),
    (re.compile("unexpected end of stream|while scanning a quoted"), "a quotation mark is not closed"),
    (re.compile("flow (sequence|mapping)|expected ',' or"), "a bracket is not closed, or a comma is missing"),
    (re.compile("expected (<block end>|key|'-' indicator)"), "the indentation or the form changes here"),
    (re.compile("sequence entries are not allowed"), "a list begins inside a value: begin it on a line of its own"),
)
"""What the parsers say, in the words of somebody who edits a record."""


def _explain(error: MarkedYAMLError, text: str) -> YamlProblem:
    """A parser's complaint in our words, the same for both parsers where they complain of the same thing."""
    mark = error.problem_mark or error.context_mark
    position = None if mark is None else Position(mark.line + 1, mark.column + 1)
    if position is not None and "cannot start any token" in (error.problem or ""):
        lines = text.split("\n")
        found = lines[position.line - 1][position.column - 1 : position.column] if position.line <= len(lines) else ""
        if found == "\t":
            return YamlProblem("a tab stands where YAML wants spaces", position)
        return YamlProblem(f"a value that begins with {found} needs quotes", position)
    said = f"{error.context or ''} {error.problem or ''}"
    for pattern, words in _EXPLANATIONS:
        if pattern.search(said):
            if "not closed" in words and error.context_mark is not None:
                # Where it was opened; the parsers complain where they gave up, which is often the end of the text.
                position = Position(error.context_mark.line + 1, error.context_mark.column + 1)
            return YamlProblem(words, position)
    return YamlProblem("this is not YAML", position)


@dataclass(slots=True)
class YamlMemo:
    """Trees of texts that were read before; forgets everything when it has grown too large."""

    limit: int = 16_000_000
    """Characters of text."""
    known: dict[str, Tree | YamlProblem] = field(default_factory=dict)
    size: int = 0

    def read(self, text: str) -> Tree:
        """As `read_yaml`; the same object for the same text."""
        found = self.known.get(text)
        if found is None and text not in self.known:
            try:
                found = read_yaml(text)
            except YamlProblem as problem:
                found = problem
            self.size += len(text) + 100
            if self.size > self.limit:
                self.known.clear()
                self.size = len(text)
            self.known[text] = found
        if isinstance(found, YamlProblem):
            raise YamlProblem(found.reason, found.position)
        return found
