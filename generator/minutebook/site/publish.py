"""A finished site in; a folder of HTML, made by MkDocs and its theme, out."""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from minutebook.errors import ConfigError, PublicationError
from minutebook.model.note import Note
from minutebook.site.build import Site
from minutebook.site.menu import without_dead
from minutebook.site.mkdocs_door import LAST, SitePlugin, day_named
from minutebook.site.mkdocs_yml import PLUGIN, Look
from minutebook.site.navigation import clean_nav, default_nav, handbook_sources
from minutebook.site.ours import Kind, check_ours, mark_ours
from minutebook.site.swap import replace_folder


class BuiltSite(SitePlugin):  # type: ignore[no-untyped-call]  # MkDocs types no __init_subclass__
    """The plugin with a site that is finished already."""

    def __init__(self, site: Site, *, policy: bool = True) -> None:
        """Hand `site` on."""
        super().__init__()
        self.site = site
        self.policy = policy


def publish(site: Site, look: Look, target: Path) -> None:
    """Write the site into `target`, in place of the one that stands there. PublicationError: that is not possible."""
    with replacing(target, Kind.SITE, site) as folder, tempfile.TemporaryDirectory(prefix="minutebook-") as nothing:
        config = make_config(look, site, docs=Path(nothing), target=folder)
        config.plugins[PLUGIN] = BuiltSite(site)
        write_with_mkdocs(config)


def load_trusted(mkdocs_yml: Path) -> MkDocsConfig:
    """All that mkdocs.yml says, its plugins and hooks included. Only where the operator trusts it.

    ConfigError: MkDocs does not accept it.
    """
    try:
        return load_config(str(mkdocs_yml))
    except (Abort, MkDocsException) as problem:
        raise ConfigError(
            f"{mkdocs_yml.name}: MkDocs does not accept it: {problem}", "see what `mkdocs build` says of it."
        ) from problem


@dataclass(frozen=True, slots=True)
class PluginOptions:
    """What a trusted mkdocs.yml says under `plugins: minutebook`."""

    templates: Path | None = None
    """The folder of an owner's own templates."""
    as_of: dt.date | None = None
    others: tuple[str, ...] = ()
    """The names of options that count for MkDocs alone: a command has found repository and configuration already."""


def plugin_options(config: MkDocsConfig) -> PluginOptions:
    """The plugin's options; none where mkdocs.yml does not name the plugin. ConfigError: a day is none."""
    plugin = config.plugins.get(PLUGIN)
    if not isinstance(plugin, SitePlugin):
        return PluginOptions()
    options = plugin.config
    base = Path(config.config_file_path).resolve().parent
    return PluginOptions(
        templates=base / options.templates if options.templates is not None else None,
        as_of=day_named(options.as_of),
        others=tuple(name for name in ("config", "repo") if options[name] is not None),
    )


class _NoOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs types no __init_subclass__
    """Nothing that mkdocs.yml may say."""


class _SettledMenu(BasePlugin[_NoOptions]):  # type: ignore[no-untyped-call]  # MkDocs types no __init_subclass__
    """Leaves what leads nowhere out of the menu of a trusted mkdocs.yml, when every plugin has brought its pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.notes: tuple[Note, ...] = ()

    @event_priority(LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        pages = {*handbook_sources(self._site), *(file.src_uri for file in files.documentation_pages())}
        nav, self.notes = without_dead(clean_nav(config.nav), pages, {})
        # Where nothing is left of it, there is the usual one, as without trust.
        config.nav = nav or default_nav(self._site)
        return files


def publish_trusted(site: Site, config: MkDocsConfig, target: Path) -> Site:
    """The same with a configuration that the operator trusts; the site comes back with the doubts of its menu."""
    with replacing(target, Kind.SITE, site) as folder:
        config.site_dir = str(folder)
        plugin = config.plugins.get(PLUGIN)
        if isinstance(plugin, SitePlugin):
            plugin.site = site
        else:
            config.plugins[PLUGIN] = BuiltSite(site)
        # After that one, whose place for pages is the same: it takes those of the docs folder away.
        menu = config.plugins[f"{PLUGIN}-menu"] = _SettledMenu(site)
        write_with_mkdocs(config)
    return replace(site, notes=(*site.notes, *menu.notes))


def make_config(look: Look, site: Site, *, docs: Path, target: Path) -> MkDocsConfig:
    """MkDocs' configuration, made by ourselves from what was read as data."""
    settings: dict[str, Any] = {
        "site_name": look.site_name or site.title,
        "site_description": look.site_description or site.description or "",
        "docs_dir": str(docs),
        "site_dir": str(target),
        "theme": look.as_theme(),
        "plugins": ["search"],
        "markdown_extensions": [],
        "use_directory_urls": True,
    }
    if look.site_url is not None:
        settings["site_url"] = look.site_url
    if look.copyright is not None:
        settings["copyright"] = look.copyright
    if look.nav is not None:
        settings["nav"] = look.nav
    config = MkDocsConfig()
    config.load_dict(settings)
    errors, _ = config.validate()
    if errors:
        raise ConfigError("; ".join(f"mkdocs.yml: {name}: {problem}" for name, problem in errors))
    return config


def write_with_mkdocs(config: MkDocsConfig, *, dirty: bool = False, serve_url: str | None = None) -> None:
    """Run MkDocs. PublicationError says what it could not do."""
    with quiet_mkdocs():
        try:
            config.plugins.on_startup(command="serve" if serve_url else "build", dirty=dirty)
            build(config, dirty=dirty, serve_url=serve_url)
        except (Abort, MkDocsException) as problem:
            raise PublicationError(f"MkDocs could not write the site: {problem}") from problem
        except jinja2.TemplateNotFound as problem:
            # It is an OSError, too, and would be taken for one of the disk.
            raise ConfigError(
                f"mkdocs.yml: the theme has no file {problem.name}.", "correct what names it, for example a language."
            ) from problem
        except jinja2.TemplateError as problem:
            raise PublicationError(f"A template of the theme cannot be drawn: {problem.message}") from problem


@contextmanager
def replacing(target: Path, kind: Kind, site: Site) -> Iterator[Path]:
    """A new folder that takes the place of `target`, where that is one of the same kind and nobody wrote in it since.

    What it was made from, and the sums of its files, are written at the end. PublicationError: it is not replaced.
    """
    facts = {
        "format": 1,
        "commit": site.edition.commit,
        "as_of": site.edition.as_of.isoformat(),
        "configuration": site.edition.configuration_digest,
    }
    outside = {"mkdocs.yml": site.edition.mkdocs_yml_digest, "templates": site.edition.templates_digest}
    facts |= {name: digest for name, digest in outside.items() if digest is not None}
    with replace_folder(target, partial(check_ours, kind=kind)) as folder:
        yield folder
        mark_ours(folder, kind, facts)


@contextmanager
def quiet_mkdocs() -> Iterator[None]:
    """Let MkDocs speak only of errors: the command line has its own words for the rest."""
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
