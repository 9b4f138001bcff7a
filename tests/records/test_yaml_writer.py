"""YAML that is written is read back as the same tree, and looks as a person would have written it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minutebook.records.yaml_reader import Tree, libyaml_parser, python_parser, read_yaml
from minutebook.records.yaml_writer import WIDTH, write_yaml

WORDS = r"""~ null no 0020 1e3 << # %TAG --- ... = !x &x *x [ ] { } , | > ' " '' @ ` \ - ? : a:b a#b 😀 é ٣"""
LINES = [
    "- x",
    "? y",
    "a: b",
    "a #b",
    "--- a",
    " ",
    "  a",
    "a ",
    "a\n",
    "\na",
    "a\n\nb",
    "a\n b\nc",
    "a \nb",
    "a\n\n",
    "\n",
]
ODD = ["\t", "a\tb", "\x85", "\u2028", "\ufeff", "\x07", "\x1b[2J", "- a\n- b", "a\n# b", "a\n---\nb"]
LONG = ["word " * 40 + "end", "word  two " * 20 + "end", "x" * 300, "a: long one, " * 20 + "end"]
HARD = st.sampled_from([*WORDS.split(), *LINES, *ODD, *LONG])
TEXTS = st.one_of(
    HARD, st.text(max_size=20), st.lists(HARD, max_size=4).map(" ".join), st.text("a \n:-#'\"", max_size=30)
)
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.one_of(st.none(), TEXTS),
    lambda inside: st.one_of(
        st.lists(inside, max_size=4).map(tuple),
        st.dictionaries(TEXTS.filter(bool), inside, max_size=4),
    ),
    max_leaves=12,
)
MAPPINGS = st.dictionaries(TEXTS.filter(bool), TREES, max_size=4)


@pytest.mark.parametrize("parser", [libyaml_parser, python_parser])
@settings(max_examples=150)
@given(tree=st.one_of(MAPPINGS, st.lists(TREES, max_size=4).map(tuple)))
@example(tree={"<<": "x", "a": {"<<": ()}})
@example(tree={"a": ("b  " * 60 + "c", "b " * 60 + "c", None, "", (), {})})
@example(tree=((("a",), "word " * 40 + "end"),))
@example(tree={"a": "word " * 19 + "aaaaa a " + "word " * 19 + "a"})
def test_what_is_written_is_read_as_the_same_tree(parser: object, tree: dict[str, Tree] | tuple[Tree, ...]) -> None:
    assert read_yaml(write_yaml(tree), parser=parser) == tree  # type: ignore[arg-type]  # one of two parsers


@settings(max_examples=100)
@given(MAPPINGS, MAPPINGS)
def test_a_mapping_is_written_as_its_entries_one_after_the_other(
    first: dict[str, Tree], second: dict[str, Tree]
) -> None:
    both = {**second, **first}
    pieces = [write_yaml({name: value}) for name, value in both.items()]
    assert write_yaml(both) == "".join(pieces or ["{}\n"])


def test_a_record_looks_as_a_person_would_write_it() -> None:
    tree: dict[str, Tree] = {
        "title": "Ticketing core renewal",
        "objective": "One fare back end for all operators, so that any ticket is valid on any vehicle and the revenue "
        "is shared by what was ridden.",
        "goals": ("one-ticket", "on-time"),
        "evidence": ("Outage log, 2021 to 2023", "Audit: June 2023"),
        "milestones": ({"id": "go-live", "due": "2025-09-29"}, {"id": "pilot", "due": None}),
        "budget": {"forecast": "2100000", "notes": "First line.\nSecond line.\n"},
        "approved": "no",
        "reason": "",
        "issues": (),
    }
    assert write_yaml(tree) == textwrap.dedent(
        """\
        title: Ticketing core renewal
        objective: >-
          One fare back end for all operators, so that any ticket is valid on any vehicle and the revenue is
          shared by what was ridden.
        goals: [one-ticket, on-time]
        evidence:
          - Outage log, 2021 to 2023
          - 'Audit: June 2023'
        milestones:
          - id: go-live
            due: 2025-09-29
          - id: pilot
            due:
        budget:
          forecast: 2100000
          notes: |
            First line.
            Second line.
        approved: no
        reason: ''
        issues: []
        """
    )


@settings(max_examples=100)
@given(st.lists(st.text("abcde,.", min_size=1, max_size=12), min_size=30, max_size=60).map(" ".join))
def test_prose_is_broken_before_the_edge_and_no_line_ends_with_a_blank(prose: str) -> None:
    for line in write_yaml({"a": {"b": (prose,)}}).splitlines():
        assert len(line) <= WIDTH + 2
        assert line == line.rstrip()
