"""A preview shows what has not landed: an edited working tree in; lists, pages and doubts of it out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minutebook.model.note import NoteKind
from minutebook.site.build import Settings, Site, build_site
from tests.site.deciding import begin
from tests.site.making import addresses, html_of, make, start, task
from tests.support.repository_builder import RepositoryBuilder


def in_preview(repo: RepositoryBuilder) -> Site:
    """The site of a repository whose working tree was edited."""
    file = repo.path / "portfolio/portfolio.yml"
    return build_site(Settings(repo.path, file, "portfolio", preview=True))


def test_a_preview_names_every_record_that_would_change(repo: RepositoryBuilder) -> None:
    folder = start(repo).checkout() / "portfolio"
    (folder / "tasks/t-1.md").write_text(task("Lay <tracks>", status="open"))
    (folder / "tasks/t-2.md").unlink()
    (folder / "tasks/t-3.md").write_text(task("New", hidden="sesame", statsu="open"))
    (folder / "tasks/t-4.md").write_text("---\ntitle: [\n---\n")
    (folder / "notes.yml").write_text("- {id: n-1, title: First}\n- {id: n-2, title: Third}\n")
    site = in_preview(repo)
    home = html_of(site, "")
    listed = home[home.index('id="not-landed"') : home.index('id="records"')]
    assert "5 records have edits" in home
    assert re.findall(r'<li>(\w+): <a href="([^"]*)">(.*?)</a> <code>(.*?)</code>( <strong>cannot)?', listed) == [
        ("New", "task/t-4/", "Task t-4", "portfolio/tasks/t-4.md", " <strong>cannot"),
        ("New", "task/t-3/", "New", "portfolio/tasks/t-3.md", ""),
        ("Edited", "note/n-2/", "Second", "portfolio/notes.yml", ""),
        ("Edited", "task/t-1/", "Lay tracks", "portfolio/tasks/t-1.md", ""),
        ("Removed", "task/t-2/", "Buy trains", "portfolio/tasks/t-2.md", ""),
    ]
    assert "Not yet landed:</strong> the file is gone" in html_of(site, "task/t-2/")
    assert "Not yet landed" not in html_of(site, "note/n-1/"), "its entry in the register is as it was"
    assert "this record is new" in html_of(site, "task/t-4/").lower()


def test_what_is_new_stands_above_the_table_of_its_type_until_it_has_a_row_there(repo: RepositoryBuilder) -> None:
    begin(repo)
    folder = repo.checkout() / "portfolio"
    (folder / "works/w-3.md").write_text(task("Paint it"))
    (folder / "rulings").mkdir()
    (folder / "rulings/r-9.md").write_text("---\ntitle: Paint everything\n---\n")
    site = in_preview(repo)
    for address, link in (("work/", 'w-3/">Paint it</a>'), ("ruling/", 'r-9/">Paint everything</a>')):
        notice = re.search('<section class="mb-notice".*?</section>', html_of(site, address), re.DOTALL)
        assert notice is not None
        assert "Not yet landed" in notice[0]
        assert link in notice[0]
        assert notice[0].count("<li>") == 1, "those of other types stand above their own tables"
    assert "mb-notice" not in html_of(make(repo), "work/")


def test_a_new_record_has_a_page_in_a_preview_with_its_fields_as_they_would_stand(repo: RepositoryBuilder) -> None:
    folder = start(repo).checkout() / "portfolio"
    secret = {"hidden": "sesame", "hidde": "sesame"}
    new = task("Paint <b>it</b>", "A [link](t-1.md).\n", status="open", needs="t-1", own="words", **secret)
    steps = "steps: [{id: a, title: Prime, due: 2026-04-01, hidden: sesame}]\n---\n"
    (folder / "tasks/t-3.md").write_text(new.replace("---\n\nA", f"{steps}\nA"))
    (folder / "tasks/t-2.md").write_text(task("Buy trains", "See [it](t-3.md).\n", status="open", needs="t-1"))
    site = in_preview(repo)
    page = html_of(site, "task/t-3/")
    assert "Not yet landed" in page
    assert "<h1>Paint &lt;b&gt;it&lt;/b&gt;</h1>" in page
    for words in (
        "open",
        'href="../../task/t-1/">Lay tracks',
        "Prime",
        "2026-04-01",
        "own",
        'href="../../task/t-1/">link',
    ):
        assert words in page
    assert "sesame" not in "".join(one.html for one in site.all_pages)
    assert 'href="../../task/t-3/">it' in html_of(site, "task/t-2/"), "a text can lead to it"
    assert "task/t-3/" not in addresses(build_site(Settings(repo.path, folder / "portfolio.yml", "portfolio")))


def test_a_new_record_may_take_a_former_id_in_a_preview(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.move("portfolio/tasks/t-1.md", "portfolio/tasks/rails.md")
    repo.commit("Rename")
    assert "task/t-1/" in make(repo).redirects
    (repo.path / "portfolio/tasks/t-1.md").write_text(task("Another"))
    site = in_preview(repo)
    assert "Another" in html_of(site, "task/t-1/")
    assert "task/t-1/" not in site.redirects


def test_a_new_record_may_take_a_former_id_in_another_letter_case(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.move("portfolio/tasks/t-1.md", "portfolio/tasks/Old.md")
    repo.commit("Rename")
    repo.move("portfolio/tasks/Old.md", "portfolio/tasks/rails.md")
    repo.commit("Rename again")
    assert "task/Old/" in make(repo).redirects
    (repo.path / "portfolio/tasks/old.md").write_text(task("Another"))
    site = in_preview(repo)
    assert "Another" in html_of(site, "task/old/")
    assert set(site.redirects) == {"task/t-1/"}


@pytest.mark.parametrize("asked", ["stat", "read_bytes"])
def test_a_file_that_vanishes_while_it_is_read_is_gone(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    folder = start(repo).checkout() / "portfolio"
    new = folder / "tasks/t-3.md"
    new.write_text(task("New"))
    answer = getattr(Path, asked)

    def vanish(path: Path, **how: object) -> object:
        found = answer(path, **how)
        if path == new and how.get("follow_symlinks", True):
            new.unlink()
            return answer(path, **how) if asked == "read_bytes" else found
        return found

    monkeypatch.setattr(Path, asked, vanish)
    site = in_preview(repo)
    assert not new.exists()
    assert "task/t-3/" not in addresses(site)


def test_layout_alone_is_no_edit_and_a_moved_file_is_one(repo: RepositoryBuilder) -> None:
    folder = start(repo).checkout() / "portfolio"
    file = folder / "tasks/t-2.md"
    file.write_text(file.read_text().replace("status: open\n", "status:   open   # still\n"))
    assert "have edits" not in html_of(in_preview(repo), "")
    (folder / "tasks/t-2.md").unlink()
    (folder / "tasks/t-2.yml").write_text("title: Buy trains\nstatus: open\nneeds: t-1\n")
    home = html_of(in_preview(repo), "")
    assert "Edited: " in home
    assert "portfolio/tasks/t-2.yml" in home


def test_the_doubts_of_a_preview_are_those_of_the_working_tree(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", due="2026-31-12"))
    repo.write("portfolio/tasks/t-2.md", "---\ntitle: [\n---\n")
    repo.write("portfolio/tasks/t-2.yml", "title: Twice\n")
    repo.commit("Doubts")
    assert len(doubts(make(repo))) == 3
    folder = repo.path / "portfolio"
    (folder / "tasks/t-1.md").write_text(task("Lay tracks", due="2026-12-31"))
    (folder / "tasks/t-2.md").unlink()
    assert doubts(in_preview(repo)) == []
    (folder / "tasks/t-3.md").write_text(task("New", due="soon", helth="red"))
    (folder / "tasks/T-1.yml").write_text("title: Rival\n")
    (folder / "notes.yml").write_text("- {id: n-1, title: [}\n")
    site = in_preview(repo)
    assert doubts(site) == [
        (NoteKind.UNREADABLE, "portfolio/notes.yml:1:21"),
        (NoteKind.IMPOSSIBLE, "portfolio/tasks/t-3.md:3:6"),
        (NoteKind.MISSPELT, "portfolio/tasks/t-3.md:4:1"),
        (NoteKind.DUPLICATE, "portfolio/tasks/T-1.yml"),
    ]
    assert "portfolio/tasks/t-3.md:3:6" in html_of(site, "completeness/")


def doubts(site: Site) -> list[tuple[NoteKind, str]]:
    """What the terminal is told, by kind."""
    return [(kind, note.place) for kind in NoteKind for note in site.notes if note.kind is kind]
