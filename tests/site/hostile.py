"""Content that tries to do harm, and what a page would run of it."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.site.making import CONFIGURATION, task
from tests.support.repository_builder import RepositoryBuilder

SYMLINK = "120000"
HIT = "hit(1)"
SCRIPT = f"<script>{HIT}</script>"
IMAGE = f"<img src=x onerror={HIT}>"
BREAKOUT = f"</title></textarea></script>{SCRIPT}{IMAGE}"
ENTITY = f"&lt;script&gt;{HIT}&lt;/script&gt;"

TEXT = f"""\
# __config

## __search

{SCRIPT}

{IMAGE}

<p onclick="{HIT}" style="position:fixed">a</p>
<iframe srcdoc="{SCRIPT}"></iframe>
<form action="https://evil.example/"><button formaction="javascript:{HIT}">b</button></form>
<base href="https://evil.example/">
<svg onload="{HIT}"><a xlink:href="javascript:{HIT}">c</a></svg>
<math><mtext><style><img src=x onerror={HIT}></style></mtext></math>
<object data="data:text/html,{SCRIPT}"></object>
<div id="__drawer">d</div>
<a href="javascript:{HIT}">e</a> <a href="java&#10;script:{HIT}">f</a> <a href="//evil.example/x">g</a>
<link rel="stylesheet" href="https://evil.example/x.css"><meta http-equiv="refresh" content="0; url=https://evil.example/">

[h](javascript:{HIT}) [i](data:text/html,{SCRIPT}) [j](//evil.example/y) [k](/\\evil.example/z) [l](vbscript:{HIT})
[m](../../../../etc/passwd) ![n](https://evil.example/pixel.png) ![o](//evil.example/pixel.png) <javascript:{HIT}>

{{: onclick="{HIT}" }}

<div markdown="1" onclick="{HIT}">p</div>

```{{.python onclick="{HIT}"}}
q
```

{{{{7*7}}}} {{% raw %}} \u202egnp.exe

[r]: javascript:{HIT} "{SCRIPT}"
[r] [^1]

[^1]: {SCRIPT}
"""


def fill(repo: RepositoryBuilder) -> RepositoryBuilder:
    """A repository in which everything that a contributor can write is hostile."""
    repo.write("portfolio/portfolio.yml", CONFIGURATION)
    for number, title in enumerate((SCRIPT, IMAGE, BREAKOUT, ENTITY, "{{7*7}}", "\u202eevil\u2066")):
        quoted = title.replace("'", "''")
        repo.write(
            f"portfolio/tasks/t-{number}.md", task(f"'{quoted}'", TEXT, owner=f"'{quoted}'", summary=f"'{quoted}'")
        )
    repo.write(
        f"portfolio/tasks/{SCRIPT.replace('/', '%')}.md", task("Named badly", template="evil.html", status=SCRIPT)
    )
    repo.write("portfolio/tasks/x\u202ey.md", task("Turned round", extra=SCRIPT))
    repo.write("portfolio/tasks/slow.md", task("Slow", "[" * 20_000))
    repo.write(
        "portfolio/handbook/evil.md",
        f"---\ntitle: '{BREAKOUT}'\ndescription: '{BREAKOUT}'\nauthor: '{SCRIPT}'\ntags: ['{SCRIPT}']\n"
        f"template: evil.html\nhide: ['{SCRIPT}']\nsearch: {{boost: 1000}}\n---\n\n{TEXT}",
    )
    repo.write("portfolio/handbook/<b onmouseover=hit(1)>.md", "# Odd name\n")
    repo.write("portfolio/handbook/picture.svg", f"<svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>")
    repo.write("portfolio/handbook/page.html", SCRIPT)
    repo.write("portfolio/handbook/run.js", HIT)
    repo.write("portfolio/handbook/secret.md", "/etc/passwd", SYMLINK)
    repo.write("portfolio/handbook/picture.png", "/etc/passwd", SYMLINK)
    repo.write("portfolio/assets/javascripts/bundle.png", "no picture")
    repo.write("evil.html", SCRIPT)
    repo.submodule("portfolio/handbook/module")
    repo.commit(
        f"{BREAKOUT}\n\nReviewed-by: {SCRIPT} <a@b.example>\n",
        author='script:hit(1) "onload=hit(1) <evil@example.org>',
        date="2026-01-05T10:00:00+00:00",
    )
    return repo


class Danger(HTMLParser):
    """Collects what a page would run or fetch."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.ids: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag in ("script", "style")
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name.startswith("on") or name in ("srcdoc", "formaction", "style", "xlink:href"):
                self.found.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "data", "poster") and value is not None:
                self._address(tag, name, value)
        if tag in ("iframe", "object", "embed", "base", "svg:script", "applet"):
            self.found.append(tag)
        if tag == "meta" and dict(attrs).get("http-equiv", "").lower() == "refresh":  # type: ignore[union-attr]  # a meta without a value is none of ours
            self.found.append(f"refresh {dict(attrs).get('content')}")

    def handle_data(self, data: str) -> None:
        if self._in_script and HIT in data:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def _address(self, tag: str, name: str, value: str) -> None:
        bare = "".join(letter for letter in value if letter > " ").replace("\\", "/").lower()
        parts = urlsplit(bare)
        if tag == "a":
            if parts.scheme not in ("", "http", "https", "mailto") or (parts.netloc and not parts.scheme):
                self.found.append(f"{tag} {name}={value}")
        elif (parts.scheme or parts.netloc) and not (tag == "link" and "canonical" in value):
            self.found.append(f"{tag} {name}={value}")


def dangers_of(html: str) -> list[str]:
    """What the page would run, fetch or send, less the theme's own."""
    page = Danger()
    page.feed(html)
    page.close()
    return page.found
