"""A repository in, the portfolio after each mainline commit out: slow, obvious, and sharing no code with the engine.

For every mainline commit the whole tree is read anew and every file is parsed with PyYAML; what is remembered from one
commit to the next is only the last good state of each record and what each file held when it could last be read.
"""

from __future__ import annotations

import difflib
import hashlib
import io
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from tests.support.environment import clean_environment

PORTFOLIO = Path(__file__).with_name("portfolio.yml").read_text()
"""The configuration that scripts are made for: every field type, three forms of file."""

PATTERNS: list[tuple[str, str, str]] = [
    ("thing", r"things/(?P<id>[^/]+)\.md", "document"),
    ("thing", r"old/(?P<area>[^/]+)/(?P<id>[^/]+)\.md", "document"),
    ("thing", r"things/(?P<id>[^/]+)\.yml", "data"),
    ("entry", r"entries\.yml", "register"),
    ("entry", r"lists/(?P<area>[^/]+)\.yml", "register"),
    ("entry", r"single/(?P<id>[^/]+)\.yml", "data"),
]
"""Type, path and form, in the order of the configuration."""

FIELDS: dict[str, Any] = {name: of["fields"] for name, of in yaml.safe_load(PORTFOLIO)["record_types"].items()}
"""The definition of each field by type and name."""

Plain = object
"""A value as plain data: text, date, Decimal, bool, tuples that begin with a word, lists, dicts."""


@dataclass(frozen=True)
class Expected:
    """What the oracle says of one record after one commit."""

    key: tuple[str, str]
    path: str | None
    """None: more than one unreadable file could be meant."""
    fields: Mapping[str, Plain] | None
    """None: it could never be read."""
    text: str | None
    """Hex SHA-256 of the Markdown."""
    removed: bool
    unreadable: bool


@dataclass
class Content:
    """One record in one file at one commit."""

    id: str
    fields: dict[str, Plain]
    text: str | None
    raw: str
    """For judging likeness."""


class Ambiguous(Exception):
    """The script does something for which no law says what must come out."""


class Unreadable(Exception):
    """A file that gives no record."""


@dataclass
class Memory:
    """What one commit leaves to the next."""

    states: dict[tuple[str, str], Expected] = field(default_factory=dict)
    """By type and case-folded id."""
    raws: dict[tuple[str, str], str] = field(default_factory=dict)
    held: dict[str, set[str]] = field(default_factory=dict)
    """Ids that each file held when it could last be read."""


def expected_portfolios(repository: Path, tip: str = "HEAD") -> list[dict[tuple[str, str], Expected]]:
    """For every mainline commit, oldest first: every record seen so far, by type and id. Raises Ambiguous."""
    trees = []
    for commit in _git(repository, "rev-list", "--first-parent", "--reverse", tip).decode().split():
        rows = [row.partition(b"\t") for row in _git(repository, "ls-tree", "-r", "-z", commit).split(b"\0")[:-1]]
        trees.append({path.decode(): what.decode().split()[2] for what, _, path in rows})
    blobs = _read_blobs(repository, sorted({blob for tree in trees for blob in tree.values()}))
    memory = Memory()
    parsed: dict[tuple[str, str], list[Content] | None] = {}
    found = []
    for files in trees:
        memory = _next(memory, files, blobs, parsed)
        found.append({state.key: state for state in memory.states.values()})
    return found


def _read_blobs(repository: Path, ids: list[str]) -> dict[str, bytes]:
    """The contents of many objects at once."""
    answer = io.BytesIO(_git(repository, "cat-file", "--batch", stdin="\n".join(ids).encode() + b"\n"))
    found = {}
    for blob in ids:
        size = int(answer.readline().split()[2])
        found[blob] = answer.read(size)
        answer.read(1)
    return found


def _next(
    memory: Memory,
    files: Mapping[str, str],
    blobs: Mapping[str, bytes],
    parsed: dict[tuple[str, str], list[Content] | None],
) -> Memory:
    """The portfolio after a commit from that before it and all files of the commit."""
    claims: dict[tuple[str, str], list[tuple[str, Content]]] = {}
    broken: dict[tuple[str, str], list[tuple[str, str]]] = {}
    held: dict[str, set[str]] = {}
    for type_name, pattern, form in PATTERNS:
        for path in sorted(files, key=str.encode):
            match = re.fullmatch(pattern, path)
            if match is None:
                continue
            seen = (path, files[path])
            if seen not in parsed:
                try:
                    parsed[seen] = read_file(type_name, form, match.groupdict(), blobs[files[path]])
                except Unreadable:
                    parsed[seen] = None
            contents = parsed[seen]
            if contents is None:
                ids = {match["id"]} if form != "register" else memory.held.get(path, set())
                held[path] = ids
                for record_id in ids:
                    broken.setdefault((type_name, record_id.casefold()), []).append((path, record_id))
                continue
            held[path] = {content.id for content in contents}
            for content in contents:
                claims.setdefault((type_name, content.id.casefold()), []).append((path, content))
    return _settle(memory, _whose_word_counts(memory, claims, broken), broken, held)


