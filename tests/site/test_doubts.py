"""Doubtful files in; what a build tells of them, on standard error and on the page Completeness, out."""

from __future__ import annotations

import time

import pytest

from minutebook.errors import PublicationError
from minutebook.model.note import DOUBTS
from minutebook.site.build import Settings, Site, build_site
from minutebook.site.doubts import lines_of
from minutebook.site.targets import positions_in_text
from tests.site.making import CONFIGURATION, html_of, make, start, task
from tests.support.repository_builder import RepositoryBuilder

WITH_SECRETS = f"""{CONFIGURATION}\
  secret:
    title: Secret
    plural: Secrets
    paths: ["roster.yml", "cases/{{id}}.md"]
    publish: false
    fields:
      id: {{type: id}}
      name: {{type: text, role: title}}
      day: {{type: date}}
      posts: {{type: items, fields: {{id: {{type: id}}, since: {{type: date}}}}}}
"""
ROSTER = "- id: ada\n  name: Ada\n- id: bea\n  name: Bea\n"


def told(site: Site) -> list[str]:
    """The lines of doubts on standard error."""
    return list(lines_of(site))


def doubted(site: Site) -> list[str]:
    """The places that --strict does not let pass."""
    return [note.place for note in site.notes if note.kind in DOUBTS]


BROKEN = [
    (ROSTER + "\t- [", "5:1", "a tab stands where YAML wants spaces"),
    (ROSTER + "- id: ada\n  name: Other\n", "5:1", "the id … stands twice: first on line 1"),
    (ROSTER + "- name: Nameless\n", "5:1", "never told which record it is"),
    (ROSTER + "- hidden-word\n", "5:3", "entry 3 of the register is not a mapping of fields"),
    ("ada: {name: A}\nada: {name: B}\n", "2:1", "the key … stands twice"),
    (ROSTER + "  day: soon\n", "5:8", "A value that is not published is not a date: write YYYY-MM-DD."),
    (ROSTER.replace("name: Bea", "nmae: Bea"), "4:3", "A field is not declared by the record type"),
    (
        ROSTER + "  posts: [{id: hidden-word}, {id: hidden-word}]\n",
        "5:35",
        "An item that is not published has an id that",
    ),
    (ROSTER + "  posts: [{since: hidden-word}]\n", "5:19", "A value that is not published is not a date"),
]


@pytest.mark.parametrize(("roster", "place", "reason"), BROKEN)
def test_a_doubt_of_what_is_not_published_is_told_without_its_values(
    repo: RepositoryBuilder, roster: str, place: str, reason: str
) -> None:
    start(repo, WITH_SECRETS)
    repo.commit_file("portfolio/roster.yml", ROSTER)
    assert doubted(make(repo)) == []
    repo.commit_file("portfolio/roster.yml", roster)
    site = make(repo)
    found = [line for line in told(site) if line.startswith(f"portfolio/roster.yml:{place}: ") and reason in line]
    assert found, told(site)
    assert ("nmae" in roster) == (doubted(site) == [])
    page = html_of(site, "completeness/")
    assert f"<code>portfolio/roster.yml:{place}</code>" in page
    everything = "".join([*told(site), *(one.html for one in site.all_pages)])
    for hidden in ("ada", "Ada", "hidden-word", "soon", "nmae"):
        assert f"{hidden}`" not in everything
        assert f">{hidden}<" not in everything


def test_the_page_names_no_file_whose_name_is_an_id_that_is_not_published(repo: RepositoryBuilder) -> None:
    start(repo, WITH_SECRETS)
    repo.commit_file("portfolio/cases/miller.md", "---\nname: [\n---\n")
    site = make(repo)
    (line,) = told(site)
    assert line.startswith("portfolio/cases/miller.md:3:1: This file cannot be read: a value is missing, or a bracket")
    assert "portfolio/cases/{id}.md:3:1" in html_of(site, "completeness/")
    assert "miller" not in "".join(one.html for one in site.all_pages)


@pytest.mark.parametrize("content", ["", "[]\n", None])
def test_a_register_that_lost_all_its_records_is_a_doubt(repo: RepositoryBuilder, content: str | None) -> None:
    start(repo, WITH_SECRETS)
    repo.commit_file("portfolio/roster.yml", ROSTER)
    if content is None:
        repo.remove("portfolio/roster.yml")
        repo.commit("Remove it")
    else:
        repo.commit_file("portfolio/roster.yml", content)
    site = make(repo)
    (line,) = told(site)
    assert line.startswith("portfolio/roster.yml: No record of the type Secret is left: 2 records stood here. Hint: ")
    assert doubted(site) == ["portfolio/roster.yml"]
    repo.commit_file("portfolio/roster.yml", ROSTER)
    assert doubted(make(repo)) == []


