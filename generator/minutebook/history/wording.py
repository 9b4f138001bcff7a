"""A change as data goes in; the sentence that tells a reader of it comes out (L7), without colour or markup."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from minutebook.history.headings import plain_heading
from minutebook.history.names import Names
from minutebook.history.places import Place
from minutebook.history.spans import exact_span
from minutebook.history.value_words import (
    LONGEST,
    VOCABULARIES,
    count,
    currency_of,
    is_ordinary,
    name_choice,
    one_line,
    plain_word,
    shorten,
    true_minus,
    word_number,
    word_value,
)
from minutebook.model.change import Change, ChangeKind, SectionDelta, TextDelta
from minutebook.model.record_type import Field, FieldType
from minutebook.model.value import Money, Text, Value

MOST_PARTS = 5
"""So many parts of a list are named in a sentence; the others are counted."""

MOST_SECTIONS = 2
"""So many sections of a text are named in a sentence, those with most lines; the others are counted."""

NAMED = frozenset([FieldType.PERSON, FieldType.PERSONS, FieldType.REFERENCE, FieldType.REFERENCES])
"""Types whose values are told by the name of a person or a record, without quotation marks."""

BEFORE_HEADINGS = "before any heading"
"""Where the lines of a section stand that has none; true as well of a text without headings."""

ANOTHER_WAY = "written another way"
"""For values that differ only in what a sentence leaves out: white space, the address of a person."""

MORE = 400
"""Characters of one value where the usual number does not show the difference."""

LEAD = 20
"""Characters that are told of a long text before its first difference."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What the sentences about one field share."""

    subject: str
    """What the sentence speaks of, as its first words."""
    field: Field | None
    """The definition of the field; None: it is not declared."""
    names: Names
    currency: str | None
    """The currency that the record states beside an amount; None: it states none."""
    unit: str | None
    """What the record says that the figure counts; None: it does not say."""

    def words(self, value: Value, longest: int = LONGEST) -> str:
        """A value, short enough for a sentence."""
        if isinstance(value, str) and self.field is not None and self.field.type in VOCABULARIES:
            return shorten(plain_word(value), longest)
        words = shorten(word_value(value, self.field, self.names, self.currency), longest)
        return f"{words} {name_choice(self.unit)}" if self.unit is not None and isinstance(value, Decimal) else words

    def quoted(self, value: Value) -> str:
        """Text in quotation marks, each of several in its own; names and impossible values as they are."""
        if isinstance(value, tuple):
            return name_parts(tuple(map(self.quoted, value)))
        named = self.field is not None and self.field.type in NAMED
        return f"“{self.words(value)}”" if isinstance(value, str) and not named else self.words(value)


def word_change(change: Change, field: Field | None, names: Names, *, place: Place | None = None) -> str:
    """One sentence, without a full stop, for one change.

    `field` is the definition of the field that changed (None: an event, the text, or an undeclared field).
    `place` says what the sentence speaks of, where the field is part of an item or object; else it is its title.
    """
    place = place or Place(field, field.title if field is not None else one_line(change.field))
    topic = Topic(place.subject, field, names, place.currency, place.unit)
    match change.kind:
        case ChangeKind.MARKDOWN:
            return word_text_change(change)
        case ChangeKind.DATE:
            return word_date_change(topic, change.before, change.after)
        case ChangeKind.MONEY:
            return word_money_change(topic, change.before, change.after)
        case ChangeKind.NUMBER | ChangeKind.PERCENT:
            return word_number_change(topic, change.before, change.after)
        case ChangeKind.BOOLEAN | ChangeKind.ENUM | ChangeKind.STATUS | ChangeKind.HEALTH:
            return word_replacement(topic, change.before, change.after)
        case ChangeKind.PERSON | ChangeKind.REFERENCE | ChangeKind.URL | ChangeKind.OBJECT:
            return word_replacement(topic, change.before, change.after, colon=True)
        case ChangeKind.TEXT | ChangeKind.ID | ChangeKind.PROSE:
            return word_rewriting(topic, change.before, change.after, change.delta)
        case ChangeKind.PERSONS | ChangeKind.REFERENCES | ChangeKind.LIST | ChangeKind.UNDECLARED:
            return word_list_change(topic, change.before, change.after)
        case ChangeKind.ITEM:
            return word_item_change(topic, change.before, change.after)
        case ChangeKind.ITEMS:
            return word_items_change(topic, change.before, change.after)
        case (
            ChangeKind.CREATED
            | ChangeKind.REMOVED
            | ChangeKind.RESTORED
            | ChangeKind.RENAMED
            | ChangeKind.MOVED
            | ChangeKind.UNREADABLE
            | ChangeKind.READABLE
        ):
            return word_event(change)
        case _:
            assert_never(change.kind)


