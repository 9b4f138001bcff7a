"""mkdocs.yml as data: its text in, the few settings of the look that a site takes over out. Nothing in it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from mkdocs.utils import get_theme_dir

from minutebook.errors import ConfigError
from minutebook.model.record import Position
from minutebook.records.definition import Part, read_definition, required
from minutebook.records.portfolio_places import folders_upward, repository_top
from minutebook.records.yaml_reader import Tree
from minutebook.site.inert import inert_title
from minutebook.site.navigation import Nav, clean_nav, is_harmless

NAME = "mkdocs.yml"
PLUGIN = "minutebook"
"""What it calls the plugin."""
FEATURE = re.compile(r"[a-z.]{1,60}")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
THEME = "material"
MEDIA = re.compile(r"\(prefers-color-scheme(: (light|dark))?\)")
ICON = re.compile(r"[a-z0-9]+(/[a-z0-9-]+)+")
IMAGE = re.compile(r"(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}\.(png|jpg|jpeg|gif|webp)")
URL = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/-]*)?")

FEATURES = ("content.action.edit", "navigation.path", "search.highlight", "search.suggest", "toc.follow")
"""Of the theme, where mkdocs.yml names none."""
PALETTE: list[dict[str, Any]] = [
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "primary": "white",
        "accent": "teal",
        "toggle": {"icon": "material/weather-night", "name": "Switch to the dark palette"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "primary": "black",
        "accent": "teal",
        "toggle": {"icon": "material/weather-sunny", "name": "Switch to the light palette"},
    },
]
"""Where mkdocs.yml names none."""


@dataclass(frozen=True)
class Look:
    """What a site takes over from mkdocs.yml."""

    site_name: str | None = None
    site_url: str | None = None
    site_description: str | None = None
    copyright: str | None = None
    theme: dict[str, Any] = field(default_factory=dict)
    """Palette, language, features, logo and favicon of the theme, checked."""
    nav: Nav | None = None
    nav_places: Mapping[str, Position | None] = field(default_factory=dict)
    """Where in mkdocs.yml each target of `nav` stands first."""

    def as_theme(self) -> dict[str, Any]:
        """The theme's settings, with ours where it says nothing."""
        return {"name": THEME, "font": False, "features": list(FEATURES), "palette": PALETTE, **self.theme}


def find_mkdocs_yml(configuration: Path) -> Path | None:
    """The mkdocs.yml of a portfolio: beside its portfolio.yml, else one folder above it and in the same repository.

    None: there is none. ConfigError: it is a symbolic link that leads out of the repository.
    """
    folders = islice(folders_upward(configuration.resolve().parent), 2)
    file = next((folder / NAME for folder in folders if (folder / NAME).is_file()), None)
    top = repository_top(file.parent) if file is not None and file.is_symlink() else None
    if file is not None and top is not None and not file.resolve().is_relative_to(top):
        raise ConfigError(
            f"{NAME}: it is a symbolic link that leads out of the repository, and is not followed.",
            "put the file itself there.",
        )
    return file


def read_look(file: Path | None) -> Look:
    """The settings that are safe to take over.

    ConfigError, with every mistake and its place: the file is no YAML, has what only MkDocs can read, or says of what
    is taken over something that the theme does not have.
    """
    if file is None:
        return Look()
    try:
        whole = read_definition(file.name, file.read_bytes())
    except ConfigError as problem:
        raise ConfigError(
            problem.message,
            "minutebook reads mkdocs.yml as data; --trust-config lets MkDocs read it with all its power.",
        ) from problem
    settings = whole.entries("settings") if whole.tree is not None else {}
    nav = settings.get("nav")
    targets: dict[str, Position | None] = {}
    for target in _targets(nav) if nav is not None and nav.tree is not None else ():
        targets.setdefault(str(target.tree), target.positions.find(*target.place))
    description = _text(settings.get("site_description"))
    footer = _text(settings.get("copyright"))
    look = Look(
        site_name=_text(settings.get("site_name")),
        site_url=_matching(settings.get("site_url"), URL, "a URL such as https://example.org/minutes/"),
        site_description=description,
        copyright=inert_title(footer) if footer is not None else None,
        theme=_theme(settings.get("theme")),
        nav=clean_nav(_lists(nav.tree)) if nav is not None and nav.tree is not None else None,
        nav_places=targets,
    )
    whole.problems.raise_any()
    return look


