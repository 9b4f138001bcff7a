"""Markdown in, HTML that nobody has cleaned yet out: one parser, one list of extensions, results kept by content."""

from __future__ import annotations

import hashlib
from html import escape

import markdown

from minutebook.cache import Cache
from minutebook.site.bare_links import BareLinks
from minutebook.site.inert import make_visible
from minutebook.site.slow_markdown import why_slow

EXTENSIONS = ("tables", "fenced_code", "footnotes", "toc", "sane_lists")
"""None of them lets a text give attributes to elements; whatever a text may write as HTML is cleaned afterwards."""
SETTINGS: dict[str, dict[str, object]] = {
    "tables": {"use_align_attribute": True},
    "toc": {"toc_depth": "1-6", "marker": ""},
}
RENDERER = f"3-{markdown.__version__}"
"""What kept results were made by: another version renders everything anew."""
KEPT = "texts"
"""The name in the cache."""


class MarkdownReader:
    """Renders texts, and remembers those it has seen between builds."""

    def __init__(self, cache: Cache | None) -> None:
        """`cache` keeps results between runs; None: they last as long as this reader."""
        self._cache = cache
        self._parser = _parser()
        self._known = _load(cache)
        self._kept = len(self._known)
        self._used: dict[str, str] = {}
        self._new = False

    def render(self, text: str) -> tuple[str, str | None]:
        """The HTML of a text, not yet cleaned; and why it is shown as it was written, where it is."""
        text = make_visible(text)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        html = self._known.get(digest) or self._used.get(digest)
        if html is None:
            reason = why_slow(text)
            if reason is None:
                try:
                    html = self._parser.reset().convert(text)
                except RecursionError:
                    self._parser = _parser()
                    reason = "it is nested too deeply"
            if html is None:
                return f"<pre>{escape(text)}</pre>", reason
            self._new = True
        self._used[digest] = html
        return html, None

    def remember(self) -> None:
        """Keep what this reader used, and nothing else."""
        if self._cache is not None and (self._new or len(self._used) != self._kept):
            self._cache.save(KEPT, {"renderer": RENDERER, "texts": dict(self._used)})
        self._kept, self._new = len(self._used), False


def _parser() -> markdown.Markdown:
    return markdown.Markdown(extensions=[*EXTENSIONS, BareLinks()], extension_configs=SETTINGS)


def _load(cache: Cache | None) -> dict[str, str]:
    kept = cache.load(KEPT) if cache is not None else None
    if not isinstance(kept, dict) or kept.get("renderer") != RENDERER:
        return {}
    texts = kept.get("texts")
    return {name: html for name, html in texts.items() if isinstance(html, str)} if isinstance(texts, dict) else {}
