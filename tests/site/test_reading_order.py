"""The order of the handbook's pages: in the menu, and on the home page."""

from __future__ import annotations

from minutebook.site.build import Site
from minutebook.site.navigation import default_nav
from tests.site.making import html_of, make, start
from tests.support.html import links_of, section
from tests.support.repository_builder import RepositoryBuilder

INDEX = "# Handbook\n\nRead [the rules](rules.md#who), [the words](words/b.md) and [a task](../tasks/t-1.md).\n"


def handbook(repo: RepositoryBuilder, **pages: str) -> Site:
    start(repo)
    for name, text in pages.items():
        repo.write(f"portfolio/handbook/{name.replace('__', '/')}.md", text)
    repo.commit("Write down")
    return make(repo)


def test_pages_stand_in_the_order_in_which_the_index_of_their_folder_links_to_them(repo: RepositoryBuilder) -> None:
    site = handbook(repo, index=INDEX, a="# A\n", rules="# Rules\n\n[A](a.md)\n", words__a="# C\n", words__b="# B\n")
    order = [
        "handbook/",
        "handbook/rules/",
        "handbook/words/b/",
        "handbook/a/",
        "handbook/words/a/",
    ]
    assert links_of(section(html_of(site, ""), "handbook"))[: len(order)] == order
    assert [page.address for page in site.handbook] == order


def test_without_an_index_pages_stand_in_the_order_of_their_paths(repo: RepositoryBuilder) -> None:
    site = handbook(repo, b="# A\n", a="# B\n\n[b](b.md)\n", c="# C\n")
    assert [page.address for page in site.handbook] == ["handbook/a/", "handbook/b/", "handbook/c/"]


def test_an_index_that_is_called_as_the_heading_above_it_does_not_repeat_it_in_the_menu(
    repo: RepositoryBuilder,
) -> None:
    nav = default_nav(handbook(repo, README=INDEX, rules="# Rules\n"))
    below = next(one["Handbook"] for one in nav if isinstance(one, dict) and "Handbook" in one)
    assert below == [{"Handbook overview": "handbook/index.md"}, "handbook/rules/index.md"]
