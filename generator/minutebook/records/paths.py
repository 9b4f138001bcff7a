"""Paths of a repository -> which record type they belong to, which id they give, in which form the file is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from minutebook.errors import ConfigError
from minutebook.model.record_type import RecordType

_PLACEHOLDER = re.compile(r"\{([^{}/]*)\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
NEVER_RECORDS = frozenset(["readme.md", "index.md"])
"""Pages about a folder, which stand among records everywhere."""

_PLACEHOLDERS_LIMIT = 3
"""In one part of a path: more would make matching slow on hostile names, and nobody needs them."""

_PART_LIMIT = _ORDINARY_LENGTH = 255
"""Characters of a part of a path: no file system holds a longer one, and matching it would be slow."""

_MEMO_LIMIT = 65_536
"""Paths remembered at a time."""


class FileKind(Enum):
    """In which form a file holds records."""

    DOCUMENT = "document"
    """Markdown with front matter: one record and its text."""
    DATA = "data"
    """YAML: one record."""
    REGISTER = "register"
    """YAML: many records, as a list or as a mapping by id."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a path says of the record in it."""

    type: RecordType
    id: str | None
    """What stands in the place of `{id}`; None: the pattern has none."""
    placeholders: Mapping[str, str]
    """What stands in the place of the other placeholders, by name."""
    kind: FileKind
    rank: int
    """The place of the pattern among those of its type, 0 being the one to write first."""
    pattern: str
    """The pattern from the top of the repository: "portfolio/projects/{id}.md"."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One path pattern of one type, compiled."""

    type: RecordType
    rank: int
    kind: FileKind
    whole: str
    """As it is written, from the top of the repository."""
    file: re.Pattern[str]
    """What a record's file looks like."""
    shape: tuple[str, ...]
    """The pattern cut at its placeholders: literal, name, literal, name, literal ..."""
    any_name: bool
    """Whether the file's own name holds a placeholder."""
    text: re.Pattern[str] | None
    """What the text file beside it looks like, where the type has one and this is YAML."""
    text_shape: tuple[str, ...]


class PathMatcher:
    """The path patterns of all types, asked for every path of every commit."""

    def __init__(self, types: Iterable[RecordType], root: str = "") -> None:
        """`root` is where the portfolio lies in the repository, without slashes at its ends; empty: at the top.

        Raises ConfigError for a pattern that cannot be used.
        """
        prefix = f"{root}/" if root else ""
        self._patterns = [
            _compile(record_type, rank, path, prefix)
            for record_type in types
            for rank, path in enumerate(record_type.paths)
        ]
        self._any_file = _union([pattern.file for pattern in self._patterns])
        self._with_text = [pattern for pattern in self._patterns if pattern.text is not None]
        self._any_text = _union([pattern.text for pattern in self._with_text if pattern.text is not None])
        self._known: dict[str, Match | None] = {}

    def match(self, path: str) -> Match | None:
        """What a path says, relative to the top of the repository; None: no record's file. The first pattern wins."""
        try:
            return self._known[path]
        except KeyError:
            pass
        ordinary = len(path) <= _ORDINARY_LENGTH or all(len(part) <= _PART_LIMIT for part in path.split("/"))
        found = self._search(path) if ordinary and self._any_file.fullmatch(path) else None
        if len(self._known) >= _MEMO_LIMIT:
            self._known.clear()
        self._known[path] = found
        return found

    def _search(self, path: str) -> Match | None:
        """The first pattern that fits."""
        about_folder = path.rpartition("/")[2].lower() in NEVER_RECORDS
        for pattern in self._patterns:
            if about_folder and pattern.any_name:
                continue
            found = pattern.file.fullmatch(path)
            if found is not None:
                placeholders = found.groupdict()
                return Match(
                    type=pattern.type,
                    id=placeholders.pop("id", None),
                    placeholders={_plain(name): value for name, value in placeholders.items()},
                    kind=pattern.kind,
                    rank=pattern.rank,
                    pattern=pattern.whole,
                )
        return None

    def text_path(self, match: Match, path: str) -> str | None:
        """The file that holds the text of the YAML record at `path`; None: its type has none, or it is Markdown."""
        for pattern in self._with_text:
            if pattern.type is match.type and pattern.rank == match.rank:
                found = pattern.file.fullmatch(path)
                return None if found is None else _fill(pattern.text_shape, found.groupdict())
        return None

    def text_owners(self, path: str) -> tuple[str, ...]:
        """The paths at which a record would stand whose text is the file at `path`, first pattern first."""
        if not self._any_text.fullmatch(path):
            return ()
        owners: list[str] = []
        for pattern in self._with_text:
            found = pattern.text.fullmatch(path) if pattern.text is not None else None
            if found is not None:
                owners.append(_fill(pattern.shape, found.groupdict()))
        return tuple(dict.fromkeys(owners))


