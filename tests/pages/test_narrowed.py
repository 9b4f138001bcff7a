"""What tables can be narrowed by, found once as the Book is made."""

from __future__ import annotations

from dataclasses import replace

from minutebook.pages.narrowed import narrowed
from tests.site.deciding import begin, book_of, on, rule
from tests.support.repository_builder import RepositoryBuilder


def test_a_book_says_what_the_table_of_each_type_offers_and_keeps_it_whatever_is_added(
    repo: RepositoryBuilder,
) -> None:
    begin(repo)
    rule(repo, "r-1", "agreed")
    rule(repo, "r-2", "asked")
    on(repo, "2026-01-05", "Rule")
    book = book_of(repo)
    assert set(book.offered) == set(book.configuration.types)
    assert book.offered["ruling"]["state"] == {"agreed", "asked"}
    assert replace(book, pending={}).offered is book.offered


def test_a_table_is_narrowed_only_to_what_it_offers(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r-1", "agreed")
    rule(repo, "r-2", "asked")
    on(repo, "2026-01-05", "Rule")
    book = book_of(repo)
    ruling = book.configuration.types["ruling"]
    status = ruling.published_role("status")
    assert status is not None
    address = narrowed(ruling, status, "agreed", book)
    assert address is not None
    assert (address.path, address.view) == ("ruling/", (("state", "agreed"),))
    assert narrowed(ruling, status, "refused", book) is None
