"""Where the templates, stylesheets and scripts of the site lie: an owner's folder in, files out, the owner's first."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import jinja2

from minutebook.errors import TemplateError

FOLDER = "site_templates"
ASSETS = "assets"
PARTS = "_parts"
THEME = "theme/"
KINDS = (".html", ".css", ".js")
"""Of the files that can be replaced."""
PUBLISHED = "assets/minutebook/"
"""Where the stylesheets and scripts stand on the site."""


def find_templates() -> Path:
    """The folder of the site's templates: in the installed package, or in the checkout. TemplateError: neither."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / FOLDER, package.parent.parent / FOLDER):
        if (folder / "home.html").is_file():
            return folder
    raise TemplateError(
        f"The templates of the site were not found in {package / FOLDER}.",
        "install minutebook again: its files are not complete.",
    )


def template_folders(own: Path | None) -> tuple[Path, ...]:
    """Where a template is looked for, in this order. `own` is a site owner's folder; TemplateError: it is none."""
    if own is None:
        return (find_templates(),)
    if not own.is_dir():
        raise TemplateError(f"{own}: there is no such folder of templates.", "name a folder that exists.")
    return (own, find_templates())


class TemplateFiles(jinja2.FileSystemLoader):
    """The templates in folders, for Jinja. TemplateError, when one is asked for: it is no text."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, its file, and whether it is still the same."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as problem:
            file = next(file for folder in self.searchpath if (file := Path(folder, template)).is_file())
            line = problem.object.count(b"\n", 0, problem.start) + 1
            raise TemplateError(f"{file}:{line}: it is not UTF-8.", "save it as UTF-8.") from problem


def fingerprint(folders: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """Which templates these folders hold: others draw other pages."""
    files = (file for folder in folders for file in sorted(folder.rglob("*.html")))
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file in files for stat in [file.stat()])


def read_assets(own: Path | None) -> Mapping[str, bytes]:
    """Every stylesheet and script by its place on the site, an owner's file in place of ours of the same name."""
    ours = find_templates() / ASSETS
    names = sorted(file.name for file in ours.iterdir() if file.suffix in (".css", ".js"))
    found: dict[str, bytes] = {}
    for name in names:
        folders = (folder / ASSETS / name for folder in template_folders(own))
        found[PUBLISHED + name] = next(file for file in folders if file.is_file()).read_bytes()
    return found


def own_files(own: Path) -> Iterator[Path]:
    """The files in an owner's folder in an order that is the same everywhere, without hidden ones such as those of git.

    Any of them may be of use: a template can take in a file of another kind. TemplateError: there is no such folder.
    """
    template_folders(own)
    for folder, names, names_of_files in os.walk(own):
        names[:] = sorted(name for name in names if not name.startswith("."))
        files = sorted(name for name in names_of_files if not name.startswith("."))
        yield from (path for name in files if (path := Path(folder, name)).is_file())


def useless_files(own: Path) -> Iterator[tuple[str, str | None]]:
    """The files in an owner's folder that change nothing, each with what to do, where that can be guessed.

    A template that takes the place of none of ours is of use where another template of that folder names it. A file of
    another kind is told only where its name is almost that of one of ours.
    """
    ours = find_templates()
    replaceable = _replaceable()
    files = list(own_files(own))
    written = {file: file.read_text("utf-8", errors="replace") for file in files if file.suffix == ".html"}
    for file in files:
        name = file.relative_to(own).as_posix()
        others = (text for other, text in written.items() if other != file)
        if name in replaceable or any(name in text for text in others):
            continue
        near = difflib.get_close_matches(name, replaceable, n=1, cutoff=0.6 if file.suffix in KINDS else 0.8)
        if name.startswith(THEME) and (ours / name).is_file():
            yield name, "--templates replaces no part of the theme: see `theme.custom_dir`."
        elif near or file.suffix in KINDS:
            yield name, f"did you mean {near[0]}?" if near else None


def replaces_any(own: Path) -> bool:
    """Whether a file in an owner's folder takes the place of one of ours."""
    return any((own / name).is_file() for name in _replaceable())


def _replaceable() -> list[str]:
    """The files that an owner's of the same name take the place of."""
    ours = find_templates()
    return [
        *(file.name for file in sorted(ours.glob("*.html"))),
        *(file.relative_to(ours).as_posix() for file in sorted((ours / PARTS).glob("*.html"))),
        *(f"{ASSETS}/{file.name}" for file in sorted((ours / ASSETS).iterdir()) if file.suffix in (".css", ".js")),
    ]


def stylesheets(assets: Mapping[str, bytes]) -> list[str]:
    """Those that every page loads."""
    return [name for name in assets if name.endswith(".css")]


def scripts(assets: Mapping[str, bytes]) -> list[str]:
    """Those that every page loads; each does nothing on a page that has no use for it."""
    return [name for name in assets if name.endswith(".js")]
