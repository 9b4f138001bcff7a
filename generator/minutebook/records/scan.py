"""The YAML that is refused: a text before any parser sees it, and a parser's event before anything is built from it.

Both moments are linear in the text. The parsers are event parsers, which neither recurse nor expand an alias, and
which are asked for one event after the other. So a text is refused at the very character that makes it dangerous, and
one that merely holds `&`, `*`, `!` or `<<` is not: the parser itself says what is an anchor and what is plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ruamel.yaml.events import AliasEvent, CollectionStartEvent, Event, NodeEvent, ScalarEvent

from minutebook.model.record import Position

SIZE_LIMIT = 1 << 20
"""Bytes of UTF-8. Records are written by people; the longest front matter seen in a real portfolio has 2 kB."""

DEPTH_LIMIT = 32
"""Mappings and lists inside one another. The deepest field of the field language is at 4."""

_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML 1.2 does not allow in a text (section 5.1), carriage returns having been normalised before."""

_DIRECTIVE = re.compile("^\ufeff*%", re.MULTILINE)
"""Refused here because ruamel.yaml's own parser raises an IndexError at some of them. No text needs a line
that begins so. A byte order mark is read as nothing, so it hides none."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not read."""

    reason: str
    position: Position | None
    """In the text that was given; None where it is about the whole."""


def refuse_dangerous_yaml(text: str) -> Refusal | None:
    """What can be said without a parser: size, characters that YAML forbids, directives. None: let a parser begin."""
    if is_oversize(text):
        return Refusal(f"the YAML is larger than {SIZE_LIMIT // 1024} KiB: keep long texts in Markdown files", None)
    found = _FORBIDDEN.search(text)
    if found is not None:
        line_start = text.rfind("\n", 0, found.start()) + 1
        position = Position(text.count("\n", 0, line_start) + 1, found.start() - line_start + 1)
        return Refusal(f"the character U+{ord(found.group()):04X} is not allowed in YAML: remove it", position)
    if "%" in text and (directive := _DIRECTIVE.search(text)):
        line = text.count("\n", 0, directive.start()) + 1
        return Refusal("a line that begins with % is a YAML directive: remove it, or indent it", Position(line, 1))
    return None


def is_oversize(text: str) -> bool:
    """Whether a text is too large to be read as YAML."""
    # A character takes one to four bytes, so most texts need no count.
    return len(text) > SIZE_LIMIT or (len(text) > SIZE_LIMIT // 4 and len(text.encode()) > SIZE_LIMIT)


def refuse_event(event: Event, depth: int) -> Refusal | None:
    """What can be said of an event, `depth` being how many mappings and lists it opens or stands in. None: go on.

    Asked of every event of a text that holds an indicator of something dangerous, and at every opening.
    """
    reason: str | None = None
    if depth > DEPTH_LIMIT:
        reason = f"mappings and lists stand more than {DEPTH_LIMIT} deep inside one another"
    elif isinstance(event, AliasEvent):
        reason = f"`*{event.anchor}` is a YAML alias: write the value out, or put it in quotes"
    elif isinstance(event, NodeEvent) and event.anchor:
        reason = f"`&{event.anchor}` is a YAML anchor: write values out, or put the value in quotes"
    elif isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag:
        reason = f"`{event.tag}` is a YAML tag: remove it, or put the value in quotes"
    if reason is None:
        return None
    return Refusal(reason, Position(event.start_mark.line + 1, event.start_mark.column + 1))


def is_merge_key(event: ScalarEvent) -> bool:
    """Whether a mapping's key is YAML's merge key: `<<` without quotes."""
    return bool(event.value == "<<" and event.implicit[0])


INDICATORS = re.compile(r"[&*!]")
"""A text without any of these has no alias, anchor or tag, and its events need not be looked at one by one."""
