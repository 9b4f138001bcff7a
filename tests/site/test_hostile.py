"""Whatever a contributor writes is text for a reader, through every door (L11)."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from minutebook.site.build import Site, build_site
from minutebook.site.export import export_site
from minutebook.site.mkdocs_yml import Look
from minutebook.site.publish import publish, quiet_mkdocs
from tests.site.hostile import HIT, SCRIPT, TEXT, dangers_of, fill
from tests.site.making import build_with_plugin, html_of, settings
from tests.support.repository_builder import RepositoryBuilder

DOORS = ["built", pytest.param("plugged", marks=pytest.mark.slow), pytest.param("exported", marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> RepositoryBuilder:
    return fill(RepositoryBuilder(tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="module")
def site(repo: RepositoryBuilder) -> Site:
    started = time.process_time()
    made = build_site(settings(repo))
    assert time.process_time() - started < 20, "a hostile text must not keep the build busy"
    return made


@pytest.fixture(scope="module")
def built(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "site"
    publish(site, Look(site_name=f"Name {SCRIPT}"), folder)
    return folder


@pytest.fixture(scope="module")
def plugged(repo: RepositoryBuilder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plugged") / "site"
    return build_with_plugin(repo, folder)


@pytest.fixture(scope="module")
def exported(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "docs"
    export_site(site, Look(site_name=f"Name {SCRIPT}"), folder)
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder.parent / "site"))
    with quiet_mkdocs():
        mkdocs_build(config)
    return folder.parent / "site"


def pages_of(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*.html")):
        yield file.relative_to(folder).as_posix(), file.read_text("utf-8")


def test_the_check_itself_finds_what_a_text_would_run() -> None:
    assert len(dangers_of(TEXT)) >= 15


@pytest.mark.parametrize("door", DOORS)
def test_no_page_of_any_door_runs_or_fetches_anything_of_a_contributors(
    door: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(door)
    pages = dict(pages_of(folder))
    assert len(pages) > 15
    assert any(HIT in html for html in pages.values()), "the hostile content is not there at all"
    assert {name: dangers_of(html) for name, html in pages.items() if dangers_of(html)} == {}


@pytest.mark.parametrize("door", DOORS)
def test_only_files_of_the_site_itself_are_published(door: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(door)
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert not [name for name in names if name.endswith((".svg", ".yml", ".md"))]
    assert not [name for name in names if "picture" in name or "secret" in name or "run.js" in name]
    assert not [name for name in names if name.startswith("assets/javascripts/bundle.png")]
    assert "root:" not in (folder / "handbook" / "evil" / "index.html").read_text("utf-8")
    assert not any("/etc/passwd" in name for name in names)


def test_texts_cannot_take_the_ids_of_the_page(site: Site) -> None:
    html = html_of(site, "task/t-0/")
    ids = re.findall(r'id="([^"]*)"', html)
    assert "text-__config" in ids
    assert not [name for name in ids if name.startswith("__")]
    assert len(ids) == len(set(ids))


def test_template_marks_stay_as_they_were_written(site: Site) -> None:
    html = html_of(site, "task/t-4/")
    assert "<h1>{{7*7}}</h1>" in html
    assert "49" not in unescape(re.sub(r'c-[0-9a-f]{40}|"[^"]*"|[0-9a-f]{10}|\d{4}-\d\d-\d\d', "", html))


def test_letters_that_turn_the_line_round_are_shown(site: Site) -> None:
    html = html_of(site, "task/t-5/")
    assert "\u202e" not in html
    assert "[U+202E]evil" in html


def test_a_text_that_would_hang_the_parser_is_shown_as_it_was_written(site: Site) -> None:
    assert "[[[[[[" in html_of(site, "task/slow/")
    assert [note.path for note in site.notes if "too many brackets" in note.message] == ["portfolio/tasks/slow.md"]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("portfolio/handbook/picture.svg", "only pages"),
        ("portfolio/handbook/page.html", "only pages"),
        ("portfolio/handbook/run.js", "only pages"),
        ("portfolio/handbook/secret.md", "symbolic link"),
        ("portfolio/handbook/picture.png", "symbolic link"),
        ("portfolio/handbook/module", "submodule"),
        ("portfolio/assets/javascripts/bundle.png", "take the place"),
        ("portfolio/handbook/<b onmouseover=hit(1)>.md", "cannot stand in an address"),
        ("portfolio/tasks/t-0.md", "`//evil.example/x` names a host without a scheme"),
        ("portfolio/tasks/t-0.md", "`../../../../etc/passwd` leaves the repository"),
        ("portfolio/tasks/t-0.md", "`https://evil.example/pixel.png` is on another host"),
    ],
)
def test_each_refusal_is_told(site: Site, what: str, words: str) -> None:
    assert [note for note in site.notes if note.path == what and words in note.message]


def test_the_search_index_holds_words_and_no_markup(built: Path) -> None:
    index = json.loads((built / "search" / "search_index.json").read_text("utf-8"))
    assert any("hit(1)" in entry["title"] for entry in index["docs"])
    for entry in index["docs"]:
        assert "<" not in entry["title"] + entry["text"] + entry["location"]


def test_the_policy_of_a_page_names_every_script_that_the_theme_writes_into_it(built: Path) -> None:

    html = (built / "index.html").read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert scripts
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"sha256-{digest}" in unescape(policy[1])
    assert html.index("Content-Security-Policy") < html.index("<script")
