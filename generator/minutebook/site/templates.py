"""Where the templates, stylesheets and scripts of the site lie: an owner's folder in, files out, the owner's first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from minutebook.errors import TemplateError

FOLDER = "site_templates"
ASSETS = "assets"
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


def stylesheets(assets: Mapping[str, bytes]) -> list[str]:
    """Those that every page loads."""
    return [name for name in assets if name.endswith(".css")]


def scripts(assets: Mapping[str, bytes]) -> list[str]:
    """Those that every page loads; each does nothing on a page that has no use for it."""
    return [name for name in assets if name.endswith(".js")]
