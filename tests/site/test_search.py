"""What the search says of a record: where it stands first, each word once."""

from __future__ import annotations

from tests.site.deciding import begin, on, rule
from tests.site.making import WITH_MEETINGS, make, start, task, with_fields
from tests.support.repository_builder import RepositoryBuilder


def said(repo: RepositoryBuilder, address: str) -> tuple[str, str]:
    """The title and the words of one entry."""
    found = next(page.search for page in make(repo).all_pages if page.address == address)
    assert found is not None
    return found.title, found.words


def test_a_record_is_found_with_its_type_and_status_before_people_and_summary(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write(
        "portfolio/tasks/t-1.md",
        task("Lay tracks", summary="Rails to the port.", owner='"Ana Li, Bo"', health="red", status="open"),
    )
    repo.commit("Say more")
    assert said(repo, "task/t-1/") == ("t-1: Lay tracks", "Task · open · red · Ana Li · Bo · Rails to the port.")


def test_a_day_and_a_body_are_said_before_people_and_nobody_twice(repo: RepositoryBuilder) -> None:
    board = "board: {type: reference, role: body, to: note}"
    start(repo, with_fields(WITH_MEETINGS, "session", "scribe: {type: person}", "chair: {type: person}", board))
    repo.write("portfolio/sessions/s.yml", "title: May\nheld: 2026-05-13\nchair: Ana Li\nscribe: Ana Li\nboard: n-1\n")
    repo.commit("Meet")
    assert said(repo, "session/s/") == ("s: May", "Session · 2026-05-13 · First · Ana Li")


def test_the_day_for_which_a_decision_is_planned_is_not_said_as_its_day(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r-1", "asked", day="2026-03-01", asked_on="2026-01-02")
    rule(repo, "r-2", "agreed", day="2026-01-09", asked_on="2026-01-02")
    on(repo, "2026-01-10")
    assert said(repo, "ruling/r-1/")[1] == "Ruling · asked · Upper board"
    assert said(repo, "ruling/r-2/")[1] == "Ruling · agreed · 2026-01-09 · Upper board"
