"""The door to MkDocs: a finished site in; files, pages and navigation that MkDocs writes with its theme out."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import jinja2
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_theme_dir

from minutebook.errors import ConfigError, PublicationError
from minutebook.records.meaning import read_day
from minutebook.site.build import Site
from minutebook.site.clean import TextHeading
from minutebook.site.inert import LESS, MORE, QUOTE, inert_title
from minutebook.site.mkdocs_yml import PLUGIN, THEME
from minutebook.site.navigation import nav_titles, site_nav, source_uri
from minutebook.site.render import FinishedPage
from minutebook.site.search import search_entries
from minutebook.site.templates import find_templates, fingerprint, scripts, stylesheets

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
INLINE_SCRIPTS = ("base", "palette", "content", "announce", "outdated")
"""Partial templates of the theme that write scripts into the page."""
LAST = -1_000
"""The priority of what runs after every other plugin."""


class SiteOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs types no __init_subclass__
    """What mkdocs.yml may say under `plugins: minutebook`."""

    config = Optional(Type(str))
    """The portfolio.yml, relative to mkdocs.yml; by default, the one in the docs folder."""
    repo = Optional(Type(str))
    """The repository, relative to mkdocs.yml; by default, the one that holds the configuration."""
    templates = Optional(Type(str))
    """A folder of templates that take the place of ours, relative to mkdocs.yml."""
    as_of = Optional(Type(str))
    """The day to speak of, YYYY-MM-DD; by default, the day of the published commit."""


def day_named(written: str | None) -> dt.date | None:
    """The day that the option `as_of` names; None: it names none. ConfigError: it is no day."""
    found = read_day(written) if written is not None else None
    if written is not None and found is None:
        raise ConfigError(f"mkdocs.yml: as_of {written!r} is not a day.", "write YYYY-MM-DD in quotes: '2026-03-31'.")
    return found


class SitePlugin(BasePlugin[SiteOptions]):  # type: ignore[no-untyped-call]  # MkDocs types no __init_subclass__
    """Hands a finished site to MkDocs: nothing of the docs folder reaches the built site but through it."""

    site: Site | None = None
    """None: not made yet."""
    policy: bool = True
    """Whether pages carry a content security policy; in a live preview they cannot: it writes a script into each."""

    def __init__(self) -> None:
        """Begin with nothing published."""
        self._made_of: dict[str, str] = {}
        self._published: dict[str, str] = {}

    @event_priority(LAST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Settle what the site needs of the configuration, whatever it says, and make its words inert."""
        site = self._made()
        if get_theme_dir(THEME) not in config.theme.dirs:
            raise ConfigError(
                f"mkdocs.yml: Minutebook's pages are made for the theme {THEME}, and the site has another.",
                f"write `theme: {{name: {THEME}, font: false}}`.",
            )
        if not config.use_directory_urls:
            raise ConfigError("mkdocs.yml: use_directory_urls must stay true: addresses of records would change.")
        config.theme["font"] = False
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(find_templates() / "theme"))
        config.repo_url = None
        config.site_name = inert_title(config.site_name)
        config.site_description = inert_title(config.site_description or site.description or "")
        config.extra["scope"] = "/"
        config.extra_css.extend(stylesheets(site.assets))
        config.extra_javascript.extend(scripts(site.assets))
        config.nav = site_nav(config.nav, site)
        return config

    @event_priority(LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Drop every file of the docs folder and put the site's own in their place."""
        site = self._made()
        for file in list(files):
            if file.src_dir is not None and Path(file.src_dir).resolve() == Path(config.docs_dir).resolve():
                files.remove(file)
        theme = {file.dest_uri for file in files}
        titles = nav_titles(config.nav)
        in_nav = set(titles)
        for page in site.all_pages:
            source = source_uri(page)
            inclusion = InclusionLevel.INCLUDED if source in in_nav else InclusionLevel.NOT_IN_NAV
            file = _SiteFile(config, source, b"", inclusion)
            _SitePage(page, titles.get(source), file, config, site)
            files.append(file)
        for uri, content in self._plain_files(site):
            if uri in theme:
                raise PublicationError(f"{uri} would take the place of a file of the theme.", "rename the file.")
            files.append(_SiteFile(config, uri, content, InclusionLevel.INCLUDED))
        return files

    @event_priority(LAST)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Find the files that are other than at the build before, and take away those that are no more.

        A page is another, too, where what stands around it is.
        """
        around = f"{_look_of(config)}\n{nav}"
        ours = [file for file in files if isinstance(file, _SiteFile)]
        self._made_of = {file.dest_uri: file.digest(around) for file in ours}
        for file in ours:
            file.changed = self._published.get(file.dest_uri) != self._made_of[file.dest_uri]
            if file.changed:
                # Until the build ends well, nobody knows which of the two stands there.
                self._published[file.dest_uri] = ""
        for uri in self._published.keys() - self._made_of.keys():
            # Before anything is written: on some disks it is one file with another of other letter case.
            Path(config.site_dir, uri).unlink(missing_ok=True)
            del self._published[uri]
        return nav

    def on_env(
        self,
        env: jinja2.Environment,
        *,
        config: MkDocsConfig,
        files: Files,  # noqa: ARG002 - MkDocs passes it by name
    ) -> jinja2.Environment:
        """Tell the theme's templates the content security policy."""
        env.globals["minutebook_policy"] = content_security_policy(env, config) if self.policy else None
        return env

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index over that of the search plugin; leave out what is not the same bytes everywhere."""
        folder = Path(config.site_dir)
        index = folder / "search" / "search_index.json"
        if index.is_file():
            found = json.loads(index.read_text("utf-8"))
            found["docs"] = search_entries(self._made().all_pages, texts=self._made().search_texts)
            index.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), "utf-8")
        (folder / "sitemap.xml.gz").unlink(missing_ok=True)
        self._published = self._made_of

    def _made(self) -> Site:
        if self.site is None:
            raise PublicationError(
                "The site was asked for before it was made.", "this is a mistake in Minutebook: report it."
            )
        return self.site

    def _plain_files(self, site: Site) -> Iterable[tuple[str, bytes]]:
        """Everything that is no page of the theme, by its place on the site."""
        yield from site.assets.items()
        for address, html in site.redirects.items():
            yield f"{address}index.html", html.encode()
        yield from site.images.items()


class _SiteFile(File):
    """A file that knows whether it is other than at the build before, for builds that write only what changed."""

    def __init__(self, config: MkDocsConfig, uri: str, content: bytes, inclusion: InclusionLevel) -> None:
        super().__init__(uri, None, config.site_dir, use_directory_urls=True, inclusion=inclusion)
        self.generated_by = PLUGIN
        self.content_bytes = content
        self.changed = True

    def digest(self, around: str) -> str:
        """Hex SHA-256 of all that makes its bytes; `around` is what every page shows besides its own."""
        page = self.page.made_of + around if isinstance(self.page, _SitePage) else ""
        return hashlib.sha256(page.encode("utf-8", "surrogatepass") + self.content_bytes).hexdigest()

    def is_modified(self) -> bool:
        """Whether it has to be written again."""
        return self.changed


class _SitePage(Page):
    """A page whose HTML is finished: MkDocs neither reads nor renders Markdown for it."""

    def __init__(
        self, finished: FinishedPage, nav_title: str | None, file: File, config: MkDocsConfig, site: Site
    ) -> None:
        super().__init__(nav_title or inert_title(finished.title), file, config)
        self._finished = finished
        self.update_date = dt.datetime.fromtimestamp(site.edition.epoch, dt.UTC).date().isoformat()
        self.edit_url = None
        if site.edit is not None and finished.source is not None:
            self.edit_url = site.edit + quote(finished.source)

    @property
    def made_of(self) -> str:
        """All that the theme is given of this page alone."""
        page = self._finished
        return "\n".join([page.html, page.summary, str(self.title), str(self.edit_url), repr(page.headings)])

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - the signature is MkDocs'
        """Nothing is read: front matter has no power over a page."""
        self.markdown = ""
        self.meta = {"search": {"exclude": True}}
        if not self._finished.headings:
            self.meta["hide"] = ["toc"]
        if self._finished.summary:
            self.meta["description"] = inert_title(self._finished.summary)

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - the signature is MkDocs'
        """The finished HTML and its headings."""
        self.content = self._finished.html
        self.toc = table_of_contents(self._finished.headings)


def _look_of(config: MkDocsConfig) -> str:
    """All that the theme is given for every page but the navigation."""
    names = ("site_name", "site_url", "site_description", "copyright", "extra", "extra_css", "extra_javascript")
    own = [Path(folder) for folder in (config.theme.custom_dir, find_templates() / "theme") if folder]
    return repr(([config[name] for name in names], dict(config.theme), fingerprint(own)))


def table_of_contents(headings: Iterable[TextHeading]) -> TableOfContents:
    """Headings nested by their levels; a level that is left out is passed over."""
    top: list[AnchorLink] = []
    open_: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(inert_heading(heading.title), heading.anchor, heading.level)
        while open_ and open_[-1].level >= heading.level:
            open_.pop()
        (open_[-1].children if open_ else top).append(link)
        open_.append(link)
    return TableOfContents(top)


def inert_heading(title: str) -> str:
    """A heading's HTML of entities only, for places that turn entities back before they print it."""
    return title.replace("&lt;", LESS).replace("&gt;", MORE).replace('"', QUOTE).replace("&quot;", QUOTE)


def content_security_policy(env: jinja2.Environment, config: MkDocsConfig) -> str:
    """A policy under which the theme works and nothing else runs: its own inline scripts are named by their hashes."""
    hashes: list[str] = []
    for name in INLINE_SCRIPTS:
        template = env.get_template(f"partials/javascripts/{name}.html")
        written = template.render(config=config, base_url=".", features=config.theme.get("features") or [])
        for script in SCRIPT.findall(written):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            hashes.append(f"'sha256-{digest}'")
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {' '.join(hashes)}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
