"""An owner's templates and styles take the place of ours by name; a repository's own only where they are trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.cli.main import main
from minutebook.site.templates import find_templates
from tests.site.making import CONFIGURATION, start, task
from tests.support.repository_builder import RepositoryBuilder

pytestmark = pytest.mark.slow

HOME = '<div class="mb"><h1>Welcome to {{ view.title }}</h1></div>'
MKDOCS = """\
site_name: Office
docs_dir: portfolio
theme: {name: material, font: false}
plugins: [search, {minutebook: {templates: ours}}]
hooks: [hook.py]
"""
HOOK = "def on_post_page(output, **others):\n    return output.replace('</body>', '<i>the hook ran</i></body>')\n"


@pytest.fixture
def office(repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that brings templates and a hook of its own, checked out, as the current folder."""
    start(repo)
    repo.write("mkdocs.yml", MKDOCS)
    repo.write("hook.py", HOOK)
    repo.write("ours/home.html", HOME)
    repo.write("ours/assets/site.css", "h1 { color: rebeccapurple }")
    repo.commit("Bring templates")
    folder = repo.checkout()
    monkeypatch.chdir(folder)
    return folder


def test_a_template_and_a_stylesheet_of_the_same_name_take_the_place_of_ours(office: Path) -> None:
    assert main(["build", "--templates", "ours"]) == 0
    assert "<h1>Welcome to Office</h1>" in (office / "site/index.html").read_text()
    assert (office / "site/assets/minutebook/site.css").read_text() == "h1 { color: rebeccapurple }"
    assert "Lay tracks" in (office / "site/task/t-1/index.html").read_text(), "what they do not replace is ours"


def test_templates_and_hooks_of_the_repository_do_nothing_until_the_operator_trusts_them(office: Path) -> None:
    assert main(["build"]) == 0
    home = (office / "site/index.html").read_text()
    assert "Welcome" not in home
    assert "the hook ran" not in home
    assert "The operator let" not in (office / "site/publication/index.html").read_text()


def test_with_trust_they_do_and_the_publication_says_so(office: Path) -> None:
    assert main(["build", "--trust-config"]) == 0
    home = (office / "site/index.html").read_text()
    assert "<h1>Welcome to Office</h1>" in home
    assert "the hook ran" in home
    assert "The operator let" in (office / "site/publication/index.html").read_text()


