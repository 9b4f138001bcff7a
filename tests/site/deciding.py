"""A small portfolio of decisions, whose types have names of their own: a repository builder in, figures out."""

from __future__ import annotations

import datetime as dt
import re

from minutebook.analyses.decisions import Decision, Decisions
from minutebook.history.portfolio import read_history
from minutebook.model.record import RecordKey
from minutebook.pages.book import Book
from minutebook.pages.making import make_book
from minutebook.records.configuration import read_configuration
from minutebook.repository import open_repository
from minutebook.site.edition import make_edition
from tests.support.repository_builder import RepositoryBuilder

CONFIGURATION = """\
format: 1
title: Council
forge: https://forge.example/council
record_types:
  ruling:
    title: Ruling
    plural: Rulings
    paths: ["rulings/{id}.md", "older/{id}.md"]
    fields:
      title: {type: text, role: title}
      state:
        type: status
        role: status
        lifecycle:
          asked: [agreed, refused, parked]
          parked: [asked, agreed]
          agreed: {to: [replaced], final: true, frozen: true}
          refused: {final: true, frozen: true}
          replaced: {final: true, frozen: true}
      sort: {type: enum, role: category, values: [money, time]}
      board: {type: reference, to: board, role: body}
      day: {type: date, role: date}
      asked_on: {type: date, role: raised}
      about: {type: references, role: affects, separator: ","}
      replaces: {type: references, to: ruling, role: supersedes, separator: ","}
      yes_from: {type: persons, role: approver, separator: ","}
      heard_by: {type: list, role: told}
      reason: {type: prose, role: rationale}
      sum: {type: money, role: amount}
      hidden: {type: text, publish: false}
      steps:
        type: items
        role: actions
        fields:
          id: {type: id}
          title: {type: text, role: title}
  board:
    title: Board
    plural: Boards
    paths: ["boards/{id}.md"]
    fields:
      title: {type: text, role: title}
  work:
    title: Work
    plural: Works
    paths: ["works/{id}.md"]
    fields:
      title: {type: text, role: title}
      part_of: {type: reference, to: work, role: group}
      level: {type: number}
      because: {type: text}
"""


def begin(repo: RepositoryBuilder) -> None:
    """A configuration, a board and two works; nothing is decided."""
    repo.write("portfolio/portfolio.yml", CONFIGURATION)
    repo.write("portfolio/boards/b.md", "---\ntitle: Upper board\n---\n")
    work(repo, "w-1", level=1)
    work(repo, "w-2", level=1)
    repo.commit("Begin", date="2025-12-01T10:00:00+00:00")


def hide(repo: RepositoryBuilder, *fields: str) -> None:
    """Let the next commit publish some fields of rulings no more."""
    text = CONFIGURATION
    for field in fields:
        text, found = re.subn(rf"^(      {field}: {{)", r"\1publish: false, ", text, flags=re.MULTILINE)
        assert found == 1, field
    repo.write("portfolio/portfolio.yml", text)


def work(repo: RepositoryBuilder, id_: str, **fields: object) -> None:
    """Write a work."""
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    repo.write(f"portfolio/works/{id_}.md", f"---\ntitle: Work {id_}\n{lines}---\n")


def rule(repo: RepositoryBuilder, id_: str, state: str, text: str = "We do it.\n", **fields: object) -> None:
    """Write a ruling about the first work, unless told otherwise."""
    given = {"title": f"Ruling {id_}", "state": state, "board": "b", "about": "w-1", **fields}
    lines = "".join(f"{name}: {value}\n" for name, value in given.items())
    repo.write(f"portfolio/rulings/{id_}.md", f"---\n{lines}---\n\n{text}")


def on(repo: RepositoryBuilder, day: str, message: str = "Edit", **options: str) -> str:
    """Commit what was written at noon of a day; the commit's id."""
    return repo.commit(message, date=f"{day}T12:00:00+00:00", **options)  # type: ignore[arg-type]  # as the caller names them


def book_of(repo: RepositoryBuilder, as_of: str | None = None) -> Book:
    """The Book of the last commit."""
    repo.checkout()
    path = repo.path / "portfolio" / "portfolio.yml"
    configuration = read_configuration(path, folder="portfolio")
    with open_repository(repo.path) as repository:
        history = read_history(repository, configuration)
        day = dt.date.fromisoformat(as_of) if as_of else None
        edition, position = make_edition(history, configuration, path, repository, as_of=day, trusted=False)
    return make_book(history, configuration, edition, position)


def decisions_of(repo: RepositoryBuilder, as_of: str | None = None) -> Decisions:
    """What the analysis tells."""
    return book_of(repo, as_of).decisions


def decision_of(repo: RepositoryBuilder, id_: str, as_of: str | None = None) -> Decision:
    """What the analysis tells of one ruling."""
    return decisions_of(repo, as_of).by_key[RecordKey("ruling", id_)]
