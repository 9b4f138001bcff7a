"""A YAML file of definitions -> its parts, each knowing its place, and a list of all that is wrong with them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minutebook.errors import ConfigError
from minutebook.model.record import Position
from minutebook.records.document import ParseFailure, decode
from minutebook.records.yaml_reader import Place, Positions, Tree, YamlProblem, read_yaml


class Problems:
    """What is wrong with one file of definitions, so that all of it is told at once."""

    def __init__(self, file: str) -> None:
        """`file` is its name for a reader."""
        self.file = file
        self._found: list[tuple[Position, str]] = []

    def add(self, position: Position | None, message: str) -> None:
        """Note one problem; without a position it is one of the whole file."""
        self._found.append((position or Position(1, 1), message))

    def raise_any(self) -> None:
        """Raise ConfigError where there are problems: a line each, `file:line:column: message`, in the file's order."""
        if self._found:
            lines = [
                f"{self.file}:{position.line}:{position.column}: {message}"
                for position, message in sorted(set(self._found))
            ]
            raise ConfigError("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a definition, with where it stands."""

    tree: Tree
    place: Place
    positions: Positions
    problems: Problems

    def report(self, message: str) -> None:
        """Note that this value is wrong."""
        self.problems.add(self.positions.find(*self.place), message)

    def report_key(self, message: str) -> None:
        """Note that the key of this value is wrong."""
        self.problems.add(self.positions.keys.get(self.place) or self.positions.find(*self.place), message)

    def entries(self, what: str) -> dict[str, Part]:
        """The values of a mapping by key; `what` says what they should be. Empty where this is empty or no mapping."""
        if self.tree is None:
            return {}
        if not isinstance(self.tree, dict):
            self.report(f"{self.name} must be a mapping of {what}")
            return {}
        return {key: self._below(key, tree) for key, tree in self.tree.items()}

    def settings(self, allowed: Iterable[str]) -> dict[str, Part]:
        """The values of a mapping whose keys are known; those that are not are reported."""
        known = tuple(allowed)
        found = self.entries("settings")
        for key, part in found.items():
            if key not in known:
                part.report_key(f"`{key}` is not known here; {suggest(key, known)}")
        return {key: part for key, part in found.items() if key in known}

    def text(self) -> str | None:
        """A text that is not empty; anything else is reported."""
        if isinstance(self.tree, str) and self.tree.strip():
            return self.tree.strip()
        self.report(f"{self.name} must be a text")
        return None

    def word(self, allowed: Iterable[str]) -> str | None:
        """One of the words allowed; anything else is reported."""
        known = tuple(allowed)
        found = self.text()
        if found is None or found in known:
            return found
        self.report(f"{self.name} is `{found}`; {suggest(found, known)}")
        return None

    def boolean(self) -> bool:
        """True or false; anything else is reported, and is false."""
        return self.word(["true", "false"]) == "true"

    def parts(self) -> list[Part]:
        """The entries of a list; a single text is a list of one."""
        if isinstance(self.tree, str):
            return [self]
        if not isinstance(self.tree, tuple):
            self.report(f"{self.name} must be a list of texts")
            return []
        return [self._below(index, tree) for index, tree in enumerate(self.tree)]

    def texts(self) -> tuple[str, ...]:
        """The texts of a list, each once; anything else is reported."""
        found: list[str] = []
        for part in self.parts():
            text = part.text()
            if text is not None and text in found:
                part.report(f"{self.name} has `{text}` twice")
            elif text is not None:
                found.append(text)
        return tuple(found)

    @property
    def where(self) -> str:
        """`file:line:column` of this value."""
        position = self.positions.find(*self.place) or Position(1, 1)
        return f"{self.problems.file}:{position.line}:{position.column}"

    @property
    def name(self) -> str:
        """What a message calls this value: its key."""
        words = [part for part in self.place if isinstance(part, str)]
        return f"`{words[-1]}`" if words else "this file"

    def _below(self, key: str | int, tree: Tree) -> Part:
        """A part of this part."""
        return Part(tree, (*self.place, key), self.positions, self.problems)


def read_definition(file: str, data: bytes) -> Part:
    """The whole of a file of definitions. Raises ConfigError where it cannot be read."""
    problems = Problems(file)
    content = decode(data)
    positions = Positions()
    tree: Tree = None
    if isinstance(content, ParseFailure):
        problems.add(content.position, content.reason)
    else:
        try:
            tree = read_yaml(content, positions)
        except YamlProblem as problem:
            problems.add(problem.position, problem.reason)
    problems.raise_any()
    return Part(tree, (), positions, problems)


def suggest(word: str, allowed: Iterable[str]) -> str:
    """What may stand in the place of an unknown word, the likely one first."""
    known = tuple(allowed)
    near = difflib.get_close_matches(word, known, n=1)
    listed = f"allowed: {', '.join(known)}" if known else "nothing is allowed here"
    return f"did you mean `{near[0]}`? {listed}" if near else listed


def required(parts: Mapping[str, Part], key: str, whole: Part) -> Part | None:
    """The part that must be there; that it is missing is reported, unless the whole is wrong anyway."""
    if key not in parts and (whole.tree is None or isinstance(whole.tree, dict)):
        whole.report_key(f"{whole.name} needs `{key}`")
    return parts.get(key)
