"""Paths say which record a file holds, and nothing that merely looks like one is taken for one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.errors import ConfigError
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.records.paths import FileKind, PathMatcher, kind_of, placeholders_of


def record_type(*paths: str, name: str = "thing", text: str | None = None) -> RecordType:
    fields = (Field("title", FieldType.TEXT, "Title"),)
    return RecordType(name, "Thing", "Things", paths, fields, text=text)


MATCHES = [
    ("projects/{id}.md", "projects/ticketing.md", "ticketing", {}),
    ("projects/{id}.md", "projects/Übung & Größe.md", "Übung & Größe", {}),
    ("projects/{id}.md", "projects/a.b.md", "a.b", {}),
    ("projects/{id}.md", "projects/.md", None, None),
    ("projects/{id}.md", "projects/sub/a.md", None, None),
    ("projects/{id}.md", "other/projects/a.md", None, None),
    ("projects/{id}.md", "projects/a.markdown", None, None),
    ("projects/{id}.md", "projects/a.md\n", None, None),
    ("projects/{id}.md", "projects/a\nb.md", "a\nb", {}),
    ("projects/{id}.md", "projects/README.md", None, None),
    ("projects/{id}.md", "projects/readme.md", None, None),
    ("projects/{id}.md", "projects/index.md", None, None),
    ("projects/{id}.md", "projects/indexes.md", "indexes", {}),
    ("projects/{id}/README.md", "projects/a/README.md", "a", {}),
    ("EIPS/eip-{id}.md", "EIPS/eip-1559.md", "1559", {}),
    ("EIPS/eip-{id}.md", "EIPS/EIP-1559.md", None, None),
    ("p/{group}/{id}/proposal.yaml", "p/core/7/proposal.yaml", "7", {"group": "core"}),
    ("m/{date}_{body}.md", "m/2026-03-01_board.md", None, {"date": "2026-03-01", "body": "board"}),
    ("{year}/{id}-{year}.md", "2026/a-2026.md", "a", {"year": "2026"}),
    ("{year}/{id}-{year}.md", "2026/a-2025.md", None, None),
    ("a+(b)/{id}.md", "a+(b)/x.md", "x", {}),
    ("r/{due-date}.yml", "r/2026.yml", None, {"due-date": "2026"}),
    ("people.yml", "people.yml", None, {}),
    ("people.yml", "people_yml", None, None),
]


@pytest.mark.parametrize(("pattern", "path", "name", "placeholders"), MATCHES)
def test_a_path_says_its_id_and_placeholders(
    pattern: str, path: str, name: str | None, placeholders: dict[str, str] | None
) -> None:
    match = PathMatcher([record_type(pattern)]).match(path)
    if placeholders is None:
        assert match is None
    else:
        assert match is not None
        assert (match.id, dict(match.placeholders), match.rank) == (name, placeholders, 0)


def test_the_portfolio_may_lie_in_a_folder_of_the_repository() -> None:
    matcher = PathMatcher([record_type("things/{id}.md")], "docs/{odd}")
    match = matcher.match("docs/{odd}/things/a.md")
    assert match is not None
    assert match.id == "a"
    assert matcher.match("things/a.md") is None
    assert matcher.match("docs/x/things/a.md") is None


def test_the_first_pattern_of_the_first_type_wins() -> None:
    one = record_type("special/{id}.md", "all/{id}.yml", name="one")
    two = record_type("{folder}/{id}.md", "all/{id}.yml", name="two")
    matcher = PathMatcher([one, two])
    found = {path: matcher.match(path) for path in ("special/a.md", "plain/a.md", "all/a.yml")}
    assert [(match.type.name, match.rank) for match in found.values() if match] == [("one", 0), ("two", 0), ("one", 1)]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/{id}.md", FileKind.DOCUMENT),
        ("a/{id}.markdown", FileKind.DOCUMENT),
        ("a/{id}.yml", FileKind.DATA),
        ("a/{id}/x.YAML", FileKind.DATA),
        ("a/x.yml", FileKind.REGISTER),
        ("a/{group}.yml", FileKind.REGISTER),
    ],
)
def test_the_ending_and_the_id_say_the_form(path: str, kind: FileKind) -> None:
    assert kind_of(path) is kind
    match = PathMatcher([record_type(path)]).match(path.replace("{id}", "x").replace("{group}", "y"))
    assert match is not None
    assert match.kind is kind


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("a/{id}.txt", "ends in neither .md, .yml nor .yaml"),
        ("/a/{id}.md", "must be relative"),
        ("a//{id}.md", "must be relative"),
        ("../{id}.md", "must be relative"),
        ("a/{id.md", "a brace without its partner"),
        ("a/id}.md", "a brace without its partner"),
        ("a/{}.md", "has the placeholder `{}`"),
        ("a/{1x}.md", "has the placeholder `{1x}`"),
        ("a/{id}{group}.md", "needs something between two placeholders"),
        ("a/{b}-{c}-{d}-{e}.md", "more than 3 placeholders"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_a_configuration_error(path: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words.replace("{", r"\{")):
        PathMatcher([record_type(path)])


def test_a_text_beside_a_record_leads_to_it_and_back() -> None:
    matcher = PathMatcher([record_type("{group}/{id}/thing.yaml", "old/{id}.yml", "old/{id}.md", text="README.md")][:0])
    assert matcher.text_owners("a/b/README.md") == ()
    beside = record_type("p/{group}/{id}/thing.yaml", "p/{group}/{id}/thing.yml", text="README.md")
    matcher = PathMatcher([beside], "root")
    path = "root/p/core/7/thing.yml"
    match = matcher.match(path)
    assert match is not None
    assert matcher.text_path(match, path) == "root/p/core/7/README.md"
    assert matcher.text_owners("root/p/core/7/README.md") == ("root/p/core/7/thing.yaml", path)
    assert matcher.text_owners("root/p/core/README.md") == ()
    assert matcher.match("root/p/core/7/README.md") is None


def test_a_text_can_be_called_after_its_record() -> None:
    matcher = PathMatcher([record_type("p/{id}.yml", text="{id}.md")])
    match = matcher.match("p/a.yml")
    assert match is not None
    assert matcher.text_path(match, "p/a.yml") == "p/a.md"
    assert matcher.text_owners("p/a.md") == ("p/a.yml",)


def test_a_markdown_record_has_its_text_in_itself() -> None:
    matcher = PathMatcher([record_type("p/{id}.md", text="README.md")])
    match = matcher.match("p/a.md")
    assert match is not None
    assert matcher.text_path(match, "p/a.md") is None


def test_a_text_that_does_not_tell_its_record_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match="give both names the same placeholders"):
        PathMatcher([record_type("p/{id}.yml", text="README.md")])


def test_placeholders_are_named_once_in_their_order() -> None:
    assert placeholders_of("{b}/{id}/{b}-{a}.md") == ("b", "id", "a")


@given(st.text(alphabet="ab-./{}é \n", max_size=20))
def test_the_quick_first_look_never_changes_the_answer(path: str) -> None:
    types = [record_type("{group}/{id}.md", "a/{id}-{b}.yml", name="one"), record_type("a.yml", "{id}.md", name="two")]
    together = PathMatcher(types).match(path)
    alone = next((match for kind in types if (match := PathMatcher([kind]).match(path)) is not None), None)
    assert together == alone


def test_a_hostile_path_is_answered_at_once() -> None:
    matcher = PathMatcher([record_type("{a}-{b}-{id}.md", "{a}-{b}-{id}.yml", "x/{a}-{b}-{id}.yaml")])
    started = time.perf_counter()
    assert matcher.match("-" * 255) is None
    assert time.perf_counter() - started < 1
