"""Minutebook's own records are held against the types that it ships."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from minutebook.history.portfolio import read_history
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import History
from minutebook.model.record import RecordKey
from minutebook.records.configuration import read_configuration
from minutebook.records.schema import json_schema
from minutebook.repository import open_repository
from tests.support.repository_builder import RepositoryBuilder

PORTFOLIO = Path(__file__).parents[2] / "portfolio"


@pytest.fixture(scope="module")
def configuration() -> Configuration:
    return read_configuration(PORTFOLIO / "portfolio.yml", folder=PORTFOLIO.name)


@pytest.fixture(scope="module")
def history(configuration: Configuration, tmp_path_factory: pytest.TempPathFactory) -> History:
    """The portfolio as it lies in the working folder, landed in one commit."""
    builder = RepositoryBuilder(tmp_path_factory.mktemp("portfolio"))
    for path in sorted(PORTFOLIO.rglob("*")):
        if path.is_file():
            builder.write(path.relative_to(PORTFOLIO.parent).as_posix(), path.read_bytes())
    builder.commit("The portfolio as it is")
    with open_repository(builder.path) as repository:
        return read_history(repository, configuration)


def test_every_record_can_be_read_whole(history: History) -> None:
    assert history.records
    assert [note.message for note in history.notes] == []
    assert [key for key, record in history.records.items() if record.last.version is None] == []


def test_every_file_satisfies_the_schema_of_its_type(history: History, configuration: Configuration) -> None:
    files = {record.last.path: key.type for key, record in history.records.items()}
    problems = []
    for path, type_name in files.items():
        written = (PORTFOLIO.parent / path).read_text(encoding="utf-8")
        content = written.split("---\n")[1] if path.endswith(".md") else written
        # An editor's YAML gives texts here, for dates and numbers too: the schemas accept them as they are written.
        tree = yaml.load(content, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text
        schema = json_schema(configuration.types[type_name])
        problems += [f"{path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(tree)]
    assert problems == []


def test_every_reference_leads_to_a_record(history: History, configuration: Configuration) -> None:
    lost = []
    for key, record in history.records.items():
        version = record.last.version
        assert version is not None
        for field in configuration.types[key.type].fields:
            for target in field.to:
                value = version.fields.get(field.name)
                ids = value if isinstance(value, tuple) else (value,) if value else ()
                lost += [f"{key}: {one}" for one in ids if history.find(RecordKey(target, str(one))) is None]
    assert lost == []
