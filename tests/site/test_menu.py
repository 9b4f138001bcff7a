"""A `nav` in mkdocs.yml that names pages that are not there, in; a menu without dead links, and doubts, out."""

from __future__ import annotations

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
