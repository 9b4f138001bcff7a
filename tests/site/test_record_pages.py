"""What stands on the page of a record and in its row, as a browser without scripts has it."""

from __future__ import annotations

import re

from tests.site.making import CONFIGURATION, html_of, make, start, task, with_fields
from tests.support.repository_builder import RepositoryBuilder


def test_what_an_auditor_runs_is_folded_at_the_end_of_a_record(repo: RepositoryBuilder) -> None:
    html = html_of(make(start(repo)), "task/t-1/")
    told, _, folded = html.partition("<summary>For auditors</summary>")
    assert "minutebook show" not in told
    assert "minutebook show task/t-1@COMMIT" in folded
    assert "git show -m --first-parent COMMIT -- portfolio/tasks/t-1.md" in folded


def test_words_of_a_vocabulary_have_a_label_where_rows_are_stacked_and_those_of_a_status_have_none(
    repo: RepositoryBuilder,
) -> None:
    start(repo, with_fields(CONFIGURATION, "task", "sort: {type: enum, role: category, values: [small, large]}"))
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="open", sort="small", owner="Ana Li"))
    repo.commit("Sort")
    table = html_of(make(repo), "task/").split('id="records"')[1]
    assert re.search(r'<td data-label="Sort">\s*<span class="mb-tag mb-tag--plain">small', table)
    assert 'data-label="Status"' not in table
    assert '<span class="mb-name">Ana Li</span>' in table, "a name is not broken over two lines"
