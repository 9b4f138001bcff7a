"""What is refused before anything is built from it, and that nothing else is."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from minutebook.model.record import Position
from minutebook.records.document import ParseFailure, parse_file
from minutebook.records.paths import FileKind
from minutebook.records.scan import DEPTH_LIMIT, SIZE_LIMIT
from minutebook.records.yaml_reader import EventParser, YamlProblem, libyaml_parser, python_parser, read_yaml

PARSERS = pytest.mark.parametrize("parser", [libyaml_parser, python_parser], ids=["libyaml", "python"])

REFUSED = {
    "anchor": ("a: &x 1\n", "`&x` is a YAML anchor", Position(1, 4)),
    "anchor of a list": ("a: 1\nb: &x\n  - 1\n", "`&x` is a YAML anchor", Position(2, 4)),
    "alias": ("a: 1\nb: *x\n", "`*x` is a YAML alias", Position(2, 4)),
    "alias as a key": ("*x : 1\n", "`*x` is a YAML alias", Position(1, 1)),
    "merge key": ("a: 1\n<<: {b: 1}\n", "`<<` is a YAML merge key", Position(2, 1)),
    "tag": ("a: !thing 1\n", "`!thing` is a YAML tag", Position(1, 4)),
    "core tag": (
        "a: !!python/name:os.system 1\n",
        "`tag:yaml.org,2002:python/name:os.system` is a YAML tag",
        Position(1, 4),
    ),
    "bare tag": ("a: ! 1\n", "`!` is a YAML tag", Position(1, 4)),
    "tag of a mapping": ("a: !!set {b, c}\n", "`tag:yaml.org,2002:set` is a YAML tag", Position(1, 4)),
    "version": ("%YAML 1.1\n---\na: 1\n", "a line that begins with % is a YAML directive", Position(1, 1)),
    "tag handle": ("# x\n%TAG ! tag:x,2000:\n---\na: 1\n", "a line that begins with %", Position(2, 1)),
    "directive behind a byte order mark": (
        "# x\n\ufeff%YAML 1.1\n---\na: 1\n",
        "a line that begins with %",
        Position(2, 1),
    ),
    "escape character": ("a: b\nc: \x1b[31m\n", "the character U+001B is not allowed", Position(2, 4)),
    "NUL": ("a: \0\n", "the character U+0000 is not allowed", Position(1, 4)),
    "delete": ("a: \x7f\n", "the character U+007F is not allowed", Position(1, 4)),
    "non-character": ("a: \uffff\n", "the character U+FFFF is not allowed", Position(1, 4)),
    "deep flow": ("a: " + "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT, "more than 32 deep", Position(1, 35)),
    "unclosed brackets": ("[" * 20_000, "more than 32 deep", Position(1, 33)),
    "unclosed braces": ("{a: " * 20_000, "more than 32 deep", Position(1, 129)),
    "brackets in lines": ("[\n" * 20_000, "more than 32 deep", Position(33, 1)),
    "dashes": ("- " * 20_000, "more than 32 deep", Position(1, 65)),
    "deep block": ("".join(f"{' ' * depth}a:\n" for depth in range(200)), "more than 32 deep", Position(33, 33)),
    "large": ("a: " + "x" * SIZE_LIMIT, "the YAML is larger than 1024 KiB", None),
    "large in bytes": ("a: " + "€" * (SIZE_LIMIT // 3), "the YAML is larger than 1024 KiB", None),
    "large comment": ("#" * 5_000_000 + "\na: 1\n", "the YAML is larger than 1024 KiB", None),
}

ORDINARY = {
    "ampersand": ("a: R&D\n", "R&D"),
    "ampersand alone": ("a: research & development\n", "research & development"),
    "stars": ("a: 3 * 4 ** 2\n", "3 * 4 ** 2"),
    "exclamation": ("a: now !important\n", "now !important"),
    "less than": ("a: 1 << 3\n", "1 << 3"),
    "percent": ("a: 12 %\n", "12 %"),
    "quoted": ("a: '&x *y !z << %'\n", "&x *y !z << %"),
    "double quoted": ('a: "*all* &c."\n', "*all* &c."),
    "quoted merge key": ("a: {'<<': 1}\n", {"<<": "1"}),
    "block": ("a: |\n  *x\n  &y\n  !z\n  <<: 1\n  %d\n", "*x\n&y\n!z\n<<: 1\n%d\n"),
    "continued": ("a: one\n  *two*\n", "one *two*"),
    "comment": ("a: 1 # &x *y !z\n", "1"),
    "many brackets in prose": ("a: |\n  " + "[ " * 500 + "\n", "[ " * 500 + "\n"),
    "wide list": ("a: [" + "x, " * 500 + "x]\n", ("x",) * 501),
    "deepest": ("a: " + "[" * (DEPTH_LIMIT - 1) + "]" * (DEPTH_LIMIT - 1), None),
    "emoji": ("a: 😀\n", "😀"),
}


def refusal_of(text: str, parser: Callable[[str], EventParser]) -> YamlProblem:
    with pytest.raises(YamlProblem) as caught:
        read_yaml(text, parser=parser)
    return caught.value


@PARSERS
@pytest.mark.parametrize("name", REFUSED)
def test_dangerous_yaml_is_refused_with_its_place(name: str, parser: Callable[[str], EventParser]) -> None:
    text, reason, position = REFUSED[name]
    problem = refusal_of(text, parser)
    assert reason in problem.reason
    assert problem.position == position


@PARSERS
@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_text_is_read_whatever_characters_it_has(name: str, parser: Callable[[str], EventParser]) -> None:
    text, expected = ORDINARY[name]
    tree = read_yaml(text, parser=parser)
    assert isinstance(tree, dict)
    if expected is not None:
        assert tree["a"] == expected


BOMB = "a: &a [x,x,x]\n" + "".join(f"{b}: &{b} [*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
MERGE_BOMB = "a: &a {x: 1}\n" + "".join(
    f"{b}: &{b} {{<<: [*{a}, *{a}, *{a}, *{a}, *{a}]}}\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

HOSTILE = {
    "alias bomb": BOMB,
    "merge-key bomb": MERGE_BOMB,
    "brackets": "[" * 1_000_000,
    "braces with keys": "{a: " * 200_000,
    "brackets in lines": "[\n" * 500_000,
    "dashes": "- " * 500_000,
    "question marks": "? " * 500_000,
    "deep block": "".join(f"{' ' * depth}a:\n" for depth in range(1_400)),
    "long comment": "#" * 5_000_000 + "\na: 1\n",
    "unclosed quote": "a: '" + "x " * 500_000,
    "unclosed double quote": 'a: "' + "\n" * 1_000_000,
    "long key": "k" * 1_000_000 + ": 1\n",
    "many anchors": "".join(f"a{n}: &b{n} 1\n" for n in range(50_000)),
    "colons": "a" + ": " * 500_000,
    "tabs": "\t" * 1_000_000,
    "NUL": "a: \0" * 100_000,
    "5 MB record": "".join(f"k{n}: {'x' * 90}\n" for n in range(52_000)),
}


@pytest.mark.parametrize("kind", list(FileKind), ids=lambda kind: kind.value)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_answered_in_well_under_a_second(name: str, kind: FileKind) -> None:
    data = HOSTILE[name].encode()
    if kind is FileKind.DOCUMENT:
        data = b"---\n" + data + b"\n---\ntext\n"
    started = time.perf_counter()
    result = parse_file(kind, data)
    assert time.perf_counter() - started < 1
    assert isinstance(result, ParseFailure)
    assert result.reason


def test_a_mapping_is_read_in_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "".join(f"key{n}: value\n" for n in range(count))
        times = []
        for _ in range(3):
            started = time.perf_counter()
            read_yaml(text)
            times.append(time.perf_counter() - started)
        return min(times)

    # Ten times the keys may take forty times as long, on a busy machine; quadratic would be a hundred times.
    assert seconds(20_000) < 40 * seconds(2_000)
