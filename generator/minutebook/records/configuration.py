"""portfolio.yml and the record types beside it -> the configuration, or every mistake in it with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from minutebook.errors import ConfigError
from minutebook.model.configuration import Configuration, Lineage
from minutebook.model.record_type import RecordType
from minutebook.records.definition import Part, read_definition, required, suggest
from minutebook.records.language import read_record_type
from minutebook.records.meaning import read_day
from minutebook.records.paths import shape_of
from minutebook.records.types import built_in_types

FORMAT = "1"
SETTINGS = (
    "format",
    "title",
    "description",
    "time_zone",
    "currency",
    "forge",
    "branch",
    "root",
    "record_types",
    "lineage",
    "search",
    "limits",
    "rules",
    "rules_since",
    "evidence",
    "landing",
)
LANDINGS = ("merge", "squash", "rebase")
SEARCHES = ("summaries", "texts")
LINEAGE_SETTINGS = ("type", "before", "after")
OWN_TYPES = "record_types"
"""The folder beside portfolio.yml with one file a type, called after it."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_FORGE = re.compile(r"https?://[^\s\"'<>\\^`{|}]+")
_ZONE = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")


@dataclass(frozen=True, slots=True)
class _Definition:
    """One's own record type, and where it is written."""

    type: RecordType | None
    """None: the definition is too wrong to give one."""
    part: Part


def read_configuration(path: Path, *, folder: str = "") -> Configuration:
    """The configuration in the file at `path`, with the record types in the folder `record_types` beside it.

    `folder` is where that file's folder lies in the repository ("portfolio"), which is the root unless the file says
    another; empty: at the top, or outside of it. Raises ConfigError with every mistake of a file, one a line:
    `file:line:column: message`.
    """
    whole = read_definition(_told(path), _read(path))
    settings = whole.settings(SETTINGS)
    if (version := required(settings, "format", whole)) is not None:
        version.word([FORMAT])
    title = required(settings, "title", whole)
    types = _types(settings.get("record_types"), _types_beside(path.parent / OWN_TYPES))
    _check_later_settings(settings)
    configuration = Configuration(
        title=(title.text() if title is not None else None) or "",
        types=types,
        root=_root(settings.get("root"), folder),
        time_zone=_time_zone(settings.get("time_zone")),
        currency=_matching(settings.get("currency"), _CURRENCY, "three capital letters, such as EUR") or "EUR",
        forge=_forge(settings.get("forge")),
        branch=settings["branch"].text() if "branch" in settings else None,
        lineage=tuple(_lineage(settings["lineage"], types)) if "lineage" in settings else (),
        description=settings["description"].text() if "description" in settings else None,
        search_texts="search" in settings and settings["search"].word(SEARCHES) == "texts",
        places={name: part.where for name, part in settings.items()},
    )
    whole.problems.raise_any()
    return configuration


def _told(path: Path) -> str:
    """How a file is called in messages: from the working folder where it lies below that, else as it was given."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _read(path: Path) -> bytes:
    """The bytes of a file of the configuration."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(
            f"{_told(path)}: there is no such file", "Name the configuration with --config, or write a portfolio.yml."
        ) from None
    except OSError as error:
        raise ConfigError(f"{_told(path)}: cannot be read: {error.strerror}") from None


def type_files(folder: Path) -> list[Path]:
    """The files of record types beside a portfolio.yml in this folder, sorted."""
    types = folder / OWN_TYPES
    return sorted([*types.glob("*.yml"), *types.glob("*.yaml")])


def _types_beside(folder: Path) -> dict[str, _Definition]:
    """The types that have a file in a folder, by name; none where there is no such folder."""
    found: dict[str, _Definition] = {}
    for file in type_files(folder.parent):
        whole = read_definition(_told(file), _read(file))
        if file.stem in found:
            whole.report(f"the type `{file.stem}` has two files: keep one")
        found[file.stem] = _Definition(read_record_type(file.stem, whole, built_in_types()), whole)
        whole.problems.raise_any()
    return found


def _types(part: Part | None, beside: Mapping[str, _Definition]) -> dict[str, RecordType]:
    """The types in use: those that portfolio.yml names, in its order, then those with a file of their own."""
    built_in = built_in_types()
    own = dict(beside)
    names: Iterable[str] = built_in
    if part is not None and isinstance(part.tree, dict):
        names = part.tree
        own.update(_types_within(part, beside))
    elif part is not None:
        names = _types_chosen(part, [*built_in, *own])
    found: dict[str, RecordType] = {}
    for name in dict.fromkeys([*names, *own]):
        record_type = own[name].type if name in own else built_in.get(name)
        if record_type is not None:
            found[name] = record_type
    _refuse_shared_paths(found, own)
    for definition in own.values():
        for to in _references(definition.part.entries("settings").get("fields")):
            for entry in to.parts():
                entry.word(dict.fromkeys([*found, *built_in]))
        if definition.part.place == ():
            # It has a file of its own, which nobody else looks at again.
            definition.part.problems.raise_any()
    return found


