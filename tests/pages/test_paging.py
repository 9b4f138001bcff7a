"""Long lists over several pages: what each page holds, where it stands and how it is called."""

from __future__ import annotations

from functools import partial

from minutebook.pages.page import Address, Link
from minutebook.pages.paging import part_address, part_links, split_by_number, split_by_weight


def test_things_stand_on_a_page_while_it_has_room_and_the_heaviest_alone() -> None:
    assert split_by_weight([1, 2, 9, 1, 1], lambda weight: weight, 3) == [[1, 2], [9], [1, 1]]


def test_so_many_things_stand_on_each_page_and_on_the_last_what_is_left() -> None:
    assert split_by_number("abcde", 2) == [["a", "b"], ["c", "d"], ["e"]]
    assert split_by_number("abcd", 2) == [["a", "b"], ["c", "d"]]


def test_a_list_of_nothing_has_one_page() -> None:
    assert split_by_number((), 2) == [[]]


def test_what_comes_later_moves_nothing_to_another_page() -> None:
    before = split_by_number(range(7), 3)
    after = split_by_number(range(12), 3)
    assert after[:2] == before[:2]
    assert after[2][:1] == before[2]


def test_the_first_part_stands_at_the_address_of_the_list_and_the_others_below_it() -> None:
    top = Address("task/-removed/")
    assert [part_address(top, part).path for part in (1, 2, 10)] == [
        "task/-removed/",
        "task/-removed/2/",
        "task/-removed/10/",
    ]


def test_the_parts_of_a_list_are_links_where_there_are_several() -> None:
    address = partial(part_address, Address("tasks/"))
    assert part_links(2, address) == (Link("1", Address("tasks/")), Link("2", Address("tasks/2/")))
    assert [link.text for link in part_links(2, address, words="part {}".format)] == ["part 1", "part 2"]
    assert part_links(1, address) == ()
