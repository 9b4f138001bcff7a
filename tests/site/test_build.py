"""What a site holds: records, handbook pages, images, links, redirects, and which day it speaks of."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from minutebook.errors import ConfigError, PublicationError
from minutebook.model.configuration import Configuration
from minutebook.model.note import NoteKind
from minutebook.pages import record_years
from minutebook.site.build import Settings, build_site, edit_url
from tests.site.making import CONFIGURATION, addresses, html_of, make, start, task
from tests.support.html import words_of
from tests.support.repository_builder import RepositoryBuilder


def test_every_record_has_a_page_at_its_lasting_address(repo: RepositoryBuilder) -> None:
    site = make(start(repo))
    assert {"", "task/", "task/t-1/", "task/t-2/", "note/", "note/n-1/", "note/n-2/"} <= addresses(site)
    assert {"changes/", "changes/2026-01/", "completeness/", "publication/"} <= addresses(site)


def test_a_moved_record_keeps_its_address_and_a_removed_one_its_last_good_state(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.move("portfolio/tasks/t-1.md", "portfolio/tasks/t-1.yml")
    repo.write("portfolio/tasks/t-1.yml", "title: Lay tracks\nstatus: done\n")
    repo.commit("Other form")
    repo.remove("portfolio/tasks/t-2.md")
    repo.commit("Drop", date="2026-02-03T10:00:00+00:00")
    site = make(repo)
    assert "done" in html_of(site, "task/t-1/")
    removed = html_of(site, "task/t-2/")
    assert "was removed on 2026-02-03" in removed
    assert "Buy trains" in removed
    assert "Removed" in html_of(site, "task/")


def test_a_former_id_leads_to_the_record(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-9.md", repo.read("portfolio/tasks/t-1.md"))
    repo.remove("portfolio/tasks/t-1.md")
    repo.commit("New number")
    site = make(repo)
    assert set(site.redirects) == {"task/t-1/"}
    assert 'content="0; url=../../task/t-9/"' in site.redirects["task/t-1/"]
    assert "t-1" in html_of(site, "task/t-9/")


def test_an_odd_id_gets_an_address_of_ascii_words(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/Größe & Maß.md", task("Odd"))
    repo.write("portfolio/tasks/con.md", task("Reserved"))
    repo.commit()
    odd = {address for address in addresses(make(repo)) if address.startswith("task/") and "t-" not in address}
    assert all(re.fullmatch(r"task/([A-Za-z0-9._~-]+/(history/\d+/)?)?", address) for address in odd)
    assert len(odd) == 3


def test_relations_are_linked_both_ways(repo: RepositoryBuilder) -> None:
    site = make(start(repo))
    assert '<a href="../../task/t-1/">Lay tracks</a>' in html_of(site, "task/t-2/")
    assert '<a href="../../task/t-2/">Buy trains</a>' in html_of(site, "task/t-1/")


def test_what_is_not_published_is_on_no_page(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.remove("portfolio/tasks/t-2.md")
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", hidden="sesame-1"))
    repo.write("portfolio/tasks/t-2.yml", "title: Steps\nsteps: [{id: hidden, title: Kept, hidden: sesame-3}]\n")
    repo.commit("Tell a secret")
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", hidden="sesame-2"))
    repo.commit("Another")
    site = make(repo)
    assert not [page.address for page in site.all_pages if "sesame" in page.html or "Hidden" in page.html]
    assert "Kept" in html_of(site, "task/t-2/")


def test_what_a_misspelt_name_of_a_field_that_is_not_published_says_is_on_no_page(repo: RepositoryBuilder) -> None:
    secret = CONFIGURATION.replace(
        "      needs:", "      price: {type: object, fields: {sum: {type: text, publish: false}}}\n      needs:"
    )
    start(repo, secret)
    for turn in ("one", "two"):
        word = f"sesame-{turn}"
        names = {"hiden": word, '"hid.den"': word, "prize": f"{{sum: {word}}}", "colour": turn}
        repo.write("portfolio/tasks/t-1.md", task("Lay tracks", **names))
        repo.write("portfolio/tasks/t-2.md", task("Buy trains", steps=f"[{{id: a, hiddden: {word}, extra: {turn}}}]"))
        repo.commit(turn)
    site = make(repo)
    assert not [page.address for page in site.all_pages if "sesame" in page.html]
    assert "two" in html_of(site, "task/t-1/").split('id="timeline"')[0], "what is almost nothing else stays"
    notes = [note for note in site.notes if note.kind is NoteKind.MISSPELT]
    told = {note.message.split("`")[1]: note for note in notes}
    assert set(told) == {"hiden", "hid.den", "prize", "steps[a].hiddden"}
    assert all("is not published" in note.message and "hidden" not in note.message for note in notes)
    assert told["hiden"].position is not None
    assert "hiden" in html_of(site, "completeness/")


def test_addresses_of_people_are_on_no_page(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", owner='"Ana Li <ana@secret.example>, bo@secret.example"'))
    repo.commit("Name people", author="Eve <eve@secret.example>", trailers={"Reviewed-by": "Cy <cy@secret.example>"})
    site = make(repo)
    assert "Cy" in html_of(site, "task/t-1/")
    assert not [page.address for page in site.all_pages if "secret.example" in page.html]


def test_a_change_has_the_same_anchor_on_its_month_and_on_its_record(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done", due="2026-03-31"))
    commit = repo.commit("Finish (#12)", date="2026-02-03T10:00:00+00:00")
    site = make(repo)
    anchor = f'id="c-{commit}-task-t-1"'
    assert anchor in html_of(site, "task/t-1/")
    assert anchor in html_of(site, "changes/2026-02/")
    assert f"../../changes/2026-02/#c-{commit}-task-t-1" in html_of(site, "task/t-1/")
    assert "Due moved 30 days later: 2026-03-01 to 2026-03-31" in words_of(html_of(site, "task/t-1/"))


def test_commits_and_requests_lead_to_the_forge_only_where_it_is_known(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    commit = repo.commit("Finish (#12)")
    linked = html_of(make(repo), "task/t-1/")
    assert f"https://forge.example/office/commit/{commit}" in linked
    assert "https://forge.example/office/pull/12" in linked
    repo.write("portfolio/portfolio.yml", CONFIGURATION.replace("forge: https://forge.example/office\n", ""))
    repo.commit("No forge")
    bare = html_of(make(repo), "task/t-1/")
    assert "forge.example" not in bare
    assert commit[:10] in bare


@pytest.mark.parametrize(
    ("forge", "editor"),
    [
        ("https://github.com/city/office", "edit/main/"),
        ("https://gitlab.office.example/city/office", "-/edit/main/"),
        ("https://bitbucket.org/city/office", "src/main/"),
        ("https://codeberg.org/city/office", "_edit/main/"),
        ("https://forge.example/office", "edit/main/"),
        ("https://dev.azure.com/city/_git/office", None),
    ],
)
def test_files_are_edited_where_their_forge_has_its_editor(forge: str, editor: str | None) -> None:
    configuration = Configuration(title="Office", types={}, forge=forge, branch="main")
    assert edit_url(configuration) == (f"{forge}/{editor}" if editor is not None else None)


def test_a_name_that_mailmap_changes_is_shown_as_the_commit_has_it_too(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write(".mailmap", "Ana Li <ana@office.example> <old@office.example>\n")
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    repo.commit("Finish", author="ali <old@office.example>")
    assert "<b>Ana Li</b> (in the commit: ali)" in html_of(make(repo), "task/t-1/")


def test_an_invalid_date_is_shown_as_invalid(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    repo.commit("Finish", date="99999999999999999999 +0000")
    html = html_of(make(repo), "task/t-1/")
    assert "invalid date" in html
    assert "1970" not in html


def test_an_unreadable_record_keeps_its_last_good_state_and_says_so(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", "---\ntitle: [\n---\n")
    repo.commit("Break it", date="2026-02-03T10:00:00+00:00")
    site = make(repo)
    html = html_of(site, "task/t-1/")
    assert "cannot be read now" in html
    assert "Lay tracks" in html
    assert "Unreadable from 2026-02-03" in html
    assert "portfolio/tasks/t-1.md:" in html_of(site, "completeness/")


def test_a_long_timeline_is_split_by_year(repo: RepositoryBuilder) -> None:
    start(repo)
    for number in range(60):
        repo.write("portfolio/tasks/t-1.md", task(f"Lay tracks {number}"))
        year = 2026 + number // 30
        repo.commit(f"Edit {number}", date=f"{year}-03-{number % 30 + 1:02d}T10:00:00+00:00")
    site = make(repo)
    assert {"task/t-1/history/2026/", "task/t-1/history/2027/"} <= addresses(site)
    assert "The latest 20 of 61 entries" in html_of(site, "task/t-1/")
    years = [html_of(site, f"task/t-1/history/{year}/") for year in (2026, 2027)]
    assert [html.count('<li id="c-') for html in years] == [31, 30]


def test_a_year_of_many_changes_is_split_and_what_landed_keeps_its_page(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_years, "YEAR_PAGE_LINES", 50)
    start(repo)

    def edit(numbers: range) -> list[str]:
        for number in numbers:
            repo.write("portfolio/tasks/t-1.md", task(f"Lay tracks {number}"))
            repo.commit(f"Edit {number}", date=f"2026-03-{number % 30 + 1:02d}T10:00:00+00:00")
        site = make(repo)
        places = sorted(address for address in addresses(site) if address.startswith("task/t-1/history/2026/"))
        return [html_of(site, place) for place in places]

    before, after = edit(range(45)), edit(range(45, 70))
    told = [re.findall(r"<li id=\"(c-[0-9a-f]+)", html) for html in after]
    assert [len(ids) for ids in told] == [23, 25, 23]
    assert [re.findall(r"<li id=\"(c-[0-9a-f]+)", html) for html in before] == [told[0], told[1][-23:]]
    assert len({one for ids in told for one in ids}) == 71
    assert all(f'aria-current="page">{part}<' in html for part, html in enumerate(after, 1))


def test_many_like_changes_of_one_commit_are_folded(repo: RepositoryBuilder) -> None:
    start(repo)
    for number in range(30):
        repo.write(f"portfolio/tasks/b-{number}.md", task(f"Bulk {number}", status="open"))
    repo.commit("Import", date="2026-02-03T10:00:00+00:00")
    for number in range(30):
        repo.write(f"portfolio/tasks/b-{number}.md", task(f"Bulk {number}", status="done"))
    repo.commit("Close all", date="2026-03-03T10:00:00+00:00")
    html = html_of(make(repo), "changes/2026-03/")
    assert "<summary>30 records: Status open to done</summary>" in html


# Which day


def test_a_site_speaks_of_the_day_of_the_published_commit_unless_one_is_given(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    repo.write("portfolio/tasks/t-3.md", task("Later"))
    repo.commit("Finish", date="2026-03-03T10:00:00+00:00")
    now = make(repo)
    assert now.edition.as_of == dt.date(2026, 3, 3)
    then = make(repo, as_of=dt.date(2026, 1, 31))
    assert "task/t-3/" not in addresses(then)
    assert "Status open to done" not in html_of(then, "task/t-1/")
    assert 'As of <time datetime="2026-01-31" data-mb-age>2026-01-31</time>' in html_of(then, "")
    assert make(repo, as_of=dt.date(2031, 1, 1)).edition.as_of == dt.date(2031, 1, 1)


def test_notes_of_a_day_in_the_past_tell_of_that_day(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", "---\ntitle: [\n---\n")
    repo.commit("Break it", date="2026-02-03T10:00:00+00:00")
    repo.write("portfolio/tasks/t-1.md", task("Mended"))
    repo.write("portfolio/tasks/t-2.md", "---\ntitle: [\n---\n")
    repo.commit("Mend one, break the other", date="2026-03-03T10:00:00+00:00")
    now, then = (
        [note.path for note in site.notes if note.kind is NoteKind.UNREADABLE]
        for site in (make(repo), make(repo, as_of=dt.date(2026, 2, 10)))
    )
    assert now == ["portfolio/tasks/t-2.md"]
    assert then == ["portfolio/tasks/t-1.md"]
    assert make(repo, as_of=dt.date(2026, 2, 10)).edition.commit == repo.tip


def test_a_day_before_anything_had_landed_is_an_error(repo: RepositoryBuilder) -> None:
    with pytest.raises(PublicationError, match="Nothing had landed by 1999-01-01"):
        make(start(repo), as_of=dt.date(1999, 1, 1))


# The handbook


def test_other_markdown_files_are_pages_and_their_links_lead_to_pages(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write(
        "portfolio/handbook/guide.md",
        "# Guide\n\n[a task](../tasks/t-1.md#text) [a note](../notes.yml#N-2) [all notes](../notes.yml) "
        "[self](#guide) [old](../tasks/none.md)\n\n![plan](plan.png)\n",
    )
    repo.write("portfolio/handbook/plan.png", b"\x89PNG\r\n\x1a\n")
    repo.commit("Write a guide")
    site = make(repo)
    html = html_of(site, "handbook/guide/")
    assert '<a href="../../task/t-1/#text-text">a task</a>' in html
    assert '<a href="../../note/n-2/">a note</a>' in html
    assert '<a href="../../note/">all notes</a>' in html
    assert '<a href="#text-guide">self</a>' in html
    assert "<a>old</a>" in html
    assert '<img src="../../handbook/plan.png" alt="plan">' in html
    assert site.images == {"handbook/plan.png": b"\x89PNG\r\n\x1a\n"}


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("portfolio/changes/2026-01.md", "the change timeline"),
        ("portfolio/Task/t-1.md", "the record type task"),
        ("portfolio/task.md", "the record type task"),
        ("portfolio/publication/index.md", "the page about this publication"),
        ("portfolio/search/x.md", "the index of the search"),
    ],
)
def test_a_handbook_page_on_a_generated_address_is_an_error_that_names_both(
    repo: RepositoryBuilder, path: str, owner: str
) -> None:
    start(repo)
    repo.write(path, "# Mine\n")
    repo.commit()
    with pytest.raises(PublicationError) as error:
        make(repo)
    assert path in str(error.value)
    assert owner in str(error.value)


def test_two_pages_that_differ_in_letter_case_only_are_an_error_that_names_both(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/handbook/Guide.md", "# A\n")
    repo.write("portfolio/handbook/guide.md", "# B\n")
    repo.commit()
    with pytest.raises(PublicationError, match=r"handbook/Guide\.md.*handbook/guide\.md"):
        make(repo)


def test_an_id_that_looks_like_a_made_address_has_one_of_its_own(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/a b.md", task("Slugged"))
    repo.commit()
    address = next(address for address in addresses(make(repo)) if address.startswith("task/~a-b-"))
    repo.write(f"portfolio/tasks/{address.split('/')[1]}.md", task("As it is"))
    repo.commit()
    site = make(repo)
    assert "Slugged" in html_of(site, address)
    assert len([one for one in addresses(site) if one.startswith("task/~a-b-")]) == 2


@pytest.mark.parametrize("name", ["README.md", "index.md"])
def test_a_page_at_the_top_is_none_because_the_home_page_is_generated(repo: RepositoryBuilder, name: str) -> None:
    start(repo)
    repo.write(f"portfolio/{name}", "# For the forge\n")
    repo.commit()
    site = make(repo)
    assert "For the forge" not in html_of(site, "")
    assert [note.path for note in site.notes if "home page" in note.message] == [f"portfolio/{name}"]


def test_files_of_a_repository_that_is_a_portfolio_as_a_whole_are_no_doubt(repo: RepositoryBuilder) -> None:
    start(repo, f"{CONFIGURATION}root: ''\n")
    for name in ("README.md", "LICENSE", "Makefile", "src/run.py"):
        repo.write(name, "For others.\n")
    repo.write("CONTRIBUTING.md", "# How we work\n")
    repo.write("index.md", "# Ours\n")
    repo.commit()
    site = make(repo)
    assert [note.path for note in site.notes if note.kind is NoteKind.REFUSED] == ["index.md"]
    assert "How we work" in html_of(site, "CONTRIBUTING/")


# What has not landed


def test_a_preview_shows_what_has_not_landed_and_a_publication_does_not(repo: RepositoryBuilder) -> None:
    start(repo)
    folder = repo.checkout()
    site = make(repo)
    (folder / "portfolio/tasks/t-1.md").write_text(task("Lay tracks", "Edited text.\n", status="done"))
    (folder / "portfolio/tasks/t-2.md").write_text("---\ntitle: [\n---\n")
    (folder / "portfolio/new.md").write_text("# New page\n")
    plain = Settings(folder, folder / "portfolio/portfolio.yml", "portfolio")
    preview = build_site(Settings(folder, folder / "portfolio/portfolio.yml", "portfolio", preview=True))
    assert {page.address: page.html for page in build_site(plain).pages} == {
        page.address: page.html for page in site.pages
    }
    edited = html_of(preview, "task/t-1/")
    assert "Not yet landed" in edited
    assert "Edited text." in edited
    assert "the edited file cannot be read" in html_of(preview, "task/t-2/")
    assert "Not yet landed" in html_of(preview, "new/")
    assert "2 records have edits" in html_of(preview, "")


@pytest.mark.parametrize("root", ["linked", "linked/inside"])
def test_a_preview_follows_no_symbolic_link_out_of_the_repository(
    repo: RepositoryBuilder, tmp_path: Path, root: str
) -> None:
    start(repo)
    (tmp_path / "elsewhere" / "inside").mkdir(parents=True)
    (tmp_path / "elsewhere" / "inside" / "secret.md").write_text("# sesame\n")
    (tmp_path / "elsewhere" / "secret.md").write_text("# sesame\n")
    folder = repo.checkout()
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    configuration = folder / "portfolio/portfolio.yml"
    configuration.write_text(CONFIGURATION + f"root: {root}\n")
    with pytest.raises(ConfigError, match="symbolic link"):
        build_site(Settings(folder, configuration, "portfolio", preview=True))


def test_a_text_that_was_not_rendered_is_told_under_a_heading_of_its_own(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Slow", "<![" * 30 + "\n\n"))
    repo.write("portfolio/tasks/t-2.md", task("Odd", "[a](none`s.md)\n\n[b](none.md)\n"))
    repo.commit("Slow text")
    html = html_of(make(repo), "completeness/")
    told = html[html.index('id="not-rendered"') :]
    assert "Texts that are shown as they were written" in told
    assert "too many <code>&lt;![</code>" in told
    refused = html[html.index('id="refused"') : html.index('id="not-rendered"')]
    assert "shown as it was written" not in refused
    assert "The link <code>none.md</code> leads to no page" in refused
    assert refused.count("<code>") == refused.count("</code>")
