"""The MkDocs plugin: what mkdocs.yml says goes in, the site of `mkdocs build` or one message out."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from minutebook.cli.main import main
from tests.site.making import build_with_plugin, start, task
from tests.support.repository_builder import RepositoryBuilder

pytestmark = pytest.mark.slow

OUTSIDE = {"config": "../ours.yml", "repo": "."}
NEEDED = "mkdocs.yml: Minutebook's pages are made for the theme material"


def pages_of(folder: Path) -> dict[str, str]:
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in folder.rglob("*.html")}


@pytest.mark.parametrize("options", [{"repo": "."}, {"repo": "portfolio", "config": "portfolio/portfolio.yml"}])
def test_the_repository_that_would_be_found_may_be_named(
    repo: RepositoryBuilder, tmp_path: Path, options: dict[str, str]
) -> None:
    found = pages_of(build_with_plugin(start(repo), tmp_path / "found"))
    assert "task/t-1/index.html" in found
    assert pages_of(build_with_plugin(repo, tmp_path / "named", options)) == found


def test_a_configuration_may_stand_outside_the_repository_that_is_named(
    repo: RepositoryBuilder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    configuration = start(repo).read("portfolio/portfolio.yml").decode()
    (tmp_path / "ours.yml").write_text(f"{configuration}root: portfolio\n")
    folder = build_with_plugin(repo, tmp_path / "site", OUTSIDE)
    assert (folder / "task/t-1/index.html").is_file()
    with pytest.raises(Abort):
        build_with_plugin(repo, tmp_path / "site", {"config": OUTSIDE["config"]})
    assert "ours.yml is in no git repository" in caplog.text


def test_the_plugin_keeps_what_it_parsed_where_a_command_does(
    repo: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = start(repo).read("portfolio/portfolio.yml").decode()
    (tmp_path / "ours.yml").write_text(f"{configuration}root: portfolio\n")
    build_with_plugin(repo, tmp_path / "made")
    build_with_plugin(repo, tmp_path / "made", OUTSIDE)
    monkeypatch.chdir(repo.path)
    folders = (repo.path / ".cache/minutebook", tmp_path / ".cache/minutebook")
    kept = [sorted(folder.iterdir()) for folder in folders]
    for command in (["build"], ["--config", "../ours.yml", "--repo", ".", "build"]):
        assert main(command) == 0
    assert [sorted(folder.iterdir()) for folder in folders] == kept


def test_a_day_is_given_as_on_the_command_line(repo: RepositoryBuilder, tmp_path: Path) -> None:
    folder = build_with_plugin(start(repo), tmp_path / "site", {"as_of": "2026-03-31"})
    assert "2026-03-31" in (folder / "publication/index.html").read_text()


@pytest.mark.parametrize("written", ["20260301", "2026-W09-7", "2026-02-30", "2026-3-1", ""])
def test_nothing_else_is_a_day(
    repo: RepositoryBuilder,
    tmp_path: Path,
    written: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(Abort):
        build_with_plugin(start(repo), tmp_path / "site", {"as_of": written})
    assert f"mkdocs.yml: as_of '{written}' is not a day" in caplog.text
    assert main(["build", "--as-of", written]) == 2
    assert f"'{written}' is not a day" in capsys.readouterr().err


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "{name: null, custom_dir: portfolio}"])
def test_another_theme_is_told_with_what_to_write(
    repo: RepositoryBuilder, tmp_path: Path, theme: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Abort):
        build_with_plugin(start(repo), tmp_path / "site", theme=theme)
    assert f"{NEEDED}, and the site has another.\nHint: write `theme: {{name: material, font: false}}`." in caplog.text


@pytest.mark.parametrize("plugins", ["plugins: [search, minutebook]\n", "plugins: [search]\n"])
def test_another_theme_is_told_where_mkdocs_yml_is_trusted(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], plugins: str
) -> None:
    start(repo)
    monkeypatch.chdir(repo.checkout())
    Path("mkdocs.yml").write_text(f"site_name: Office\ndocs_dir: portfolio\ntheme: readthedocs\n{plugins}")
    assert main(["build", "--trust-config"]) == 2
    assert capsys.readouterr().err.startswith(NEEDED)
    assert main(["build"]) == 0, "read as data, the name of a theme is passed over"


def test_a_theme_of_ones_own_may_stand_on_material(repo: RepositoryBuilder, tmp_path: Path) -> None:
    start(repo)
    repo.write("theirs/main.html", '{% extends "base.html" %}{% block announce %}ours{% endblock %}\n')
    repo.commit("Bring a theme")
    theme = "{name: material, custom_dir: theirs}"
    assert "ours" in (build_with_plugin(repo, tmp_path / "site", theme=theme) / "index.html").read_text()


def test_doubts_are_warnings_of_mkdocs(
    repo: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", due="soon"))
    repo.commit("Break it")
    monkeypatch.setattr("tests.site.making.quiet_mkdocs", contextlib.nullcontext)
    build_with_plugin(repo, tmp_path / "site")
    (warning,) = [record for record in caplog.records if record.levelname == "WARNING" and "t-1" in record.message]
    assert "portfolio/tasks/t-1.md:3:6: " in warning.message
    assert warning.name.startswith("mkdocs.")


def test_a_trusted_mkdocs_yml_gives_the_day_and_other_options_are_told_not_to_count(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(start(repo).checkout())
    plugin = "minutebook: {as_of: '2026-03-31', repo: elsewhere, config: portfolio/portfolio.yml}"
    Path("mkdocs.yml").write_text(
        f"site_name: Office\ndocs_dir: portfolio\ntheme: {{name: material}}\nplugins: [search, {{{plugin}}}]\n"
    )
    assert main(["build", "--trust-config"]) == 0
    told = capsys.readouterr()
    assert "as of 2026-03-31" in told.out
    assert told.err.splitlines() == [
        "mkdocs.yml: `config` of the plugin does not count here: --config does.",
        "mkdocs.yml: `repo` of the plugin does not count here: --repo does.",
    ]