def test_a_folder_of_templates_that_is_not_there_is_told(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--templates", "nowhere"]) == 2
    assert "nowhere: there is no such folder of templates" in capsys.readouterr().err


def test_a_mistake_in_a_template_is_told_with_its_place(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "ours/home.html").write_text("{% if view.title %}\n<h1>\n{% endfor %}\n")
    assert main(["build", "--templates", "ours"]) == 2
    assert "ours/home.html:3: " in capsys.readouterr().err


@pytest.mark.parametrize("name", ["home.html", "_parts/links.html", "banner.html"])
def test_a_template_that_is_not_utf_8_is_told_with_its_place(
    office: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (office / "ours/_parts").mkdir()
    (office / "ours/home.html").write_text("<h1>\n{% include 'banner.html' %}\n</h1>")
    (office / "ours/banner.html").write_text("Welcome")
    (office / "ours" / name).write_bytes(b"<b>\nCaf\xe9</b>")
    assert main(["build", "--templates", "ours"]) == 2
    assert capsys.readouterr().err == f"ours/{name}:2: it is not UTF-8.\nHint: save it as UTF-8.\n"


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("{{ view.titel }}", "has no attribute 'titel'"),
        ("{{ tilte }}", "'tilte' is undefined"),
        ("{{ view.title + 1 }}", "can only concatenate str"),
        ("{{ view.title | round }}", "__round__"),
        ("{% include 'none.html' %}", "none.html"),
    ],
)
def test_a_word_that_a_template_mistakes_is_told_with_its_line(
    office: Path, capsys: pytest.CaptureFixture[str], mistake: str, words: str
) -> None:
    (office / "ours/home.html").write_text(f"<h1>\n{{# nothing #}}\n{mistake}\n</h1>")
    assert main(["build", "--templates", "ours"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("ours/home.html:3: ")
    assert words in err


def test_a_mistake_in_a_part_is_told_with_the_part(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "ours/_parts").mkdir()
    part = (find_templates() / "_parts/links.html").read_text()
    (office / "ours/_parts/links.html").write_text(
        part.replace("{% macro link(one) -%}", "{% macro link(one) -%}\n{{ one.txet }}")
    )
    assert main(["build", "--templates", "ours"]) == 2
    written = (office / "ours/_parts/links.html").read_text()
    line = written[: written.index("txet")].count("\n") + 1
    assert capsys.readouterr().err.startswith(f"ours/_parts/links.html:{line}: ")


def test_a_file_that_takes_the_place_of_nothing_is_told_with_what_it_could_have_meant(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = office / "ours"
    for name in ("hom.html", "assets/sit.css", "site.css", "theme/main.html", "record.htm"):
        (ours / name).parent.mkdir(exist_ok=True)
        (ours / name).write_text("")
    (ours / "home.html").write_text("{% extends 'frame.html' %}")
    (ours / "frame.html").write_text(HOME)
    (ours / "README.md").write_text("Ours.\n")
    nothing = "takes the place of no file of the site."
    told = [
        f"ours/assets/sit.css: {nothing} Hint: did you mean assets/site.css?",
        f"ours/hom.html: {nothing} Hint: did you mean home.html?",
        f"ours/record.htm: {nothing} Hint: did you mean record.html?",
        f"ours/site.css: {nothing} Hint: did you mean assets/site.css?",
        f"ours/theme/main.html: {nothing} Hint: --templates replaces no part of the theme: see `theme.custom_dir`.",
    ]
    for command in (["build"], ["export", "out"]):
        assert main([*command, "--templates", "ours"]) == 0
        assert sorted(capsys.readouterr().err.splitlines()) == told


def test_a_folder_in_which_nothing_is_a_template_is_told(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "empty").mkdir()
    (office / "empty/notes.txt").write_text("Nothing.\n")
    assert main(["build", "--templates", "empty"]) == 0
    assert capsys.readouterr().err == "empty: no file in this folder takes the place of one of the site.\n"


def test_a_mkdocs_yml_above_the_repository_is_none_of_the_portfolio(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write("portfolio.yml", CONFIGURATION)
    repo.write("tasks/t-1.md", task("Lay tracks"))
    repo.commit("Begin at the top")
    monkeypatch.chdir(repo.checkout())
    for name, content in (("mkdocs.yml", MKDOCS.replace("Office", "Decoy")), ("hook.py", HOOK)):
        (repo.path.parent / name).write_text(content)
    (repo.path.parent / "portfolio").mkdir()
    assert main(["build", "--trust-config"]) == 2
    assert "There is no mkdocs.yml to trust" in capsys.readouterr().err
    assert main(["build"]) == 0
    assert "Decoy" not in Path("site/index.html").read_text()
    assert main(["export", "exported"]) == 0
    assert "Decoy" not in Path("exported/mkdocs.yml").read_text()
    Path("mkdocs.yml").write_text("site_name: Ours\n")
    assert main(["build"]) == 0
    assert "Ours" in Path("site/index.html").read_text()


def test_of_two_the_mkdocs_yml_of_the_portfolios_own_folder_counts(office: Path) -> None:
    (office / "portfolio/mkdocs.yml").write_text("site_name: Nearer\n")
    assert main(["build"]) == 0
    assert "Nearer" in (office / "site/index.html").read_text()
    (office / "portfolio/mkdocs.yml").unlink()
    assert main(["build"]) == 0
    assert "Nearer" not in (office / "site/index.html").read_text()


def test_mkdocs_settings_that_cannot_be_trusted_to_work_are_told(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "mkdocs.yml").write_text("site_name: Office\ndocs_dir: portfolio\nplugins: [no-such-plugin]\n")
    assert main(["build", "--trust-config"]) == 2
    assert "mkdocs.yml: MkDocs does not accept it" in capsys.readouterr().err
