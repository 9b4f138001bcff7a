"""A `nav` in mkdocs.yml that names pages that are not there, in; a menu without dead links, and doubts, out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minutebook.cli.main import main
from minutebook.errors import ConfigError
from minutebook.site.menu import settle_menu
from minutebook.site.mkdocs_yml import find_mkdocs_yml, read_look
from tests.site.making import make, start
from tests.support.repository_builder import RepositoryBuilder

MENU = """\
site_name: Office
nav:
  - index.md
  - Guide: handbook/gide.md
  - More:
      - q/z.md
  - More still:
      - The guide: ./handbook/guide.md
      - task/index.md
      - Elsewhere: https://example.org/
      - /minutes/
"""


def test_what_a_menu_names_and_no_page_is_is_left_out_and_told_with_its_place(
    repo: RepositoryBuilder, tmp_path: Path
) -> None:
    start(repo)
    repo.write("portfolio/handbook/guide.md", "# Guide\n")
    repo.commit("Write a guide")
    (tmp_path / "mkdocs.yml").write_text(MENU)
    made = make(repo)
    look, site = settle_menu(read_look(tmp_path / "mkdocs.yml"), made)
    links = [{"The guide": "./handbook/guide.md"}, "task/index.md", {"Elsewhere": "https://example.org/"}, "/minutes/"]
    assert look.nav == ["index.md", {"More still": links}]
    told = [(note.place, note.message, note.hint) for note in site.notes[len(made.notes) :]]
    assert told == [
        (
            "mkdocs.yml:4:12",
            "The menu has no `handbook/gide.md`: it is no page of this site.",
            "did you mean handbook/guide.md?",
        ),
        (
            "mkdocs.yml:6:9",
            "The menu has no `q/z.md`: it is no page of this site.",
            "name a Markdown file by its path in the portfolio, or a link.",
        ),
    ]


@pytest.mark.parametrize("command", [("build", "--site"), ("export",)])
def test_a_dead_entry_of_the_menu_does_not_pass_strict(
    repo: RepositoryBuilder,
    tmp_path: Path,
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = start(repo).checkout()
    (folder / "mkdocs.yml").write_text("nav: [index.md, nope.md]\n")
    monkeypatch.chdir(folder)
    assert main(["--no-cache", *command, str(tmp_path / "made"), "--strict"]) == 1
    assert "mkdocs.yml:1:17: The menu has no `nope.md`" in capsys.readouterr().err
    assert not [file for file in (tmp_path / "made").rglob("*.*ml") if "nope.md" in file.read_text()]


HOOK = """\
from mkdocs.structure.files import File

def on_files(files, config):
    files.append(File.generated(config, "theirs.md", content="# Theirs"))
    return files
"""
TRUSTED = """\
site_name: Office
docs_dir: portfolio
theme: {name: material}
plugins: [search, minutebook]
"""


def test_a_dead_entry_of_a_trusted_menu_does_not_pass_strict_and_pages_of_other_plugins_do(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write("portfolio/handbook/guide.md", "# Guide\n")
    folder = start(repo).checkout()
    (folder / "hook.py").write_text(HOOK)
    menu = "[index.md, {Guide: handbook/guide.md}, theirs.md, {More: [{Gone: handbook/gide.md}]}, /minutes/]"
    (folder / "mkdocs.yml").write_text(f"{TRUSTED}hooks: [hook.py]\nnav: {menu}\n")
    monkeypatch.chdir(folder)
    assert main(["--no-cache", "build", "--trust-config", "--strict"]) == 1
    (told,) = [line for line in capsys.readouterr().err.splitlines() if "menu" in line]
    assert told.startswith("mkdocs.yml: The menu has no `handbook/gide.md`: it is no page of this site.")
    assert told.endswith("Hint: did you mean handbook/guide.md?")
    home = (folder / "site/index.html").read_text()
    assert "gide" not in home
    assert all(f'href="{to}"' in home for to in ("handbook/guide/", "theirs/", "/minutes/"))


def test_where_nothing_is_left_of_a_trusted_menu_there_is_the_usual_one(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = start(repo).checkout()
    (folder / "mkdocs.yml").write_text(f"{TRUSTED}nav: [nope.md]\n")
    monkeypatch.chdir(folder)
    assert main(["--no-cache", "build", "--trust-config"]) == 0
    home = (folder / "site/index.html").read_text()
    menu = re.findall(r'<a href="([^"]*)" class="md-nav__link', home)
    assert menu == [".", "task/", "note/", "changes/", "dictionary/", "completeness/", "publication/"]


@pytest.mark.parametrize("command", [("build",), ("export", "exported")])
def test_a_wrong_mkdocs_yml_is_told_before_anything_is_built(
    repo: RepositoryBuilder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:
    folder = start(repo).checkout()
    (folder / "mkdocs.yml").write_text("site_url: nowhere\n")
    monkeypatch.chdir(folder)
    assert main(["--no-cache", *command, "--as-of", "1990-01-01"]) == 2
    assert capsys.readouterr().err.startswith("mkdocs.yml:1:11: `site_url` is `nowhere`")


def test_a_mkdocs_yml_that_is_a_link_out_of_the_repository_is_refused(repo: RepositoryBuilder, tmp_path: Path) -> None:
    folder = start(repo).checkout()
    (tmp_path / "theirs.yml").write_text("site_name: Theirs\n")
    (folder / "mkdocs.yml").symlink_to(tmp_path / "theirs.yml")
    with pytest.raises(ConfigError, match=r"mkdocs\.yml: it is a symbolic link that leads out of the repository"):
        find_mkdocs_yml(folder / "portfolio/portfolio.yml")
    (folder / "mkdocs.yml").unlink()
    (folder / "look.yml").write_text("site_name: Ours\n")
    (folder / "mkdocs.yml").symlink_to("look.yml")
    assert read_look(find_mkdocs_yml(folder / "portfolio/portfolio.yml")).site_name == "Ours"
