"""No code names a record type or a field: with every built-in one renamed, the pages are the same but for the names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from minutebook.history.portfolio import read_history
from minutebook.model.configuration import Configuration
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.pages.making import make_book
from minutebook.pages.registry import make_pages
from minutebook.records.paths import FileKind, kind_of
from minutebook.records.types import built_in_types
from minutebook.repository import open_repository
from minutebook.site.edition import make_edition
from minutebook.site.render import Renderer
from tests.support.repository_builder import RepositoryBuilder

Rename = Callable[[str], str]
Json = object


def keep(name: str) -> str:
    return name


def wrap(name: str) -> str:
    """Another name, from which the old one can be told: order by name stays as it was."""
    return f"z{name.replace('-', '_')}z"


def unwrap(text: str) -> str:
    return re.sub(r"z([a-z_]+)z", r"\1", text)


def rename_field(field: Field, rename: Rename) -> Field:
    return replace(
        field,
        name=rename(field.name),
        to=tuple(rename(name) for name in field.to),
        fields=tuple(rename_field(part, rename) for part in field.fields),
    )


def rename_type(record_type: RecordType, rename: Rename) -> RecordType:
    return replace(
        record_type,
        name=rename(record_type.name),
        fields=tuple(rename_field(field, rename) for field in record_type.fields),
        paths=tuple(
            re.sub(r"\{(?!id\})([^}]*)\}", lambda match: f"{{{rename(match[1])}}}", path) for path in record_type.paths
        ),
    )


def sample(field: Field, turn: int, rename: Rename) -> Json:
    """A value of a field; another one at the next turn."""
    if field.type is FieldType.ITEMS:
        return [sample_parts(field, turn, rename), {**sample_parts(field, turn, rename), **other_id(field, rename)}]
    if field.type is FieldType.OBJECT:
        return sample_parts(field, turn, rename)
    if field.type in VOCABULARIES:
        words = field.values or (tuple(field.lifecycle.transitions) if field.lifecycle else ("first", "second"))
        return words[turn % len(words)]
    return SAMPLES.get(field.type, ("Words 0", "Words 1"))[turn]


VOCABULARIES = (FieldType.ENUM, FieldType.STATUS, FieldType.HEALTH)
SAMPLES: Mapping[FieldType, tuple[Json, Json]] = {
    FieldType.ID: ("item", "item"),
    FieldType.DATE: ("2026-03-01", "2026-04-01"),
    FieldType.MONEY: ("10", "11"),
    FieldType.NUMBER: ("10", "11"),
    FieldType.PERCENT: ("10", "11"),
    FieldType.BOOLEAN: ("no", "yes"),
    FieldType.PERSON: ("id-1", "id-2"),
    FieldType.PERSONS: (["id-1"], ["id-2"]),
    FieldType.REFERENCE: ("id-1", "id-2"),
    FieldType.REFERENCES: (["id-1"], ["id-2"]),
    FieldType.LIST: (["always", "once"], ["always", "now"]),
    FieldType.URL: ("https://example.org/0", "https://example.org/1"),
}


def other_id(field: Field, rename: Rename) -> dict[str, Json]:
    return {rename(part.name): "other" for part in field.fields if part.type is FieldType.ID}


def sample_parts(owner: Field | RecordType, turn: int, rename: Rename) -> dict[str, Json]:
    return {rename(part.name): sample(part, turn, rename) for part in owner.fields}


def write_records(repo: RepositoryBuilder, types: Mapping[str, RecordType], turn: int, rename: Rename) -> None:
    """Two records of every type, with every field; `types` have their own names still."""
    for record_type in types.values():
        records = []
        for number in (1, 2):
            record = sample_parts(record_type, turn, rename)
            for field in record_type.fields:
                if field.type is FieldType.ID:
                    record[rename(field.name)] = f"id-{number}"
                elif field.role == "title":
                    record[rename(field.name)] = f"{record_type.title} {number}"
            records.append(record)
        path = record_type.paths[0]
        if kind_of(path) is FileKind.REGISTER:
            repo.write(path, json.dumps(records))
            continue
        for number, record in enumerate(records, 1):
            written = json.dumps(record)
            document = f"---\n{written}\n---\n\nText {turn}.\n" if path.endswith(".md") else written
            repo.write(re.sub(r"\{id\}", f"id-{number}", re.sub(r"\{(?!id\})[^}]*\}", "place", path)), document)


def pages_of(folder: Path, rename: Rename) -> dict[str, str]:
    """Every page's HTML by address, with the names turned back and without the ids of commits, which hash the names."""
    types = built_in_types()
    repo = RepositoryBuilder(folder)
    for turn in (0, 1):
        write_records(repo, types, turn, rename)
        repo.commit(f"Turn {turn}", date=f"2026-02-0{turn + 1}T10:00:00+00:00")
    renamed = {rename(name): rename_type(record_type, rename) for name, record_type in types.items()}
    configuration = Configuration(title="Renaming", types=renamed)
    (folder / "portfolio.yml").write_text("same for both\n")
    with open_repository(folder) as repository:
        history = read_history(repository, configuration)
        edition, position = make_edition(
            history, configuration, folder / "portfolio.yml", repository, as_of=None, trusted=False
        )
    edition = replace(edition, commit="0" * 40)
    renderer = Renderer(edition.as_of)
    found = (renderer.page(page, None) for page in make_pages(make_book(history, configuration, edition, position)))
    return {
        unwrap(page.address): re.sub(r"\b[0-9a-f]{40}\b|\b[0-9a-f]{10}\b", "#", unwrap(page.html)) for page in found
    }


def test_with_every_type_and_field_renamed_the_pages_are_the_same(tmp_path: Path) -> None:
    plain = pages_of(tmp_path / "plain", keep)
    renamed = pages_of(tmp_path / "renamed", wrap)
    assert len(plain) > 25
    assert any("up from 1 to 2" in html or "moved 31 days later" in html for html in plain.values())
    assert plain.keys() == renamed.keys()
    for address, html in plain.items():
        assert unwrap(html) == renamed[address], address