def _refuse_shared_paths(types: Mapping[str, RecordType], own: Mapping[str, _Definition]) -> None:
    """Report paths that two types have: the first would take every file, and the other stay empty without a word."""
    taken: dict[str, str] = {}
    for name, record_type in types.items():
        for path in record_type.paths:
            first = taken.setdefault(shape_of(path), name)
            if first != name:
                written = own[name if name in own else first].part.entries("settings")
                part = written.get("paths", own[name if name in own else first].part)
                part.report(f"the types `{first}` and `{name}` both have the path `{path}`: give one of them another")


def _types_within(part: Part, beside: Mapping[str, _Definition]) -> Iterator[tuple[str, _Definition]]:
    """The types that portfolio.yml defines itself; an empty definition only names one."""
    built_in = built_in_types()
    for name, definition in part.entries("record types by name").items():
        if definition.tree is None or definition.tree == {}:
            if name not in beside and name not in built_in:
                allowed = suggest(name, [*built_in, *beside])
                definition.report_key(f"`{name}` is no built-in record type and has no definition here; {allowed}")
            continue
        if name in beside:
            definition.report_key(f"the type `{name}` is defined in {OWN_TYPES}/ too: keep one of the two")
        yield name, _Definition(read_record_type(name, definition, built_in), definition)


def _types_chosen(part: Part, allowed: Iterable[str]) -> tuple[str, ...]:
    """The types that portfolio.yml lists by name."""
    names = () if part.tree is None else part.texts()
    if not names:
        part.report("`record_types` names no type: leave it out to use all built-in ones")
    for entry in part.parts() if names else ():
        entry.word(allowed)
    return names


def _references(fields: Part | None) -> Iterator[Part]:
    """Every `to` of a field, at any depth."""
    if fields is None or not isinstance(fields.tree, dict):
        return
    for part in fields.entries("fields").values():
        if isinstance(part.tree, dict):
            settings = part.entries("settings")
            if isinstance(settings.get("to", part).tree, str | tuple):
                yield settings["to"]
            yield from _references(settings.get("fields"))


def _root(part: Part | None, folder: str) -> str:
    """Where the portfolio lies, without slashes at its ends. An empty text is an answer too: the top."""
    if part is None:
        return folder
    if part.tree in ("", ".", "/"):
        return ""
    text = part.text()
    if text is None:
        return folder
    root = text.strip("/").removeprefix("./")
    if any(piece in ("", ".", "..") for piece in root.split("/")):
        part.report(f"`root` is `{text}`: write a folder of the repository, such as portfolio")
    return root


def _time_zone(part: Part | None) -> ZoneInfo:
    """A time zone of the IANA data base."""
    name = part.text() if part is not None else None
    if part is None or name is None:
        return ZoneInfo("UTC")
    try:
        if _ZONE.fullmatch(name):
            return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        # ZoneInfoNotFoundError is a KeyError; a folder of the data base, such as "Europe", gives an OSError.
        pass
    part.report(f"`time_zone` is `{name}`: write an IANA name, such as UTC or Europe/Madrid")
    return ZoneInfo("UTC")


def _forge(part: Part | None) -> str | None:
    """The repository's address on its forge."""
    address = _matching(part, _FORGE, "the address of the repository, such as https://forge.example/group/portfolio")
    return None if address is None else address.rstrip("/")


def _matching(part: Part | None, pattern: re.Pattern[str], wanted: str) -> str | None:
    """A text of one form; another is reported."""
    text = part.text() if part is not None else None
    if part is not None and text is not None and not pattern.fullmatch(text):
        part.report(f"{part.name} is `{text}`: write {wanted}")
        return None
    return text


def _lineage(part: Part, types: Mapping[str, RecordType]) -> Iterator[Lineage]:
    """The entries of `lineage` that are whole."""
    if not isinstance(part.tree, tuple):
        part.report("`lineage` must be a list of `{type: ..., before: ..., after: ...}`")
        return
    for entry in part.parts():
        settings = entry.settings(LINEAGE_SETTINGS)
        wanted = [required(settings, name, entry) for name in LINEAGE_SETTINGS]
        if None in wanted:
            continue
        kind = settings["type"].word(types)
        before, after = settings["before"].text(), settings["after"].text()
        if before is not None and before == after:
            entry.report(f"the record `{before}` cannot continue itself")
        elif kind is not None and before is not None and after is not None:
            yield Lineage(kind, before, after)


def _check_later_settings(settings: Mapping[str, Part]) -> None:
    """Report what is wrong with the settings that rules and publications read, as far as their form is fixed."""
    if "landing" in settings:
        settings["landing"].word(LANDINGS)
    for name in ("limits", "rules"):
        if name in settings:
            settings[name].entries("names and values")
    if "rules_since" in settings:
        part = settings["rules_since"]
        written = part.text()
        if written is not None and read_day(written) is None:
            part.report(f"`rules_since` is `{written}`: write a day of the calendar as YYYY-MM-DD")
