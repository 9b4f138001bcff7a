"""A finished site in; a folder of Markdown files and a mkdocs.yml, for MkDocs or its successors, out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minutebook.errors import PublicationError
from minutebook.site.build import Site
from minutebook.site.inert import inert_title
from minutebook.site.mkdocs_yml import Look
from minutebook.site.navigation import site_nav, source_uri
from minutebook.site.ours import Kind
from minutebook.site.publish import replacing
from minutebook.site.render import FinishedPage
from minutebook.site.templates import scripts, stylesheets

DOCS = "docs"
FENCES = str.maketrans({"`": "&#96;", "~": "&#126;"})
"""Markdown parsers look for fences of code before they look for HTML, and obey the attributes that they find there."""
LEDGERS = re.compile(r"<(h[2-6]|table)(?=[ >])")
"""Where the parts of a page begin that a search passes by: all but what stands at its head."""
LEDGERS_BUT_TEXTS = re.compile(r"""<(h[2-6](?=[ >])(?! id="text["-])|table(?= class="mb-))""")
"""The same where the search knows whole texts: ids of their headings begin so, and none of their tables has a class."""
PASSED_BY = r"<\1 data-search-exclude"
"""The theme's own attribute for that."""


def export_site(site: Site, look: Look, target: Path) -> None:
    """Write the pages into `target`, in place of a former export. PublicationError: something else is there."""
    with replacing(target, Kind.EXPORT, site) as folder:
        for path, content in _files(site):
            file = folder / DOCS / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.exists():
                raise PublicationError(f"Two sources want the file {DOCS}/{path}.", "rename one of them.")
            file.write_bytes(content)
        (folder / "mkdocs.yml").write_text(_settings(site, look), "utf-8")


def _files(site: Site) -> Iterator[tuple[str, bytes]]:
    for page in site.all_pages:
        yield source_uri(page), page_as_markdown(page, texts=site.search_texts).encode("utf-8", "xmlcharrefreplace")
    for address, html in site.redirects.items():
        yield f"{address}index.html", html.encode("utf-8", "xmlcharrefreplace")
    yield from site.images.items()
    yield from site.assets.items()


def page_as_markdown(page: FinishedPage, *, texts: bool) -> str:
    """A Markdown file that is one block of HTML: no line of it is empty or a fence, so no parser looks inside.

    `texts`: the search is to know the whole text of the page.
    """
    # JSON strings are YAML strings; escapes keep every letter that could end a line out of the file.
    front_matter = [f"title: {json.dumps(inert_title(page.title))}"]
    if page.summary:
        front_matter.append(f"description: {json.dumps(inert_title(page.summary))}")
    # No parser looks inside the block, so none finds the headings of a table of contents: it would be an empty column.
    front_matter.append("hide: [toc]")
    if page.search is None:
        front_matter.append("search: {exclude: true}")
    html = (LEDGERS_BUT_TEXTS if texts else LEDGERS).sub(PASSED_BY, page.html.translate(FENCES))
    return "---\n" + "\n".join(front_matter) + f"\n---\n\n{html}\n"


def _settings(site: Site, look: Look) -> str:
    """mkdocs.yml, as JSON is YAML: nothing in it needs a plugin of ours."""
    settings: dict[str, Any] = {
        "site_name": inert_title(look.site_name or site.title),
        "site_description": inert_title(look.site_description or site.description or ""),
        "docs_dir": DOCS,
        "use_directory_urls": True,
        # Both MkDocs and Zensical leave a folder of this name out unless they are told otherwise.
        "exclude_docs": "!/templates/\n",
        # Our styles are made for Material's look, which Zensical calls classic; MkDocs does not read the variant.
        "theme": {**look.as_theme(), "variant": "classic"},
        # What Zensical adds by itself could only take finished HTML apart.
        "markdown_extensions": [],
        "extra_css": stylesheets(site.assets),
        "extra_javascript": scripts(site.assets),
        "plugins": ["search"],
        "nav": site_nav(look.nav, site),
    }
    if look.site_url is not None:
        settings["site_url"] = look.site_url
    if look.copyright is not None:
        settings["copyright"] = look.copyright
    # Records stay out of the navigation on purpose.
    settings["validation"] = {"nav": {"omitted_files": "ignore"}}
    return json.dumps(settings, indent=2, ensure_ascii=True) + "\n"
