"""The MkDocs plugin `minutebook`: a plain `mkdocs build` or `mkdocs serve` in, the site of the portfolio out.

What is in the working tree and has not landed is shown as such: these commands give a preview,
`minutebook build` a publication.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority

from minutebook.errors import ConfigError, MinutebookError
from minutebook.site.build import Settings, Site, build_site
from minutebook.site.memory import Memory
from minutebook.site.mkdocs_door import LAST, SitePlugin
from minutebook.site.watch import watched_paths

CACHE = Path(".cache", "minutebook")
CONFIGURATION = "portfolio.yml"


class MinutebookPlugin(SitePlugin):  # type: ignore[no-untyped-call]  # MkDocs types no __init_subclass__
    """Makes the site when MkDocs has read its configuration."""

    def __init__(self) -> None:
        """Begin with no site."""
        super().__init__()
        self._given: Site | None = None
        self._memory = Memory()

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - MkDocs passes both
        """Remember a site that a command has made already; a preview that is served carries no policy."""
        self._given = self.site
        self.policy = command != "serve"

    @event_priority(LAST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make the site, unless a command has given one, and settle what it needs."""
        try:
            self.site = self._given or build_site(self._settings(config), memory=self._memory)
            return super().on_config(config)
        except MinutebookError as problem:
            raise PluginError(str(problem)) from problem

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002 - MkDocs calls it so
        """Watch for new commits and for the templates."""
        settings = self._settings(config)
        for path in watched_paths(settings):
            server.watch(str(path))
        return server

    def _settings(self, config: MkDocsConfig) -> Settings:
        base = Path(config.config_file_path).resolve().parent if config.config_file_path else Path.cwd()
        options = self.config
        file = base / options.config if options.config else Path(config.docs_dir) / CONFIGURATION
        if not file.is_file():
            raise ConfigError(
                f"{file}: there is no such configuration file.",
                "say where it is: `plugins: [minutebook: {config: portfolio/portfolio.yml}]` in mkdocs.yml.",
            )
        return Settings(
            repository=base / options.repo if options.repo else file.resolve().parent,
            configuration=file,
            folder=folder_in_repository(file) if not options.repo else "",
            as_of=read_day(options.as_of),
            cache=base / CACHE,
            templates=base / options.templates if options.templates else None,
            preview=True,
        )


def folder_in_repository(file: Path) -> str:
    """Where the folder of a file lies in the repository that holds it, without slashes at its ends."""
    folder = file.resolve().parent
    for top in (folder, *folder.parents):
        if (top / ".git").exists():
            return folder.relative_to(top).as_posix().removeprefix(".")
    return ""


def read_day(written: str | None) -> dt.date | None:
    """A day as mkdocs.yml gives it. ConfigError: it is none."""
    if written is None:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError as problem:
        raise ConfigError(f"mkdocs.yml: as_of {written!r} is not a day: write '2026-03-31'.") from problem
