"""The handbook of portfolio/handbook/ is held against the code, and every command that it shows is run."""

from __future__ import annotations

import argparse
import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from mkdocs.config.config_options import Optional

from minutebook.cli.main import COMMANDS, build_parser, main
from minutebook.demo.portfolio import write_demo
from minutebook.model.note import DOUBTS, HINTS
from minutebook.model.record_type import ROLES, FieldType
from minutebook.pages.completeness import TITLES
from minutebook.pages.decision import ONLY_IN_RECORD
from minutebook.pages.decision_log import IN_RECORD
from minutebook.records.configuration import SETTINGS, read_configuration
from minutebook.records.language import FIELD_SETTINGS, TYPE_SETTINGS
from minutebook.site.mkdocs_door import SiteOptions
from minutebook.site.mkdocs_yml import Look, read_look
from tests.support.environment import clean_environment
from tests.support.repository_builder import RepositoryBuilder

ROOT = Path(__file__).parents[2]
HANDBOOK = ROOT / "portfolio" / "handbook"
PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted(HANDBOOK.glob("*.md"))}
TEMPLATES = ROOT / "site_templates"
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROGRAMS = ("minutebook", "git", "make", "mkdocs")
"""What a command begins with; anything else in a shell block is a mistake of the page or of this test."""
WRITERS = ("build", "export", "init")
"""Commands that run in a small portfolio; all others run in the demo, whose records the pages name."""


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGES[page], re.MULTILINE | re.DOTALL)


def steps_of(page: str) -> list[str]:
    """What the workflows of a page run."""
    return [step for block in blocks(page, "yaml") for step in re.findall(r"^ *- run: (.*)$", block, re.MULTILINE)]


def commands_of(page: str) -> list[str]:
    """Every command that a page shows, in order: lines of shell blocks, steps of workflows, and those in a sentence."""
    lines = [line.strip() for block in blocks(page, "sh") for line in block.splitlines()]
    lines += [
        match[1].strip()
        for block in blocks(page, "yaml")
        for match in re.finditer(r"^ *- run: (.*)$", block, re.MULTILINE)
    ]
    outside = re.sub(r"^```.*?^```", "", PAGES[page], flags=re.MULTILINE | re.DOTALL)
    lines += [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", outside)]
    shell = [line for block in blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line in shell or (" " in line and line.split(" ")[0] in PROGRAMS)]


EVERY_COMMAND = list(dict.fromkeys((page, line) for page in PAGES for line in commands_of(page)))
GITS = [pair for pair in EVERY_COMMAND if pair[1].startswith("git ")]
MINUTEBOOKS = [pair for pair in EVERY_COMMAND if pair[1].startswith("minutebook ")]
NEVER_ENDING = [pair for pair in MINUTEBOOKS if pair[1].split(" ")[1] == "serve"]
MADE = [pair for pair in MINUTEBOOKS if pair not in NEVER_ENDING]


def words_of(line: str, **placeholders: str) -> list[str]:
    """A command as a shell would hand it on."""
    filled = line.replace('"$(date +%F)"', "2026-11-01")
    for name, value in placeholders.items():
        filled = re.sub(rf"\b{name}\b", value, filled)
    assert not re.search(r"\$\(|[|;&<>]", filled), "a shell would do more than this test does"
    return shlex.split(filled)


def rows(page: str, head: str) -> dict[str, list[str]]:
    """The rows of the table under a head: the code in the first cell, and the other cells."""
    table = PAGES[page].partition(f"\n| {head} |\n|--")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in table.splitlines()[1:]]
    assert cells, head
    return {row[0].strip("`"): row[1:] for row in cells}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, in which a contributor has just edited the project of the example."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    write_demo(folder)
    git(folder, "config", "user.name", "Ana Li")
    git(folder, "config", "user.email", "ana@example.org")
    with (folder / "portfolio/fleet/projects/electric-buses.md").open("a", encoding="utf-8") as file:
        file.write("\nThe chassis come late.\n")
    return folder


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portfolio that `minutebook init` began, with a folder of templates."""
    return begin(tmp_path_factory.mktemp("office"), "2026-03-01T10:00:00")


def begin(empty: Path, committed: str) -> Path:
    """Begin a portfolio in an empty folder as a new owner does, and commit it."""
    folder = RepositoryBuilder(empty).path
    git(folder, "config", "user.name", "Ana Li")
    git(folder, "config", "user.email", "ana@example.org")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["init"]) == 0
    git(folder, "add", ".")
    git(
        folder,
        "commit",
        "--quiet",
        "--date=2026-10-30T10:00:00",
        "-m",
        "Begin",
        GIT_COMMITTER_DATE=committed,
    )
    shutil.copytree(TEMPLATES / "_parts", folder / "my-templates" / "_parts")
    return folder


def git(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run git as a person would."""
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=clean_environment(**environment), capture_output=True, check=True
    )


