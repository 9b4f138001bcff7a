"""Who is told as a contributor of what a merge did: those whose branch commits touched the record itself."""

from __future__ import annotations

import pytest

from tests.support.reading import history_of, record_of
from tests.support.repository_builder import ANA, BO, RepositoryBuilder

CARA = "Cara Diaz <cara@example.org>"

FOLDERS = """\
format: 1
title: Plans
record_types:
  plan:
    title: Plan
    plural: Plans
    paths: ["plans/{id}/plan.yml"]
    text: README.md
    fields:
      title: {type: text, role: title}
"""


def _people(repo: RepositoryBuilder, record: str, portfolio: str | None = None) -> list[str]:
    history = history_of(repo.path) if portfolio is None else history_of(repo.path, portfolio)
    return [person.name for person in record_of(history, record).entries[-1].contributors]


REGISTER = """\
format: 1
title: Plans
record_types:
  plan:
    title: Plan
    plural: Plans
    paths: ["registers/plans.yml"]
    fields:
      id: {type: id}
      title: {type: text, role: title}
"""


def test_of_a_register_each_record_has_the_people_who_edited_it(repo: RepositoryBuilder) -> None:
    register = "- {{id: a, title: {}}}\n- {{id: b, title: {}}}\n"
    repo.commit_file("registers/plans.yml", "- title: none\n  id: z\n")
    repo.write("registers/plans.yml", register.format("one", "two"))
    repo.commit()
    repo.branch("work")
    repo.commit_file("registers/plans.yml", register.format("new", "two"), author=ANA)
    repo.commit_file("registers/plans.yml", register.format("new", "newer"), author=BO)
    repo.switch("main")
    repo.merge("work", author=CARA)
    assert (_people(repo, "a", REGISTER), _people(repo, "b", REGISTER)) == (["Ana Li"], ["Bo Chen"])


def _rows(**titles: str) -> str:
    return "".join(f"- id: {name}\n  title: {title}\n" for name, title in titles.items())


def test_of_a_register_that_several_branches_edit_at_once_each_record_has_its_own_people(
    repo: RepositoryBuilder,
) -> None:
    path = "registers/plans.yml"
    base = repo.commit_file(path, _rows(a="1", b="1", c="1", d="1"))
    repo.branch("one", base)
    repo.commit_file(path, _rows(a="2", b="1", c="1", d="1"), author=ANA)
    repo.branch("two", base)
    repo.commit_file(path, _rows(a="1", b="1", c="1", d="2"), author=BO)
    repo.commit_file(path, _rows(a="1", b="2", c="1", d="2"), author=CARA)
    repo.switch("main")
    repo.merge("one")
    repo.merge("two", edit={path: _rows(a="2", b="2", c="1", d="2")})
    assert [_people(repo, name, REGISTER) for name in "abd"] == [["Ana Li"], ["Cara Diaz"], ["Bo Chen"]]


@pytest.mark.parametrize("spoilt", ["- id: a\n- id: a\n", "a: b: c\n", None, "a submodule"])
def test_who_spoils_a_register_on_a_branch_and_who_mends_it_touch_all_its_records(
    repo: RepositoryBuilder, spoilt: str | None
) -> None:
    path = "registers/plans.yml"
    repo.commit_file(path, _rows(a="1", b="1"))
    repo.branch("work")
    repo.commit_file(path, _rows(a="2", b="1"), author=ANA)
    repo.remove(path)
    if spoilt == "a submodule":
        repo.submodule(path)
    elif spoilt is not None:
        repo.write(path, spoilt)
    repo.commit(author=BO)
    repo.commit_file(path, _rows(a="2", b="2"), author=CARA)
    repo.switch("main")
    repo.merge("work")
    assert _people(repo, "a", REGISTER) == ["Ana Li", "Bo Chen", "Cara Diaz"]
    assert _people(repo, "b", REGISTER) == ["Bo Chen", "Cara Diaz"]


def test_who_edits_the_text_beside_a_record_contributes_to_it(repo: RepositoryBuilder) -> None:
    repo.write("plans/a/plan.yml", "title: A\n")
    repo.write("plans/a/README.md", "Why.\n")
    repo.commit()
    repo.branch("work")
    repo.commit_file("plans/a/README.md", "Why not.\n", author=BO)
    repo.switch("main")
    repo.merge("work", author=CARA)
    assert _people(repo, "a", FOLDERS) == ["Bo Chen"]


def test_who_edits_a_file_that_the_branch_moves_later_contributes_to_its_record(repo: RepositoryBuilder) -> None:
    repo.commit_file("old/a.md", "---\ntitle: A\n---\n")
    repo.branch("work")
    repo.move("old/a.md", "plans/a.md")
    repo.commit(author=ANA)
    repo.commit_file("plans/a.md", "---\ntitle: B\n---\n", author=BO)
    repo.move("plans/a.md", "old/a.md")
    repo.commit(author=ANA)
    repo.switch("main")
    repo.merge("work", author=CARA)
    assert _people(repo, "a") == ["Ana Li", "Bo Chen"]
