"""What a live preview watches: settings in, files and folders whose change means another site out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from minutebook.records.configuration import read_configuration
from minutebook.repository import open_repository
from minutebook.site.build import Settings
from minutebook.site.mkdocs_yml import find_mkdocs_yml
from minutebook.site.templates import find_templates

REFS = ("HEAD", "refs", "packed-refs")
"""Where git says which commits there are; a new commit changes one of them."""


def watched_paths(settings: Settings) -> Iterator[Path]:
    """The records' folder, the configuration's, the templates and what git keeps of branches."""
    yield settings.configuration.resolve().parent
    root = read_configuration(settings.configuration, folder=settings.folder).root
    mkdocs_yml = find_mkdocs_yml(settings.configuration)
    if mkdocs_yml is not None:
        yield mkdocs_yml
    yield find_templates()
    if settings.templates is not None:
        yield settings.templates
    with open_repository(settings.repository) as repository:
        if repository.work_tree is not None:
            # A configuration may stand outside the repository whose records it speaks of.
            yield repository.work_tree / root
        for name in REFS:
            if (repository.git_dir / name).exists():
                yield repository.git_dir / name