def word_event(change: Change) -> str:
    """The sentence for what happened to a record as a whole."""
    before = one_line(change.before) if isinstance(change.before, str) else ""
    after = one_line(change.after) if isinstance(change.after, str) else ""
    if change.kind is ChangeKind.RENAMED:
        return f"Renamed from {before} to {after}"
    if change.kind is ChangeKind.MOVED:
        return f"Moved from {before} to {after}"
    if change.kind is ChangeKind.UNREADABLE:
        return f"Unreadable: {after}" if after else "Unreadable"
    if change.kind is ChangeKind.READABLE:
        return "Readable again"
    if change.kind is ChangeKind.CREATED and after:
        return f"Created in {after}"
    return str(change.kind.value).capitalize()


def word_replacement(topic: Topic, before: Value, after: Value, *, colon: bool = False) -> str:
    """One value in the place of another: "Health green to red"; with a colon where the values may be several words."""
    if before is None:
        return f"{topic.subject} set to {topic.words(after)}"
    if after is None:
        return f"{topic.subject} removed (was {topic.words(before)})"
    for longest in (LONGEST, MORE):
        old, new = topic.words(before, longest), topic.words(after, longest)
        if old != new:
            return f"{topic.subject}{':' if colon else ''} {old} to {new}"
    return word_sameness(topic, (before,), (after,))


def word_sameness(topic: Topic, before: tuple[Value, ...], after: tuple[Value, ...]) -> str:
    """For values of the same words: which reference took the place of which, where a record goes by another id now."""
    if topic.field is not None and topic.field.type in (FieldType.REFERENCE, FieldType.REFERENCES):
        ids = [tuple(one_line(value) for value in side if isinstance(value, str)) for side in (before, after)]
        old, new = without(ids[0], ids[1]), without(ids[1], ids[0])
        if old and len(old) == len(new):
            pairs = tuple(f"{former} is now {name}" for former, name in zip(old, new, strict=True))
            return f"{topic.subject}: {name_parts(pairs)}"
    return f"{topic.subject} {ANOTHER_WAY}"


def word_rewriting(topic: Topic, before: Value, after: Value, delta: TextDelta | None = None) -> str:
    """One text in the place of another: in quotation marks, or by its lines where they were compared."""
    if delta is not None:
        return f"{topic.subject} reworded{word_lines(delta)}"
    if before is None:
        return f"{topic.subject} set to {topic.quoted(after)}"
    if after is None:
        return f"{topic.subject} removed (was {topic.quoted(before)})"
    if isinstance(before, str) and isinstance(after, str):
        before, after = from_difference(one_line(before), one_line(after))
    if topic.words(before) == topic.words(after):
        return f"{topic.subject} {ANOTHER_WAY}"
    return f"{topic.subject}: {topic.quoted(before)} to {topic.quoted(after)}"


def from_difference(before: str, after: str) -> tuple[str, str]:
    """Two texts, from shortly before the first difference where they are too long to be told whole."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    pairs = enumerate(zip(before, after, strict=False))
    same = next((index for index, (old, new) in pairs if old != new), min(len(before), len(after)))
    start = before.rfind(" ", 0, max(same - LEAD, 0)) + 1
    return (before, after) if start == 0 else (f"…{before[start:]}", f"…{after[start:]}")


def word_date_change(topic: Topic, before: Value, after: Value) -> str:
    """A date with its shift, where both are dates. That figures speak of a later day is no delay."""
    if isinstance(before, dt.date) and isinstance(after, dt.date) and before != after:
        if topic.field is not None and topic.field.role == "as_of":
            return f"{topic.subject} {after.isoformat()} (was {before.isoformat()})"
        shift = f"moved {exact_span(abs((after - before).days), max(before, after))}"
        shift = f"{shift} {'later' if after > before else 'earlier'}"
        return f"{topic.subject} {shift}: {before.isoformat()} to {after.isoformat()}"
    return word_replacement(topic, before, after)


def word_money_change(topic: Topic, before: Value, after: Value) -> str:
    """An amount with the difference and its share, where both are amounts in one currency."""
    if isinstance(before, Money) and isinstance(after, Money):
        unit = currency_of(after, topic.names, topic.currency)
        difference = word_difference(before.amount, after.amount, unit)
        if difference and unit == currency_of(before, topic.names, topic.currency):
            share = f" ({word_share(before.amount, after.amount)})" if before.amount > 0 else ""
            return f"{topic.subject} {difference}{share}: {word_number(before.amount)} to {topic.words(after)}"
    return word_replacement(topic, before, after)


def word_number_change(topic: Topic, before: Value, after: Value) -> str:
    """Which way a figure went, from what to what: the two say by how much. What both count is said once."""
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        way = word_way(before, after)
        if way:
            return f"{topic.subject} {way} from {word_number(before)} to {topic.words(after)}"
    return word_replacement(topic, before, after)


def word_way(before: Decimal, after: Decimal) -> str:
    """Whether a number rose or fell: "up" or "down". Empty where it did not, or cannot be told in full."""
    if not (is_ordinary(before) and is_ordinary(after)) or before == after:
        return ""
    return "up" if after > before else "down"


def word_difference(before: Decimal, after: Decimal, unit: str) -> str:
    """By how much an amount rose or fell: "up 40,000 EUR". Empty where it cannot be told in full."""
    way = word_way(before, after)
    return f"{way} {word_number(abs(after - before))} {unit}" if way else ""


def word_share(before: Decimal, after: Decimal) -> str:
    """A difference in proportion to what was, with its sign: "+12 %"; under one per cent to a tenth: "+0.4 %"."""
    percent = (after - before) / before * 100
    if abs(percent) < Decimal("0.05"):
        return "under 0.1 %"
    return true_minus(f"{percent:+,.0f} %" if abs(percent) >= 1 else f"{percent:+.1f} %")


def word_list_change(topic: Topic, before: Value, after: Value) -> str:
    """What was added to a list and what was removed from it."""
    if not isinstance(before, tuple | None) or not isinstance(after, tuple | None):
        return word_rewriting(topic, before, after)
    old, new = tuple(map(topic.quoted, before or ())), tuple(map(topic.quoted, after or ()))
    added, removed = without(new, old), without(old, new)
    parts = [f"{verb} {name_parts(some)}" for verb, some in (("added", added), ("removed", removed)) if some]
    if parts:
        return f"{topic.subject}: {'; '.join(parts)}"
    return word_sameness(topic, before or (), after or ()) if old == new else f"{topic.subject}: order changed"


def without(parts: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The parts that are left when each of the others has taken one of its equals away, in their order."""
    taken = Counter(others)
    left = []
    for part in parts:
        if taken[part]:
            taken[part] -= 1
        else:
            left.append(part)
    return tuple(left)


