"""What the code imports is held against what pyproject.toml declares."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TypedDict, cast

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]

NEVER_IMPORTED = {
    "mkdocs-material": "named as the theme in mkdocs.yml and in the configuration that a build makes",
    "tzdata": "read by zoneinfo",
}
"""What the code needs and does not import, each with the reason."""

TOOLS = {
    "build": "python -m build, in test_install.py",
    "import-linter": "lint-imports",
    "mypy": "mypy",
    "pytest-xdist": "pytest -n",
    "ruff": "ruff",
}
"""What the checks run as commands, each with the command."""


class Project(TypedDict):
    """The part of pyproject.toml that is read here."""

    dependencies: list[str]
    optional_dependencies: dict[str, list[str]]


@pytest.fixture(scope="module")
def project() -> Project:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return cast("Project", table | {"optional_dependencies": table["optional-dependencies"]})


def top_level_imports(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def distribution_of(module: str, owners: Mapping[str, list[str]]) -> str | None:
    """The distribution that brings a module; None for the standard library and our own."""
    name = module.split(".", maxsplit=1)[0]
    if name in sys.stdlib_module_names or name in {"minutebook", "tests"}:
        return None
    if name == "ruamel":  # one namespace, shared by several distributions
        return canonicalize_name(".".join(module.split(".")[:2]))
    found = {canonicalize_name(owner) for owner in owners.get(name, [])}
    assert len(found) == 1, f"{module}: brought by {sorted(found) or 'nothing that is installed'}"
    return found.pop()


def distributions_imported_by(folder: str) -> set[str]:
    owners = packages_distributions()
    found = {distribution_of(module, owners) for module in top_level_imports(ROOT / folder)}
    return {name for name in found if name is not None}


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def test_every_dependency_that_the_package_imports_is_declared(project: Project) -> None:
    assert distributions_imported_by("generator") - names(project["dependencies"]) == set()


def test_no_dependency_is_declared_that_the_package_does_not_use(project: Project) -> None:
    assert names(project["dependencies"]) - distributions_imported_by("generator") == set(NEVER_IMPORTED)


def test_every_dependency_that_the_tests_import_is_declared(project: Project) -> None:
    declared = names(project["dependencies"]) | names(project["optional_dependencies"]["dev"])
    assert distributions_imported_by("tests") - declared == set()


def test_no_development_dependency_is_declared_that_no_check_uses(project: Project) -> None:
    declared = names(project["optional_dependencies"]["dev"])
    stubs = {name for name in declared if name.startswith("types-")}
    assert declared - stubs - distributions_imported_by("tests") == set(TOOLS)


def test_every_dependency_has_a_lower_bound_and_no_upper_one(project: Project) -> None:
    for text in project["dependencies"] + project["optional_dependencies"]["dev"]:
        operators = [specifier.operator for specifier in Requirement(text).specifier]
        assert operators == [">="], text


def test_the_lowest_versions_are_read_from_the_declaration_by_make_lowest(project: Project) -> None:
    """The expression of the Makefile finds every dependency: one that it missed would not be tried."""
    found = re.findall(
        r'^ *"([a-z0-9-]*)>=([0-9.]*)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    declared = [Requirement(text) for text in project["dependencies"]]
    assert found[: len(declared)] == [(one.name, next(iter(one.specifier)).version) for one in declared]
