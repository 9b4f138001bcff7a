"""The home page and the change timeline of small offices, as a browser without scripts has them."""

from __future__ import annotations

import datetime as dt
import re

from tests.site.making import CONFIGURATION, UNITS, WITH_MEETINGS, html_of, make, start, task, with_fields
from tests.support.html import answers_of, links_of, section, words_of
from tests.support.repository_builder import RepositoryBuilder


def test_a_count_leads_to_the_table_that_is_narrowed_to_it(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", status="open", health="red"))
    repo.write("portfolio/tasks/t-3.md", task("Hire drivers", status="open"))
    repo.commit("Do it")
    site = make(repo)
    home = section(html_of(site, ""), "records")
    assert [link for link in links_of(home) if "task/?" in link] == [
        "task/?status=open",
        "task/?status=done",
        "task/?health=red&finished=no",
    ]
    table = html_of(site, "task/")
    assert "done" in answers_of(table, "status")
    assert "red" in answers_of(table, "health")
    assert "not given" in words_of(home)


def test_the_health_of_finished_records_is_not_counted(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done", health="red"))
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", status="open", health="amber"))
    repo.commit("Say how they are")
    home = section(html_of(make(repo), ""), "records")
    assert re.findall(r'href="task/\?(health[^"]+)"', home) == ["health=amber&amp;finished=no"]


def test_a_count_of_what_the_table_cannot_be_narrowed_by_is_no_link(repo: RepositoryBuilder) -> None:
    site = make(start(repo))  # all tasks are open: there is nothing to choose
    assert 'name="status"' not in html_of(site, "task/")
    home = section(html_of(site, ""), "records")
    assert "open 2" in words_of(home)
    assert "?status" not in home


def test_the_longest_overdue_stand_on_the_home_page_and_others_below_them(repo: RepositoryBuilder) -> None:
    start(repo)
    for number in range(10):
        content = task(f"Late {number}", status="open", owner="Ana Li", due=f"2026-01-{number + 10}")
        repo.write(f"portfolio/tasks/l-{number}.md", content)
    repo.write("portfolio/tasks/shut.md", task("Shut", status="done", due="2025-01-01"))
    repo.commit("Fall behind")
    home = html_of(make(repo, as_of=dt.date(2026, 2, 14)), "")
    late, _, folded = section(home, "overdue").partition("<details><summary>2 more</summary>")
    assert [*re.findall(r">(Late \d)<", late)] == [f"Late {number}" for number in range(8)]
    assert "Ana Li 2026-01-10 5 weeks late" in words_of(late)
    assert [*re.findall(r">(Late \d)<", folded)] == ["Late 8", "Late 9"]
    assert "The others" not in folded
    assert "Shut" not in late + folded
    assert "10 overdue" in words_of(home)


def test_of_very_many_overdue_the_last_are_only_counted_and_lead_nowhere(repo: RepositoryBuilder) -> None:
    start(repo)
    for number in range(51):
        content = task(f"Late {number}", status="open", due=f"2026-{number // 28 + 1:02d}-{number % 28 + 1:02d}")
        repo.write(f"portfolio/tasks/l-{number}.md", content)
    repo.commit("Fall behind")
    late = section(html_of(make(repo, as_of=dt.date(2026, 3, 1)), ""), "overdue")
    assert late.count('class="mb-late"') == 48
    rest = late.split("</details>")[1]
    assert "The longest 48 of 51. The others: 3 tasks." in words_of(rest)
    assert "<a " not in rest


def test_pending_decisions_are_told_with_how_long_they_wait(repo: RepositoryBuilder) -> None:
    start(repo, WITH_MEETINGS)
    repo.write(
        "portfolio/rulings/r-1.yml", "title: Go on?\nstate: asked\nasked_on: 2026-01-01\nkeeper: Bo\nabout: [t-1]\n"
    )
    repo.write("portfolio/rulings/r-2.yml", "title: Stop?\nstate: settled\nasked_on: 2026-01-01\nabout: [t-1]\n")
    repo.commit("Ask")
    waiting = section(html_of(make(repo, as_of=dt.date(2026, 2, 5)), ""), "pending")
    assert "Go on?" in waiting
    assert "Stop?" not in waiting
    assert "Bo 2026-01-01 5 weeks" in words_of(waiting)


def test_without_scripts_the_changes_since_the_last_meeting_are_told(repo: RepositoryBuilder) -> None:
    start(repo, WITH_MEETINGS)
    repo.write("portfolio/sessions/s-1.yml", "title: First session\nheld: 2026-02-01\n")
    repo.write("portfolio/sessions/s-2.yml", "title: Later session\nheld: 2026-05-01\n")
    repo.commit("Meet", date="2026-01-31T10:00:00+00:00")
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done"))
    repo.commit("Finish the tracks", date="2026-02-01T10:00:00+00:00")
    site = make(repo, as_of=dt.date(2026, 3, 1))
    for address in ("", "changes/"):
        since = section(html_of(site, address), "since")
        assert "Since the last meeting, First session on 2026-02-01: 1 commit changed 1 record." in words_of(since)
        assert "Finish the tracks" in since
        assert "Begin" not in since
    home = html_of(site, "")
    assert re.search(r'<form class="mb-filters" hidden>', section(home, "since"))
    assert '<time datetime="2026-03-01" data-mb-age>2026-03-01</time>' in home
    assert "old)" not in home, "only a script knows today's date"


def test_where_nobody_met_the_last_thirty_days_are_told(repo: RepositoryBuilder) -> None:
    start(repo)
    quiet = words_of(section(html_of(make(repo, as_of=dt.date(2026, 3, 1)), ""), "since"))
    assert "Nothing has changed in the 30 days since 2026-01-30. No meeting is recorded." in quiet
    busy = words_of(section(html_of(make(repo, as_of=dt.date(2026, 1, 6)), ""), "since"))
    assert "In the 30 days since 2025-12-07: 1 commit changed 4 records. No meeting is recorded." in busy


def test_a_page_shows_the_newest_of_many_changes_and_says_where_the_others_are(repo: RepositoryBuilder) -> None:
    start(repo)
    for number in range(50):
        repo.write("portfolio/tasks/t-1.md", task(f"Lay tracks {number}"))
        repo.commit(f"Edit {number}", date="2026-01-06T10:00:00+00:00")
    site = make(repo)
    home, changes = (section(html_of(site, address), "since") for address in ("", "changes/"))
    assert (home.count("data-position"), changes.count("data-position")) == (12, 40)
    assert "51 commits changed 4 records" in words_of(home)
    assert "These are the newest 40. The others stand below, by month." in words_of(changes)
    assert 'data-older="38 ' in html_of(site, "")  # the place on the mainline of the newest one that it does not show


def test_the_calendar_leads_to_every_month_with_its_number_of_commits(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay rails"))
    repo.commit("Edit", date="2027-03-06T10:00:00+00:00")
    calendar = re.findall(
        r'<td class="mb-busy-\d"><a href="([^"]+)" title="([^"]+)"[^>]*>(\d+)', html_of(make(repo), "changes/")
    )
    assert calendar == [
        ("../changes/2027-03/", "2027-03: 1 commit changed 1 record", "1"),
        ("../changes/2026-01/", "2026-01: 1 commit changed 4 records", "1"),
    ]


def test_the_changes_of_a_month_can_be_narrowed_by_type_and_kind(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="done", due="2026-03-02", owner="Ana Li"))
    repo.write("portfolio/notes.yml", "- {id: n-1, title: First}\n- {id: n-2, title: Other}\n")
    repo.commit("Go on", date="2026-01-06T10:00:00+00:00")
    html = html_of(make(repo), "changes/2026-01/")
    options = {
        name: re.findall(r'<option value="([^"]+)" data-place="(\d+)"', inside)
        for name, inside in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', html)
    }
    assert options == {
        "type": [("Task", "0"), ("Note", "1")],
        "kind": [("created", "0"), ("status", "1"), ("dates", "2"), ("other fields", "3")],
    }
    marks = dict(re.findall(r'<li id="c-[0-9a-f]{40}-([^"]+)" data-f="([^"]*)"', html.split("Begin")[0]))
    assert marks == {"task-t-1": "0|1 2", "note-n-2": "1|3"}


def test_a_record_counts_for_its_group_and_for_those_around_it(repo: RepositoryBuilder) -> None:
    place = "place: {type: reference, role: group, to: unit}"
    repo.write("portfolio/units/rail.yml", "title: Rail\nwithin: all\n")
    repo.write("portfolio/units/all.yml", "title: Everything\n")
    start(repo, with_fields(CONFIGURATION, "task", place) + UNITS)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", place="rail"))
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", place="all"))
    repo.commit("Place them", date="2026-02-01T10:00:00+00:00")
    html = html_of(make(repo), "changes/2026-02/")
    assert answers_of(html, "group") == {"Everything": "Everything (2)", "Rail": "Rail (1)"}


def test_where_nothing_is_wrong_home_says_so_in_one_line_and_has_no_empty_section(repo: RepositoryBuilder) -> None:
    start(repo, WITH_MEETINGS)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="open", health="green"))
    repo.write("portfolio/rulings/r-2.yml", "title: Stop?\nstate: settled\nasked_on: 2026-01-01\nabout: [t-1]\n")
    repo.commit("Go well")
    home = html_of(make(repo), "")
    assert "Nothing needs attention · nothing is overdue · no decision is pending" in words_of(home)
    assert 'id="pending"' not in home
    assert 'data-label="Health of the unfinished"' in section(home, "records"), "told on a phone, where no head is seen"


def test_where_no_health_is_known_home_does_not_say_that_nothing_needs_attention(repo: RepositoryBuilder) -> None:
    told = words_of(html_of(make(start(repo), as_of=dt.date(2026, 2, 1)), ""))
    assert "Nothing is overdue" in told
    assert "attention" not in told


def test_what_is_only_not_published_is_told_apart_from_what_makes_records_doubtful(repo: RepositoryBuilder) -> None:
    start(repo)
    repo.write("portfolio/plan.pdf", "%PDF")
    repo.write("portfolio/plan.docx", "PK")
    repo.commit("Add papers")
    told = words_of(html_of(make(repo), ""))
    assert "Completeness: no problem is known." in told
    assert "It also lists 2 files, links and texts that are not published as written." in told
    repo.commit_file("portfolio/tasks/t-2.md", "---\ntitle: [\n---\n")
    assert "1 thing to know before trusting these pages: Completeness. It also lists 2 " in words_of(
        html_of(make(repo), "")
    )
