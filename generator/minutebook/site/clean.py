"""HTML that a text gave in; HTML that can do nothing but be read out, with its links led to their pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

import nh3

from minutebook.pages.page import Address, Elsewhere
from minutebook.site.inert import make_visible
from minutebook.site.places import ImagePlace, Places, Refused, relative_path, relative_url

TAGS = {
    *(
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
    ),
    *(
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "q",
    ),
    *(
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ),
    *("u", "ul", "var"),
}
ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
CLASSES = {"div": {"footnote"}, "a": {"footnote-ref", "footnote-backref"}}
SCHEMES = {"http", "https", "mailto"}
PREFIX = "text-"
"""Before every id of a text, so that none can be taken for one that the page's scripts or styles look for."""

# nh3 writes attributes as name="value" with quotes escaped, and no `<` but in tags: a tag is known by its shape.
TAG = re.compile(r'<([a-z][a-z0-9]*)((?: [^\s=">]+="[^"]*")*)>|</(h[1-6])>')
ATTRIBUTE = re.compile(r' ([^\s=">]+)="([^"]*)"')
HEADING = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
ANY_TAG = re.compile(r'<[a-z/](?:[^">]|"[^"]*")*>')
OPENED = re.compile(r"<([A-Za-z][A-Za-z0-9-]{0,30})(?=[\s/>])")
MOST_NAMED = 5
"""So many of the tags that were taken away are named."""
BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")


@dataclass(frozen=True, slots=True)
class TextHeading:
    """A heading of a text."""

    level: int
    title: str
    """HTML without tags: entities only."""
    anchor: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A tag, a link or an image that was taken away."""

    message: str
    """What and why, without the place."""
    written: str
    """What to look for in the file that holds the text."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text that is fit for a page."""

    html: str
    """Without blank lines, so that no other Markdown parser takes it apart."""
    headings: tuple[TextHeading, ...]
    refused: tuple[Refusal, ...]
    """Tags, links and images that were taken away, with the reason, each once; in the order of the text."""
    anchored: tuple[tuple[str, Address], ...] = ()
    """Links to an id on a page, each once as it is written: that page may not have it."""


def clean_text(html: str, *, base: str, address: str, places: Places, deeper: int) -> CleanText:
    """What a page at `address` shows of a text from the file `base`. Its headings stand `deeper` levels down."""
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    rewriter = _Rewriter(base=base, address=address, places=places, deeper=deeper)
    # Entities such as `&#x202e;` have become what they stand for by now.
    done = TAG.sub(rewriter.rewrite, make_visible(safe)).strip()
    return CleanText(
        html=BLANK_LINE.sub("&#10;", done),
        headings=tuple(_headings(done)),
        refused=(*_refused_tags(html), *(Refusal(*one) for one in rewriter.refused)),
        anchored=tuple(rewriter.anchored.items()),
    )


def _refused_tags(html: str) -> Iterator[Refusal]:
    """One sentence on all tags that no text may have. Without it, `List<Bus>` would lose its end without a word."""
    names = [name for name in dict.fromkeys(OPENED.findall(html)) if name.lower() not in TAGS]
    if names:
        named = ", ".join(f"`<{name}>`" for name in names[:MOST_NAMED])
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        message = f"What looks like an HTML tag was taken away: {named}{more}; as code, between backticks, it is shown"
        yield Refusal(message, f"<{names[0]}")


def _headings(html: str) -> Iterator[TextHeading]:
    for level, anchor, inner in HEADING.findall(html):
        title = " ".join(ANY_TAG.sub("", inner).split())
        if title:
            yield TextHeading(int(level), title, unescape(anchor))


class _Rewriter:
    """Rewrites the tags of one text."""

    def __init__(self, *, base: str, address: str, places: Places, deeper: int) -> None:
        self._base = base
        self._address = address
        self._places = places
        self._deeper = deeper
        self.refused: dict[tuple[str, str], None] = {}
        self.anchored: dict[str, Address] = {}

    def rewrite(self, match: re.Match[str]) -> str:
        """One tag as the page has it."""
        name, written, closing = match.groups()
        if closing is not None:
            return f"</{self._level(closing)}>"
        if not written and name[0] != "h":
            return match[0]
        attributes = {key: unescape(value) for key, value in ATTRIBUTE.findall(written)}
        if "id" in attributes:
            attributes["id"] = PREFIX + attributes["id"]
        if name == "img":
            return self._image(attributes)
        if name == "a" and "href" in attributes:
            self._link(attributes)
        return f"<{self._level(name)}{_write(attributes)}>"

    def _level(self, name: str) -> str:
        """A heading's tag, moved down; any other as it is."""
        if len(name) == 2 and name[0] == "h" and name[1].isdigit():
            return f"h{min(6, int(name[1]) + self._deeper)}"
        return name

    def _link(self, attributes: dict[str, str]) -> None:
        href = attributes.pop("href")
        found = self._places.link(href, self._base)
        match found:
            case Refused(reason=reason):
                self._refuse("link", href, reason)
            case Elsewhere(url=url):
                attributes["href"] = url
                attributes["rel"] = "noopener noreferrer"
            case Address(path=path, anchor=anchor, view=view):
                to = Address(path or self._address, anchor, view) if anchor else found
                attributes["href"] = relative_url(self._address, to)
                if anchor:
                    self.anchored[href] = to

    def _image(self, attributes: dict[str, str]) -> str:
        src = attributes.pop("src", "")
        words = attributes.get("alt") or "image"
        found = self._places.image(src, self._base)
        match found:
            case ImagePlace(path=path):
                return f"<img{_write({'src': relative_path(self._address, path), 'alt': '', **attributes})}>"
            case Elsewhere(url=url):
                self._refuse("image", src, "is on another host; the page links to it")
                return f"<a{_write({'href': url, 'rel': 'noopener noreferrer'})}>{escape(words)}</a>"
            case _:
                self._refuse("image", src, found.reason)
                return f"<span>{escape(words)}</span>"

    def _refuse(self, what: str, target: str, reason: str) -> None:
        self.refused[f"The {what} `{shorten_target(target)}` {reason}", target] = None


def shorten_target(target: str) -> str:
    """Where a link leads or what an image shows, as it is told."""
    return target if len(target) <= 100 else f"{target[:100]}…"


def _write(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
