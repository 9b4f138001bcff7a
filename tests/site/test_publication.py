"""About this publication: all that made the bytes of a site is told on its page and in its minutebook.json."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from minutebook.cli.main import main
from tests.site.making import make, start
from tests.support.repository_builder import RepositoryBuilder

pytestmark = pytest.mark.slow

BY_THE_OPERATOR = "drawn with templates of the operator"


@pytest.fixture
def office(repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checked-out portfolio without an mkdocs.yml and without templates of its own, as the current folder."""
    folder = start(repo).checkout()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def ours(office: Path) -> Path:
    """The same with an mkdocs.yml and a folder of templates."""
    (office / "mkdocs.yml").write_text("site_name: Office\n")
    (office / "ours/assets").mkdir(parents=True)
    (office / "ours/home.html").write_text("<h1>Welcome</h1>\n")
    (office / "ours/assets/site.css").write_text("h1 { color: teal }\n")
    return office / "ours"


def built(folder: Path, *options: str) -> tuple[dict[str, object], str]:
    """What minutebook.json and the page about the publication say of a new build."""
    assert main(["build", *options]) == 0
    facts = json.loads((folder / "site/minutebook.json").read_text())
    return facts, (folder / "site/publication/index.html").read_text()


def test_the_sum_of_mkdocs_yml_is_that_of_the_file_as_it_was_read(office: Path, ours: Path) -> None:
    for text in ("site_name: Office\n", "site_name: Bureau\n"):
        (office / "mkdocs.yml").write_text(text)
        facts, page = built(office, "--templates", str(ours))
        assert facts["mkdocs.yml"] == hashlib.sha256(text.encode()).hexdigest()
        assert f"sha256 {facts['mkdocs.yml']}" in page


@pytest.mark.parametrize("path", ["home.html", "assets/site.css", "logo.svg"])
def test_the_sum_of_own_templates_changes_with_any_of_their_files(office: Path, ours: Path, path: str) -> None:
    facts, page = built(office, "--templates", "ours")
    assert BY_THE_OPERATOR in page
    assert f"sha256 {facts['templates']}" in page
    (ours / path).write_text("<svg></svg>")
    changed, _ = built(office, "--templates", "ours")
    assert changed["templates"] != facts["templates"]
    assert {**changed, "templates": ""} == {**facts, "templates": ""}


def test_the_sum_of_own_templates_does_not_depend_on_where_they_lie_nor_on_hidden_files(
    office: Path, ours: Path
) -> None:
    facts, _ = built(office, "--templates", "ours")
    ours.rename(office / "elsewhere")
    (office / "elsewhere/.git").mkdir()
    (office / "elsewhere/.git/HEAD").write_text("ref: refs/heads/main\n")
    (office / "elsewhere/.DS_Store").write_text("")
    assert built(office, "--templates", "elsewhere")[0] == facts


def test_an_export_tells_the_same_sums(office: Path, ours: Path) -> None:
    facts, _ = built(office, "--templates", str(ours))
    assert main(["export", "out", "--templates", str(ours)]) == 0
    assert json.loads((office / "out/minutebook.json").read_text()) == {**facts, "kind": "export"}


def test_nothing_is_said_of_an_mkdocs_yml_and_of_templates_that_are_not_there(office: Path) -> None:
    facts, page = built(office)
    assert set(facts) == {"kind", "format", "commit", "as_of", "configuration"}
    assert "mkdocs.yml" not in page
    assert BY_THE_OPERATOR not in page


def test_every_page_says_of_which_day_it_speaks_for_a_script_to_tell_its_age(repo: RepositoryBuilder) -> None:
    site = make(start(repo))
    pages = {page.address: page.html for page in site.all_pages}
    day = site.edition.as_of.isoformat()
    told = f'<time datetime="{day}" data-mb-age>{day}</time>'
    assert {address for address, html in pages.items() if html.count(told) != 1} == {"publication/"}
    assert pages["task/t-1/"].endswith('<a href="../../publication/">About this publication</a></p>')
