"""Pages in; an owner for every address, and the names that no record type can have, out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minutebook.errors import PublicationError
from minutebook.model.reserved import RESERVED
from minutebook.pages.page import Page
from minutebook.site.addresses import check_addresses
from tests.site.making import make, start
from tests.support.repository_builder import RepositoryBuilder


def page(address: str, origin: str) -> Page:
    return Page(address=address, title="T", template="t.html", view=None, origin=origin)


def test_two_pages_of_one_origin_cannot_have_one_address_either() -> None:
    one = page("task/t-1/", "a record")
    with pytest.raises(PublicationError) as told:
        check_addresses([one, replace(one, address="Task/t-1/"), page("task/t-1/", "a file")], [], [])
    assert told.value.message.splitlines() == [
        "Two sources want the address /Task/t-1/: a record, and a record.",
        "Two sources want the address /task/t-1/: a record, and a file.",
    ]
    check_addresses([one, page("task/t-2/", "a record")], [], [])


def test_every_address_that_is_no_records_is_kept_from_types(repo: RepositoryBuilder) -> None:
    site = make(start(repo))
    addresses = [*(page.address for page in site.pages), *site.redirects, *site.assets]
    first = {address.partition("/")[0] for address in addresses if "/" in address}
    assert first - {"task", "note"} <= RESERVED.keys()
    assert {"changes", "completeness", "dictionary", "publication", "assets"} <= first
