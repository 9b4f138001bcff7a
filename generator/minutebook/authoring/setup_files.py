"""The title, folder and types of a new portfolio in; its configuration, its mkdocs.yml and a handbook page out."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping, Sequence

from minutebook.authoring.first_records import FirstRecord, comment
from minutebook.authoring.sample_values import first_title
from minutebook.model.record_type import RecordType
from minutebook.records.yaml_reader import Tree
from minutebook.records.yaml_writer import write_yaml
from minutebook.site.mkdocs_yml import PLUGIN, Look

HANDBOOK = "handbook/index.md"
"""Where the handbook page lies in the portfolio."""

IGNORED = ("/site/", "/.cache/")
"""What commands make anew at every run at the top of a repository, for .gitignore. Not the same names further down:
they may be folders of records."""


def write_configuration(title: str, chosen: Sequence[str], types: Mapping[str, RecordType]) -> str:
    """portfolio.yml: what must stand there, and as comments what else can. `chosen` are names of `types`."""
    unused = [name for name in types if name not in chosen]
    others = comment(f"Built-in, too: {', '.join(unused)}. Types of your own can stand here as well.") if unused else ""
    return _CONFIGURATION.format(
        title=write_yaml({"title": title}),
        types=write_yaml({"record_types": tuple(chosen)}),
        others=others,
    )


def write_mkdocs_yml(title: str, folder: str) -> str:
    """mkdocs.yml with the look that a site has without one; `folder` is that of the portfolio, relative to it."""
    theme = _tree(Look().as_theme())
    # In quotes: MkDocs would read a title such as 2026 as a number.
    return (
        "# The look of the site. `minutebook build` reads it as data; `mkdocs build` gives a preview.\n"
        f"site_name: {json.dumps(title, ensure_ascii=False)}\n"
        f"docs_dir: {json.dumps(folder, ensure_ascii=False)}\n"
        f"{write_yaml({'theme': theme, 'plugins': ('search', PLUGIN)})}"
    )


def plugin_settings(folder: str) -> tuple[str, ...]:
    """The lines of mkdocs.yml without which MkDocs does not build the site of a portfolio in this folder."""
    return (
        f"docs_dir: {json.dumps(folder, ensure_ascii=False)}",
        "theme: {name: material, font: false}",
        f"plugins: [search, {PLUGIN}]",
    )


def write_handbook(records: Sequence[FirstRecord], types: Mapping[str, RecordType]) -> str:
    """A page for those who keep the portfolio; records that are published are linked by their files."""
    here = posixpath.dirname(HANDBOOK)
    shown = [record for record in records if types[record.key.type].publish]
    links = [f"- [{first_title(types[record.key.type])}](<{posixpath.relpath(record.path, here)}>)" for record in shown]
    begin = ("\n## The first records\n\n" + "\n".join(links) + "\n") if links else ""
    return _HANDBOOK.format(begin=begin)


def _tree(value: object) -> Tree:
    """Settings as YAML's texts."""
    if isinstance(value, dict):
        return {str(name): _tree(part) for name, part in value.items()}
    if isinstance(value, list):
        return tuple(_tree(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


_CONFIGURATION = """\
# The configuration of this portfolio. A line such as `# currency: EUR` is an example: take away the # to use it.
format: 1
{title}
# What this portfolio is, for the home page.
# description: What we work on, and what we decided.

# The record types in use. `minutebook schema` tells what each is made of.
{others}{types}
# Whose days count, and the currency of amounts that name none. Without these lines: UTC and EUR.
# time_zone: Europe/Madrid
# currency: EUR

# The repository on its forge, so that commits and pull requests become links.
# forge: https://forge.example/team/portfolio

# Whether the search knows whole texts, too. Without this line: titles, people and summaries.
# search: texts

# The published branch. Without this line: the one that is checked out.
# branch: main
"""

_HANDBOOK = """\
# How this portfolio is kept

Every record is a file, and its history is that of git. Nothing is entered twice.

1. Change the file of a record, or copy one, give it a new name and change what it says. The name is the id.
2. Look at it: `minutebook serve` shows what has not landed yet, and says so.
3. Commit it on a branch and open a pull request. Once that has landed, the next build shows the change.

Do not delete a record that is over: give it its last status. Its page stays, and its history with it.

`minutebook schema` tells what can stand in a record.
{begin}"""
