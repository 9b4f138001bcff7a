"""Where the templates, stylesheets and scripts of the site lie: nothing in, their folder out."""

from __future__ import annotations

from pathlib import Path

from minutebook.errors import TemplateError

FOLDER = "site_templates"


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
