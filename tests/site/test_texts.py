"""Markdown becomes HTML that can only be read, and never keeps a build busy."""

from __future__ import annotations

import time

import pytest
from markupsafe import Markup

from minutebook.cache import Cache
from minutebook.pages.page import Address
from minutebook.site import markdown
from minutebook.site.clean import CleanText, clean_text
from minutebook.site.inert import inert_title, make_visible
from minutebook.site.markdown import MarkdownReader
from minutebook.site.places import ImagePlace, Places
from minutebook.site.slow_markdown import why_slow
from tests.site.hostile import dangers_of

PLACES = Places(
    root="portfolio",
    pages={"portfolio/a.md": Address("task/a/"), "portfolio/sub/b.md": Address("handbook/b/")},
    items={},
    images={"portfolio/sub/p.png": ImagePlace("sub/p.png")},
)


def render(text: str, base: str = "portfolio/sub/x.md", deeper: int = 0) -> CleanText:
    html, _ = MarkdownReader(None).render(text)
    return clean_text(html, base=base, address="task/x/", places=PLACES, deeper=deeper)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](../a.md)", '<a href="../../task/a/">a</a>'),
        ("[a](../a.md#Part)", '<a href="../../task/a/#text-Part">a</a>'),
        ("[a](b.md)", '<a href="../../handbook/b/">a</a>'),
        ("[a](/portfolio/a.md)", '<a href="../../task/a/">a</a>'),
        ("[a](#here)", '<a href="#text-here">a</a>'),
        ("[a](https://x.example/?q=1&r=2)", 'href="https://x.example/?q=1&amp;r=2" rel="noopener noreferrer"'),
        ("[a](mailto:x@y.example)", 'href="mailto:x@y.example"'),
        ("[a](../../outside.md)", "<a>a</a>"),
        ("[a](../../../outside.md)", "<a>a</a>"),
        ("[a](missing.md)", "<a>a</a>"),
        ("[a](//h.example/)", "<a>a</a>"),
        ("[a](/\\h.example/)", "<a>a</a>"),
        ("[a](javascript:alert)", "<a>a</a>"),
        ("[a](data:text/html,x)", "<a>a</a>"),
        ("![a](p.png)", '<img src="../../sub/p.png" alt="a">'),
        ("![a](https://h.example/p.png)", '<a href="https://h.example/p.png" rel="noopener noreferrer">a</a>'),
        ("![a](//h.example/p.png)", "<span>a</span>"),
        ("![a](../../secret.png)", "<span>a</span>"),
        ("![a](data:image/png;base64,AAAA)", "<span>a</span>"),
        ("# Title", '<h1 id="text-title">Title</h1>'),
        ("| a |\n|--:|\n| 1 |", '<td align="right">1</td>'),
        ("x[^1]\n\n[^1]: y", 'href="#text-fn:1"'),
        ("a < b && c", "a &lt; b &amp;&amp; c"),
        ('<p id="x" title="a>b">c</p>', '<p id="text-x">c</p>'),
        ("See https://x.example/a?b=1&c=2.", '<a href="https://x.example/a?b=1&amp;c=2" rel="noopener noreferrer">'),
        ("(https://x.example/a_(b).)", ">https://x.example/a_(b)</a>.)"),
        ("**HTTP://x.example/a_b_c**!", ">HTTP://x.example/a_b_c</a></strong>!"),
        (
            "a|b\n-|-\nc|http://x.example",
            '<td><a href="http://x.example" rel="noopener noreferrer">http://x.example</a>',
        ),
        ("[see https://x.example](b.md)", '<a href="../../handbook/b/">see https://x.example</a>'),
        ("`https://x.example`", "<code>https://x.example</code>"),
        ("    https://x.example", "<code>https://x.example"),
        ("https://x.example<script>", ">https://x.example</a>"),
        ("_https://x.example_", '<em><a href="https://x.example" rel="noopener noreferrer">https://x.example</a></em>'),
        ("https://x.example/?a=&lt;b&gt;", ">https://x.example/?a=</a>&lt;b&gt;"),
        ("https://x.example/?a=1&amp;b=2&amp;", ">https://x.example/?a=1&amp;b=2</a>&amp;"),
        (
            "<a href='https://t.example/5'>https://x.example</a>, https://y.example",
            '<a href="https://t.example/5" rel="noopener noreferrer">https://x.example</a>, <a href="https://y.example"',
        ),
        (
            'See <A title="t" HREF="https://t.example/5"><b>at https://x.example</b> *https://y.example*</A>.',
            "<b>at https://x.example</b> <em>https://y.example</em></a>.",
        ),
        ('<a id="here"></a> https://x.example', '</a> <a href="https://x.example"'),
        (
            "ana@x.example ftp://x.example www.x.example http:// xhttp://a",
            "<p>ana@x.example ftp://x.example www.x.example http:// xhttp://a</p>",
        ),
    ],
)
def test_a_text_is_rendered_and_its_links_lead_where_they_should(text: str, expected: str) -> None:
    found = render(text)
    assert expected in found.html
    assert dangers_of(found.html) == []


