"""A repository and what its owner wants in; a portfolio in it that can be built at once, out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from minutebook.authoring.existing import find_user, first_of_each, read_records
from minutebook.authoring.files import Written, write_files
from minutebook.authoring.first_records import FirstRecord, make_first_records, required_types
from minutebook.authoring.sample_values import Facts
from minutebook.authoring.setup_files import (
    HANDBOOK,
    IGNORED,
    plugin_settings,
    write_configuration,
    write_handbook,
    write_mkdocs_yml,
)
from minutebook.errors import MinutebookError
from minutebook.model.commit import Person
from minutebook.model.configuration import Configuration
from minutebook.model.record_type import RecordType
from minutebook.pages.registry import reserved_prefixes
from minutebook.records.configuration import read_configuration
from minutebook.records.definition import suggest
from minutebook.records.portfolio_places import CONFIGURATION
from minutebook.records.types import STARTERS, built_in_types
from minutebook.site.handbook import MARKDOWN, page_address
from minutebook.site.handbook import NAME as FOLDER_NAME
from minutebook.site.mkdocs_yml import NAME as MKDOCS
from minutebook.site.mkdocs_yml import PLUGIN


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the owner of a new portfolio wants."""

    folder: str
    """Of the portfolio, relative to the top of the repository."""
    title: str | None
    """Of a new one; None: the repository's name."""
    types: tuple[str, ...]
    """Names of record types; none: those that a portfolio begins with."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What there is now."""

    written: Written
    whole_folder: bool
    """Whether everything in the portfolio's folder is new."""
    standing: tuple[str, ...]
    """Record types that are wanted, or required by those, of which there were records already."""
    kept: tuple[str, ...]
    """Files that were there already; paths relative to the top of the repository."""
    unpublished: tuple[str, ...]
    """Those that are no pages of the site, because the home page is generated."""
    to_add: tuple[str, ...]
    """Lines that a mkdocs.yml which was there needs for MkDocs to build the site."""


def begin_portfolio(top: Path, wishes: Wishes, user: Person | None, today: dt.date) -> Begun:
    """Write what a portfolio needs and does not have; `top` is the top of the repository.

    MinutebookError: the folder, the title or a type cannot be, or something stands in the way; nothing is written then.
    ConfigError: the portfolio.yml that is there is wrong.
    """
    folder = check_folder(wishes.folder)
    was_there = (top / folder).exists()
    file = f"{folder}/{CONFIGURATION}"
    if (top / file).is_file():
        configuration = read_configuration(top / file, folder=folder)
        wanted = choose_types(configuration.types, wishes.types, "in use here: add it to `record_types` in " + file)
        settings: dict[str, str] = {}
    else:
        title = check_title(wishes.title or _title_of(top))
        types = built_in_types()
        wanted = choose_types(types, wishes.types, "built in")
        chosen = required_types(types, wanted)
        configuration = Configuration(title, {name: types[name] for name in chosen}, root=folder)
        settings = {file: write_configuration(title, chosen, types)}
    records, standing = _first_records(top, configuration, wanted, Facts(user, today))
    files = {
        **settings,
        **{_below(configuration.root, record.path): record.content for record in records},
    }
    page = _handbook_page(top / configuration.root, configuration)
    if page is not None:
        files[_below(configuration.root, page)] = write_handbook(records, configuration.types)
    to_add: tuple[str, ...] = ()
    if configuration.root == folder:
        # MkDocs looks for portfolio.yml in its docs_dir.
        place = PurePosixPath(folder)
        mkdocs_yml = str(place.parent / MKDOCS)
        to_add = missing_settings(top / mkdocs_yml, place.name)
        files[mkdocs_yml] = write_mkdocs_yml(configuration.title, place.name)
    written = write_files(top, files, IGNORED)
    kept = (*(() if settings else (file,)), *written.kept)
    return Begun(
        written,
        whole_folder=not was_there,
        standing=standing,
        kept=kept,
        unpublished=tuple(_home_pages(top, configuration.root)),
        to_add=to_add,
    )


def missing_settings(mkdocs_yml: Path, folder: str) -> tuple[str, ...]:
    """The lines that a mkdocs.yml needs which does not name our plugin; none where there is none."""
    if not mkdocs_yml.is_file() or PLUGIN.encode() in mkdocs_yml.read_bytes():
        return ()
    return plugin_settings(folder)


def _home_pages(top: Path, root: str) -> list[str]:
    """The pages at the top of a portfolio, whose place the home page has. A README of a repository is none of them."""
    if not (top / root).is_dir():
        return []
    names = sorted(file.name for file in (top / root).iterdir() if file.suffix.lower() in MARKDOWN)
    found = [name for name in names if not page_address(name) and (root or name.lower() != "readme.md")]
    return [_below(root, name) for name in found]


def check_folder(written: str) -> str:
    """A folder inside a repository, without slashes at its ends. MinutebookError: it is none."""
    parts = PurePosixPath(written).parts
    if not parts or any(FOLDER_NAME.fullmatch(part) is None for part in parts):
        raise MinutebookError(
            f"`{written}` cannot be the folder of a portfolio.",
            "Name a folder inside the repository, from its top, of letters, digits and -: for example portfolio.",
        )
    return "/".join(parts)


def check_title(title: str) -> str:
    """A title of one line. MinutebookError: it is none."""
    bare = " ".join(title.split())
    if not bare or not bare.isprintable():
        raise MinutebookError(f"{title!r} cannot be a title.", "Write a few words in one line.")
    return bare


def choose_types(types: Mapping[str, RecordType], wanted: Sequence[str], where: str) -> tuple[str, ...]:
    """The types that were asked for; where none were, those of a new portfolio, or else all that are published.

    MinutebookError: one is not there; `where` says where it would have to be.
    """
    for name in wanted:
        if name not in types:
            raise MinutebookError(f"The record type `{name}` is not {where}.", f"{suggest(name, types)}.")
    starters = tuple(name for name in STARTERS if name in types)
    return tuple(dict.fromkeys(wanted)) or starters or tuple(name for name, kind in types.items() if kind.publish)


def _first_records(
    top: Path, configuration: Configuration, wanted: Sequence[str], facts: Facts
) -> tuple[list[FirstRecord], tuple[str, ...]]:
    """The records to write, and the types among these and those they require that have some already."""
    there = {record.key: record for record in read_records(top / configuration.root, configuration)}
    existing = first_of_each(there)
    known = Facts(facts.user, facts.today, roster=find_user(there, configuration, facts.user))
    records = list(make_first_records(configuration.types, wanted, existing, known))
    asked = required_types(configuration.types, wanted)
    return records, tuple(name for name in asked if name in existing)


def _handbook_page(root: Path, configuration: Configuration) -> str | None:
    """Where the handbook page lies: the file that has its address already, else ours; None: a type has that address."""
    address = page_address(HANDBOOK)
    if address in reserved_prefixes(configuration):
        return None
    near = sorted([*root.glob("*"), *root.glob(f"{address}*")])
    names = (file.relative_to(root).as_posix() for file in near if file.suffix.lower() in MARKDOWN)
    return next((name for name in names if page_address(name).casefold() == address), HANDBOOK)


def _below(root: str, path: str) -> str:
    return f"{root}/{path}" if root else path


def _title_of(top: Path) -> str:
    """A title from a repository's folder: "city-transport" gives "City transport"."""
    words = " ".join(re.sub(r"[\W_]+", " ", top.resolve().name).split())
    return words[:1].upper() + words[1:] or "Our portfolio"