def test_a_preview_tells_the_doubts_of_what_is_not_published(repo: RepositoryBuilder) -> None:
    start(repo, WITH_SECRETS)
    repo.commit_file("portfolio/roster.yml", ROSTER)
    (repo.checkout() / "portfolio/roster.yml").write_text(ROSTER + "- id: ada\n")
    site = build_site(Settings(repo.path, repo.path / "portfolio/portfolio.yml", "portfolio", preview=True))
    (line,) = told(site)
    assert line.startswith("portfolio/roster.yml:5:1: This file cannot be read: the id … stands twice")
    (repo.path / "portfolio/roster.yml").write_text(ROSTER + "- id: cleo\n")
    site = build_site(Settings(repo.path, repo.path / "portfolio/portfolio.yml", "portfolio", preview=True))
    assert told(site) == []
    assert "cleo" not in "".join(one.html for one in site.all_pages)


LISTED = """\
---
title: Lay tracks
steps:
  - id: a
    due: soon
  - id: b
  - due: later
    tilte: Third
  - bare
  - id: a
    due: 2026-13-01
---
"""


def test_what_is_wrong_in_an_item_is_told_with_its_place_and_spoils_that_item_alone(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.commit_file("portfolio/tasks/t-1.md", LISTED)
    site = make(repo)
    assert [line.removeprefix("portfolio/tasks/t-1.md:").split(" Hint:")[0] for line in told(site)] == [
        "5:10: `steps[a].due: soon` is not a date: write YYYY-MM-DD.",
        "7:10: `steps[#3].due: later` is not a date: write YYYY-MM-DD.",
        "9:5: `steps[#4]` is a single text: write `name: value` lines below it.",
        "11:10: `steps[a].due: 2026-13-01` is not a day of the calendar: write YYYY-MM-DD, the month before the day.",
        "7:5: `steps[#3]` has no id.",
        "10:9: `steps[a]` has an id that stands twice in its list.",
        "8:5: The field `steps[#3].tilte` is not declared by the record type; it is kept as it is written.",
    ]
    page = html_of(site, "task/t-1/")
    assert "is a single text: write " in page
    assert "Third" in page


def test_items_in_a_mapping_are_told_by_their_keys(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.commit_file(
        "portfolio/tasks/t-1.md", "---\ntitle: A\nsteps:\n  one: {id: x}\n  two: {id: x, due: soon}\n  three:\n---\n"
    )
    found = [line.split(": ")[0] for line in told(make(repo))]
    assert found == ["portfolio/tasks/t-1.md:5:21", "portfolio/tasks/t-1.md:5:13"]


def test_a_file_that_never_could_be_read_is_told_with_how_to_mend_it(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/latin.md", "---\ntitle: Café\n---\n".encode("latin-1"))
    repo.write("portfolio/tasks/plain.md", "# Only a page\n")
    repo.commit("Two files")
    latin, plain = told(make(repo))
    assert latin.endswith("Hint: Save it as UTF-8.")
    assert plain.endswith("a page that is no record belongs elsewhere, as in handbook/.")


def test_a_strict_build_tells_every_doubt(repo: RepositoryBuilder) -> None:
    start(repo)
    text = "".join(f"[{number}](none-{number}.md)\n" for number in range(30))
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", text))
    repo.commit("Links to nowhere")
    site = make(repo)
    assert len(list(lines_of(site))) == 21
    assert len(list(lines_of(site, 5_000))) == 30


def test_a_file_among_records_that_no_path_fits_is_told_with_the_paths_that_do(repo: RepositoryBuilder) -> None:
    start(repo)
    record = task("A", status="open")
    for name in ("c.markdown", "D.MD", "sub/b.md"):
        repo.write(f"portfolio/tasks/{name}", record)
    repo.write("portfolio/tasks/e.yaml", "title: E\n")
    repo.write("portfolio/tasks/README.md", record)
    repo.write("portfolio/tasks/sub/page.md", "---\ntitle: Only a page\n---\nWords.\n")
    repo.write("portfolio/handbook/f.md", record)
    repo.commit("Wrong names")
    site = make(repo)
    says = "This file is no record: files of the type Task are `tasks/{id}.md` or `tasks/{id}.yml`."
    assert sorted(told(site)) == [
        f"portfolio/tasks/{place}: {says} Hint: Rename or move it."
        for place in ("D.MD:1:1", "c.markdown:1:1", "e.yaml", "sub/b.md:1:1")
    ]
    assert len(doubted(site)) == 4


def test_a_file_among_records_that_are_not_published_is_no_page(repo: RepositoryBuilder) -> None:
    start(repo, WITH_SECRETS)
    repo.write("portfolio/cases/miller.markdown", "# What Miller did\n")
    repo.write("portfolio/cases/miller.png", b"")
    repo.commit("Wrong names")
    site = make(repo)
    assert doubted(site) == ["portfolio/cases/miller.markdown", "portfolio/cases/miller.png"]
    assert "iller" not in "".join([*site.images, *(one.html for one in site.all_pages)])


def test_pages_where_the_site_has_its_own_are_told_all_at_once_with_what_was_meant(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/task/a.md", task("A"))
    repo.write("portfolio/changes/b.md", "# B\n")
    repo.commit("Wrong folders")
    with pytest.raises(PublicationError) as raised:
        make(repo)
    first, second = raised.value.message.splitlines()
    assert first.startswith("portfolio/changes/b.md: ")
    assert second.endswith("belong to the record type task: did you mean tasks/a.md?")


def test_addresses_that_two_files_want_are_told_all_at_once(repo: RepositoryBuilder) -> None:
    start(repo)
    for name in ("one", "two"):
        repo.write(f"portfolio/handbook/{name}.md", "# Page\n")
        repo.write(f"portfolio/handbook/{name}/index.md", "# Page\n")
    repo.commit("Twins")
    with pytest.raises(PublicationError) as raised:
        make(repo)
    assert len(raised.value.message.splitlines()) == 2


def test_a_link_an_image_and_a_tag_are_told_with_their_line_and_column(repo: RepositoryBuilder) -> None:
    start(repo)
    text = """
See [it](../gone.md#more) and
[that](../gone.md), ![plan](plan.png), <b>bold</b> and List<Bus>.

[nothing]: ../none.md
[a][nothing] [again](../gone.md)
"""
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", text))
    repo.write("portfolio/handbook/page.md", "Words.\n\n[gone](x%20y.md)\n")
    repo.commit("Links")
    assert sorted(line.split(" ")[0] + line.split("`")[1] for line in told(make(repo))) == [
        "portfolio/handbook/page.md:3:8:x%20y.md",
        "portfolio/tasks/t-1.md:6:10:../gone.md#more",
        "portfolio/tasks/t-1.md:7:29:plan.png",
        "portfolio/tasks/t-1.md:7:60:<Bus>",
        "portfolio/tasks/t-1.md:7:8:../gone.md",
        "portfolio/tasks/t-1.md:9:12:../none.md",
    ]


def test_a_link_to_a_heading_that_is_not_there_is_told(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", "# Why so\n\n[a](#why-so) [b](#nope) [c](t-2.md#why)\n"))
    repo.write("portfolio/handbook/page.md", "[d](../tasks/t-1.md#why-so) [e](../tasks/t-1.md#nope)\n")
    repo.commit("Links")
    assert told(make(repo)) == [
        "portfolio/tasks/t-1.md:7:18: The link `#nope` leads to a heading that is not there.",
        "portfolio/tasks/t-1.md:7:29: The link `t-2.md#why` leads to a heading that is not there.",
        "portfolio/handbook/page.md:1:33: The link `../tasks/t-1.md#nope` leads to a heading that is not there.",
    ]
    repo.commit_file("portfolio/tasks/t-2.md", task("Buy trains", '<a id="why"></a>Words\n'))
    assert len(told(make(repo))) == 2


def test_the_places_of_thousands_of_hostile_links_are_found_or_left_at_once() -> None:
    text = b"a" * 500_000
    started = time.perf_counter()
    places = positions_in_text(text, ["a" * number + "b" for number in range(2_000)])
    assert places == [None] * 2_000
    assert positions_in_text(text, ["a"] * 2_000)[0] == (1, 1)
    assert time.perf_counter() - started < 10