def name_parts(parts: tuple[str, ...]) -> str:
    """The first few parts of a list by name, the others counted: "A, B and 3 more"."""
    named = ", ".join(parts[:MOST_PARTS])
    return f"{named} and {len(parts) - MOST_PARTS:,} more" if len(parts) > MOST_PARTS else named


def word_item_change(topic: Topic, before: Value, after: Value) -> str:
    """An item that came, with the day by which it is due, or went."""
    item = before if after is None else after
    due_field = topic.field.with_role("due") if topic.field is not None else None
    value = item.get(due_field.name) if isinstance(item, Mapping) and due_field is not None else None
    due = word_due(value, due_field, topic.names)
    if before is None:
        return f"{topic.subject} added, {due}" if due else f"{topic.subject} added"
    if after is None:
        return f"{topic.subject} removed (was {due})" if due else f"{topic.subject} removed"
    return f"{topic.subject} changed"


def word_due(value: Value, field: Field | None, names: Names) -> str:
    """By which day something is due: "due 2026-03-01"; empty: it does not say."""
    return f"due {shorten(word_value(value, field, names))}" if value is not None else ""


def word_items_change(topic: Topic, before: Value, after: Value) -> str:
    """Items that have no ids, compared as a whole: how many came and went."""
    if not isinstance(before, tuple | None) or not isinstance(after, tuple | None):
        return word_replacement(topic, before, after, colon=True)
    old, new = tuple(map(fingerprint, before or ())), tuple(map(fingerprint, after or ()))
    counts = (len(without(new, old)), "added"), (len(without(old, new)), "removed")
    parts = [f"{number:,} {verb}" for number, verb in counts if number]
    return f"{topic.subject}: {', '.join(parts)}" if parts else f"{topic.subject}: order changed"


def fingerprint(item: Value) -> str:
    """A text that two items share when they hold the same, in whatever order."""
    return repr(sorted(item.items(), key=lambda part: part[0])) if isinstance(item, Mapping) else repr(item)


def word_lines(delta: TextDelta) -> str:
    """How many lines came and went, in brackets; empty where none did."""
    if not (delta.added or delta.removed):
        return ""
    if not delta.removed:
        return f" ({count(delta.added, 'line')} added)"
    if not delta.added:
        return f" ({count(delta.removed, 'line')} removed)"
    return f" ({count(delta.added, 'line')} added, {delta.removed:,} removed)"


def word_text_change(change: Change) -> str:
    """What an edit did to the text of a record, by section."""
    before, after = change.before, change.after
    if before is None and isinstance(after, Text):
        return f"Text written ({count(after.lines, 'line')})"
    if after is None and isinstance(before, Text):
        return f"Text removed ({count(before.lines, 'line')})"
    sections = (
        [section for section in change.delta.sections if section.added or section.removed] if change.delta else []
    )
    if not sections:
        return "Text edited"
    by_size = sorted(range(len(sections)), key=lambda n: sections[n].added + sections[n].removed, reverse=True)
    named = ", ".join(word_section(sections[n]) for n in sorted(by_size[:MOST_SECTIONS]))
    more = len(sections) - MOST_SECTIONS
    return f"Text: {named} (and {count(more, 'more section')})" if more > 0 else f"Text: {named}"


def word_section(section: SectionDelta) -> str:
    """One section with its lines: "Specification +12 lines"."""
    figures = [f"+{section.added:,}"] if section.added else []
    figures += [true_minus(f"-{section.removed:,}")] if section.removed else []
    noun = "line" if section.added + section.removed == 1 else "lines"
    return f"{shorten(plain_heading(section.heading)) or BEFORE_HEADINGS} {' '.join(figures)} {noun}"
