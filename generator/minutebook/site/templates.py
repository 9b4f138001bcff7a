"""Where the templates, stylesheets and scripts of the site lie: an owner's folder in, files out, the owner's first."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

from minutebook.errors import TemplateError

FOLDER = "site_templates"
ASSETS = "assets"
PARTS = "_parts"
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


def read_assets(own: Path | None) -> Mapping[str, bytes]:
    """Every stylesheet and script by its place on the site, an owner's file in place of ours of the same name."""
    ours = find_templates() / ASSETS
    names = sorted(file.name for file in ours.iterdir() if file.suffix in (".css", ".js"))
    found: dict[str, bytes] = {}
    for name in names:
        folders = (folder / ASSETS / name for folder in template_folders(own))
        found[PUBLISHED + name] = next(file for file in folders if file.is_file()).read_bytes()
    return found


def useless_files(own: Path) -> Iterator[tuple[str, str | None]]:
    """The files in an owner's folder that change nothing, each with the one of ours that it could have meant.

    A template that takes the place of none of ours is of use where another template of that folder names it.
    """
    ours = find_templates()
    replaceable = [
        *(file.name for file in sorted(ours.glob("*.html"))),
        *(file.relative_to(ours).as_posix() for file in sorted((ours / PARTS).glob("*.html"))),
        *(f"{ASSETS}/{file.name}" for file in sorted((ours / ASSETS).iterdir()) if file.suffix in (".css", ".js")),
    ]
    files = [file for file in sorted(own.rglob("*")) if file.suffix in (".html", ".css", ".js") and file.is_file()]
    written = {file: file.read_text("utf-8", errors="replace") for file in files if file.suffix == ".html"}
    for file in files:
        name = file.relative_to(own).as_posix()
        others = (text for other, text in written.items() if other != file)
        if name not in replaceable and not (file.suffix == ".html" and any(name in text for text in others)):
            near = difflib.get_close_matches(name, replaceable, n=1)
            yield name, near[0] if near else None


def stylesheets(assets: Mapping[str, bytes]) -> list[str]:
    """Those that every page loads."""
    return [name for name in assets if name.endswith(".css")]


def scripts(assets: Mapping[str, bytes]) -> list[str]:
    """Those that every page loads; each does nothing on a page that has no use for it."""
    return [name for name in assets if name.endswith(".js")]
