"""What tables of records and the heads of their pages tell of lists, days and plans."""

from __future__ import annotations

import re

from tests.site.making import html_of, make
from tests.support.html import cells_of, head_of, rows_of, words_of
from tests.support.repository_builder import RepositoryBuilder

NOTHING = "\N{EN DASH}"
CONFIGURATION = """\
format: 1
title: Office
record_types:
  job:
    title: Job
    plural: Jobs
    paths: ["jobs/{id}.yml"]
    fields:
      title: {type: text, role: title}
      state: {type: status, role: status, lifecycle: {open: [shut], shut: {final: true}}}
      feels: {type: health, role: health, values: [fine, ill]}
      why: {type: prose, role: health_reason}
      day: {type: date, role: date}
      steps:
        type: items
        role: milestones
        singular: Step
        fields:
          id: {type: id}
          name: {type: text, role: title}
          agreed: {type: date, role: baseline}
          until: {type: date, role: due}
          reached: {type: date, role: done}
  session:
    title: Session
    plural: Sessions
    paths: ["sessions/{id}.yml"]
    fields:
      title: {type: text, role: title}
      held: {type: date, role: date}
      there: {type: persons, role: present}
      sorry: {type: persons, role: absent}
      settled: {type: references, role: decisions, to: job}
      todo:
        type: items
        role: actions
        fields:
          id: {type: id}
          state: {type: status, role: status, lifecycle: {open: [shut], shut: {final: true}}}
  aim:
    title: Aim
    plural: Aims
    paths: ["aims/{id}.yml"]
    fields:
      title: {type: text, role: title}
      figures:
        type: items
        role: kpis
        fields:
          id: {type: id}
          what: {type: text, role: title}
          in: {type: text, role: unit}
          wanted: {type: number, role: target}
          now: {type: number, role: actual}
          seen: {type: date, role: as_of}
"""


def begin(repo: RepositoryBuilder, files: dict[str, str], date: str = "2026-01-05T10:00:00+00:00") -> None:
    """These records in one commit."""
    repo.write("portfolio/portfolio.yml", CONFIGURATION)
    for path, content in files.items():
        repo.write(f"portfolio/{path}.yml", content)
    repo.commit("Write them", date=date)


def table_of(html: str) -> list[list[str]]:
    """The heads and the rows of the table of records."""
    table = html.split("<table")[1].split("</table>", maxsplit=1)[0]
    return [cells_of(table.split("<tbody", maxsplit=1)[0]), *rows_of(table)]


def test_a_table_tells_since_when_each_record_has_its_status(repo: RepositoryBuilder) -> None:
    begin(repo, {"jobs/a": "title: A\nstate: open\n", "jobs/b": "title: B\nstate: open\n", "jobs/c": "title: C\n"})
    begin(repo, {"jobs/b": "title: B\nstate: shut\n"}, date="2026-02-03T10:00:00+00:00")
    html = html_of(make(repo), "job/")
    heads, *rows = table_of(html)
    assert heads == ["Id", "Title", "State", "Since", "Last change"]
    assert [row[3] for row in rows] == ["2026-01-05", "2026-02-03", NOTHING]
    assert re.search(r'<th scope="col" data-sort="since"', html)
    assert re.search(r'data-label="Since"><a href="\.\./changes/2026-02/[^"]*#c-[^"]+-job-b">2026-02-03</a>', html)


def test_what_takes_place_on_a_day_stands_with_the_newest_first_and_what_has_a_lifecycle_by_its_id(
    repo: RepositoryBuilder,
) -> None:
    sessions = {f"sessions/s-{day}": f"title: S\nheld: 2026-01-0{day}\n" for day in (2, 4, 3)}
    jobs = {f"jobs/j-{day}": f"title: J\nstate: open\nday: 2026-01-0{day}\n" for day in (2, 4)}
    begin(repo, {**sessions, **jobs, "sessions/s-1": "title: No day\n"})
    site = make(repo)
    assert [row[0] for row in table_of(html_of(site, "session/"))[1:]] == ["s-4", "s-3", "s-2", "s-1"]
    assert [row[0] for row in table_of(html_of(site, "job/"))[1:]] == ["j-2", "j-4"]


def test_a_table_counts_who_was_there_what_was_settled_and_what_is_still_to_do(repo: RepositoryBuilder) -> None:
    todo = "todo: [{id: x, state: open}, {id: y, state: shut}]\n"
    begin(
        repo,
        {
            "sessions/s-2": f"held: 2026-01-02\nthere: [ana, bo]\nsorry: [cy]\nsettled: [j-1, j-2]\n{todo}",
            "sessions/s-1": "held: 2026-01-01\nthere: [ana]\ntodo: [{id: x, state: shut}]\n",
            "sessions/s-0": "held: 2025-12-31\n",
        },
    )
    heads, *rows = table_of(html_of(make(repo), "session/"))
    assert heads[3:7] == ["There", "Settled", "Todo", "Last change"]
    assert [row[3:6] for row in rows] == [
        ["2 of 3", "2", "1 of 2 open"],
        ["1 of 1", "0", "0 open"],
        [NOTHING, "0", NOTHING],
    ]


def test_a_table_counts_what_cannot_tell_whether_it_is_done(repo: RepositoryBuilder) -> None:
    begin(repo, {"sessions/s": "held: 2026-01-02\ntodo: [{id: x, state: open}, {id: y}]\n"})
    before, todo = CONFIGURATION.split("        role: actions")
    hidden = todo.replace("role: status,", "role: status, publish: false,", 1)
    repo.write("portfolio/portfolio.yml", f"{before}        role: actions{hidden}")
    repo.commit("Hide what is done", date="2026-01-06T10:00:00+00:00")
    heads, row = table_of(html_of(make(repo), "session/"))
    assert row[heads.index("Todo")] == "2"


