"""The doors: what `minutebook build` and `minutebook export` write, and what mkdocs.yml may say as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from minutebook.cli import build as build_command
from minutebook.cli import export as export_command
from minutebook.cli.main import build_parser, main
from minutebook.errors import ConfigError, PublicationError
from minutebook.model.note import NoteKind
from minutebook.site.export import export_site
from minutebook.site.mkdocs_yml import Look, read_look
from minutebook.site.publish import publish, quiet_mkdocs
from tests.site.making import CONFIGURATION, make, start, task, write
from tests.support.repository_builder import RepositoryBuilder


def test_a_site_has_pages_styles_search_and_a_marker(repo: RepositoryBuilder, tmp_path: Path) -> None:
    folder = write(start(repo), tmp_path / "site")
    for name in ("index.html", "task/t-1/index.html", "404.html", "assets/minutebook/site.css", "sitemap.xml"):
        assert (folder / name).is_file(), name
    assert json.loads((folder / "minutebook.json").read_text())["commit"] == repo.tip
    index = json.loads((folder / "search/search_index.json").read_text())
    assert {"location": "task/t-1/", "title": "t-1: Lay tracks", "text": "Task · open · Ana Li"} in index["docs"]


def test_records_stay_out_of_the_navigation(repo: RepositoryBuilder, tmp_path: Path) -> None:
    home = (write(start(repo), tmp_path / "site") / "index.html").read_text()
    navigation = home[home.index("md-nav--primary") : home.index("md-content")]
    assert 'href="task/"' in navigation
    assert "task/t-1" not in navigation


def test_a_new_site_has_nothing_of_the_old_one(repo: RepositoryBuilder, tmp_path: Path) -> None:
    folder = write(start(repo), tmp_path / "site")
    repo.write("portfolio/portfolio.yml", CONFIGURATION[: CONFIGURATION.index("  note:")])
    repo.remove("portfolio/notes.yml")
    repo.commit("No notes")
    write(repo, folder)
    assert not (folder / "note").exists()


def test_an_export_needs_no_plugin_of_ours_and_its_pages_are_one_block(repo: RepositoryBuilder, tmp_path: Path) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Code", "```\na\n\n\nb\n```\n\nText\n"))
    repo.commit("Blank lines in code")
    export_site(make(repo), Look(), tmp_path / "export")
    settings = json.loads((tmp_path / "export/mkdocs.yml").read_text())
    assert settings["plugins"] == ["search"]
    page = (tmp_path / "export/docs/task/t-1/index.md").read_text()
    front_matter, _, html = page.removeprefix("---\n").partition("\n---\n\n")
    assert front_matter.startswith('title: "t-1: Code"')
    assert html.startswith('<div class="mb">')
    assert "\n\n" not in html
    assert "a\n&#10;&#10;b" in html or "a&#10;&#10;\nb" in html


FENCE_IN_FENCE = """\
~~~
a
```{ #__config .stolen }
{"base": "https://evil.example/"}
```
~~~