def _whose_word_counts(
    memory: Memory,
    claims: Mapping[tuple[str, str], list[tuple[str, Content]]],
    broken: Mapping[tuple[str, str], list[tuple[str, str]]],
) -> dict[tuple[str, str], tuple[str, Content]]:
    """The file that had a record keeps it, broken or not, while it claims it; else the first readable one has it."""
    found = {}
    for key, places in claims.items():
        last = memory.states.get(key)
        holder = None if last is None or last.removed else last.path
        if last is not None and not last.removed and holder is None:
            raise Ambiguous("several broken files could have held the record")
        if holder is not None and any(path == holder for path, _ in broken.get(key, [])):
            continue
        found[key] = next((claim for claim in places if claim[0] == holder), places[0])
    return found


def _settle(
    memory: Memory,
    readable: Mapping[tuple[str, str], tuple[str, Content]],
    broken: Mapping[tuple[str, str], list[tuple[str, str]]],
    held: dict[str, set[str]],
) -> Memory:
    """Who lives, who is gone, and who is another under a new name."""
    before = memory.states
    live = {key for key, state in before.items() if not state.removed}
    vanished = live - set(readable) - set(broken)
    appeared = [key for key in readable if key not in before]
    renamed = _renames(memory, vanished, appeared, readable)
    states = {key: state for key, state in before.items() if key not in renamed.values()}
    raws = {key: raw for key, raw in memory.raws.items() if key not in renamed.values()}
    for key in vanished - set(renamed.values()):
        states[key] = replace(states[key], removed=True, unreadable=False)
    for key, (path, content) in readable.items():
        called = before[key].key if key in before else (key[0], content.id)
        states[key] = Expected(called, path, content.fields, content.text, removed=False, unreadable=False)
        raws[key] = content.raw
    for key, places in broken.items():
        if key in readable:
            continue
        last = before.get(key)
        path, record_id = next((place for place in places if last is not None and place[0] == last.path), places[0])
        where = path if len(places) == 1 or (last is not None and path == last.path) else None
        if last is None:
            states[key] = Expected((key[0], record_id), where, None, None, removed=False, unreadable=True)
        else:
            states[key] = replace(last, path=where, removed=False, unreadable=True)
    return Memory(states, raws, held)


def _renames(
    memory: Memory,
    vanished: set[tuple[str, str]],
    appeared: list[tuple[str, str]],
    readable: Mapping[tuple[str, str], tuple[str, Content]],
) -> dict[tuple[str, str], tuple[str, str]]:
    """New key to old key where the content stayed. What is neither clearly alike nor clearly not is ambiguous."""
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for old in sorted(vanished):
        for new in appeared:
            if old[0] != new[0] or old not in memory.raws:
                continue
            alike = likeness(memory.raws[old], readable[new][1].raw)
            if alike < 0.6:
                continue
            if alike < 0.985 or new in pairs or old in pairs.values():
                raise Ambiguous
            pairs[new] = old
    return pairs


def likeness(one: str, other: str) -> float:
    """How much of two contents is the same, by lines."""
    if one == other:
        return 1.0
    return difflib.SequenceMatcher(None, one.splitlines(), other.splitlines(), autojunk=False).ratio()


# Files


def read_file(type_name: str, form: str, placeholders: Mapping[str, str], data: bytes) -> list[Content]:
    """The records of one file. Raises Unreadable."""
    try:
        whole = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Unreadable from error
    text: str | None = None
    front = whole
    if form == "document":
        parts = re.match(r"---\n(.*?)^---(?:\n(.*))?\Z", whole, re.DOTALL | re.MULTILINE)
        if parts is None:
            raise Unreadable
        front, text = parts[1], (parts[2] or "").strip("\n")
    tree = read_yaml(front)
    rest = {name: value for name, value in placeholders.items() if name != "id"}
    if form == "register":
        return _register(type_name, tree, rest)
    tree = {} if tree is None else tree
    if not isinstance(tree, dict):
        raise Unreadable
    digest = None if text is None else hashlib.sha256(f"{text}\n".encode() if text else b"").hexdigest()
    record_id = tree.get("id") or placeholders["id"]
    named = {"id": record_id} if type_name == "entry" else {}
    return [
        Content(record_id, fields_of(FIELDS[type_name], {**rest, **named, **tree}), digest, (text or "") + _raw(tree))
    ]


