"""Headings as files have them in, the words that readers see out."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest

from minutebook.history.headings import plain_heading
from minutebook.site.markdown import MarkdownReader

SEEN = [
    ("Rationale", "Rationale"),
    ("Interaction with [EIP-8032](./eip-8032.md)", "Interaction with EIP-8032"),
    ("`on_block_access_list_sidecar`", "on_block_access_list_sidecar"),
    ("``a ` b`` and `*c*`", "a ` b and *c*"),
    ("The [`name`](a(b).md 'title') field", "The name field"),
    ("**Bold** and __strong _and_ soft__", "Bold and strong and soft"),
    ("*a* ***b*** 2 * 3 * 4", "a b 2 * 3 * 4"),
    ("A snake_case_word and _soft_", "A snake_case_word and soft"),
    ("_with a snake_case word_", "with a snake_case word"),
    ("Fish &amp; chips &#8212; &lt;b&gt; &copy;", "Fish & chips — <b> ©"),
    ("Fish & chips; R&D;x &nosuch;", "Fish & chips; R&D;x &nosuch;"),
    (r"\*not soft\* \[no link](x)", "*not soft* [no link](x)"),
    ("<a id='x'></a>Anchored <br/> 1 < 2 > 0", "Anchored 1 < 2 > 0"),
    ("Of <https://a.example/x_y_z>, <a@b.example>", "Of https://a.example/x_y_z, a@b.example"),
    ("<!-- hidden -->Seen", "Seen"),
    ("*", "*"),
    ("a  b\tc", "a b c"),
]
"""Headings that the parser of the site shows in the same words."""
ALONE = [
    ("[![Build](b.svg)](https://ci.example) passes", "Build passes"),  # a picture is told by its words
    ("See [what][1] and [this]", "See what and [this]"),  # where the first leads is told in another part of the text
    ("<a name='x'></a>", "<a name='x'></a>"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "shown"), [*SEEN, *ALONE])
def test_a_heading_is_told_as_a_reader_sees_it(written: str, shown: str) -> None:
    assert plain_heading(written) == shown


@pytest.mark.parametrize(("written", "shown"), SEEN)
def test_a_heading_is_told_as_its_page_shows_it(written: str, shown: str) -> None:
    html, _ = MarkdownReader(None).render(f"# {written}")
    assert " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split()) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),  # text: pages escape it
        ("`<img src=x onerror=alert(1)>`", "<img src=x onerror=alert(1)>"),
        ("&#42;&#42;a&#42;&#42;", "**a**"),
        ("a&#10;b&#0;c", "a b\ufffdc"),
        ("\U000f0000 `a` \U000f0001", "a a \U000f0001"),
        ("[a](javascript:alert(1))", "a"),
    ],
)
def test_a_hostile_heading_is_text_and_nothing_else(written: str, shown: str) -> None:
    assert plain_heading(written) == shown


HOSTILE = ["`", "``a`", "[", "[a](", "[a](()", "*a", "**a*", "_", "_a ", "_a_b", "<a ", "<!--", "<!-- -", "\\", "&#1"]


@pytest.mark.parametrize("part", HOSTILE)
def test_a_hostile_heading_costs_no_time(part: str) -> None:
    before = time.process_time()
    for _ in range(20):
        plain_heading(part * 100_000)
    assert time.process_time() - before < 2  # seconds; reading all of it takes minutes
