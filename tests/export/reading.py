"""A built site in; its pages as their elements, words, ids and links out."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

BLOCK = '<div class="mb">'
"""How a page's own HTML begins, whichever generator put its theme around it."""
HOST = "https://site.example/"


class Reader(HTMLParser):
    """Every element with its attributes and every run of words, in order; and apart from them ids and links."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.ids: set[str] = set()
        self.links: list[tuple[str, str]] = []
        """Element and address."""
        self._words = ""
        self.feed(html)
        self.close()
        self._end_words()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_words()
        given = {name: value or "" for name, value in attrs if name != "data-search-exclude"}
        self.parts.append(f"<{tag} {sorted(given.items())}>")
        if "id" in given:
            self.ids.add(given["id"])
        self.links += [(tag, given[name]) for name in ("href", "src") if name in given]

    def handle_endtag(self, tag: str) -> None:
        self._end_words()
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._words += data

    def _end_words(self) -> None:
        if words := " ".join(self._words.split()):
            self.parts.append(words)
        self._words = ""


def pages_of(site: Path) -> dict[str, str]:
    """The HTML of every file of a site, by its address; redirects and the page for what is missing among them."""
    files = sorted(site.rglob("*.html"))
    return {file.relative_to(site).as_posix().removesuffix("index.html"): file.read_text("utf-8") for file in files}


def block_of(html: str) -> list[str]:
    """What the page itself says, without the theme: elements, attributes and words up to whitespace."""
    article = html[html.index(BLOCK) : html.index("</article>")]
    return Reader(article[: article.rindex("</div>")]).parts


def lost_links(site: Path) -> Iterator[str]:
    """Each link of a page to a file or an id that the site does not have."""
    read = {address: Reader(html) for address, html in pages_of(site).items()}
    for address, page in read.items():
        for tag, link in page.links:
            url = urlsplit(urljoin(HOST + address, link))
            if f"{url.scheme}://{url.netloc}/" != HOST:
                continue
            path = unquote(url.path).removeprefix("/")
            if path not in read and not (site / path).is_file():
                yield f"{address}: <{tag}> {link}: no such file"
            elif url.fragment and path in read and unquote(url.fragment) not in read[path].ids:
                yield f"{address}: <{tag}> {link}: no such id"


def fetched_from_elsewhere(site: Path) -> Iterator[str]:
    """Each address on another host that a page would ask by itself."""
    for address, html in pages_of(site).items():
        for tag, link in Reader(html).links:
            if tag != "a" and urlsplit(urljoin(HOST, link)).netloc not in ("site.example", ""):
                yield f"{address}: <{tag}> {link}"
