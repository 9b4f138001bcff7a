"""What `minutebook export` writes for another generator: the configuration, and what it says of each page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from minutebook.site.build import Site
from minutebook.site.export import export_site
from minutebook.site.mkdocs_yml import Look
from minutebook.site.publish import publish, quiet_mkdocs
from tests.export.reading import pages_of
from tests.site.making import CONFIGURATION, make, start, task
from tests.support.repository_builder import RepositoryBuilder

TEXT = "Why and how.\n\n## Cost\n\nTwelve rails.\n\n| | sum |\n|---|---|\n| wood | sleepers |\n"


def office(repo: RepositoryBuilder, configuration: str = CONFIGURATION) -> Site:
    """A small portfolio whose first task has a longer text, and a letter in a folder of templates."""
    start(repo, configuration)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", TEXT, owner="Ana Li"))
    repo.write("portfolio/templates/letter.md", "# A letter\n")
    repo.commit("Say more")
    return make(repo)


def settings_of(export: Path) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads((export / "mkdocs.yml").read_text("utf-8")))


def build_with_mkdocs(export: Path) -> Path:
    """The site that MkDocs makes of an export."""
    config = load_config(str(export / "mkdocs.yml"))
    with quiet_mkdocs():
        build(config)
    return Path(config.site_dir)


def words_searched(site: Path) -> dict[str, str]:
    """By the address of each page that the search knows, everything that it knows of it."""
    found: dict[str, str] = {}
    for entry in json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]:
        address = entry["location"].split("#")[0]
        found[address] = f"{found.get(address, '')} {entry['title']} {entry['text']}"
    return found


def test_the_configuration_asks_for_the_look_that_our_styles_are_made_for(
    repo: RepositoryBuilder, tmp_path: Path
) -> None:
    look = Look(site_name="Minutes", copyright="R&amp;D", theme={"language": "de"})
    export_site(office(repo), look, tmp_path / "export")
    settings = settings_of(tmp_path / "export")
    assert settings["site_name"] == "Minutes"
    assert settings["copyright"] == "R&amp;D"
    assert settings["markdown_extensions"] == []
    theme = settings["theme"]
    assert (theme["name"], theme["variant"], theme["font"], theme["language"]) == ("material", "classic", False, "de")


def test_mkdocs_makes_the_same_pages_of_an_export(repo: RepositoryBuilder, tmp_path: Path) -> None:
    site = office(repo)
    publish(site, Look(), tmp_path / "ours")
    export_site(site, Look(), tmp_path / "export")
    theirs = pages_of(build_with_mkdocs(tmp_path / "export"))
    assert theirs.keys() == pages_of(tmp_path / "ours").keys()
    assert "templates/letter/" in theirs


def test_the_search_of_an_export_has_the_pages_of_ours_and_no_ledgers(repo: RepositoryBuilder, tmp_path: Path) -> None:
    site = office(repo)
    export_site(site, Look(), tmp_path / "export")
    found = words_searched(build_with_mkdocs(tmp_path / "export"))
    assert found.keys() == {page.address for page in site.all_pages if page.search is not None}
    assert found.keys() < {page.address for page in site.all_pages}
    assert "t-1: Lay tracks" in found["task/t-1/"]
    assert "Ana Li" in found["task/t-1/"]
    for ledger in ("Begin", "rails", "sleepers"):
        assert ledger not in found["task/t-1/"]
    assert "Buy trains" not in found["task/"]


@pytest.mark.parametrize("words", ["rails", "sleepers"])
def test_whole_texts_are_searched_in_an_export_where_that_is_asked_for(
    repo: RepositoryBuilder, tmp_path: Path, words: str
) -> None:
    site = office(repo, CONFIGURATION.replace("title: Office", "title: Office\nsearch: texts", 1))
    export_site(site, Look(), tmp_path / "export")
    found = words_searched(build_with_mkdocs(tmp_path / "export"))
    assert words in found["task/t-1/"]
    assert "Begin" not in found["task/t-1/"]
    assert "Buy trains" not in found["task/"]
