"""`minutebook init`: a git repository in, the beginning of a portfolio in it out."""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from minutebook.authoring.begin import Begun, Wishes, begin_portfolio, check_folder
from minutebook.authoring.files import IGNORE_FILE
from minutebook.errors import GitError, MinutebookError
from minutebook.records.portfolio_places import CONFIGURATION, CONFIGURATION_NAMES
from minutebook.records.types import STARTERS
from minutebook.reporting.plain import visible
from minutebook.repository import find_repository
from minutebook.repository.user import read_user

EXAMPLES = """\
examples:
  minutebook init
  minutebook init --title 'City transport' --types project,innovation,decision
  minutebook init --folder records
"""
FOLDER = str(PurePosixPath(CONFIGURATION_NAMES[0]).parent)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--title", help="what the portfolio is called (default: as the folder of the repository)")
    parser.add_argument(
        "--types",
        metavar="TYPE,TYPE",
        default="",
        help=f"the record types to begin with; those that they require come too (default: {','.join(STARTERS)})",
    )
    parser.add_argument(
        "--folder",
        metavar="FOLDER",
        help=f"where the portfolio lies, from the top of the repository (default: {FOLDER})",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write what is missing, and tell what was written and what to type next."""
    if getattr(arguments, "config", None) is not None:
        raise MinutebookError("`init` writes portfolio.yml itself.", "Leave out --config; --folder says where.")
    here = Path(getattr(arguments, "repo", None) or Path.cwd())
    repository = find_repository(here)
    if repository is None:
        raise GitError(
            f"{here} is in no git repository, and a portfolio lives in one.",
            f"Begin one, then run the same again: git init{'' if here == Path.cwd() else ' ' + shlex.quote(str(here))}",
        )
    with repository:
        top = repository.work_tree
        if top is None:
            raise GitError(
                f"{here} is a bare repository: it has no files to write beside.",
                f"Clone it, and run the same in the clone: git clone {shlex.quote(str(here))}",
            )
        user = read_user(repository)
    wishes = Wishes(
        folder=inside(top, arguments.folder),
        title=arguments.title,
        types=tuple(name.strip() for name in arguments.types.split(",") if name.strip()),
    )
    today = dt.date.today()  # noqa: DTZ011, TID251 - a file that a person goes on with, and their day; no page reads it
    begun = begin_portfolio(top, wishes, user, today)
    for line in [*report(begun), "", *next_steps(begun, wishes, top)]:
        print(visible(line))
    if user is None:
        print("\ngit does not know your name yet: git config --global user.name 'Your Name'")
    return 0


def inside(top: Path, folder: str | None) -> str:
    """A folder as `begin_portfolio` wants it: an absolute path becomes one from the top of the repository.

    MinutebookError: it is outside, or none was named and there is a portfolio already where none can be begun.
    """
    if folder is None:
        if (top / CONFIGURATION).is_file() and not (top / FOLDER / CONFIGURATION).exists():
            raise MinutebookError(
                f"There is a portfolio already, at the top of this repository: {CONFIGURATION}.",
                f"To begin another one in a folder: minutebook init --folder {FOLDER}",
            )
        return FOLDER
    path = Path(folder)
    if not path.is_absolute():
        return folder
    if not path.resolve().is_relative_to(top.resolve()):
        raise MinutebookError(
            f"{folder} is outside of the repository {top}.", f"Name a folder from its top: for example {FOLDER}."
        )
    return path.resolve().relative_to(top.resolve()).as_posix()


def report(begun: Begun) -> Iterator[str]:
    """What was written and what was kept, a line a file."""
    written = begun.written
    for path in written.new:
        yield f"written  {path}"
    if written.ignored:
        yield f"added    {IGNORE_FILE}: {', '.join(written.ignored)}"
    for path in begun.kept:
        yield f"kept     {path}: it is there already, and nothing in it was changed"
    if begun.to_add:
        yield "         `minutebook build` takes its look from mkdocs.yml; for `mkdocs build`, it has to say:"
        yield from (f"           {line}" for line in begun.to_add)
    for path in begun.unpublished:
        yield f"kept     {path}: it is not published: the home page is generated; move it, for example to handbook/"
    for name in begun.standing:
        yield f"kept     {name}: there are records of this type already"
    if written.to_ignore:
        yield f"kept     {IGNORE_FILE}: it is no plain file; add these lines yourself: {', '.join(written.to_ignore)}"
    if not written.new and not written.ignored:
        yield "Nothing is missing: nothing was written."


def next_steps(begun: Begun, wishes: Wishes, top: Path) -> Iterator[str]:
    """The commands to type next, quoted for the shell."""
    folder = check_folder(wishes.folder)
    yield "Next:"
    if top.resolve() != Path.cwd().resolve():
        yield f"  cd {shlex.quote(str(top))}"
    new = [path for path in begun.written.new if not begun.whole_folder or not path.startswith(f"{folder}/")]
    new = [*([folder] if begun.whole_folder else []), *new, *([IGNORE_FILE] if begun.written.ignored else [])]
    if new:
        yield f"  git add {shlex.join(new)}"
        yield "  git commit -m 'Begin the portfolio'"
    configuration = f"{folder}/{CONFIGURATION}"
    chosen = "" if configuration in CONFIGURATION_NAMES else f"--config {shlex.quote(configuration)} "
    yield f"  minutebook {chosen}serve"
