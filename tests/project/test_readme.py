"""README.md is held against the commands, the Makefile and the files that it speaks of."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from minutebook.cli.main import COMMANDS, main
from minutebook.records.configuration import read_configuration
from tests.support.repository_builder import RepositoryBuilder

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@cache
def help_of(*command: str) -> str:
    """The help text of `minutebook COMMAND`, laid out for 100 columns."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
        patch.setenv("COLUMNS", "100")
        assert main([*command, "--help"]) == 0
    return said.getvalue()


def commands_in_table() -> list[str]:
    return re.findall(r"^\| `minutebook (\w+)[^`]*` \|", README, re.MULTILINE)


def example_lines() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("minutebook ")] + re.findall(r"`(minutebook [^`]+)`", README)


def block(language: str, content: str) -> str:
    """The first code block in a language that holds this content."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return next(text for text in map(str, blocks) if content in text)


def test_the_help_text_in_the_readme_is_that_of_the_command() -> None:
    shown = re.search(r"<!-- minutebook --help -->\n```\n(.*?)```\n<!-- end -->", README, re.DOTALL)
    assert shown is not None
    assert shown[1] == help_of()


def test_the_table_of_commands_names_every_command_and_no_other() -> None:
    assert commands_in_table() == list(COMMANDS)


@pytest.mark.parametrize("line", sorted(set(example_lines())))
def test_every_option_of_an_example_is_known_to_its_command(line: str) -> None:
    words = shlex.split(line.replace("[", "").replace("]", ""))[1:]
    command = next((word for word in words if word in commands_in_table()), None)
    options = [word for word in words if word.startswith("-")]
    known = help_of(command) + help_of() if command else help_of()
    assert command or options == ["--help"], "an example runs a command"
    assert [option for option in options if not re.search(rf"(?<![\w-]){option}(?![\w-])", known)] == []


def test_the_first_record_of_the_readme_can_be_shown(
    repo: RepositoryBuilder, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write("portfolio/portfolio.yml", block("yaml", "# portfolio/portfolio.yml"))
    repo.write("portfolio/projects/ticketing.md", block("markdown", "title: Ticketing"))
    repo.commit("A first record")
    configuration = repo.checkout() / "portfolio" / "portfolio.yml"

    assert main(["--config", str(configuration), "show", "project/ticketing"]) == 0

    said = capsys.readouterr()
    assert "One ticket for every line." in said.out
    assert said.err == ""


def test_the_exit_code_of_doubts_is_that_of_the_readme(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "1 when `build --strict` or `export --strict` has doubts to tell" in README
    repo.write("portfolio/portfolio.yml", block("yaml", "# portfolio/portfolio.yml"))
    broken = block("markdown", "title: Ticketing").replace("objective:", "title:")
    repo.write("portfolio/projects/ticketing.md", broken)
    repo.commit("A record that cannot be read")
    monkeypatch.chdir(repo.checkout())
    told = "portfolio/projects/ticketing.md:3:1"

    for command in (["build"], ["export", "exported"]):
        assert main(command) == 0
        assert told in capsys.readouterr().err, "doubts are told without --strict"
        assert main([*command, "--strict"]) == 1
        assert told in capsys.readouterr().err

    for folder in ("site/", ".cache/"):
        assert (repo.path / folder).is_dir()
        assert f"`{folder}`" in README, "what a build leaves behind is named, for .gitignore"


def test_the_record_types_of_the_readme_can_be_compiled(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.yml"
    path.write_text("format: 1\ntitle: Ours\n" + block("yaml", "record_types:\n  project"), encoding="utf-8")
    assert list(read_configuration(path).types) == ["project", "proposal"]


def test_every_file_that_the_readme_links_to_exists() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_readme_and_the_makefile_name_the_same_targets() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    told = set(re.findall(r"make (\w+)", README))
    assert told <= set(phony[1].split())
    assert {"site", "serve", "test", "quick", "bench", "soak"} <= told


@pytest.mark.parametrize("target", ["lint", "test", "quick", "soak"])
def test_the_plain_commands_of_the_readme_are_those_of_the_makefile(target: str) -> None:
    recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert recipe is not None
    for line in recipe[1].splitlines():
        command = line.strip().replace("$(BIN)/", "").replace("$(PYTEST)", "pytest").replace('"', "")
        assert command in README.replace('"', ""), f"make {target} runs `{command}`"


def test_the_built_in_types_and_field_types_of_the_readme_are_those_of_the_code() -> None:
    types = {path.stem for path in (ROOT / "generator" / "minutebook" / "records" / "types").glob("*.yml")}
    told = re.search(r"built-in record types are ([\w, \n]+?)\(the", README)
    assert told is not None
    assert set(re.split(r",\s+|\s+and\s+", told[1].strip())) == types


def test_ci_runs_what_a_person_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text(encoding="utf-8")