@pytest.fixture
def places(demo: Path, office: Path, tmp_path: Path) -> Callable[[str], Path]:
    """The folder in which a command of the program is tried."""
    return lambda command: office if command in WRITERS else tmp_path if command == "demo" else demo


# Commands


def test_no_command_is_left_out() -> None:
    """Each is run below, or held otherwise: what never ends, what is made by make, what another program installs."""
    held = {*GITS, *MADE, *NEVER_ENDING}
    left = [pair for pair in EVERY_COMMAND if pair not in held and not pair[1].startswith(("make ", "mkdocs "))]
    # tests/export installs Zensical and runs it.
    assert {(page, line.split(" ")[0]) for page, line in left} <= {("export.md", "pip"), ("export.md", "zensical")}
    steps = [step for page in PAGES for step in steps_of(page) if not step.startswith(PROGRAMS)]
    assert steps == ["pip install git+MINUTEBOOK"], "that is the reader's to fill in"
    assert len(MADE) > 20
    assert len(GITS) > 8


def test_every_command_of_the_program_is_told_somewhere() -> None:
    told = {word for _, line in MINUTEBOOKS for word in line.split(" ") if word in COMMANDS}
    assert told == set(COMMANDS)


@pytest.mark.slow
@pytest.mark.parametrize("line", dict.fromkeys(line for _, line in MADE))
def test_every_minutebook_command_does_its_work(
    line: str, places: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = words_of(line, DIR=".", FILE="portfolio/portfolio.yml")[1:]
    monkeypatch.chdir(places(next(word for word in words if word in COMMANDS)))
    capsys.readouterr()
    assert main(words) == 0
    said = capsys.readouterr()
    assert said.out.strip()
    assert said.err == ""


@pytest.mark.slow
def test_the_page_of_the_site_owners_can_be_followed_in_a_repository_that_was_begun_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(begin(tmp_path / "new", "2026-11-01T10:00:00"))
    builds = [line for line in commands_of("site-owners.md") if line.startswith("minutebook build")]
    assert any("--as-of" in line for line in builds)
    for line in dict.fromkeys(builds):
        capsys.readouterr()
        assert (line, main(words_of(line)[1:]), capsys.readouterr().err) == (line, 0, "")


@pytest.mark.parametrize("line", dict.fromkeys(line for _, line in NEVER_ENDING))
def test_a_command_that_never_ends_is_understood(line: str) -> None:
    words = words_of(line)[1:]
    assert isinstance(build_parser(words).parse_args(words), argparse.Namespace)


@pytest.mark.slow
def test_every_git_command_does_its_work_in_the_order_of_its_page(demo: Path, tmp_path: Path) -> None:
    commit = git(demo, "rev-list", "-1", "HEAD", "--", "portfolio/decisions/d-2025-11.md").stdout.decode().strip()
    shallow = tmp_path / "shallow"
    git(demo, "clone", "--quiet", "--depth=2", demo.as_uri(), str(shallow))
    for page, line in GITS:
        words = words_of(line, COMMIT=commit)
        ran = git(shallow if "--unshallow" in words else demo, *words[1:])
        silent = words[1] in ("add", "switch", "fetch", "fsck", "merge-base")
        assert silent or ran.stdout.strip(), f"{page}: {line} shows nothing"


@pytest.mark.slow
def test_the_git_commands_of_the_auditors_show_what_minutebook_shows(
    demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(demo)
    capsys.readouterr()
    (line,) = [line for _, line in GITS if "rev-list" in line]
    commit = git(demo, *words_of(line)[1:]).stdout.decode().strip()
    shown = []
    for when in ("2025-06-30", commit):
        assert main(["show", f"decision/d-2025-11@{when}"]) == 0
        shown.append(capsys.readouterr().out.partition("\n\n")[2])
    assert shown[0] == shown[1], "the commit that git finds for a day is the one that tells of that day"

    (line,) = [line for _, line in GITS if line.startswith("git show -m")]
    merge = git(demo, "log", "--first-parent", "--merges", "-1", "--format=%H").stdout.decode().strip()
    whole = words_of(line.partition(" -- ")[0], COMMIT=merge)[1:]
    assert b"diff --git" in git(demo, *whole).stdout, "of a merge, it shows what landed"


@pytest.mark.slow
def test_the_exported_folder_can_be_built(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = {line for _, line in EVERY_COMMAND if line.startswith("mkdocs ") and "--config-file" in line}
    monkeypatch.chdir(office)
    assert main(["export", "exported"]) == 0
    environment = {**clean_environment(), "PYTHONPATH": os.pathsep.join(sys.path), "NO_MKDOCS_2_WARNING": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", *words_of(line)], cwd=office, env=environment, capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert (office / "exported/site/index.html").is_file()


def test_every_target_of_make_exists() -> None:
    targets = {line.split(" ")[1] for _, line in EVERY_COMMAND if line.startswith("make ")}
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert targets
    assert targets <= set(phony[1].split())


# Pages


@pytest.mark.slow
def test_the_site_of_this_repository_builds_without_a_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """So every link of the handbook leads somewhere, and so do those of the records."""
    builder = RepositoryBuilder(tmp_path / "self")
    for path in sorted([*(ROOT / "portfolio").rglob("*"), ROOT / "mkdocs.yml"]):
        if path.is_file():
            builder.write(path.relative_to(ROOT).as_posix(), path.read_bytes())
    builder.commit("As it is")
    monkeypatch.chdir(builder.checkout())
    assert main(["build", "--no-cache", "--strict"]) == 0
    assert capsys.readouterr().err == ""
    site = (builder.path / "site" / "handbook" / "index.html").read_text(encoding="utf-8")
    for page in PAGES:
        if page != "README.md":
            assert f'href="{page.removesuffix(".md")}/"' in site, f"the first page of the handbook leads to {page}"


def test_every_link_to_a_place_on_a_page_finds_it() -> None:
    for page, text in PAGES.items():
        for target, anchor in re.findall(r"\]\(([\w.-]*)#([\w-]+)\)", text):
            headings = re.findall(r"^#+ (.*)$", PAGES[target or page], re.MULTILINE)
            assert anchor in {re.sub(r"\W+", "-", heading.lower()).strip("-") for heading in headings}, page


# What is told, against the code


def test_the_keys_of_the_configuration_are_those_of_the_code() -> None:
    assert set(rows("configuration.md", "key | what it says | without it")) == set(SETTINGS)
    options = {name for name, option in vars(SiteOptions).items() if isinstance(option, Optional)}
    assert set(rows("configuration.md", "option of `plugins: minutebook:` | what it says")) == options


def test_the_keys_of_mkdocs_yml_are_those_that_are_taken_over(tmp_path: Path) -> None:
    values = {
        "site_url": "https://example.org/minutes/",
        "nav": ["index.md"],
        "theme": {
            "language": "de",
            "features": ["toc.follow"],
            "palette": {"scheme": "slate"},
            "logo": "logo.png",
            "favicon": "logo.png",
            "custom_dir": "theirs",
        },
        "hooks": ["hook.py"],
    }
    texts = dict.fromkeys(("site_name", "site_description", "copyright", "site_author", "repo_url"), "words")
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump({**texts, **values}), encoding="utf-8")
    look = read_look(tmp_path / "mkdocs.yml")
    taken = {name for name in Look.__dataclass_fields__ if name not in ("theme", "nav_places") and getattr(look, name)}
    taken |= {f"theme.{name}" for name in look.theme}
    assert set(rows("configuration.md", "key | what it says")) == taken


def test_the_field_language_is_that_of_the_code() -> None:
    assert set(rows("record-types.md", "key of a type | what it says")) == set(TYPE_SETTINGS)
    assert set(rows("record-types.md", "key of a field | what it says")) == set(FIELD_SETTINGS)
    assert set(rows("record-types.md", "type | what can stand there")) == {kind.value for kind in FieldType}
    told = {name: cells[0] for name, cells in rows("record-types.md", "role | meaning").items()}
    assert told == dict(ROLES)


@pytest.mark.parametrize("page", ["configuration.md", "record-types.md"])
def test_the_configurations_shown_can_be_used(page: str, tmp_path: Path) -> None:
    (block,) = [block for block in blocks(page, "yaml") if block.startswith("format: 1")]
    (tmp_path / "portfolio.yml").write_text(block, encoding="utf-8")
    assert read_configuration(tmp_path / "portfolio.yml").title


def test_the_doubts_that_a_build_tells_are_explained() -> None:
    told = set(rows("contributors.md", "what you read | what it means | what to do"))
    assert told == {TITLES[kind] for kind in DOUBTS | HINTS}


def test_every_template_is_told_with_what_it_gets() -> None:
    told = {name: (cells[1].strip("`"), cells[2].strip("`")) for name, cells in _template_rows().items()}
    assert told == {**dict(_templates_of_pages()), "redirect.html": ("Redirect", "page.py")}
    assert set(told) == {path.name for path in TEMPLATES.glob("*.html")}


def _template_rows() -> dict[str, list[str]]:
    return rows("templates.md", "template | page | what `view` is | module")


def _templates_of_pages() -> Iterator[tuple[str, tuple[str, str]]]:
    """The template of each page, with the class of its view and the module that makes it."""
    for module in sorted((ROOT / "generator/minutebook/pages").glob("*.py")):
        tree = ast.parse(module.read_bytes())
        classes = {
            target.id: node.value.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Name)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        returned = {
            node.name: node.returns.id
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and isinstance(node.returns, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Page":
                named = {keyword.arg: keyword.value for keyword in node.keywords}
                template, view = named["template"], named["view"]
                assert isinstance(template, ast.Constant)
                made = view.func if isinstance(view, ast.Call) else view
                assert isinstance(made, ast.Name)
                name = classes.get(made.id, made.id)
                yield str(template.value), (returned.get(name, name), module.name)


def test_every_part_and_asset_is_told() -> None:
    parts = {f"_parts/{path.name}" for path in (TEMPLATES / "_parts").iterdir()}
    assert set(rows("templates.md", "part | what it draws")) == parts
    assets = {f"assets/{path.name}" for path in (TEMPLATES / "assets").iterdir() if path.suffix in (".css", ".js")}
    assert set(rows("templates.md", "file | what it is for")) == assets


def test_what_readers_are_told_of_the_home_page_stands_there() -> None:
    told_in = ("home.html", "_parts/standings.html", "_parts/since.html")
    drawn = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in told_in)
    home = PAGES["readers.md"].partition("## Home\n")[2].partition("\n## ")[0]
    told = re.findall(r"^- \*\*(.*?)\*\*", home, re.MULTILINE)
    assert len(told) == len(re.findall("^- ", home, re.MULTILINE))
    assert [words for words in told if not re.search(rf">{words}\b", drawn)] == []


def test_what_is_said_of_approvers_whom_no_commit_names_is_explained() -> None:
    assert f"- **{ONLY_IN_RECORD}** (*{IN_RECORD}* in the log)" in PAGES["auditors.md"]
    assert f"*({IN_RECORD})*" in PAGES["readers.md"]
    assert f"*and 4 {IN_RECORD}*" in PAGES["readers.md"]


def test_a_workflow_that_is_shown_fetches_the_whole_history() -> None:
    (block,) = [block for block in blocks("site-owners.md", "yaml") if "jobs:" in block]
    workflow = yaml.safe_load(block)
    steps = workflow["jobs"]["site"]["steps"]
    assert steps[0]["with"] == {"fetch-depth": 0}
    (build,) = [step["run"] for step in steps if "minutebook build" in step.get("run", "")]
    assert f"--site {steps[-2]['with']['path']}" in build, "what is built is what is published"