def test_headings_of_a_records_text_stand_below_those_of_its_page() -> None:
    found = render("# One\n\n## Two & <script>\n\n###### Six\n", deeper=1)
    assert [(heading.level, heading.title) for heading in found.headings][:1] == [(2, "One")]
    assert "<h1" not in found.html
    assert "<h7" not in found.html
    assert not any("<" in heading.title for heading in found.headings)


def test_no_line_of_a_rendered_text_is_empty() -> None:
    html = render("```\na\n\n\n   \nb\n```\n\nText\n\n<pre>\n\nx\n\n</pre>\n").html
    assert all(line.strip() for line in html.split("\n"))
    assert html.count("&#10;") >= 3


SLOW = {
    "brackets": "[" * 20_000,
    "open links": "[a](" * 20_000,
    "images": "![" * 20_000,
    "pairs": "[a] [b " * 5_000,
    "footnotes": "[^" * 20_000,
    "many blocks": ("[" * 300 + "\n\n") * 200,
    "tags": "<a " * 20_000,
    "addresses": "<http://a " * 20_000,
    "declarations": "<![CDATA[" * 5_000,
    "fences": "```a\n" * 9_999,
    "fences that never end": "".join("`" * (count + 3) + "\n" for count in range(900)) + "word " * 90_000,
    "fences with words": "```a\n" * 1_000 + "word " * 180_000,
    "lists": "".join("    " * depth + "- a\n" for depth in range(400)),
    "markers": "- " * 5_000,
    "quotes": ">" * 20_000,
    "emphasis": "**a*b" * 20_000,
    "underscores": "_" * 50_000 + "a",
    "ticks": "".join("`" * (count % 50 + 1) + "a" for count in range(4_000)),
    "marks": "*a " * 100_000,
    "escapes": "\\*" * 100_000,
    "code": "`a` " * 100_000,
    "cells": "|" * 2_000 + "\n" + "|-" * 2_000 + "\n" + "a|\n" * 2_000,
    "repeated link": f"[a]: /{'x' * 900_000}\n\n" + "[a] " * 20_000,
    "long": "word " * 300_000,
    "references": "&#1;" * 20_000,
    "bare links": "http://a.b " * 90_000,
    "some bare links": "http://a.b " * 9_000,
    "a bare link of brackets": "http://a.b/" + "(" * 400_000 + ")" * 400_000,
    "a bare link of dots": "http://a" + "." * 900_000,
    "bare links of nothing": "http://" * 100_000,
    "one footnote": "[^1]\n\n" * 6_000 + "[^1]: x\n",
    "few footnotes": "".join(f"[^{number % 30}]\n\n" for number in range(40_000)) + "[^1]: x\n",
    "many footnotes": "".join(f"[^{number}]\n\n[^{number}]: x\n\n" for number in range(12_000)),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_keeps_the_parser_busy(name: str) -> None:
    started = time.process_time()
    html, _ = MarkdownReader(None).render(SLOW[name])
    assert time.process_time() - started < 3
    assert dangers_of(clean_text(html, base="portfolio/x.md", address="x/", places=PLACES, deeper=0).html) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A List<Bus> of them, and <Bus again>", ["`<Bus>`"]),
        ("<marquee>Look</marquee> <blink>here</blink>", ["`<marquee>`, `<blink>`"]),
        ("<script>alert()</script>", ["`<script>`"]),
        ("".join(f"<t{number}>" for number in range(9)), ["`<t0>`, `<t1>`, `<t2>`, `<t3>`, `<t4>` and 4 more"]),
        ("`List<Bus>`\n\n    <Bus>\n\n```\n<Bus>\n```\n\na < b, a<b, <https://x.example/>, &lt;Bus&gt;", []),
        ("<b>a</b> <KBD>b</KBD> <details><summary>c</summary>d</details>", []),
    ],
)
def test_what_is_taken_for_a_tag_and_taken_away_is_told(text: str, named: list[str]) -> None:
    told = [one.message.partition(": ")[2].partition(";")[0] for one in render(text).refused]
    assert told == named


