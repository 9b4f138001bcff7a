"""Which groups a record is in and counts for, held against small portfolios."""

from __future__ import annotations

from minutebook.analyses.groups import DEEPEST, Groups, groups_of
from minutebook.history.names import PortfolioNames
from minutebook.model.record import RecordKey
from tests.analyses.office import OFFICE
from tests.support.reading import configure, history_of
from tests.support.repository_builder import RepositoryBuilder

TASK = RecordKey("task", "t")


def groups(repo: RepositoryBuilder) -> Groups:
    """Those of what was written, as of its commit."""
    repo.commit("Write them")
    history, configuration = history_of(repo.path, OFFICE), configure(OFFICE)
    names = PortfolioNames(history, configuration, history.commits - 1)
    return groups_of(history.portfolio(history.commits - 1), configuration, names)


def test_a_record_is_in_its_group_and_in_those_around_it(repo: RepositoryBuilder) -> None:
    repo.write("units/north.yml", "title: North\nwithin: all\n")
    repo.write("units/all.yml", "title: All\nwithin: north\n")
    repo.write("tasks/t.yml", "unit: north\n")
    repo.write("tasks/lost.yml", "unit: nowhere\n")
    found = groups(repo)
    assert [str(key) for key in found.around(TASK)] == ["unit/north", "unit/all"], "a ring ends"
    assert found.around(RecordKey("task", "lost")) == ()


def test_a_group_is_in_those_that_it_is_a_part_of_and_counts_for_itself(repo: RepositoryBuilder) -> None:
    repo.write("units/yard.yml", "title: Yard\nwithin: north\n")
    repo.write("units/north.yml", "title: North\nwithin: all\n")
    repo.write("units/all.yml", "title: All\n")
    repo.write("tasks/t.yml", "unit: north\n")
    found = groups(repo)
    yard, north, whole = (RecordKey("unit", id_) for id_ in ("yard", "north", "all"))
    assert found.around(yard) == (north, whole)
    assert found.counting(yard) == (yard, north, whole), "though nothing is in it"
    assert found.counting(TASK) == (north, whole)


def test_a_record_that_is_a_part_of_another_is_in_no_group_by_that(repo: RepositoryBuilder) -> None:
    repo.write("units/north.yml", "title: North\n")
    repo.write("aims/whole.yml", "unit: north\n")
    repo.write("aims/part.yml", "whole: whole\n")
    assert groups(repo).counting(RecordKey("aim", "part")) == ()


def test_groups_are_followed_so_deep_and_no_deeper(repo: RepositoryBuilder) -> None:
    for number in range(DEEPEST + 3):
        repo.write(f"units/u-{number}.yml", f"within: u-{number + 1}\n")
    repo.write("tasks/t.yml", "unit: u-0\n")
    assert len(groups(repo).around(TASK)) == DEEPEST