def test_a_table_tells_the_first_figure_that_says_how_far_it_is(repo: RepositoryBuilder) -> None:
    figures = (
        "figures: [{id: none}, {id: cars, what: Clean cars, in: cars, wanted: 1128, now: 553, seen: 2026-01-01}]\n"
    )
    begin(
        repo,
        {
            "aims/a": figures,
            "aims/b": "figures: [{id: x, now: 2, in: cars}]\n",
            "aims/c": "figures: [{id: x, wanted: 3}]\n",
            "aims/d": "figures: [{id: x, what: Clean cars}]\n",
        },
    )
    told = [row[2] for row in table_of(html_of(make(repo), "aim/"))[1:]]
    assert told == ["553 cars, wanted 1,128 (Clean cars, 2026-01-01)", "2 cars", "wanted 3", NOTHING]


def test_the_head_of_a_record_tells_the_reason_of_its_health_and_what_comes_next_with_its_slip(
    repo: RepositoryBuilder,
) -> None:
    steps = "steps: [{id: a, name: Open, agreed: 2026-01-10, until: 2026-02-14}, {id: b, until: 2026-03-01}]\n"
    begin(repo, {"jobs/j": f"title: J\nstate: open\nfeels: ill\nwhy: Nobody came.\n{steps}"})
    head = head_of(html_of(make(repo), "job/j/"))
    assert [*head.items()][-2:] == [("Why", "Nobody came."), ("Next", "Open, 2026-02-14 (35 days later than agreed)")]
    assert head["Feels"] == "■ ill since 2026-01-05"


def test_of_a_record_that_was_removed_nothing_is_next(repo: RepositoryBuilder) -> None:
    begin(repo, {"jobs/j": "title: J\nstate: open\nsteps: [{id: a, name: Open, until: 2026-02-01}]\n"})
    assert head_of(html_of(make(repo), "job/j/"))["Next"] == "Open, 2026-02-01"
    repo.remove("portfolio/jobs/j.yml")
    repo.commit("Remove it", date="2026-01-06T10:00:00+00:00")
    assert "Next" not in head_of(html_of(make(repo), "job/j/"))


def test_a_late_step_is_told_under_overdue_and_in_its_own_row_and_is_never_what_comes_next(
    repo: RepositoryBuilder,
) -> None:
    begin(
        repo,
        {
            "jobs/j": "title: J\nstate: open\nsteps: [{id: a, name: Open, agreed: 2026-01-01, until: 2026-01-01}, "
            "{id: b, name: Reached, agreed: 2026-01-02, until: 2026-01-02, reached: 2026-01-02}]\n"
        },
    )
    html = html_of(make(repo), "job/j/")
    assert "Next" not in head_of(html)
    late, *steps = rows_of(html)
    assert "Overdue What Responsible Due Late" in words_of(html)
    assert late == ["Open (step)", NOTHING, "2026-01-01", "4 days late"]
    assert steps == [
        ["Open", "2026-01-01", "2026-01-01 4 days late", NOTHING, NOTHING],
        ["Reached", "2026-01-02", "2026-01-02", "2026-01-02", "on plan"],
    ]


def test_one_of_a_list_goes_by_the_title_of_the_list_where_nobody_said_what_one_is_called(
    repo: RepositoryBuilder,
) -> None:
    repo.write(
        "portfolio/portfolio.yml",
        CONFIGURATION.replace("singular: Step", "title: Analyses").replace("role: milestones", "role: actions"),
    )
    repo.write("portfolio/jobs/j.yml", "title: J\nstate: open\nsteps: [{id: a, name: Noise, until: 2026-01-01}]\n")
    repo.commit("Plan it", date="2026-01-04T10:00:00+00:00")
    repo.write("portfolio/jobs/j.yml", "title: J\nstate: open\nsteps: [{id: a, name: Noise, until: 2026-01-02}]\n")
    repo.commit("Move it", date="2026-01-05T10:00:00+00:00")
    site = make(repo)
    assert "Noise (analyses)" in words_of(html_of(site, "job/j/"))
    assert "Analyses: “Noise”, until moved 1 day later" in words_of(html_of(site, "job/j/"))


def test_the_data_dictionary_tells_what_one_item_is_called(repo: RepositoryBuilder) -> None:
    begin(repo, {})
    site = make(repo)
    rows = [html_of(site, f"dictionary/{name}/").split("<tr id=")[1:] for name in ("job", "session")]
    called = [words_of(row.split("</tr>")[0]) for row in (*rows[0], *rows[1]) if "one of them called" in row]
    assert len(called) == 1
    assert "a list of items with fields of their own, one of them called “Step”" in called[0]


def test_what_a_field_is_called_leads_to_what_it_means_where_that_is_told(repo: RepositoryBuilder) -> None:
    told = CONFIGURATION.replace(
        "day: {type: date, role: date}",
        "limit: {title: WIP limit, type: number, description: How many at once.}\n      plain: {type: text}",
    )
    begin(repo, {"jobs/j": "title: J\nstate: open\nlimit: 3\nplain: so\nodd: x\n"})
    repo.write("portfolio/portfolio.yml", told)
    repo.commit("Explain it", date="2026-01-06T10:00:00+00:00")
    site = make(repo)
    html = html_of(site, "job/j/")
    assert '<dt><a href="../../dictionary/job/#field-limit">WIP limit</a></dt>' in html
    assert "<dt>Plain</dt>" in html
    assert "<dt>odd</dt>" in html
    assert "How many at once." in html_of(site, "dictionary/job/").split('id="field-limit"')[1].split("</tr>")[0]