def _text(part: Part | None) -> str | None:
    """A text; None where there is none. Anything else is reported."""
    return None if part is None or part.tree in (None, "") else part.text()


def _matching(part: Part | None, pattern: re.Pattern[str], wanted: str) -> str | None:
    """A text of one form; another is reported."""
    text = _text(part)
    if part is not None and text is not None and not pattern.fullmatch(text):
        part.report(f"{part.name} is `{text}`: write {wanted}")
        return None
    return text


def _theme(part: Part | None) -> dict[str, Any]:
    """What of the theme's settings is a word or a picture, and nothing that names a file to run or a host to ask."""
    if part is None or not isinstance(part.tree, dict | tuple):
        return {}  # Of a theme that is only named, nothing is taken over.
    settings = part.entries("settings")
    theme: dict[str, Any] = {}
    language = _matching(settings.get("language"), LANGUAGE, "the code of a language, such as de")
    if language is not None:
        theme["language"] = language
        _check_in_theme(settings["language"], f"partials/languages/{language}.html")
    features = settings.get("features")
    if features is not None and features.tree is not None:
        names = (_matching(name, FEATURE, "the name of a feature, such as toc.follow") for name in features.parts())
        theme["features"] = [name for name in names if name is not None]
    for name in ("logo", "favicon"):
        image = _matching(settings.get(name), IMAGE, "an image of the portfolio: png, jpg, jpeg, gif or webp")
        if image is not None:
            theme[name] = image
    palette = settings.get("palette")
    if palette is not None and palette.tree:
        several = palette.parts() if isinstance(palette.tree, tuple) else [palette]
        theme["palette"] = [_palette(one) for one in several]
    return theme


def _palette(part: Part) -> dict[str, Any]:
    settings = part.entries("settings")
    palette: dict[str, Any] = {}
    media = _matching(settings.get("media"), MEDIA, "(prefers-color-scheme: light) or (prefers-color-scheme: dark)")
    if media is not None:
        palette["media"] = media
    for name in ("scheme", "primary", "accent"):
        word = settings[name].word(_colours(name)) if name in settings else None
        if word is not None:
            palette[name] = word
    toggle = settings.get("toggle")
    if toggle is not None and toggle.tree is not None:
        words = toggle.entries("`icon` and `name`")
        title = _text(required(words, "name", toggle))
        icon = _matching(required(words, "icon", toggle), ICON, "an icon of the theme, such as material/weather-night")
        if icon is not None and title is not None:
            palette["toggle"] = {"icon": icon, "name": inert_title(title)}
            _check_in_theme(words["icon"], f".icons/{icon}.svg")
    return palette


@cache
def _colours(kind: str) -> tuple[str, ...]:
    """What the theme's styles know as a `scheme`, a `primary` or an `accent`; of two words also with a space."""
    styles = "".join(file.read_text("utf-8") for file in Path(get_theme_dir(THEME)).glob("assets/stylesheets/*.css"))
    found = sorted(set(re.findall(rf"data-md-color-{kind}=\"?([a-z-]+)", styles)))
    return (*found, *(name.replace("-", " ") for name in found if "-" in name))


def _check_in_theme(part: Part, file: str) -> None:
    # Asked by name of what is there: a disk that ignores letter case would find what the theme then does not.
    path = Path(get_theme_dir(THEME), file)
    if not path.parent.is_dir() or path not in path.parent.iterdir():
        part.report(f"{part.name} is `{part.tree}`, which is not in the theme {THEME}")


def _targets(part: Part) -> Iterator[Part]:
    """Every page and link of a navigation, at any depth; what is no navigation is reported."""
    if not isinstance(part.tree, tuple):
        part.report("`nav` must be a list of pages, links and sections")
        return
    for entry in part.parts():
        for one in entry.entries("titles").values() if not isinstance(entry.tree, str) else [entry]:
            if isinstance(one.tree, tuple):
                yield from _targets(one)
            elif not isinstance(one.tree, str):
                one.report("`nav` must name a page here")
            elif not is_harmless(one.tree):
                one.report(f"`nav` cannot lead to `{one.tree}`: name a page, or a link with https://")
            else:
                yield one


def _lists(tree: Tree) -> object:
    """A tree with lists where YAML has sequences."""
    if isinstance(tree, tuple):
        return [_lists(item) for item in tree]
    if isinstance(tree, dict):
        return {name: _lists(item) for name, item in tree.items()}
    return tree
