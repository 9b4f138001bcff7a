"""Settings in; the look that mkdocs.yml asks for and a site with a menu of its own pages only, out."""

from __future__ import annotations

from minutebook.history.progress import Progress
from minutebook.site.build import Settings, Site, build_site
from minutebook.site.memory import Memory
from minutebook.site.menu import settle_menu
from minutebook.site.mkdocs_yml import Look, read_look


def build_with_look(
    settings: Settings, *, progress: Progress | None = None, memory: Memory | None = None
) -> tuple[Look, Site]:
    """The look and the whole site, as `build_site` makes it.

    ConfigError, before anything is built: mkdocs.yml is wrong.
    """
    look = read_look(settings.mkdocs_yml)
    return settle_menu(look, build_site(settings, progress=progress, memory=memory))
