"""Views of tables: how lists are narrowed and sorted is told in the address, whatever fields are called."""

from __future__ import annotations

import re

import pytest

from minutebook.pages.facets import TAKEN
from minutebook.pages.related import MOST_RELATED
from minutebook.pages.tables import MOST_OPTIONS
from tests.site.deciding import begin, on, rule
from tests.site.making import CONFIGURATION, UNITS, html_of, make, start, task, with_fields
from tests.support.html import answers_of
from tests.support.repository_builder import RepositoryBuilder

NAMES = [*sorted(TAKEN), *(f"{word}_" for word in sorted(TAKEN)), "kind", "elements", "hidden", "reset"]
"""How the fields of these tests are called: as everything that an address says itself and as that is escaped, and as
what a browser knows of a form."""


def named_alike() -> str:
    """A configuration with a table and a log for each name; its neighbour is called as the name is escaped."""
    types = []
    for number, name in enumerate(NAMES):
        for log in (False, True):
            title = "heading" if name.rstrip("_") == "title" else "title"
            affects = "affects: {type: references, role: affects}, " if log else ""
            types.append(
                f"  {'log' if log else 'table'}-{number}:\n"
                f'    paths: ["{"logs" if log else "tables"}/{number}/{{id}}.yml"]\n'
                f"    fields: {{{title}: {{type: text, role: title}}, {affects}"
                f"{name}: {{type: enum, role: category, values: [low, high]}}, "
                f"{name}_: {{type: status, role: status, lifecycle: {{open: [shut], shut: {{final: true}}}}}}}}\n"
            )
    return "format: 1\ntitle: Names\nrecord_types:\n" + "".join(types)


def fill(repo: RepositoryBuilder) -> RepositoryBuilder:
    """Three records for each table and log: a and c are high, a and b are shut."""
    repo.write("portfolio/portfolio.yml", named_alike())
    for number, name in enumerate(NAMES):
        title = "heading" if name.rstrip("_") == "title" else "title"
        for folder in ("tables", "logs"):
            for id_, category, status in (("a", "high", "shut"), ("b", "low", "shut"), ("c", "high", "open")):
                fields = f"{title}: Record {id_}\n{name}: {category}\n{name}_: {status}\n"
                repo.write(f"portfolio/{folder}/{number}/{id_}.yml", fields)
    repo.commit("Begin")
    return repo


def test_no_field_is_called_as_another_or_as_the_page_itself_in_the_address_of_a_view(repo: RepositoryBuilder) -> None:
    site = make(fill(repo))
    for number, name in enumerate(NAMES):
        for kind, own in (("table", {"finished"}), ("log", set())):
            html = html_of(site, f"{kind}-{number}/")
            asked = re.findall(r'<(?:select|input)[^>]* name="([^"]+)"', html)
            sorts = re.findall(r'<th[^>]* data-sort="([^"]+)"', html)
            assert len(asked) == len(set(asked)) == 3 + len(own), name
            assert len(sorts) == len(set(sorts)), name
            fields = set(asked) - own - {"contains"}
            assert fields.isdisjoint(TAKEN), name
            assert fields <= set(sorts), "what can be asked of a column and how it is sorted have one name"


def test_the_question_for_groups_has_one_name_in_every_list(repo: RepositoryBuilder) -> None:
    place, group = "place: {type: reference, role: group, to: task}", "group: {type: enum, role: category}"
    start(repo, with_fields(CONFIGURATION, "task", place, group))
    repo.write("portfolio/tasks/t-3.md", task("Hire drivers", place="t-1", group="odd"))
    repo.commit("Place it")
    names = re.findall(r'<select name="([^"]+)"', html_of(make(repo), "task/"))
    assert names == ["status", "group_", "group", "owner"]


def test_the_rest_of_a_relation_leads_to_the_log_as_it_can_be_narrowed(repo: RepositoryBuilder) -> None:
    begin(repo)
    repo.write("portfolio/boards/c.md", "---\ntitle: Lower board\n---\n")
    for number in range(MOST_RELATED + 2):
        rule(repo, f"r-{number}", "asked")
    rule(repo, "other", "asked", board="c")
    on(repo, "2026-01-10")
    site = make(repo)
    assert '<a href="../../ruling/?board=Upper+board">and 2 more</a>' in html_of(site, "board/b/")
    assert '<a href="../../ruling/">and 3 more</a>' in html_of(site, "work/w-1/"), "the log does not ask for it"


@pytest.mark.parametrize(("wares", "view"), [(MOST_OPTIONS, "?ware=Rail"), (MOST_OPTIONS + 1, "")])
def test_the_rest_of_a_relation_leads_to_the_whole_table_where_it_has_too_many_answers_to_choose_from(
    wares: int, view: str, repo: RepositoryBuilder
) -> None:
    ware = "ware: {type: reference, role: product, to: unit}"
    start(repo, with_fields(CONFIGURATION, "task", ware) + UNITS)
    repo.write("portfolio/units/rail.yml", "title: Rail\n")
    for number in range(wares - 1):
        repo.write(f"portfolio/units/u-{number}.yml", f"title: Unit {number}\n")
        repo.write(f"portfolio/tasks/a-{number}.md", task(f"Task {number}", ware=f"u-{number}"))
    for number in range(MOST_RELATED + 1):
        repo.write(f"portfolio/tasks/b-{number}.md", task(f"Other {number}", ware="rail"))
    repo.commit("Place them")
    assert f'<a href="../../task/{view}">and 1 more</a>' in html_of(make(repo), "unit/rail/")