def placeholders_of(path: str) -> tuple[str, ...]:
    """The names of a pattern's placeholders, in order, each once. Raises ConfigError where it cannot be used."""
    _check(path)
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(path)))


def shape_of(path: str) -> str:
    """A pattern whatever its placeholders are called: two of one shape fit the same files."""
    return _PLACEHOLDER.sub("{}", path)


def kind_of(path: str) -> FileKind:
    """In which form a pattern's files hold records. Raises ConfigError where its ending says nothing."""
    lowered = path.lower()
    if lowered.endswith((".md", ".markdown")):
        return FileKind.DOCUMENT
    if lowered.endswith((".yml", ".yaml")):
        return FileKind.DATA if "{id}" in path else FileKind.REGISTER
    raise ConfigError(f"the path `{path}` ends in neither .md, .yml nor .yaml")


def _check(path: str) -> None:
    """Raise ConfigError where a pattern cannot be used."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts):
        raise ConfigError(f"the path `{path}` must be relative, without empty parts, `.` or `..`")
    for part in parts:
        names = _PLACEHOLDER.findall(part)
        left_over = _PLACEHOLDER.sub("", part)
        if "{" in left_over or "}" in left_over:
            raise ConfigError(f"the path `{path}` has a brace without its partner")
        if len(names) > _PLACEHOLDERS_LIMIT:
            raise ConfigError(f"the path `{path}` has more than {_PLACEHOLDERS_LIMIT} placeholders in one part")
        if re.search(r"\}\{", part):
            raise ConfigError(f"the path `{path}` needs something between two placeholders")
        for name in names:
            if not _NAME.fullmatch(name):
                raise ConfigError(
                    f"the path `{path}` has the placeholder `{{{name}}}`: a name is letters, digits and _"
                )


def _compile(record_type: RecordType, rank: int, path: str, prefix: str) -> _Pattern:
    """One pattern, ready to match."""
    _check(path)
    kind = kind_of(path)
    shape = _cut(prefix, path)
    names = set(shape[1::2])
    text: re.Pattern[str] | None = None
    text_shape: tuple[str, ...] = ()
    if record_type.text is not None and kind is FileKind.DATA:
        folder = path.rpartition("/")[0]
        text_path = f"{folder}/{record_type.text}" if folder else record_type.text
        _check(text_path)
        text_shape = _cut(prefix, text_path)
        if set(text_shape[1::2]) != names:
            raise ConfigError(
                f"the path `{path}` cannot be told from that of its text `{record_type.text}`: "
                "give both names the same placeholders"
            )
        text = _expression(text_shape)
    return _Pattern(
        type=record_type,
        rank=rank,
        kind=kind,
        whole=prefix + path,
        file=_expression(shape),
        shape=shape,
        any_name="{" in path.rpartition("/")[2],
        text=text,
        text_shape=text_shape,
    )


def _cut(prefix: str, path: str) -> tuple[str, ...]:
    """A pattern cut at its placeholders. The prefix is a folder of the repository and no pattern."""
    pieces = _PLACEHOLDER.split(path)
    return (prefix + pieces[0], *pieces[1:])


def _group(name: str) -> str:
    """A placeholder's name as a regular expression's group may be called; `_plain` turns it back."""
    return name.replace("-", "__dash__")


def _plain(group: str) -> str:
    """The placeholder's name of a group."""
    return group.replace("__dash__", "-")


def _expression(shape: tuple[str, ...]) -> re.Pattern[str]:
    """What fits a pattern; a name that stands twice must be the same both times."""
    source: list[str] = []
    seen: set[str] = set()
    for index, piece in enumerate(shape):
        if index % 2 == 0:
            source.append(re.escape(piece))
        elif piece in seen:
            source.append(f"(?P={_group(piece)})")
        else:
            seen.add(piece)
            source.append(f"(?P<{_group(piece)}>[^/]+?)")
    return re.compile("".join(source))


def _fill(shape: tuple[str, ...], groups: Mapping[str, str]) -> str:
    """The path in which each placeholder has its value."""
    return "".join(piece if index % 2 == 0 else groups[_group(piece)] for index, piece in enumerate(shape))


def _union(patterns: list[re.Pattern[str]]) -> re.Pattern[str]:
    """What fits any of them, a little more generously; nothing fits none."""
    # Groups lose their names, because one name may not stand in two alternatives; a second use of a name is any name.
    sources = [re.sub(r"\(\?P=\w+\)", "[^/]+?", re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)) for pattern in patterns]
    return re.compile("|".join(f"(?:{source})" for source in sources) if sources else r"(?!)")
