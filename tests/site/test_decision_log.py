"""The pages of decisions: the log, what a decision's page tells, and its versions."""

from __future__ import annotations

import datetime as dt
import functools
import re

import pytest

from minutebook.pages.decision_log import PAGE_DECISIONS
from minutebook.repository import Repository
from minutebook.site import texts
from minutebook.site.build import Site, build_site
from minutebook.site.memory import Memory
from tests.site.deciding import CONFIGURATION, begin, hide, on, rule, work
from tests.site.hostile import BREAKOUT, IMAGE, SCRIPT, Danger
from tests.site.making import addresses, html_of, make, settings
from tests.support.html import rows_of, section, words_of
from tests.support.repository_builder import RepositoryBuilder

NONE = "\u2013"
"""What a cell without a value shows."""
EDITED = "edited after it was decided"
words = functools.partial(words_of, marks=False)
"""What the pages say, without the signs beside words of a status."""


def told_under(html: str, anchor: str) -> str:
    """The words under a heading, up to the next."""
    return words(section(html, anchor))


def log_of(site: Site) -> list[str]:
    """The rows of the log, as words."""
    table = html_of(site, "ruling/").split('id="decisions"')[1]
    return [" ".join(row) for row in rows_of(table, marks=False)]


def fill(repo: RepositoryBuilder) -> None:
    """Five rulings of two years: one replaced and edited, one that replaced it, one refused and two that wait."""
    begin(repo)
    rule(repo, "r-1", "asked", sort="money", reason="Cheap.")
    on(repo, "2026-01-10", "Ask")
    rule(repo, "r-1", "agreed", day="2026-01-20", sort="money", reason="Cheap.")
    repo.commit(
        "Agree (#7)",
        date="2026-01-22T12:00:00+00:00",
        trailers={"Approved-by": "Bo Chen <bo@example.org>", "Reviewed-by": "Cy Roe <cy@example.org>"},
    )
    work(repo, "w-1", level=2, because="r-1")
    on(repo, "2026-02-01", "Start")
    rule(repo, "r-1", "agreed", "We do it, later.\n", day="2026-01-20", sort="money", reason="Cheap and quick.")
    on(repo, "2026-02-03", "Reword")
    rule(repo, "r-2", "agreed", day="2027-01-05", sort="time", replaces="r-1", yes_from="Dee", heard_by="[all]")
    rule(repo, "r-1", "replaced", "We do it, later.\n", day="2026-01-20", sort="money", reason="Cheap and quick.")
    rule(repo, "r-3", "refused", day="2027-01-04", sort="time")
    on(repo, "2027-01-06", "Replace")
    rule(repo, "r-4", "asked", replaces="r-2", asked_on="2026-12-01")
    rule(repo, "r-5", "parked")
    on(repo, "2027-01-10", "Ask more")


# The log


def test_the_log_has_every_decision_the_newest_first(repo: RepositoryBuilder) -> None:
    fill(repo)
    site = make(repo)
    assert log_of(site) == [
        f"{NONE} Ruling r-5 r-5 parked {NONE} Upper board Work w-1 {NONE} {NONE}",
        f"2027-01-05 Ruling r-2 r-2 agreed time Upper board Work w-1 Dee (in the record only) {NONE}",
        f"2027-01-04 Ruling r-3 r-3 refused time Upper board Work w-1 not known to git {NONE}",
        f"{NONE} Ruling r-4 r-4 asked {NONE} Upper board Work w-1 {NONE} {NONE}",
        f"2026-01-20 Ruling r-1 r-1 {EDITED} replaced money Upper board Work w-1 Bo Chen, Cy Roe (reviewed) 10 days",
    ]
    log = html_of(site, "ruling/")
    assert "5 rulings as of 2027-01-10: 1 asked, 1 parked, 1 agreed, 1 refused, 1 replaced." in log
    assert "known of 1 of 3 decisions" in log
    assert '<a href="../work/w-1/">Work w-1</a>' in log


