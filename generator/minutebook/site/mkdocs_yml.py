"""mkdocs.yml as data: its text in, the few settings of the look that a site takes over out. Nothing in it is run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.utils import get_theme_dir

from minutebook.errors import ConfigError
from minutebook.records.yaml_reader import Tree, YamlProblem, read_yaml
from minutebook.site.inert import inert_title
from minutebook.site.navigation import Nav, clean_nav

NAME = "mkdocs.yml"
WORD = re.compile(r"[a-z][a-z0-9 -]{0,40}")
"""What a palette's colours are called."""
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
THEME = "material"
MEDIA = re.compile(r"\(prefers-color-scheme(: (light|dark))?\)")
ICON = re.compile(r"[a-z0-9]+(/[a-z0-9-]+)+")
IMAGE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}\.(png|jpg|jpeg|gif|webp)")
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

    def as_theme(self) -> dict[str, Any]:
        """The theme's settings, with ours where it says nothing."""
        return {"name": THEME, "font": False, "features": list(FEATURES), "palette": PALETTE, **self.theme}


def find_mkdocs_yml(configuration: Path) -> Path | None:
    """The mkdocs.yml of a portfolio: beside its portfolio.yml, or one folder above it; None: there is none."""
    folder = configuration.resolve().parent
    return next((file for file in (folder.parent / NAME, folder / NAME) if file.is_file()), None)


def read_look(file: Path | None) -> Look:
    """The settings that are safe to take over.

    ConfigError: the file is no YAML, has what only MkDocs can read, or names what the theme does not have.
    """
    if file is None:
        return Look()
    try:
        tree = read_yaml(file.read_text("utf-8"))
    except UnicodeDecodeError as problem:
        raise ConfigError(f"{file.name}: it is not UTF-8.") from problem
    except YamlProblem as problem:
        place = f":{problem.position.line}:{problem.position.column}" if problem.position else ""
        raise ConfigError(
            f"{file.name}{place}: {problem.reason}",
            "minutebook reads mkdocs.yml as data; --trust-config lets MkDocs read it with all its power.",
        ) from problem
    if not isinstance(tree, dict):
        raise ConfigError(f"{file.name}:1:1: it is no mapping of settings.")
    site_url = _text(tree.get("site_url"))
    if site_url is not None and not URL.fullmatch(site_url):
        raise ConfigError(f"{file.name}: site_url {site_url!r} is no URL such as https://example.org/minutes/.")
    return Look(
        site_name=_text(tree.get("site_name")),
        site_url=site_url,
        site_description=_text(tree.get("site_description")),
        copyright=_inert(tree.get("copyright")),
        theme=_theme(tree.get("theme")),
        nav=clean_nav(_lists(tree["nav"])) if tree.get("nav") is not None else None,
    )


def _text(tree: Tree) -> str | None:
    return tree if isinstance(tree, str) and tree else None


def _inert(tree: Tree) -> str | None:
    text = _text(tree)
    return inert_title(text) if text is not None else None


def _theme(tree: Tree) -> dict[str, Any]:
    """What of the theme's settings is a word or a picture, and nothing that names a file to run or a host to ask."""
    if not isinstance(tree, dict):
        return {}
    theme: dict[str, Any] = {}
    language = _text(tree.get("language"))
    if language is not None and LANGUAGE.fullmatch(language):
        theme["language"] = language
        _check_in_theme(f"partials/languages/{language}.html", "theme.language", language)
    features = tree.get("features")
    if isinstance(features, tuple):
        theme["features"] = [name for name in features if isinstance(name, str) and re.fullmatch(r"[a-z.]{1,60}", name)]
    for name in ("logo", "favicon"):
        image = _text(tree.get(name))
        if image is not None and IMAGE.fullmatch(image) and ".." not in image:
            theme[name] = image
    palette = _palettes(tree.get("palette"))
    if palette:
        theme["palette"] = palette
    return theme


def _palettes(tree: Tree) -> list[dict[str, Any]]:
    several = tree if isinstance(tree, tuple) else (tree,)
    return [palette for one in several if isinstance(one, dict) and (palette := _palette(one))]


def _palette(tree: dict[str, Tree]) -> dict[str, Any]:
    palette: dict[str, Any] = {}
    media = _text(tree.get("media"))
    if media is not None and MEDIA.fullmatch(media):
        palette["media"] = media
    for name in ("scheme", "primary", "accent"):
        word = _word(tree.get(name))
        if word is not None:
            palette[name] = word
    toggle = tree.get("toggle")
    if isinstance(toggle, dict):
        icon, words = _text(toggle.get("icon")), _inert(toggle.get("name"))
        if icon is not None and ICON.fullmatch(icon) and words is not None:
            palette["toggle"] = {"icon": icon, "name": words}
            _check_in_theme(f".icons/{icon}.svg", "theme.palette.toggle.icon", icon)
    return palette


def _word(tree: Tree) -> str | None:
    return tree if isinstance(tree, str) and WORD.fullmatch(tree) else None


def _check_in_theme(file: str, setting: str, value: str) -> None:
    # Asked by name of what is there: a disk that ignores letter case would find what the theme then does not.
    path = Path(get_theme_dir(THEME), file)
    if not path.parent.is_dir() or path not in path.parent.iterdir():
        raise ConfigError(f"{NAME}: {setting} {value!r} is not in the theme {THEME}.", "choose one that the theme has.")


def _lists(tree: Tree) -> object:
    """A tree with lists where YAML has sequences."""
    if isinstance(tree, tuple):
        return [_lists(item) for item in tree]
    if isinstance(tree, dict):
        return {name: _lists(item) for name, item in tree.items()}
    return tree
