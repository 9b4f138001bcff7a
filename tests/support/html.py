"""The HTML of a page in, what a test asks of it out: a section, its words, its links, its tables, facts and answers."""

from __future__ import annotations

import re
from html import unescape

INLINE = "a|abbr|b|code|del|em|ins|small|span|strong|time"
"""Elements that part no words: a browser writes what follows them on the same line."""


def section(html: str, anchor: str) -> str:
    """What stands under a heading of the page, with its words, up to the next. AssertionError where there is none."""
    found = re.search(rf'<h2 id="{re.escape(anchor)}">(.*?)(?=<h2|\Z)', html, re.DOTALL)
    assert found is not None, f"the page has no section {anchor}"
    return found[1]


def words_of(html: str, *, marks: bool = True) -> str:
    """The words that a reader meets. `marks=False` leaves out the signs beside words that are not read aloud."""
    told = html if marks else re.sub(r'<span aria-hidden="true">[^<]*</span>', "", html)
    parted = re.sub(r"<[^>]+>", " ", re.sub(rf"</?(?:{INLINE})(?: [^>]*)?>", "", told))
    return " ".join(unescape(parted).split())


def links_of(html: str) -> list[str]:
    """Where the links lead, in their order and as their addresses are written for a reader."""
    return [unescape(link) for link in re.findall(r'<a [^>]*?href="([^"]*)"', html)]


def rows_of(html: str, *, marks: bool = True) -> list[list[str]]:
    """The rows of the bodies of tables as the words of their cells."""
    bodies = re.findall(r"<tbody.*?</tbody>", html, re.DOTALL)
    return [cells_of(row, marks=marks) for body in bodies for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]


def cells_of(row: str, *, marks: bool = True) -> list[str]:
    """The words of each cell of a row."""
    return [words_of(cell, marks=marks) for cell in re.findall(r"<t[dh][ >].*?</t[dh]>", row, re.DOTALL)]


def facts_of(html: str) -> dict[str, str]:
    """The terms and values of lists of facts, in their order."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html, re.DOTALL)
    return {words_of(term): words_of(value) for term, value in found}


def head_of(html: str) -> dict[str, str]:
    """The facts at the head of a record's page, in their order."""
    return facts_of(html.split('class="mb-glance"')[1].split("</dl>", maxsplit=1)[0])


def answers_of(html: str, question: str) -> dict[str, str]:
    """What may be chosen where a table is narrowed: the value of each answer and its words. KeyError without it."""
    asked = dict(re.findall(r'<select name="([^"]+)"(.*?)</select>', html, re.DOTALL))
    found = re.findall(r'<option value="([^"]+)"[^>]*>(.*?)(?=<option|</option>|\Z)', asked[question], re.DOTALL)
    return {unescape(value): words_of(words) for value, words in found}