```
a
~~~{ #__search .stolen }
x
~~~
```
"""


def test_another_generator_finds_no_code_block_in_an_exported_page(repo: RepositoryBuilder, tmp_path: Path) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Code", FENCE_IN_FENCE))
    repo.commit("A fence in a fence")
    export_site(make(repo), Look(), tmp_path / "export")
    config = load_config(str(tmp_path / "export/mkdocs.yml"), site_dir=str(tmp_path / "site"))
    with quiet_mkdocs():
        mkdocs_build(config)
    html = (tmp_path / "site/task/t-1/index.html").read_text()
    assert "evil.example" in html
    assert html.count('id="__config"') == 1, "the theme's own"
    assert 'class="stolen' not in html
    assert "#__config .stolen" in html


def test_an_export_takes_the_place_of_an_export_only(repo: RepositoryBuilder, tmp_path: Path) -> None:
    site = make(start(repo))
    for _ in range(2):
        export_site(site, Look(), tmp_path / "export")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.md").write_text("mine")
    with pytest.raises(PublicationError, match="did not make"):
        export_site(site, Look(), tmp_path / "mine")


def test_the_commands_say_what_they_made(
    repo: RepositoryBuilder, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start(repo)
    monkeypatch.chdir(repo.checkout())
    assert build_parser().parse_args(["build"]).run(build_parser().parse_args(["build"])) == 0
    assert capsys.readouterr().out.startswith("site: 14 pages as of 2026-01-05, from commit ")
    arguments = build_parser().parse_args(["export", str(tmp_path / "out")])
    assert export_command.run(arguments) == 0
    assert (tmp_path / "out" / "mkdocs.yml").is_file()


def test_a_strict_build_fails_where_something_cannot_be_read(
    repo: RepositoryBuilder, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", "---\ntitle: [\n---\n")
    repo.commit("Break it")
    monkeypatch.chdir(repo.checkout())
    arguments = build_parser().parse_args(["build", "--strict", "--site", str(tmp_path / "site")])
    assert build_command.run(arguments) == 1
    assert "portfolio/tasks/t-1.md:" in capsys.readouterr().err
    assert (tmp_path / "site" / "index.html").is_file()


def test_an_export_tells_the_doubts_that_a_build_tells_and_is_as_strict(
    repo: RepositoryBuilder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", "---\ntitle: [\n---\n")
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", helth="red"))
    repo.commit("Break it")
    monkeypatch.chdir(repo.checkout())
    told = []
    for command in (["build"], ["export", "exported"]):
        assert main(command) == 0
        loose = capsys.readouterr().err
        assert main([*command, "--strict"]) == 1
        assert capsys.readouterr().err == loose
        told.append(loose)
    assert told[0] == told[1]
    assert [line.partition(":")[0] for line in told[1].splitlines()] == [
        "portfolio/tasks/t-1.md",
        "portfolio/tasks/t-2.md",
    ]
    assert Path("exported/mkdocs.yml").is_file()


@pytest.mark.parametrize(
    "path",
    [
        "minutebook.json.md",
        "sitemap.xml.md",
        "404.html.md",
        "index.html.md",
        "handbook/Index.html.md",
        "handbook/index.md.md",
        "sitemap.xml/plan.png",
        "handbook/index.html/plan.png",
        "task/pic.png",
        "changes/pic.png",
        "handbook/both.png",
    ],
)
def test_a_file_where_a_file_of_the_site_lies_is_refused_and_stops_no_publication(
    repo: RepositoryBuilder, tmp_path: Path, path: str
) -> None:
    start(repo)
    repo.write("portfolio/tasks/pic.png.md", task("Named like a picture"))
    repo.write("portfolio/handbook/index.md", "# Handbook\n")
    repo.write("portfolio/handbook/both.png.md", "# Both\n")
    repo.write(f"portfolio/{path}", "# Words\n")
    repo.commit("Odd name")
    site = make(repo)
    assert [note.path for note in site.notes if note.kind is NoteKind.REFUSED] == [f"portfolio/{path}"]
    publish(site, Look(), tmp_path / "site")
    export_site(site, Look(), tmp_path / "export")
    for name in ("task/pic.png/index.html", "handbook/index.html", "handbook/both.png/index.html"):
        assert (tmp_path / "site" / name).is_file()


@pytest.mark.parametrize("name", ["readme.md", "README.md", "Index.markdown", "index.MD"])
def test_each_page_of_the_handbook_is_written_to_its_own_address(
    repo: RepositoryBuilder, tmp_path: Path, name: str
) -> None:
    start(repo)
    repo.write(f"portfolio/handbook/{name}", "# Outer\n")
    repo.write("portfolio/handbook/readme/index.md", "# Inner\n")
    repo.commit("Two pages")
    folder = tmp_path / "site"
    publish(make(repo), Look(nav=[{"Start": f"handbook/{name}"}]), folder)
    assert "Outer" in (folder / "handbook/index.html").read_text()
    assert "Inner" in (folder / "handbook/readme/index.html").read_text()
    assert 'href="handbook/"' in (folder / "index.html").read_text()


def test_a_field_that_is_probably_misspelt_is_told_and_lets_a_strict_build_pass(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", "[gone](none.md)\n", helth="red", room="12"))
    repo.commit("Misspell")
    monkeypatch.chdir(repo.checkout())
    assert main(["build", "--no-cache"]) == 0
    misspelt, refused = capsys.readouterr().err.splitlines()
    assert misspelt.startswith("portfolio/tasks/t-1.md:3:1: The field `helth` is not declared")
    assert misspelt.endswith("Hint: Did you mean `health`?")
    assert "none.md" in refused
    repo.commit_file("portfolio/tasks/t-1.md", task("Lay tracks", helth="red"))
    repo.checkout()
    assert main(["build", "--no-cache", "--strict"]) == 0
    assert "helth" in capsys.readouterr().err


def test_a_build_tells_the_first_doubts_and_how_many_more_there_are(
    repo: RepositoryBuilder, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", "---\ntitle: [\n---\n")
    for number in range(22):
        repo.write(f"portfolio/handbook/{number}.js", "run()")
    repo.commit("Break it")
    monkeypatch.chdir(repo.checkout())
    arguments = build_parser().parse_args(["build", "--site", str(tmp_path / "site")])
    assert build_command.run(arguments) == 0
    told = capsys.readouterr()
    lines = told.err.splitlines()
    assert lines[0].startswith("portfolio/tasks/t-1.md:3:1: This file cannot be read")
    assert lines[1].startswith("portfolio/handbook/0.js: The file is not published")
    assert len(lines) == 21
    assert lines[-1].startswith("and 3 more: see ")
    arguments = build_parser().parse_args(["build", "--strict", "--site", str(tmp_path / "site")])
    assert build_command.run(arguments) == 1
    assert len(capsys.readouterr().err.splitlines()) == 23
    assert " pages as of " in told.out.splitlines()[-1]


# mkdocs.yml as data


def test_the_look_is_taken_over_and_nothing_that_runs(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(
        "site_name: Minutes\n"
        "site_url: https://example.org/minutes/\n"
        "copyright: <script>hit(1)</script>\n"
        "hooks: [evil.py]\n"
        "plugins: [evil]\n"
        "extra_javascript: [https://evil.example/x.js]\n"
        "extra: {analytics: {provider: google, property: G-1}, polyfills: [https://evil.example/p.js]}\n"
        "theme:\n  name: evil\n  custom_dir: evil\n  favicon: handbook/icon.png\n"
        "  language: de\n  features: [navigation.tabs]\n  palette: {scheme: slate}\n"
        "nav: [{Guide: handbook/guide.md}]\n"
    )
    look = read_look(file)
    assert look.site_name == "Minutes"
    assert look.site_url == "https://example.org/minutes/"
    assert look.copyright is not None
    assert "<" not in look.copyright
    assert look.theme == {
        "language": "de",
        "features": ["navigation.tabs"],
        "favicon": "handbook/icon.png",
        "palette": [{"scheme": "slate"}],
    }
    assert look.as_theme()["name"] == "material"
    assert look.nav == [{"Guide": "handbook/guide.md"}]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("theme: !!python/name:os.system\n", r"mkdocs\.yml:1:8: .*--trust-config"),
        ("- a\n", r"mkdocs\.yml:1:1: .* must be a mapping of settings"),
        ("site_name: [a]\n", r"mkdocs\.yml:1:12: `site_name` must be a text"),
        ("site_url: javascript:hit(1)\n", r"mkdocs\.yml:1:11: `site_url` is .* write a URL"),
        ("site_name: [\n", r"mkdocs\.yml:"),
        ("theme: {language: zz}\n", r"mkdocs\.yml:1:19: `language` is `zz`, which is not in the theme"),
        (
            "theme: {palette: [{toggle: {icon: material/no-such, name: n}}]}\n",
            r"mkdocs\.yml:1:35: `icon` is `material/no-such`, which is not in the theme",
        ),
        ("theme: {palette: {toggle: {icon: ../../x, name: n}}}\n", r"1:34: `icon` is `../../x`: write an icon"),
        ("theme: {palette: {scheme: slatte}}\n", r"1:27: `scheme` is `slatte`; did you mean `slate`\?"),
        ("theme: {palette: {primary: 'teal\"onload=hit(1)'}}\n", r"1:28: `primary` is .* allowed: amber"),
        ("theme:\n  logo: ../../etc/logo.png\n", r"mkdocs\.yml:2:9: `logo` is .* an image of the portfolio"),
        ("theme: {features: [navigation.tabs, 'x\"y']}\n", r"1:37: `features` is .* the name of a feature"),
        ("nav: 5\n", r"mkdocs\.yml:1:6: `nav` must be a list"),
        ("nav: [{Evil: 'javascript:hit(1)'}]\n", r"1:14: `nav` cannot lead to `javascript:hit\(1\)`"),
        ("nav: [{More: [{'<b>': //evil.example/}]}]\n", r"1:23: `nav` cannot lead to `//evil\.example/`"),
        ("nav: [{Empty: }]\n", r"1:8: `nav` must name a page here"),
    ],
)
def test_a_mkdocs_yml_that_is_no_data_is_refused_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(content)
    with pytest.raises(ConfigError, match=f"(?s){message}"):
        read_look(file)


@pytest.mark.parametrize("language", ["de", "pt-BR", "zh-Hant"])
def test_a_language_of_the_theme_is_taken_over(tmp_path: Path, language: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(f"theme: {{language: {language}}}\n")
    assert read_look(file).theme == {"language": language}


def test_a_file_that_the_theme_lacks_is_no_error_of_the_disk(repo: RepositoryBuilder, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"mkdocs\.yml: the theme has no file partials/languages/zz\.html"):
        publish(make(start(repo)), Look(theme={"language": "zz"}), tmp_path / "site")


def test_a_navigation_of_ones_own_names_handbook_pages(repo: RepositoryBuilder, tmp_path: Path) -> None:
    start(repo)
    repo.write("portfolio/handbook/guide.md", "# Long title\n")
    repo.commit()
    look = Look(nav=["index.md", {"Short": "handbook/guide.md"}, "changes/index.md"])
    publish(make(repo), look, tmp_path / "site")
    home = (tmp_path / "site" / "index.html").read_text()
    navigation = home[home.index("md-nav--primary") : home.index("md-content")]
    assert "Short" in navigation
    assert "completeness/" not in navigation


def test_the_search_knows_whole_texts_where_the_configuration_asks_for_them(
    repo: RepositoryBuilder, tmp_path: Path
) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", "Sleepers of `<larch>`.\n", status="open"))
    repo.commit("Say what of")

    def words(folder: str) -> str:
        write(repo, tmp_path / folder)
        entries = json.loads((tmp_path / folder / "search/search_index.json").read_text())["docs"]
        return str(next(entry["text"] for entry in entries if entry["location"] == "task/t-1/"))

    assert "Sleepers" not in words("summaries")
    repo.write("portfolio/portfolio.yml", CONFIGURATION + "search: texts\n")
    repo.commit("Search the texts")
    assert "Sleepers of &lt;larch&gt;" in words("texts")
