"""What a linter cannot say of the code: the sizes of its rooms, its drawers, its explanations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator" / "minutebook"
MODULES = sorted(PACKAGE.rglob("*.py"))
WRITTEN = sorted([*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "site_templates").rglob("*.*")])
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60
DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "manager"}


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(module.read_bytes())
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_and_its_functions_keep_to_one_idea(module: Path) -> None:
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE
    for function in functions(module):
        assert (function.end_lineno or 0) - function.lineno < LONGEST_FUNCTION, function.name


def test_no_module_is_a_drawer_for_leftovers() -> None:
    assert [name_of(path) for path in MODULES if DRAWERS & {path.stem, *path.relative_to(PACKAGE).parts}] == []


def test_every_data_class_of_the_model_is_frozen() -> None:
    found = []
    for module in sorted((PACKAGE / "model").glob("*.py")):
        for node in ast.walk(ast.parse(module.read_bytes())):
            if isinstance(node, ast.ClassDef):
                marks = [ast.unparse(mark) for mark in node.decorator_list if "dataclass" in ast.unparse(mark)]
                found += [f"{name_of(module)}: {node.name}" for mark in marks if "frozen=True" not in mark]
    assert found == []


def test_every_ignore_names_its_code_and_gives_a_reason() -> None:
    mark = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?P<rest>.*)")
    explained = re.compile(r"(?:: [A-Z]+\d+(?:, [A-Z]+\d+)*|\[[a-z-]+(?:, [a-z-]+)*\])\s+(?:#|-) \w")
    found = []
    for path in WRITTEN:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            hit = mark.search(line)
            if hit and path != Path(__file__) and not explained.match(hit["rest"]):
                found.append(f"{name_of(path)}:{number}")
    assert found == []


def test_nothing_names_a_machine_or_a_server_that_pages_would_ask() -> None:
    """Templates ask no other host (L10), and no file knows the folders of the machine that it was written on."""
    machine = re.compile(r"(?<![\w.])/(?:home|root|tmp|Users|work)/\w")  # a path from the top of a disk
    outside = re.compile(r"""(?:src|href|url\()\s*=?\s*["']?(?:https?:)?//""")
    found = []
    for path in WRITTEN:
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name_of(path)}: {hit.group()}" for hit in machine.finditer(text) if path != Path(__file__)]
        if "site_templates" in path.parts:
            found += [f"{name_of(path)}: {hit.group()}" for hit in outside.finditer(text)]
    assert found == []