def test_decisions_of_one_day_stand_by_their_id_the_highest_first(repo: RepositoryBuilder) -> None:
    begin(repo)
    for number in (10, 2, 9):
        rule(repo, f"r-{number}", "agreed", day="2026-01-09")
    on(repo, "2026-01-10")
    rule(repo, "r-1", "agreed", day="2026-01-09")
    on(repo, "2026-01-11")
    assert re.findall(r" (r-\d+) agreed", " ".join(log_of(make(repo)))) == ["r-10", "r-9", "r-2", "r-1"]


def test_the_log_is_narrowed_by_year_body_category_status_and_group(repo: RepositoryBuilder) -> None:
    fill(repo)
    repo.write("portfolio/boards/c.md", "---\ntitle: Lower board\n---\n")
    rule(repo, "r-6", "agreed", board="c", about="w-2")
    work(repo, "w-2", part_of="w-3")
    work(repo, "w-3")
    on(repo, "2027-01-11")
    log = html_of(make(repo), "ruling/")
    assert re.findall(r'<select name="(\w+)" data-facet="\d"', log) == ["year", "board", "sort_", "state", "group"]
    assert re.findall(r'<option value="(\d+)"', log) == ["2027", "2026"]
    assert '<option value="Work w-3" data-place="0">Work w-3 (1)</option>' in log


def test_those_that_wait_stand_above_the_log_the_longest_first(repo: RepositoryBuilder) -> None:
    fill(repo)
    waiting = told_under(html_of(make(repo, as_of=None), "ruling/"), "pending")
    assert waiting.startswith("Decisions pending (2)")
    assert waiting.index("Ruling r-4") < waiting.index("Ruling r-5")
    assert "2026-12-01 5 weeks" in waiting


def test_what_superseded_what_is_read_in_order(repo: RepositoryBuilder) -> None:
    fill(repo)
    site = make(repo)
    chain = (
        "2026-01-20 Ruling r-1 r-1 replaced 2027-01-05 Ruling r-2 r-2 agreed supersedes r-1"
        " not decided Ruling r-4 r-4 asked would supersede r-2"
    )
    assert chain in told_under(html_of(site, "ruling/"), "superseded")
    for id_ in ("r-1", "r-2", "r-4"):
        assert chain in told_under(html_of(site, f"ruling/{id_}/"), "decision")
    assert "supersedes" not in told_under(html_of(site, "ruling/r-3/"), "decision")


def test_a_long_chain_shows_what_is_near(repo: RepositoryBuilder) -> None:
    begin(repo)
    for number in range(30):
        rule(repo, f"r-{number}", "agreed", replaces=f"r-{number - 1}" if number else "")
        on(repo, f"2026-01-{number + 1:02d}")
    html = told_under(html_of(make(repo), "ruling/r-15/"), "decision")
    assert "9 earlier decisions of this chain are not shown here." in html
    assert "9 later decisions of this chain are not shown here." in html
    assert "Ruling r-14 r-14 agreed supersedes r-13" in html


def test_a_type_that_is_no_decision_has_a_table_and_no_log(repo: RepositoryBuilder) -> None:
    fill(repo)
    site = make(repo)
    assert "Lead time" not in html_of(site, "work/")
    assert 'id="decision"' not in html_of(site, "work/w-1/")
    assert not [address for address in addresses(site) if address.startswith("work/") and "versions" in address]


def test_a_log_without_decisions_says_so(repo: RepositoryBuilder) -> None:
    begin(repo)
    assert "There is none." in html_of(make(repo), "ruling/")


# The page of a decision


def test_a_decision_tells_how_it_came_about(repo: RepositoryBuilder) -> None:
    fill(repo)
    site = make(repo)
    told = told_under(html_of(site, "ruling/r-1/"), "decision")
    assert "Raised 2026-01-10, when the record first landed, see the change" in told
    assert "Decided 2026-01-20, as the record says; landed 2026-01-22, see the change" in told
    assert "Lead time 10 days" in told
    assert re.search(r"Bo Chen: Approved-by in commit [0-9a-f]{10} Cy Roe: Reviewed-by in commit [0-9a-f]{10} ", told)
    assert "https://forge.example/council/commit/" in html_of(site, "ruling/r-1/").split('id="text"')[0]
    assert "the record does not say that anybody was told" in told
    assert "Dee: named in the record only" in told_under(html_of(site, "ruling/r-2/"), "decision")
    assert "Communicated 2027-01-06, 1 day after it was decided" in told_under(html_of(site, "ruling/r-2/"), "decision")
    refused = told_under(html_of(site, "ruling/r-3/"), "decision")
    assert "Raised not known" in refused
    assert "not known to git: no commit message and no field names an approver" in refused
    waits = told_under(html_of(site, "ruling/r-4/"), "decision")
    assert "Decided not yet Waiting 5 weeks since it was raised" in waits
    assert "Approved by" not in waits
    assert 'id="followed"' not in html_of(site, "ruling/r-4/")


