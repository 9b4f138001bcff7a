"""A finished site in; what was made and what is doubtful in it, printed, and whether --strict lets it pass, out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from minutebook.model.note import DOUBTS
from minutebook.site.build import Settings, Site
from minutebook.site.doubts import TOLD, lines_of
from minutebook.site.inert import make_visible
from minutebook.site.templates import replaces_any, useless_files

TOLD_STRICTLY = 5_000
"""Lines of doubts with --strict, where nobody may see the page."""


def tell_site(site: Site, settings: Settings, target: Path, *, strict: bool) -> None:
    """Print what was made in a folder, and on standard error what is doubtful in it."""
    edition = site.edition
    print(f"{target}: {len(site.all_pages)} pages as of {edition.as_of}, from commit {edition.commit[:10]}")
    most = TOLD_STRICTLY if strict else TOLD
    for line in (*left_out_lines(site), *useless_lines(settings), *lines_of(site, most)):
        print(line, file=sys.stderr)


def exit_code(site: Site, *, strict: bool) -> int:
    """0; with --strict 1 where the site has doubts."""
    return 1 if strict and any(note.kind in DOUBTS for note in site.notes) else 0


def left_out_lines(site: Site) -> Iterator[str]:
    """A line where the working tree has files that are not committed as they are, and so not published."""
    number = len(site.left_out)
    if number:
        where = f" in {site.root}/" if site.root else ""
        what = "1 file" if number == 1 else f"{number:,} files"
        are = "is" if number == 1 else "are"
        yield make_visible(f"Not in this site: {what}{where} that {are} not committed (see `git status`)")


def useless_lines(settings: Settings) -> Iterator[str]:
    """A line for each file in the operator's folder of templates that changes nothing, safe for a terminal."""
    if settings.templates is None:
        return
    useless = list(useless_files(settings.templates))
    for name, hint in useless:
        words = f" Hint: {hint}" if hint is not None else ""
        yield make_visible(f"{settings.templates / name}: takes the place of no file of the site.{words}")
    if not useless and not replaces_any(settings.templates):
        yield make_visible(f"{settings.templates}: no file in this folder takes the place of one of the site.")
