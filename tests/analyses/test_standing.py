"""Since when a field says what it says."""

from __future__ import annotations

from minutebook.analyses.standing import since_when
from tests.analyses.office import OFFICE
from tests.support.reading import history_of, record_of
from tests.support.repository_builder import RepositoryBuilder


def test_a_status_stands_since_the_commit_that_set_it_last(repo: RepositoryBuilder) -> None:
    for state, subject in (("open", "Open"), ("shut", "Shut"), ("open", "Open again")):
        repo.write("tasks/t.yml", f"state: {state}\n")
        repo.commit(subject)
    repo.write("tasks/t.yml", "state: open\ntitle: Named\n")
    repo.commit("Name it")
    record = record_of(history_of(repo.path, OFFICE), "t", "task")
    found = since_when(record, "state")
    assert found is not None
    assert found.landing.commit.subject == "Open again"
    assert since_when(record, "by") is None