def test_an_edit_after_the_decision_is_told_and_leads_to_its_redline(repo: RepositoryBuilder) -> None:
    fill(repo)
    site = make(repo)
    html = html_of(site, "ruling/r-1/")
    assert "Edited after it was decided" in html
    link = re.search(r'href="../../ruling/r-1/(versions/#c-[0-9a-f]{40}-ruling-r-1)">before and after', html)
    assert link is not None
    assert f'id="{link[1].partition("#")[2]}"' in html_of(site, "ruling/r-1/versions/")
    assert "Edited after it was decided" not in html_of(site, "ruling/r-2/")


def test_what_followed_is_told_with_its_day_and_its_permanent_link(repo: RepositoryBuilder) -> None:
    fill(repo)
    site = make(repo)
    html = html_of(site, "ruling/r-1/")
    followed = told_under(html, "followed")
    assert "2026-02-01 Work w-1 names this decision" in followed
    assert "Those that name it are marked." in followed
    assert "up from 1 to 2" in followed
    assert re.search(r'href="../../changes/2026-02/#c-[0-9a-f]{40}-work-w-1"', html)
    assert "No change of a record that it affects" in told_under(html_of(site, "ruling/r-3/"), "followed")


def test_of_much_that_followed_twenty_stand_and_the_rest_is_in_the_timelines(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed")
    on(repo, "2026-01-10")
    for level in range(25):
        work(repo, "w-1", level=level + 5)
        on(repo, f"2026-02-{level + 1:02d}")
    html = html_of(make(repo), "ruling/r/")
    assert html.split('id="followed"')[1].split('id="timeline"')[0].count('<div class="mb-what">') == 20
    assert "5 more stand in the timelines of" in html
    assert "Those that name it are marked." not in html, "none of them names it"
    assert 'href="../../work/w-1/#timeline"' in html


def test_a_decision_that_was_turned_round_is_marked_and_told(repo: RepositoryBuilder) -> None:
    begin(repo)
    for day, state in (("2026-01-10", "asked"), ("2026-01-20", "agreed"), ("2026-03-05", "refused")):
        rule(repo, "r", state)
        on(repo, day)
    site = make(repo)
    assert "decided as agreed, changed since refused" in log_of(site)[0]
    html = html_of(site, "ruling/r/")
    top = words(html.split('class="mb-glance"')[0])
    assert "Decided as agreed, changed since: 2026-03-05, before and after. It now differs from what was" in top
    told = told_under(html, "decision")
    assert "who approved it is that of the decision that was taken" in told
    assert "Edited since 2026-03-05: State agreed to refused" in told
    assert "Decided 2026-01-20" in told


def test_a_decision_that_was_taken_again_tells_both_times(repo: RepositoryBuilder) -> None:
    begin(repo)
    days = ("2026-01-10", "2026-01-20", "2026-03-05", "2026-03-20")
    for day, state in zip(days, ("asked", "agreed", "asked", "agreed"), strict=True):
        rule(repo, "r", state, **({"heard_by": "[all]"} if day >= "2026-03-05" else {}))
        on(repo, day)
    site = make(repo)
    told = told_under(html_of(site, "ruling/r/"), "decision")
    assert "Decided 2026-03-20, when its status landed, see the change" in told
    assert "Decided before 2026-01-20, when its status landed, see the change" in told
    assert "Communicated 2026-03-05, after it had been decided before, and not since" in told
    assert "Edited after" not in told
    versions = words(html_of(site, "ruling/r/versions/"))
    assert re.search(r"Version 2 2026-01-20 This version was decided, but was not the last word", versions)
    assert re.search(r"Version 4 2026-03-20 This version was decided\.", versions)


def test_the_day_of_what_waits_is_nowhere_that_of_a_decision(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "planned", "asked", day="2026-11-18")
    rule(repo, "again", "agreed", day="2026-09-08", asked_on="2026-09-01")
    on(repo, "2026-09-10")
    rule(repo, "passed", "asked", day="2025-10-01")
    rule(repo, "odd", "agreed", day="2027-03-01")
    rule(repo, "again", "asked", day="2026-09-08", asked_on="2026-09-01")
    rule(repo, "dayless", "asked")
    rule(repo, "done", "agreed", day="2026-10-11")
    on(repo, "2026-10-12")
    site = make(repo, as_of=dt.date(2026, 10, 30))
    days = {
        "planned": "planned 2026-11-18",
        "passed": "planned 2025-10-01, not decided",
        "again": "decided 2026-09-08, open again",
        "done": "2026-10-11",
    }
    firsts = {row.split(" Ruling ")[1].split()[0]: row.partition(" Ruling ")[0] for row in log_of(site)}
    assert firsts == {**days, "odd": "2026-10-12", "dayless": NONE}
    assert 'name="year"' not in html_of(site, "ruling/"), "all are of one year"
    board = told_under(html_of(site, "board/b/"), "relations")
    for id_, day in days.items():
        assert f"Day {day}" in words(html_of(site, f"ruling/{id_}/").split('id="decision"')[0])
        assert re.search(rf"(?<!\d ){day} Ruling {id_} ", board), id_


def test_a_plan_for_today_is_still_a_plan(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked", day="2026-11-18")
    on(repo, "2026-09-10")
    assert log_of(make(repo, as_of=dt.date(2026, 11, 18)))[0].startswith("planned 2026-11-18 ")


def test_a_decision_that_is_put_off_says_so_and_names_nobody_who_approved_it(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked", day="2026-01-20", asked_on="2026-01-05")
    on(repo, "2026-01-10")
    rule(repo, "r", "parked", day="2026-01-20", asked_on="2026-01-05", yes_from="'Bo Chen, Cy'", heard_by="[all]")
    trailers = {"Approved-by": "Bo Chen <bo@example.org>"}
    repo.commit("Put it off", date="2026-01-22T12:00:00+00:00", trailers=trailers)
    site = make(repo, as_of=dt.date(2026, 2, 28))
    html = html_of(site, "ruling/r/")
    told = told_under(html, "decision")
    assert "Parked 2026-01-20, as the record says; landed 2026-01-22, see the change Agreed to by Bo Chen: A" in told
    assert "named in the record Cy: named in the record only Waiting 7 weeks since it was raised" in told
    assert "Communicated 2026-01-22, 2 days after it was parked" in told
    assert "Decided" not in told
    assert "Approved by" not in told
    assert "Yes from" not in words(html.split('id="timeline"')[0])
    (row,) = log_of(site)
    assert row.startswith("parked on 2026-01-20 Ruling r")
    assert row.endswith(f"Work w-1 {NONE} {NONE}")
    assert "Day parked on 2026-01-20" in words(html.split('id="decision"')[0])


def test_a_decision_that_was_put_off_and_has_a_new_day_is_planned_for_that(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "parked", day="2026-01-20", asked_on="2026-01-05")
    on(repo, "2026-01-22")
    rule(repo, "r", "parked", day="2026-03-20", asked_on="2026-01-05")
    on(repo, "2026-02-01")
    (row,) = log_of(make(repo, as_of=dt.date(2026, 2, 28)))
    assert row.startswith("planned 2026-03-20 ")
    (row,) = log_of(make(repo, as_of=dt.date(2026, 3, 28)))
    assert row.startswith("planned 2026-03-20, not decided ")


def test_a_proposal_keeps_the_names_that_it_gives_among_its_fields(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "asked", yes_from="Cy")
    on(repo, "2026-01-10")
    site = make(repo)
    assert "Yes from Cy" in told_under(html_of(site, "ruling/r/"), "stands")
    assert "Cy" not in log_of(site)[0]


def test_a_median_between_two_days_is_told_with_its_half(repo: RepositoryBuilder) -> None:
    begin(repo)
    for id_, asked in (("a", "2026-01-01"), ("b", "2026-01-04")):
        rule(repo, id_, "agreed", asked_on=asked, day="2026-01-10")
    on(repo, "2026-01-10")
    assert "Median lead time: 7.5 days from" in words(html_of(make(repo), "ruling/"))


def test_what_happened_to_a_decision_since_stands_under_its_title(repo: RepositoryBuilder) -> None:
    fill(repo)
    site = make(repo)
    top = words(html_of(site, "ruling/r-1/").split('class="mb-glance"')[0].split("</h1>")[1])
    assert "Edited after it was decided: 2026-02-03, before and after." in top
    assert "Superseded by Ruling r-2 r-2 agreed" in top
    assert "Would be superseded by Ruling r-4 r-4 asked" in words(
        html_of(site, "ruling/r-2/").split('class="mb-glance"')[0]
    )


def test_the_reasons_of_a_decision_come_before_its_text_and_what_followed(repo: RepositoryBuilder) -> None:
    fill(repo)
    site = make(repo)
    found = re.findall(r'<h2 id="(\w+)"', html_of(site, "ruling/r-1/"))
    assert found == ["decision", "stands", "text", "relations", "followed", "timeline"]
    page = next(one for one in site.all_pages if one.address == "ruling/r-1/")
    assert [one.anchor for one in page.headings if one.anchor in found] == found


def test_the_head_of_a_decision_tells_its_money_before_what_else_it_has(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed", sum="12000", sort="money", day="2026-01-08")
    on(repo, "2026-01-10")
    head = words(html_of(make(repo), "ruling/r/").split('class="mb-glance"')[1].split("</dl>")[0])
    assert "Sum 12,000 EUR" in head
    assert "Board Upper board" in head
    assert "Day 2026-01-08" in head


def test_every_approver_has_a_row_with_what_says_so(repo: RepositoryBuilder) -> None:
    begin(repo)
    trailers = {"Approved-by": "Bo Chen <bo@example.org>", "Reviewed-by": "Cy Roe <cy@example.org>"}
    rule(repo, "r", "agreed", yes_from="'Dee, Bo Chen, Cy Roe, Ana Li'")
    repo.commit("Agree", author="Ana Li <ana@example.org>", date="2026-01-10T12:00:00+00:00", trailers=trailers)
    site = make(repo)
    told = re.sub("[0-9a-f]{10}", "ID", told_under(html_of(site, "ruling/r/"), "decision"))
    assert (
        "Approved by Bo Chen: Approved-by in commit ID, named in the record"
        " Cy Roe: Reviewed-by in commit ID, named in the record"
        " Dee: named in the record only Ana Li also wrote it: named in the record only"
    ) in told
    row = "Bo Chen, Cy Roe (reviewed), Ana Li (in the record only; also wrote it) and 1 in the record only"
    assert row in log_of(site)[0]
    assert "Yes from" not in words(html_of(site, "ruling/r/").split('id="timeline"')[0])


def test_a_decision_that_is_open_again_is_told_as_that_and_not_as_edited(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed")
    on(repo, "2026-01-20")
    rule(repo, "r", "asked", "Do we do it?\n")
    on(repo, "2026-02-05")
    site = make(repo)
    assert "opened again asked" in log_of(site)[0]
    page = words(html_of(site, "ruling/r/"))
    assert "is open again" in page
    assert EDITED not in page.lower()


def test_a_decision_that_landed_on_no_valid_day_says_so(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed")
    repo.commit("Decide", date="99999999999999999999 +0000")
    assert "Decided invalid date" in words(html_of(make(repo), "ruling/r/"))


def test_whoever_approved_what_they_wrote_is_told_so(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed")
    trailers = {"Acked-by": "Dee Ray <dee@example.org>", "Approved-by": "Ana L. <ana@example.org>"}
    repo.commit("Agree", author="Ana Li <ana@example.org>", date="2026-01-10T12:00:00+00:00", trailers=trailers)
    rule(repo, "s", "agreed", yes_from="'Ana Li, Cy'")
    repo.commit("Agree", author="Ana Li <ana@example.org>", date="2026-01-11T12:00:00+00:00")
    site = make(repo)
    declared, approved = log_of(site)
    assert "Ana L. (also wrote it), Dee Ray (acked)" in approved
    assert "Ana Li (in the record only; also wrote it), Cy (in the record only)" in declared
    assert "Ana L. also wrote it: Approved-by in commit" in told_under(html_of(site, "ruling/r/"), "decision")
    declared = "Ana Li also wrote it: named in the record only Cy: named in the record only"
    assert declared in told_under(html_of(site, "ruling/s/"), "decision")


def test_what_ended_what_followed_is_told_with_a_link(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed", about="'w-1, w-2'")
    on(repo, "2026-01-10")
    rule(repo, "s", "refused")
    on(repo, "2026-01-20")
    work(repo, "w-1", level=5)
    on(repo, "2026-01-25")
    site = make(repo)
    followed = told_under(html_of(site, "ruling/r/"), "followed")
    assert "or before the next decision about the same record" in followed
    assert "For Work w-1 it ends on 2026-01-20 with the next decision: Ruling s refused." in followed
    assert '<a href="../../ruling/s/">Ruling s</a>' in html_of(site, "ruling/r/").split('id="followed"')[1]
    assert "it ends" not in told_under(html_of(site, "ruling/s/"), "followed")


@pytest.mark.parametrize(
    ("field", "log", "page"),
    [
        ("asked_on", "Lead times are not given: they rest on days that are not published.", "Raised not published"),
        ("day", "Lead times are not given", "the day that the record names is not published"),
        ("yes_from", "not published", "no commit message names an approver; whether the record does is not published"),
        ("about", "", "What it affects is not published."),
    ],
)
def test_what_rests_on_a_field_that_is_not_published_is_said_so(
    repo: RepositoryBuilder, field: str, log: str, page: str
) -> None:
    begin(repo)
    hide(repo, field)
    rule(repo, "w", "asked", asked_on="2025-12-01")
    rule(repo, "r", "asked", asked_on="2025-12-01")
    on(repo, "2026-01-10")
    rule(repo, "r", "agreed", asked_on="2025-12-01", yes_from="Cy", day="2026-01-15")
    on(repo, "2026-01-20")
    site = make(repo)
    decided = words(html_of(site, "ruling/r/").split('id="timeline"')[0])
    everything = words(html_of(site, "ruling/")) + decided
    assert log in words(html_of(site, "ruling/"))
    assert page in decided
    assert "no field names an approver" not in everything
    heads = re.findall(r'data-sort="(?:day|lead_time)"[^>]*>([^<]*)<', html_of(site, "ruling/"))
    assert heads == {"asked_on": ["Day"], "day": ["Landed"]}.get(field, ["Day", "Lead time"])
    if field in ("asked_on", "day"):
        assert not re.search(r"Lead time \d|Median", everything)
    if field == "asked_on":
        assert "not published not published" in told_under(html_of(site, "ruling/"), "pending")
        assert "2026-01-10, when the record first landed" not in decided


def test_a_long_log_stands_on_pages_that_a_phone_can_load(repo: RepositoryBuilder) -> None:
    begin(repo)
    for number in range(PAGE_DECISIONS + 1):
        rule(
            repo,
            f"r-2026-{number}",
            "agreed",
            title=f"Ruling {number} of a usual length, which many have",
            sort="money",
        )
    on(repo, "2026-01-10")
    site = make(repo)
    assert [html_of(site, page).count("<tr data-f") for page in ("ruling/", "ruling/-part/2/")] == [PAGE_DECISIONS, 1]
    assert len(html_of(site, "ruling/").encode()) < 300_000


# Versions


def test_versions_tell_fields_and_texts_before_and_after(repo: RepositoryBuilder) -> None:
    fill(repo)
    site = make(repo)
    html = html_of(site, "ruling/r-1/versions/")
    assert [int(number) for number in re.findall(r"<h2>Version (\d+)", html)] == [4, 3, 2, 1]
    reworded = html.split("<h2>Version 3")[1].split("<h2>Version 2")[0]
    assert "Edited after it was decided." in reworded
    assert "<p>We do it<ins>, later</ins>.</p>" in reworded
    assert "<p>Cheap<ins> and quick</ins>.</p>" in reworded
    decided = words(html.split("<h2>Version 2")[1].split("<h2>Version 1")[0])
    assert "This version was decided." in decided
    assert "State asked agreed" in decided
    assert html.count("<summary>For auditors</summary>") == 1, "once, and folded"
    told = words(html.split("<summary>For auditors</summary>")[1])
    assert re.findall(r"Version (\d): minutebook show ruling/r-1@[0-9a-f]{10}", told) == ["4", "3", "2", "1"]
    assert "ruling/r-3/versions/" not in addresses(site)


def test_many_versions_stand_on_several_pages(repo: RepositoryBuilder) -> None:
    begin(repo)
    for number in range(45):
        rule(repo, "r", "agreed", f"Part {number} of it.\n")
        on(repo, f"2026-{number // 28 + 1:02d}-{number % 28 + 1:02d}")
    site = make(repo)
    pages = [html_of(site, f"ruling/r/versions/{part}") for part in ("", "2/", "3/")]
    assert [page.count("<h2>Version") for page in pages] == [20, 20, 5]
    assert [page.count('class="mb-redline"') for page in pages] == [19, 20, 5]
    assert [re.findall(r"<h2>Version (\d+)", page)[0] for page in pages] == ["20", "40", "45"]
    assert "45 versions, here 41 to 45, the newest first" in pages[2]
    link = re.search(r'href="../../ruling/r/versions/3/#(c-[0-9a-f]{40}-ruling-r)">before', html_of(site, "ruling/r/"))
    assert link is not None
    assert f'id="{link[1]}"' in pages[2]
    assert 'href="../../ruling/r/versions/3/">45 versions' in html_of(site, "ruling/r/")


def test_a_version_keeps_its_page_whatever_lands_after_it(repo: RepositoryBuilder) -> None:
    begin(repo)
    anchors = []
    for number in range(21):
        rule(repo, "r", "agreed", f"Part {number} of it.\n")
        anchors.append(f"c-{on(repo, f'2026-01-{number + 1:02d}')}-ruling-r")
    for more in range(2):
        site = make(repo)
        assert re.findall(r'class="mb-version" id="([^"]+)"', html_of(site, "ruling/r/versions/")) == anchors[19::-1]
        assert f'id="{anchors[20]}"' in html_of(site, "ruling/r/versions/2/")
        rule(repo, "r", "agreed", f"{more} more.\n")
        on(repo, f"2026-02-0{more + 1}")


def test_a_text_that_moved_is_compared_with_what_it_was_elsewhere(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed", "One thing.\n")
    on(repo, "2026-01-10")
    repo.write("portfolio/rulings/r.md", repo.read("portfolio/rulings/r.md").replace(b"One thing", b"One other thing"))
    repo.move("portfolio/rulings/r.md", "portfolio/older/r.md")
    on(repo, "2026-01-11")
    html = html_of(make(repo), "ruling/r/versions/")
    assert "One <ins>other </ins>thing." in html


def test_what_is_not_published_is_in_no_version(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed", hidden="sesame-1")
    on(repo, "2026-01-10")
    rule(repo, "r", "agreed", "We do that.\n", hidden="sesame-2")
    on(repo, "2026-01-11")
    site = make(repo)
    assert "<del>it</del><ins>that</ins>" in html_of(site, "ruling/r/versions/")
    assert not [page.address for page in site.all_pages if "sesame" in page.html or "Hidden" in page.html]


def test_a_decision_that_supersedes_many_names_a_few_and_counts_the_rest(repo: RepositoryBuilder) -> None:
    begin(repo)
    for number in range(8):
        others = ", ".join(f"r-{other}" for other in range(8) if other != number)
        rule(repo, f"r-{number}", "agreed", replaces=f"'{others}'")
    on(repo, "2026-01-10")
    site = make(repo)
    for address, anchor in (("ruling/", "superseded"), ("ruling/r-0/", "decision")):
        assert "Ruling r-7 r-7 agreed supersedes r-0, r-1, r-2 and 4 more" in told_under(html_of(site, address), anchor)


def test_no_page_of_versions_grows_with_what_they_changed(repo: RepositoryBuilder) -> None:
    begin(repo)
    for number in range(20):
        pieces = " ".join(f"{word} {'<' if number % 2 else '&'} same" for word in range(6_000))
        others = {f"own_{field}": f"{'x' * 900}{number}" for field in range(40)}
        lists = {f"list_{field}": f"[{', '.join(f'{number}-{item}' for item in range(400))}]" for field in range(3)}
        rule(repo, "r", "agreed", f"{pieces}\n", reason=f"{pieces}.", **others, **lists)
        on(repo, f"2026-01-{number + 1:02d}", f"Edit {'it again ' * 2_000}")
    html = html_of(make(repo), "ruling/r/versions/")
    assert len(html.encode()) < 260_000
    assert html.count("<h2>Version") == 20
    newest, oldest = html.split("<h2>Version")[1], html.split("<h2>Version")[-2]
    assert "<del>" in newest
    assert "more changes of this version are left out: the page is too long." in oldest


def test_the_older_versions_of_texts_that_are_too_long_together_are_not_read(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(repo)
    for number in range(10):
        rule(repo, "r", "agreed", f"## Costs\n\n{'All the same. ' * 100}\n\n" + "It costs.\n" * (number + 1))
        on(repo, f"2026-01-{number + 1:02d}")
    monkeypatch.setattr(texts, "MOST_READ", 7_000)
    read: list[str] = []
    read_blob = Repository.read_blob

    def counted(repository: Repository, blob: str) -> bytes:
        read.append(blob)
        return read_blob(repository, blob)

    monkeypatch.setattr(Repository, "read_blob", counted)
    versions = html_of(make(repo), "ruling/r/versions/").split("<h2>Version")[1:]
    compared = [texts.TOO_MUCH not in one for one in versions[:-1]]
    assert compared == [True] * 3 + [False] * 6
    assert "Costs +1 line" in versions[-2]
    # Each text once, though it is compared with the one before it and with the one after it.
    assert len(read) == len(set(read)) == 4


def test_hostile_decisions_are_inert(repo: RepositoryBuilder) -> None:
    begin(repo)
    evil = f"'{SCRIPT} {IMAGE} \u202eevil {{{{7*7}}}}'"
    title = "'" + BREAKOUT.replace("'", "''") + "'"
    rule(repo, "r", "asked", f"{SCRIPT}\n\n{IMAGE}\n", title=title, reason=evil, yes_from=evil)
    on(repo, "2026-01-10", BREAKOUT, author=f"{SCRIPT} <evil@example.org>")
    rule(repo, "r", "agreed", f"{SCRIPT}{SCRIPT}\n\n{IMAGE} \u202e </ins></div>\n", title=title, reason=evil + "'x'")
    repo.commit(BREAKOUT, trailers={"Approved-by": f"{IMAGE} <a@b.example>"}, date="2026-01-11T12:00:00+00:00")
    rule(repo, "s", "agreed", SCRIPT, title=title, replaces="r", about="'w-1, <b onmouseover=hit(1)>'")
    rule(repo, "r", "replaced", IMAGE, title=f"'{SCRIPT}'", heard_by=f"[{evil}]")
    work(repo, "w-1", because=evil)
    on(repo, "2026-01-12", f"{SCRIPT} r s")
    site = make(repo)
    asked = {"ruling/", "ruling/r/", "ruling/s/", "ruling/r/versions/"}
    assert asked <= addresses(site)
    for address in asked:
        html = html_of(site, address)
        danger = Danger()
        danger.feed(html)
        assert danger.found == [], address
        assert "<script" not in html
        assert "\u202e" not in html
        assert "49" not in re.sub(r"[0-9a-f]{10,40}", "", html)


def test_a_preview_makes_a_redline_once(repo: RepositoryBuilder) -> None:
    begin(repo)
    rule(repo, "r", "agreed")
    on(repo, "2026-01-10")
    rule(repo, "r", "agreed", "We do that.\n")
    on(repo, "2026-01-11")
    memory = Memory()
    build_site(settings(repo), memory=memory)
    (first,) = memory.redlines.values()
    build_site(settings(repo), memory=memory)
    (again,) = memory.redlines.values()
    assert again is first


def test_the_configuration_of_these_tests_uses_no_built_in_name() -> None:
    built_in = {"decision", "status", "affects", "supersedes", "approved_by", "communicated_to", "raised_on", "body"}
    assert not built_in & set(re.findall(r"^ +(\w+):", CONFIGURATION, re.MULTILINE))
