"""A live preview: settings in; a site on this machine that follows every edit and commit, until it is interrupted."""

from __future__ import annotations

import errno
import logging
import socket
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from minutebook.errors import MinutebookError, PublicationError
from minutebook.history.progress import Progress
from minutebook.site.build import Settings, Site
from minutebook.site.look import build_with_look
from minutebook.site.memory import Memory
from minutebook.site.mkdocs_yml import PLUGIN, find_mkdocs_yml
from minutebook.site.publish import BuiltSite, make_config, write_with_mkdocs
from minutebook.site.watch import watched_paths

Tell = Callable[[str], None]
Lines = Callable[[Site], Iterable[str]]


def serve_site(
    settings: Settings, host: str, port: int, tell: Tell, doubts: Lines, *, progress: Progress | None = None
) -> None:
    """Build into a folder of its own, serve it, and build again what changed whenever something does.

    `tell` is given a line for each build, then those that `doubts` has of the site. An edit that cannot be built is
    told, and the last site stays. PublicationError, before anything is built or told: the port cannot be listened on.
    """
    with tempfile.TemporaryDirectory(prefix="minutebook-") as folder:
        preview = _Preview(settings, Path(folder), tell, doubts)
        server = _Server(builder=preview.again, host=host, port=port, root=str(preview.site), mount_path="/")
        server.error_handler = preview.error_page
        try:
            try:
                server.take_port()
            except (OSError, OverflowError) as problem:
                hint = "name another one with --port."
                if isinstance(problem, socket.gaierror) or getattr(problem, "errno", None) == errno.EADDRNOTAVAIL:
                    hint = "name an address of this machine with --host, for example 127.0.0.1."
                why = problem.strerror if isinstance(problem, OSError) else "there is no such port"
                raise PublicationError(f"{host}:{port} cannot be served: {why}.", hint) from problem
            preview.url = server.url
            preview.build(progress)
            for path in watched_paths(settings):
                server.watch(str(path))
            logging.getLogger("mkdocs.livereload").setLevel(logging.WARNING)
            tell(f"Serving on {server.url} (stop with Ctrl+C)")
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs has no types there
        finally:
            server.shutdown()


class _Server(LiveReloadServer):
    """A server that takes its port before anything is built, so that nothing is told that does not come true."""

    _taken = False

    def take_port(self) -> None:
        """Listen. OSError: another program does, or the host is none of this machine."""
        super().server_bind()
        self._taken = True

    def server_bind(self) -> None:
        """What MkDocs calls when it begins to serve; the port has been taken by then."""
        if not self._taken:
            self.take_port()


class _Preview:
    """The site in a folder, and what is needed to build only what changed."""

    def __init__(self, settings: Settings, folder: Path, tell: Tell, doubts: Lines) -> None:
        self.site = folder / "site"
        self.url = ""
        self._docs = folder / "docs"
        self._docs.mkdir()
        self._settings = settings
        self._tell = tell
        self._doubts = doubts
        self._memory = Memory()
        self._plugin: BuiltSite | None = None

    def build(self, progress: Progress | None = None) -> None:
        """Make the site; pages that came out as they were are not written again."""
        # It can have come or gone since the last build.
        settings = replace(self._settings, mkdocs_yml=find_mkdocs_yml(self._settings.configuration))
        look, found = build_with_look(settings, progress=progress, memory=self._memory)
        if self._plugin is None:
            self._plugin = BuiltSite(found, policy=False)
        self._plugin.site = found
        config = make_config(look, found, docs=self._docs, target=self.site)
        config.plugins[PLUGIN] = self._plugin
        write_with_mkdocs(config, dirty=True, serve_url=self.url)
        self._tell(_line(found))
        for line in self._doubts(found):
            self._tell(line)

    def again(self) -> None:
        """Make it again after a change; what cannot be made is told."""
        try:
            self.build()
        except (MinutebookError, OSError) as problem:  # an OSError: a full disk, a file that vanishes
            self._tell(f"{problem}\nThe site stays as it was.")

    def error_page(self, code: int) -> bytes | None:
        """The theme's page for an address that leads nowhere."""
        page = self.site / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def _line(site: Site) -> str:
    return f"Built {len(site.all_pages)} pages from commit {site.edition.commit[:10]}"