def test_a_row_is_late_by_its_own_date_and_not_by_that_of_a_part(repo: RepositoryBuilder) -> None:
    purchase = "      purchase: {type: object, fields: {due: {type: date, role: due}}}\n"
    start(repo, CONFIGURATION.replace("      needs:", f"{purchase}      needs:"))
    repo.write("portfolio/tasks/t-1.md", task("Lay", status="open", due="2026-05-01", purchase="{due: 2026-01-01}"))
    repo.write("portfolio/tasks/t-2.md", task("Buy", status="open", due="2026-02-20", purchase="{due: 2026-02-01}"))
    repo.commit("Buy", date="2026-02-25T10:00:00+00:00")
    rows = re.findall(r"<tr data-f.*?</tr>", html_of(make(repo), "task/"), re.DOTALL)
    assert [re.findall(r"\d+ \w+ late", row) for row in rows] == [[], ["5 days late"]]


def test_a_decision_about_a_part_of_a_group_counts_for_the_group(repo: RepositoryBuilder) -> None:
    begin(repo)
    text = (
        '  unit: {paths: ["units/{id}.md"], fields: {title: {type: text, role: title}, '
        "within: {type: reference, role: parent, to: unit}}}\n"
    )
    text = repo.read("portfolio/portfolio.yml").decode().replace("role: group", "role: parent") + text
    member = '  crew: {paths: ["crews/{id}.md"], fields: {unit: {type: reference, role: group, to: unit}}}\n'
    repo.write("portfolio/portfolio.yml", text + member)
    repo.write("portfolio/units/rail.md", "---\ntitle: Rail\nwithin: all\n---\n")
    repo.write("portfolio/units/all.md", "---\ntitle: Everything\n---\n")
    rule(repo, "r", "asked", about="rail")
    rule(repo, "other", "asked")
    on(repo, "2026-01-10")
    site = make(repo)
    assert [*answers_of(html_of(site, "ruling/"), "group")][:2] == ["Everything", "Rail"]
    groups = [*answers_of(html_of(site, "changes/2026-01/"), "group")]
    assert groups == ["Everything", "Rail"], "a group's own record counts for it"
    assert '<a href="../../unit/all/">Everything</a>' in html_of(site, "unit/rail/").split("<h1>")[0]


def test_a_title_that_two_groups_bear_narrows_no_table_to_one_of_them(repo: RepositoryBuilder) -> None:
    place = "place: {type: reference, role: group, to: unit}"
    start(repo, with_fields(CONFIGURATION, "task", place) + UNITS)
    for number, (id_, title) in enumerate((("north", "Rail"), ("south", "Rail"), ("data", "Data_platform"))):
        repo.write(f"portfolio/units/{id_}.yml", f"title: {title}\n")
        repo.write(f"portfolio/tasks/a-{number}.md", task(f"Task {number}", place=id_))
    repo.commit("Place them")
    site = make(repo)
    assert '"../../task/?group=Data_platform"' in html_of(site, "unit/data/"), "a title is no word of a vocabulary"
    for id_ in ("north", "south"):
        assert "group=Rail" not in html_of(site, f"unit/{id_}/")


def test_a_name_that_two_people_or_records_bear_narrows_no_table_to_one_of_them(repo: RepositoryBuilder) -> None:
    fields = "{title: {type: text, role: title}, emails: {type: list, role: emails}}"
    people = f'  person: {{paths: ["people/{{id}}.yml"], fields: {fields}}}\n'
    ware = "ware: {type: reference, role: product, to: unit}"
    start(repo, with_fields(CONFIGURATION, "task", ware) + UNITS + people)
    for id_, name in (("a", "Ana Li"), ("b", "Ana Li"), ("c", "Bo Chen")):
        repo.write(f"portfolio/people/{id_}.yml", f"title: {name}\nemails: []\n")
        repo.write(f"portfolio/units/{id_}.yml", f"title: Unit of {name}\n")
        for number in range(MOST_RELATED + 1):
            repo.write(f"portfolio/tasks/{id_}-{number}.md", task("Do it", owner=id_, ware=id_))
    repo.commit("Name them")
    site = make(repo)
    assert '"../../task/?owner=Bo+Chen"' in html_of(site, "task/c-0/")
    assert '"../../task/?ware=Unit+of+Bo+Chen"' in html_of(site, "unit/c/")
    for id_ in ("a", "b"):
        assert "?owner=" not in html_of(site, f"task/{id_}-0/")
        assert "?ware=" not in html_of(site, f"unit/{id_}/")
