"""A history as readers may see it, held against the whole one."""

from __future__ import annotations

from minutebook.analyses.published import published_history
from tests.support.reading import PLANS, configure, history_of
from tests.support.repository_builder import RepositoryBuilder

WITH_PEOPLE = f"""{PLANS}
  person:
    title: Person
    plural: People
    paths: ["people.yml"]
    publish: false
    fields: {{id: {{type: id}}, title: {{type: text, role: title}}}}
"""


def test_records_stand_in_the_same_order_whether_or_not_a_type_is_not_published(repo: RepositoryBuilder) -> None:
    for name in ("p-10", "p-2", "p-1", "10", "9"):
        repo.write(f"plans/{name}.yml", f"title: Plan {name}\n")
    repo.write("people.yml", "- {id: ana, title: Ana Li}\n")
    repo.commit("Write them")
    orders = []
    for portfolio in (PLANS, WITH_PEOPLE):
        history = history_of(repo.path, portfolio)
        published = published_history(history, configure(portfolio), history.commits - 1)
        orders.append([key.id for key in published.records])
    assert orders == [["9", "10", "p-1", "p-2", "p-10"]] * 2