@pytest.mark.parametrize(
    "name",
    [
        "brackets",
        "tags",
        "declarations",
        "lists",
        "cells",
        "fences with words",
        "long",
        "one footnote",
        "many footnotes",
    ],
)
def test_what_would_keep_it_busy_is_refused_with_the_reason(name: str) -> None:
    assert why_slow(SLOW[name])


def test_an_ordinary_text_of_many_links_and_code_is_not_refused() -> None:
    links = "".join(f"- [link {number}](https://x.example/{number})\n" for number in range(800))
    code = "```\n" + "[" * 5_000 + "<a " * 5_000 + "\n```\n"
    assert why_slow(links + "\n" + code * 20 + "a | b\n--|--\n" + "c | d\n" * 5_000) is None


def test_rendered_texts_are_kept_between_runs_and_only_while_they_are_used(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    first = MarkdownReader(cache)
    expected = [first.render("*a*"), first.render("*b*")]
    first.remember()
    second = MarkdownReader(cache)
    monkeypatch.setattr(second, "_parser", None)
    assert second.render("*a*") == expected[0]
    second.remember()
    third = MarkdownReader(cache)
    monkeypatch.setattr(third, "_parser", None)
    with pytest.raises(AttributeError):
        third.render("*b*")
    monkeypatch.setattr(markdown, "RENDERER", "another")
    fourth = MarkdownReader(cache)
    assert fourth.render("*a*") == expected[0], "another version renders anew"
    assert fourth._new


def test_what_a_cache_holds_is_cleaned_like_everything_else() -> None:
    found = clean_text("<script>x</script><b onclick=x>a</b>", base="x.md", address="", places=PLACES, deeper=0)
    assert found.html == "<b>a</b>"


@pytest.mark.parametrize("title", ["<script>", "&lt;script&gt;", '"><img>', "a & b", "&amp;lt;b&amp;gt;"])
def test_an_inert_title_makes_no_tag_printed_as_it_is_or_after_its_entities_were_turned_back(title: str) -> None:
    inert = inert_title(title)
    stripped = Markup(inert).striptags()  # noqa: S704 - what the theme does to a title, which is what is tested
    for printed in (inert, stripped):
        assert "<" not in printed
        assert '"' not in printed


def test_what_is_hidden_in_a_text_is_written_out_when_it_came_as_an_entity_too() -> None:
    html = clean_text("<p>a&#x202e;b&shy;c&nbsp;d</p>", base="x.md", address="", places=PLACES, deeper=0).html
    assert html == "<p>a[U+202E]b[U+00AD]c&nbsp;d</p>"


def test_hidden_controls_are_written_out_and_joiners_stay() -> None:
    assert make_visible("a\u202eb\x1b\u200bc\ud800") == "a[U+202E]b[U+001B][U+200B]c[U+D800]"
    assert make_visible("👩\u200d👩 \u0646\u200c\u0645\n\t") == "👩\u200d👩 \u0646\u200c\u0645\n\t"
