"""A small portfolio for the tests of the site: a repository builder in, a finished site or a folder of HTML out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from minutebook.mkdocs_plugin import MinutebookPlugin
from minutebook.site.build import Settings, Site, build_site
from minutebook.site.mkdocs_yml import Look
from minutebook.site.publish import publish, quiet_mkdocs
from tests.support.repository_builder import RepositoryBuilder

CONFIGURATION = """\
format: 1
title: Office
forge: https://forge.example/office
branch: main
record_types:
  task:
    title: Task
    plural: Tasks
    paths: ["tasks/{id}.md", "tasks/{id}.yml"]
    fields:
      title: {type: text, role: title}
      summary: {type: prose, role: summary}
      owner: {type: persons, role: owner, separator: ","}
      status:
        type: status
        role: status
        lifecycle: {open: [done], done: {final: true}}
      health: {type: health, role: health, values: [green, amber, red]}
      due: {type: date, role: due}
      needs: {type: references, to: task, role: depends_on, separator: ","}
      steps:
        type: items
        role: milestones
        fields:
          id: {type: id}
          title: {type: text, role: title}
          due: {type: date, role: due}
          hidden: {type: text, publish: false}
      hidden: {type: text, publish: false}
  note:
    title: Note
    plural: Notes
    paths: ["notes.yml"]
    fields:
      id: {type: id}
      title: {type: text, role: title}
"""
"""The office that the tests of the site share; what one of them needs besides is added to it."""
UNITS = """\
  unit:
    title: Unit
    plural: Units
    paths: ["units/{id}.yml"]
    fields: {title: {type: text, role: title}, within: {type: reference, role: parent, to: unit}}
"""
"""A record type for groups, to be added to a configuration."""
WITH_MEETINGS = (
    CONFIGURATION
    + """\
  session:
    title: Session
    plural: Sessions
    paths: ["sessions/{id}.yml"]
    fields:
      title: {type: text, role: title}
      held: {type: date, role: date}
  ruling:
    title: Ruling
    plural: Rulings
    paths: ["rulings/{id}.yml"]
    fields:
      title: {type: text, role: title}
      state: {type: status, role: status, lifecycle: {asked: [settled], settled: {final: true}}}
      asked_on: {type: date, role: raised}
      keeper: {type: person, role: owner}
      at: {title: Sat at, type: reference, role: meeting, to: session}
      about: {title: Is about, type: references, role: affects}
"""
)
"""The same office with meetings and what they decide."""


def with_fields(configuration: str, record_type: str, *fields: str) -> str:
    """The configuration with more fields of a record type, each a line of YAML, after the one for its title."""
    title = re.compile(rf"^  {record_type}:\n(?: {{4,}}.*\n)*?      title: .*\n", re.MULTILINE)
    lines = "".join(f"      {field}\n" for field in fields)
    more, found = title.subn(lambda match: match[0] + lines, configuration)
    assert found == 1, f"one type {record_type} whose fields begin with a title is needed; there are {found}"
    return more


def start(repo: RepositoryBuilder, configuration: str = CONFIGURATION) -> RepositoryBuilder:
    """A portfolio with two tasks and a register of two notes, in one commit."""
    repo.write("portfolio/portfolio.yml", configuration)
    repo.write("portfolio/tasks/t-1.md", task("Lay tracks", status="open", due="2026-03-01", owner="Ana Li"))
    repo.write("portfolio/tasks/t-2.md", task("Buy trains", status="open", needs="t-1"))
    repo.write("portfolio/notes.yml", "- {id: n-1, title: First}\n- {id: n-2, title: Second}\n")
    repo.commit("Begin", date="2026-01-05T10:00:00+00:00")
    return repo


def task(title: str, text: str = "Why and how.\n", **fields: str) -> str:
    """A task's file."""
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\ntitle: {title}\n{lines}---\n\n{text}"


def settings(repo: RepositoryBuilder, **others: object) -> Settings:
    """What a site of this repository is made from. The working tree is checked out."""
    repo.checkout()
    return Settings(
        repository=repo.path,
        configuration=repo.path / "portfolio" / "portfolio.yml",
        folder="portfolio",
        **others,  # type: ignore[arg-type]  # tests name them as they are
    )


def make(repo: RepositoryBuilder, **others: object) -> Site:
    """The finished site."""
    return build_site(settings(repo, **others))


def html_of(site: Site, address: str) -> str:
    """The HTML of one page. StopIteration where there is none."""
    return next(page.html for page in site.all_pages if page.address == address)


def addresses(site: Site) -> set[str]:
    """Every page's address."""
    return {page.address for page in site.all_pages}


def write(repo: RepositoryBuilder, target: Path, **others: object) -> Path:
    """The folder of HTML that `minutebook build` makes."""
    publish(make(repo, **others), Look(), target)
    return target


def build_with_plugin(
    repo: RepositoryBuilder, target: Path, options: Mapping[str, str] | None = None, theme: str = "{name: material}"
) -> Path:
    """The folder of HTML that `mkdocs build` writes with these options of the plugin, from the files of the commit."""
    file = repo.checkout() / "mkdocs.yml"
    file.write_text(f"site_name: Name\ndocs_dir: portfolio\nplugins: [search]\ntheme: {theme}\n")
    config = load_config(str(file), site_dir=str(target))
    plugin = MinutebookPlugin()  # one that load_config makes would live on in the next call
    plugin.load_config({**(options or {})}, config_file_path=str(file))
    config.plugins["minutebook"] = plugin
    with quiet_mkdocs():
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    return target
