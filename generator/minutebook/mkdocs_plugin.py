"""The MkDocs plugin `minutebook`: a plain `mkdocs build` or `mkdocs serve` in, the site of the portfolio out.

What is in the working tree and has not landed is shown as such: these commands give a preview,
`minutebook build` a publication.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger

from minutebook.errors import ConfigError, MinutebookError
from minutebook.model.note import DOUBTS
from minutebook.records.portfolio_places import CONFIGURATION, find_places
from minutebook.site.build import Settings, Site, build_site
from minutebook.site.doubts import line_of
from minutebook.site.memory import Memory
from minutebook.site.mkdocs_door import LAST, SitePlugin, day_named
from minutebook.site.mkdocs_yml import PLUGIN
from minutebook.site.watch import watched_paths

LOG = get_plugin_logger(PLUGIN)


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
            self.site = self._given or self._make(config)
            return super().on_config(config)
        except MinutebookError as problem:
            if self._given is not None:
                raise  # the command that gave it tells its user
            raise PluginError(str(problem)) from problem

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002 - MkDocs calls it so
        """Watch for new commits and for the templates."""
        settings = self._settings(config)
        for path in watched_paths(settings):
            server.watch(str(path))
        return server

    def _make(self, config: MkDocsConfig) -> Site:
        """The site. Its doubts are warnings of MkDocs, which `mkdocs build --strict` does not let pass."""
        site = build_site(self._settings(config), memory=self._memory)
        for note in site.notes:
            if note.kind in DOUBTS:
                LOG.warning("%s", line_of(note))
        return site

    def _settings(self, config: MkDocsConfig) -> Settings:
        base = Path(config.config_file_path).resolve().parent if config.config_file_path else Path.cwd()
        options = self.config
        file = base / options.config if options.config else Path(config.docs_dir) / CONFIGURATION
        if not file.is_file():
            raise ConfigError(
                f"{file}: there is no such configuration file.",
                "say where it is: `plugins: [minutebook: {config: portfolio/portfolio.yml}]` in mkdocs.yml.",
            )
        places = find_places(file, base / options.repo if options.repo else None)
        return Settings(
            repository=places.repository,
            configuration=places.configuration,
            folder=places.folder,
            as_of=day_named(options.as_of),
            cache=places.cache,
            templates=base / options.templates if options.templates else None,
            mkdocs_yml=Path(config.config_file_path) if config.config_file_path else None,
            preview=True,
        )
