"""Pages in, finished HTML out: owns Jinja. Every value that a template prints passes one filter."""

from __future__ import annotations

import datetime as dt
import re
import traceback
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup

from minutebook.errors import TemplateError
from minutebook.pages.links import HOME, PUBLICATION
from minutebook.pages.page import Address, Elsewhere, Page, Redirect, SearchEntry, Target
from minutebook.site.clean import CleanText, TextHeading
from minutebook.site.inert import make_visible
from minutebook.site.places import relative_url
from minutebook.site.templates import TemplateFiles, fingerprint, template_folders

BLANK_LINES = re.compile(r"\n\s*\n")
DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
LINE_STARTS = re.compile(r"\n[ \t]+<")
ENDING = ".html"
PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A page that a door can write or hand on."""

    address: str
    """Relative to the top of the site, with a slash at its end; empty: the home page."""
    title: str
    """As it is meant; the doors make it inert."""
    html: str
    """Cleaned, one block, without a blank line."""
    headings: tuple[TextHeading, ...]
    """For its table of contents."""
    summary: str
    search: SearchEntry | None
    source: str | None
    """As `Page.source`."""
    text: str
    """The HTML of its text alone, for a search that knows whole texts; empty: it has none."""


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the end of a page."""

    as_of: str
    about: Address


class Renderer:
    """Draws pages with the templates of the site, an owner's own first."""

    def __init__(self, as_of: dt.date, own: Path | None = None) -> None:
        """`as_of` is the day that every page speaks of.

        `own` is a site owner's folder of templates; a file of the same name there takes the place of ours.
        """
        folders = template_folders(own)
        self._environment = jinja2.Environment(
            loader=TemplateFiles(folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        # As globals and not as variables of each page, so that Jinja compiles and keeps the shared parts once.
        self._environment.globals.update(href=self._href)
        self._environment.filters["thousands"] = "{:,}".format
        self._environment.filters["whole_days"] = keep_days_whole
        self._foot = Foot(as_of.isoformat(), PUBLICATION)
        self.fingerprint = (as_of, fingerprint(folders))
        """Of all that is drawn on pages beside what they are made from."""
        self._templates: dict[str, jinja2.Template] = {}
        self._here = ""

    def page(self, page: Page, text: CleanText | None) -> FinishedPage:
        """A page with its text, drawn. TemplateError names the template and its line."""
        html = self._draw(page.template, page.address, page.view, text)
        if page.address not in (HOME.path, PUBLICATION.path):
            html += "\n" + self._draw("_parts/foot.html", page.address, self._foot, None)
        headings: list[TextHeading] = []
        for heading in page.headings:
            headings.append(TextHeading(2, str(Markup.escape(make_visible(heading.title))), heading.anchor))
            if heading.anchor == "text" and text is not None:
                headings.extend(text.headings)
        if not page.headings and text is not None:
            headings.extend(text.headings)
        return FinishedPage(
            address=page.address,
            title=make_visible(page.title),
            html=html,
            headings=tuple(headings),
            summary=make_visible(page.summary),
            search=page.search,
            source=page.source,
            text=text.html if text is not None else "",
        )

    def redirect(self, redirect: Redirect) -> str:
        """A whole HTML file that leads on, without a script."""
        return self._draw("redirect.html", redirect.address, redirect, None)

    def _href(self, target: Target) -> str:
        """Where a link of the page that is being drawn leads."""
        match target:
            case Address():
                return relative_url(self._here, target)
            case Elsewhere(url=url):
                return url
            case None:
                return ""

    def _draw(self, name: str, address: str, view: object, text: CleanText | None) -> str:
        self._here = address
        try:
            template = self._templates.get(name) or self._environment.get_template(name)
            self._templates[name] = template
            cleaned = Markup(text.html) if text is not None else None  # noqa: S704 - nh3 has cleaned it
            html = template.render(view=view, text=cleaned)
        except jinja2.TemplateSyntaxError as problem:
            raise TemplateError(f"{problem.filename or name}:{problem.lineno}: {problem.message}") from problem
        except Exception as problem:
            place = place_in_template(problem)
            if place is None and not isinstance(problem, jinja2.TemplateError):
                raise
            why = problem.message if isinstance(problem, jinja2.TemplateError) else str(problem)
            raise TemplateError(f"{place or name}: cannot be drawn: {why}") from problem
        return LINE_STARTS.sub("\n<", BLANK_LINES.sub("\n", html)).strip()


def keep_days_whole(words: str) -> Markup:
    """Words for HTML in which no day is broken at its hyphens where a line ends."""
    escaped = str(Markup.escape(make_visible(words)))
    return Markup(DAY.sub(r'<span class="mb-date">\g<0></span>', escaped))  # noqa: S704 - just escaped


def place_in_template(problem: Exception) -> str | None:
    """`file:line` of the template that asked for what went wrong; None: it went wrong in Minutebook itself."""
    # Jinja writes the lines of templates into the traceback; below them stands what they asked Jinja or Python to do.
    frames = traceback.extract_tb(problem.__traceback__)
    drawn = [frame for frame in frames if frame.filename.endswith(ENDING)]
    if not drawn or (frames[-1] not in drawn and PACKAGE in Path(frames[-1].filename).parents):
        return None
    return f"{drawn[-1].filename}:{drawn[-1].lineno}"


def _finalize(value: object) -> object:
    """Make hidden controls visible in what a template prints; escaping follows."""
    return make_visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
