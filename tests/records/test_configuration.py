"""portfolio.yml is read or refused, and every refusal names file, line, column, what is wrong and what is allowed."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from minutebook.errors import ConfigError
from minutebook.model.configuration import Configuration, Lineage
from minutebook.model.record_type import FieldType
from minutebook.records.configuration import read_configuration
from minutebook.records.types import ORDER

HEAD = "format: 1\ntitle: Plans\n"


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages name files as they are seen from where the user stands: beside portfolio.yml, unless a test moves."""
    monkeypatch.chdir(tmp_path)


def read(where: Path, text: str, own: dict[str, str] | None = None, folder: str = "") -> Configuration:
    path = where / "portfolio.yml"
    path.write_text(text, encoding="utf-8")
    for name, definition in (own or {}).items():
        (where / "record_types").mkdir(exist_ok=True)
        (where / "record_types" / name).write_text(definition, encoding="utf-8")
    return read_configuration(path, folder=folder)


def message_of(folder: Path, text: str, own: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        read(folder, text, own)
    return str(caught.value)


def test_a_title_is_enough_and_brings_every_built_in_type(tmp_path: Path) -> None:
    configuration = read(tmp_path, HEAD)
    assert tuple(configuration.types) == ORDER
    assert configuration.title == "Plans"
    assert configuration.time_zone == ZoneInfo("UTC")
    assert (configuration.currency, configuration.root, configuration.forge, configuration.branch) == (
        "EUR",
        "",
        None,
        None,
    )


def test_every_setting_is_read(tmp_path: Path) -> None:
    configuration = read(
        tmp_path,
        HEAD
        + "description: What we plan.\ntime_zone: Europe/Madrid\ncurrency: USD\nforge: https://forge.example/a/b/\n"
        "branch: trunk\nroot: /docs/plans/\nrecord_types: [goal, project]\n"
        "lineage:\n  - {type: project, before: a, after: b}\n"
        "limits: {late: 3}\nrules: {frozen: error}\nrules_since: 2026-01-01\nevidence: trailers\nlanding: squash\n",
    )
    assert configuration == Configuration(
        title="Plans",
        types=configuration.types,
        root="docs/plans",
        time_zone=ZoneInfo("Europe/Madrid"),
        currency="USD",
        forge="https://forge.example/a/b",
        branch="trunk",
        lineage=(Lineage("project", "a", "b"),),
        description="What we plan.",
    )
    assert list(configuration.types) == ["goal", "project"]


@pytest.mark.parametrize(
    ("setting", "root"), [("", "portfolio"), ("root: ''\n", ""), ("root: .\n", ""), ("root: ./a/b/\n", "a/b")]
)
def test_the_root_is_the_folder_of_the_file_unless_it_says_another(tmp_path: Path, setting: str, root: str) -> None:
    assert read(tmp_path, HEAD + setting, folder="portfolio").root == root


def test_a_type_is_defined_here_beside_or_taken_as_it_is(tmp_path: Path) -> None:
    configuration = read(
        tmp_path,
        HEAD
        + "record_types:\n  goal:\n  plan: {paths: ['p/{id}.md'], fields: {title: {type: text}}}\n  decision: {}\n",
        own={"note.yml": "paths: ['n/{id}.md']\nfields: {title: {type: text}, plan: {type: reference, to: plan}}\n"},
    )
    assert list(configuration.types) == ["goal", "plan", "decision", "note"]
    assert configuration.types["plan"].plural == "Plans"
    assert configuration.types["note"].title == "Note"


def test_a_definition_with_the_name_of_a_built_in_type_replaces_it(tmp_path: Path) -> None:
    text = HEAD + "record_types:\n  goal: {paths: ['g/{id}.md'], fields: {aim: {type: text, role: title}}}\n"
    goal = read(tmp_path, text).types["goal"]
    assert goal.paths == ("g/{id}.md",)
    assert [field.name for field in goal.fields] == ["aim"]


def test_a_type_extends_a_built_in_one_and_refines_its_fields(tmp_path: Path) -> None:
    text = HEAD + (
        "record_types:\n  project:\n    extends: project\n    fields:\n"
        "      client: {required: true}\n      budget: {fields: {reserve: {type: money}, as_of: {required: true}}}\n"
        "      due: {type: text}\n      colour: {type: enum, values: [red, blue]}\n"
    )
    plain = read(tmp_path, HEAD).types["project"]
    project = read(tmp_path, text).types["project"]
    assert project.paths == plain.paths
    assert project.title == plain.title
    assert [field.name for field in project.fields] == [*(field.name for field in plain.fields), "colour"]
    client, budget, due = (project.field(name) for name in ("client", "budget", "due"))
    assert client is not None
    assert (client.required, client.role, client.type) == (True, "client", FieldType.TEXT)
    assert budget is not None
    assert [field.name for field in budget.fields][-2:] == ["as_of", "reserve"]
    assert budget.fields[-2].required
    assert due is not None
    assert (due.type, due.role, due.required) == (FieldType.TEXT, None, False)


def test_a_file_beside_replaces_a_built_in_type_among_all(tmp_path: Path) -> None:
    configuration = read(tmp_path, HEAD, own={"goal.yml": "extends: goal\ntitle: Aim\n"})
    assert tuple(configuration.types) == ORDER
    assert (configuration.types["goal"].title, configuration.types["goal"].plural) == ("Aim", "Aims")


TYPE = "record_types:\n  plan:\n    paths: ['p/{id}.md']\n    fields:\n"

MISTAKES = {
    "empty": ("", "portfolio.yml:1:1: this file needs `format`\nportfolio.yml:1:1: this file needs `title`"),
    "no mapping": (
        "- format: 1\n",
        "portfolio.yml:1:1: this file must be a mapping of settings",
    ),
    "unknown setting": (
        HEAD + "curency: EUR\n",
        (
            "portfolio.yml:3:1: `curency` is not known here; did you mean `currency`? allowed: format, title, "
            "description, time_zone, currency, forge, branch, root, record_types, lineage, search, limits, rules, "
            "rules_since, evidence, landing"
        ),
    ),
    "unknown format": ("format: 2\ntitle: x\n", "portfolio.yml:1:9: `format` is `2`; allowed: 1"),
    "no YAML": ("format: 1\ntitle: [\n", "portfolio.yml:3:1: a value is missing, or a bracket is not closed"),
    "a key twice": (HEAD + "title: y\n", "portfolio.yml:3:1: the key `title` stands twice"),
    "an anchor": (
        "format: 1\ntitle: &x y\n",
        "portfolio.yml:2:8: `&x` is a YAML anchor: write values out, or put the value in quotes",
    ),
    "time zone": (
        HEAD + "time_zone: Europe/Sevilla\n",
        "portfolio.yml:3:12: `time_zone` is `Europe/Sevilla`: write an IANA name, such as UTC or Europe/Madrid",
    ),
    "time zone that is a path": (
        HEAD + "time_zone: ../../etc/passwd\n",
        "portfolio.yml:3:12: `time_zone` is `../../etc/passwd`: write an IANA name, such as UTC or Europe/Madrid",
    ),
    "time zone that is a folder": (
        HEAD + "time_zone: Europe\n",
        "portfolio.yml:3:12: `time_zone` is `Europe`: write an IANA name, such as UTC or Europe/Madrid",
    ),
    "currency": (
        HEAD + "currency: euro\n",
        "portfolio.yml:3:11: `currency` is `euro`: write three capital letters, such as EUR",
    ),
    "forge": (
        HEAD + "forge: 'javascript:alert(1)'\n",
        (
            "portfolio.yml:3:8: `forge` is `javascript:alert(1)`: write the address of the repository, such as "
            "https://forge.example/group/portfolio"
        ),
    ),
    "root": (
        HEAD + "root: ../other\n",
        "portfolio.yml:3:7: `root` is `../other`: write a folder of the repository, such as portfolio",
    ),
    "landing": (
        HEAD + "landing: squish\n",
        "portfolio.yml:3:10: `landing` is `squish`; did you mean `squash`? allowed: merge, squash, rebase",
    ),
    "rules since": (
        HEAD + "rules_since: 1.1.2026\n",
        "portfolio.yml:3:14: `rules_since` is `1.1.2026`: write a day of the calendar as YYYY-MM-DD",
    ),
    "rules since no day": (
        HEAD + "rules_since: 2026-02-30\n",
        "portfolio.yml:3:14: `rules_since` is `2026-02-30`: write a day of the calendar as YYYY-MM-DD",
    ),
    "built-in type": (
        HEAD + "record_types: [goal, projct]\n",
        "portfolio.yml:3:22: `record_types` is `projct`; did you mean `project`? allowed: " + ", ".join(ORDER),
    ),
    "no types": (
        HEAD + "record_types: []\n",
        "portfolio.yml:3:15: `record_types` names no type: leave it out to use all built-in ones",
    ),
    "undefined type": (
        HEAD + "record_types:\n  proposal:\n",
        "portfolio.yml:4:3: `proposal` is no built-in record type and has no definition here; allowed: "
        + ", ".join(ORDER),
    ),
    "type name": (
        HEAD + "record_types:\n  My Plan: {paths: ['p/{id}.md'], fields: {a: {type: text}}}\n",
        (
            "portfolio.yml:4:3: `My Plan` is no name for a record type: small letters, digits, - and _, "
            "beginning with a letter"
        ),
    ),
    "reserved type": (
        HEAD + "record_types:\n  changes: {paths: ['c/{id}.md'], fields: {a: {type: text}}}\n",
        (
            "portfolio.yml:4:3: no record type can be called `changes`: its pages would take the place of the change "
            "timeline; the site keeps for itself changes, completeness, dictionary, publication, assets, search, "
            "provenance"
        ),
    ),
    "no paths": (
        HEAD + "record_types:\n  plan: {fields: {a: {type: text}}}\n",
        "portfolio.yml:4:3: `plan` needs `paths`",
    ),
    "no fields": (
        HEAD + "record_types:\n  plan: {paths: ['p/{id}.md']}\n",
        "portfolio.yml:4:3: `plan` needs `fields`",
    ),
    "path": (
        HEAD + "record_types:\n  plan: {paths: ['p/{id}.txt'], fields: {a: {type: text}}}\n",
        "portfolio.yml:4:17: the path `p/{id}.txt` ends in neither .md, .yml nor .yaml",
    ),
    "field type": (
        HEAD + TYPE + "      a: {type: texts}\n",
        (
            "portfolio.yml:7:17: `type` is `texts`; did you mean `text`? allowed: id, text, prose, date, money, "
            "number, percent, boolean, enum, status, health, person, persons, reference, references, url, list, "
            "items, object"
        ),
    ),
    "no field type": (HEAD + TYPE + "      a: {role: title}\n", "portfolio.yml:7:7: `a` needs `type`"),
    "field setting": (
        HEAD + TYPE + "      a: {type: text, require: true}\n",
        (
            "portfolio.yml:7:23: `require` is not known here; did you mean `required`? allowed: type, title, singular, "
            "role, required, description, values, lifecycle, to, separator, fields, publish"
        ),
    ),
    "boolean": (
        HEAD + TYPE + "      a: {type: text, required: 1}\n",
        "portfolio.yml:7:33: `required` is `1`; allowed: true, false",
    ),
    "reserved field": (
        HEAD + TYPE + "      text: {type: text}\n",
        "portfolio.yml:7:7: no field can be called `text`: the word is kept for the record's Markdown",
    ),
    "field name": (
        HEAD + TYPE + "      a.b: {type: text}\n",
        "portfolio.yml:7:7: `a.b` is no name for a field: letters, digits, _ and -",
    ),
    "misplaced setting": (
        HEAD + TYPE + "      a: {type: text, separator: ','}\n",
        "portfolio.yml:7:23: `separator` has no meaning for the type text, only for list, persons, references",
    ),
    "singular of one": (
        HEAD + TYPE + "      a: {type: list, singular: Part}\n",
        "portfolio.yml:7:23: `singular` has no meaning for the type list, only for items",
    ),
    "two ids": (
        HEAD + TYPE + "      a: {type: id}\n      b: {type: id}\n",
        "portfolio.yml:7:7: two fields are of type id, `a` and `b`: one names the record or item",
    ),
    "id kept back": (
        HEAD + TYPE + "      a: {type: items, fields: {key: {type: id, publish: false}}}\n",
        (
            "portfolio.yml:7:49: an id is published wherever its record or item is, in addresses and references: "
            "leave out the type or the list that it belongs to, or choose ids that tell nothing"
        ),
    ),
    "items without fields": (HEAD + TYPE + "      a: {type: items}\n", "portfolio.yml:7:7: `a` needs `fields`"),
    "unknown state": (
        HEAD + TYPE + "      a:\n        type: status\n        lifecycle:\n          Draft: [Finl]\n          Final:\n",
        "portfolio.yml:10:19: `Finl` is no state of this lifecycle; did you mean `Final`? allowed: Draft, Final",
    ),
    "state setting": (
        HEAD + TYPE + "      a: {type: status, lifecycle: {Draft: {finale: true}}}\n",
        "portfolio.yml:7:45: `finale` is not known here; did you mean `final`? allowed: to, final, frozen",
    ),
    "no states": (
        HEAD + TYPE + "      a: {type: status, lifecycle: {}}\n",
        "portfolio.yml:7:36: `lifecycle` needs at least one state",
    ),
    "reference": (
        HEAD + TYPE + "      a: {type: reference, to: plann}\n",
        "portfolio.yml:7:32: `to` is `plann`; did you mean `plan`? allowed: plan, " + ", ".join(ORDER),
    ),
    "extends": (
        HEAD + "record_types:\n  plan: {extends: projects}\n",
        "portfolio.yml:4:19: `extends` is `projects`; did you mean `project`? allowed: "
        + ", ".join(ORDER)
        + "\nportfolio.yml:4:3: `plan` needs `fields`\nportfolio.yml:4:3: `plan` needs `paths`",
    ),
    "lineage": (
        HEAD + "lineage: {a: b}\n",
        "portfolio.yml:3:10: `lineage` must be a list of `{type: ..., before: ..., after: ...}`",
    ),
    "lineage without end": (
        HEAD + "lineage:\n  - {type: goal, before: a}\n",
        "portfolio.yml:4:5: `lineage` needs `after`",
    ),
    "lineage in a circle": (
        HEAD + "lineage:\n  - {type: goal, before: a, after: a}\n",
        "portfolio.yml:4:5: the record `a` cannot continue itself",
    ),
    "lineage of no type": (
        HEAD + "record_types: [goal]\nlineage:\n  - {type: gaol, before: a, after: b}\n",
        "portfolio.yml:5:12: `type` is `gaol`; did you mean `goal`? allowed: goal",
    ),
    "several": (
        "format: 1\ntitle: x\nlanding: no\ncurrency: 5\n",
        (
            "portfolio.yml:3:10: `landing` is `no`; allowed: merge, squash, rebase\n"
            "portfolio.yml:4:11: `currency` is `5`: write three capital letters, such as EUR"
        ),
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_what_is_allowed(name: str, tmp_path: Path) -> None:
    text, message = MISTAKES[name]
    found = message_of(tmp_path, text)
    assert sorted(found.split("\n")) == sorted(message.split("\n"))


def test_a_mistake_in_a_type_beside_names_its_own_file(tmp_path: Path) -> None:
    own = {"note.yml": "paths: ['n/{id}.md']\nfields:\n  a: {type: reference, to: nowhere}\n"}
    assert message_of(tmp_path, HEAD + "record_types: [goal]\n", own).startswith(
        "record_types/note.yml:3:28: `to` is `nowhere`; allowed: goal, note, "
    )
    own = {"note.yml": "pathes: ['n/{id}.md']\nfields: {a: {type: text}}\n"}
    assert "record_types/note.yml:1:1: `pathes` is not known here; did you mean `paths`?" in message_of(
        tmp_path, HEAD, own
    )


def test_a_file_is_named_as_it_is_seen_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "portfolio").mkdir()
    (tmp_path / "other").mkdir()
    wrong, own = HEAD + "root: ../x\n", {"note.yml": "pathes: x\n"}
    assert message_of(tmp_path / "portfolio", wrong).startswith("portfolio/portfolio.yml:3:7: ")
    assert message_of(Path("portfolio"), wrong).startswith("portfolio/portfolio.yml:3:7: ")
    monkeypatch.chdir(tmp_path / "other")
    assert message_of(tmp_path / "portfolio", wrong).startswith(f"{tmp_path}/portfolio/portfolio.yml:3:7: ")
    assert message_of(Path("../portfolio"), wrong).startswith("../portfolio/portfolio.yml:3:7: ")
    assert message_of(Path("../portfolio"), HEAD, own).startswith("../portfolio/record_types/note.yml:1:1: ")


def test_one_type_has_one_definition(tmp_path: Path) -> None:
    note = "paths: ['n/{id}.md']\nfields: {a: {type: text}}\n"
    twice = HEAD + "record_types:\n  note: {paths: ['n/{id}.md'], fields: {a: {type: text}}}\n"
    assert "portfolio.yml:4:3: the type `note` is defined in record_types/ too: keep one of the two" in message_of(
        tmp_path, twice, {"note.yml": note}
    )
    assert "the type `note` has two files: keep one" in message_of(
        tmp_path, HEAD, {"note.yml": note, "note.yaml": note}
    )


def test_a_file_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"portfolio\.yml: there is no such file\nHint: Name the configuration"):
        read_configuration(tmp_path / "portfolio.yml")
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        read_configuration(tmp_path)


@pytest.mark.parametrize("data", [b"title: caf\xe9\n", b"title: \0\n", b"[" * 20_000, b"a: &a [*a]\n"])
def test_a_hostile_configuration_is_refused_and_not_obeyed(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "portfolio.yml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=r"^portfolio\.yml:1:"):
        read_configuration(path)


def test_a_built_in_type_is_refined_by_its_name_alone(tmp_path: Path) -> None:
    types = read(tmp_path, HEAD + "record_types:\n  project: {publish: false}\n  goal:\n").types
    assert (types["project"].publish, types["goal"].publish) == (False, True)
    plain = read(tmp_path, HEAD).types["project"]
    assert (types["project"].paths, types["project"].fields) == (plain.paths, plain.fields)


@pytest.mark.parametrize(
    ("types", "place", "names"),
    [
        ("  thing:\n    extends: project\n  project:\n", "5:5", "`thing` and `project`"),
        (
            "  a: {paths: ['x/{id}.md'], fields: {}}\n  b: {paths: ['y.yml', 'x/{id}.md'], fields: {}}\n",
            "5:14",
            "`a` and `b`",
        ),
    ],
)
def test_two_types_cannot_have_the_same_files(tmp_path: Path, types: str, place: str, names: str) -> None:
    told = message_of(tmp_path, HEAD + "record_types:\n" + types)
    assert told.startswith(f"portfolio.yml:{place}: the types {names} both have the path")


def test_two_types_of_which_one_has_a_file_of_its_own_cannot_have_the_same_files(tmp_path: Path) -> None:
    told = message_of(tmp_path, HEAD, {"thing.yml": "paths: ['projects/{name}.md']\nfields: {id: {type: id}}\n"})
    assert told.startswith("record_types/thing.yml:1:8: the types `project` and `thing` both have the path")


def test_a_path_that_tells_no_record_from_another_is_refused(tmp_path: Path) -> None:
    own = {"thing.yml": "paths: ['things/{name}.md']\nfields: {title: {type: text}}\n"}
    assert "record_types/thing.yml:1:8: the path `things/{name}.md` has no `{id}`" in message_of(tmp_path, HEAD, own)
    own = {"thing.yml": "paths: ['things/{name}.md', 'things.yml']\nfields: {number: {type: id}}\n"}
    assert read(tmp_path, HEAD, own).types["thing"].paths == ("things/{name}.md", "things.yml")