def _register(type_name: str, tree: Plain, rest: Mapping[str, str]) -> list[Content]:
    """The records of a register: a list, or a mapping by id."""
    if tree is None:
        return []
    if isinstance(tree, dict):
        entries = list(tree.items())
    elif isinstance(tree, list):
        entries = [(None, item) for item in tree]
    else:
        raise Unreadable
    found: list[Content] = []
    for record_id, item in entries:
        if not isinstance(item, dict):
            raise Unreadable
        name = item.get("id") or record_id
        if name is None or name.casefold() in {other.id.casefold() for other in found}:
            raise Unreadable
        found.append(
            Content(name, fields_of(FIELDS[type_name], {**rest, "id": name, **item}), None, _raw({**item, "id": ""}))
        )
    return found


def _raw(tree: dict[str, Plain]) -> str:
    """A content as lines, one a leaf, for judging likeness."""
    lines: list[str] = []
    for name, value in sorted(tree.items()):
        inside = value if isinstance(value, list) else [value]
        lines += [f"{name} {line}" for part in inside for line in str(part).splitlines()]
    return "\n" + "\n".join(lines)


def read_yaml(text: str) -> Plain:
    """YAML with every scalar as text and an empty plain scalar as None. Raises Unreadable."""
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise Unreadable from error
    return _tree(node)


def _tree(node: yaml.Node | None) -> Plain:
    if node is None:
        return None
    if isinstance(node, yaml.ScalarNode):
        return None if node.value == "" and node.style is None else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_tree(child) for child in node.value]
    if not isinstance(node, yaml.MappingNode):
        raise TypeError(node)
    found: dict[str, Plain] = {}
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in found:
            raise Unreadable
        found[key.value] = _tree(child)
    return found


# Values


def fields_of(declared: Mapping[str, Any], tree: Mapping[str, Plain]) -> dict[str, Plain]:
    """The values of a mapping; a field that is not declared stays as it is written."""
    found = {name: value_of(declared[name], value) if name in declared else value for name, value in tree.items()}
    return {name: value for name, value in found.items() if value is not None}


def value_of(field: Mapping[str, Any], tree: Plain) -> Plain:
    """The value of one declared field as plain data; ("impossible", text) where its type refuses it."""
    kind, inner = field["type"], field.get("fields", {})
    if tree is None:
        return None
    if kind in ("persons", "references", "list"):
        parts = tree if isinstance(tree, list) else str(tree).split(",") if "separator" in field else [tree]
        return [str(part).strip() for part in parts]
    if kind == "items" and isinstance(tree, list):
        items = [fields_of(inner, item) if isinstance(item, dict) else ("impossible", item) for item in tree]
        return _by_id(items) if "id" in inner else items
    if kind == "object" and isinstance(tree, dict):
        return fields_of(inner, tree)
    return _scalar(kind, tree) if isinstance(tree, str) else tree


def _by_id(items: Sequence[Plain]) -> dict[str, Plain]:
    """Items by id, or by number where they have none or one that another has: what is no item spoils itself only."""
    found: dict[str, Plain] = {}
    for number, item in enumerate(items, start=1):
        name = item.get("id") if isinstance(item, dict) else None
        found[f"#{number}" if name is None or name in found else name] = item
    return found


def _scalar(kind: str, written: str) -> Plain:
    found: Plain = written
    if kind == "date":
        found = _date(written)
    elif kind in ("number", "percent"):
        bare = written.rstrip("% ") if kind == "percent" else written
        found = Decimal(bare) if re.fullmatch(r"-?\d+(\.\d+)?", bare) else ("impossible", written)
    elif kind == "money":
        amount = re.fullmatch(r"(-?[\d,_]+(?:\.\d+)?)(?: ([A-Z]{3}))?", written)
        digits = None if amount is None else re.sub("[,_]", "", amount[1])
        found = ("impossible", written) if amount is None or digits is None else ("money", Decimal(digits), amount[2])
    elif kind == "boolean":
        words = {"yes": True, "true": True, "no": False, "false": False}
        found = words.get(written.lower(), ("impossible", written))
    elif kind == "prose":
        found = written.rstrip("\n")
    return found


def _date(written: str) -> Plain:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    return ("impossible", written)


def _git(repository: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, env=clean_environment(), input=stdin, capture_output=True, check=True).stdout
