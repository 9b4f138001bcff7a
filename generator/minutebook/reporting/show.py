"""One record at one moment goes in; its fields, its text and how it came to be so come out, as text or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minutebook.history.names import PortfolioNames, title_of
from minutebook.history.telling import word_changes, word_entry
from minutebook.history.value_words import currency_beside, item_title, lower_first, one_line, word_value
from minutebook.model.configuration import Configuration
from minutebook.model.portfolio import FormerKey, Gap, RecordHistory, RecordState
from minutebook.model.record_type import Field, FieldType, RecordType
from minutebook.model.value import Fields, Value, several
from minutebook.reporting.changes import Told, changes_as_objects, landed_day, landing_lines, place_words
from minutebook.reporting.json_values import Json, json_text
from minutebook.reporting.plain import pad, visible, visible_lines, width_of
from minutebook.reporting.status import Standing, record_object


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as it stood at a moment."""

    record: RecordHistory
    """Its history up to that moment."""
    state: RecordState
    record_type: RecordType
    text: str | None
    """Its Markdown; None: it has none."""


def show_as_text(shown: Shown, standing: Standing) -> Iterator[str]:
    """The record for a reader: what it is, its fields in the order of the type, its text, its history newest last."""
    state, names = shown.state, standing.names
    yield visible(title_of(state, shown.record_type) or state.key.id)
    day = f"as of {standing.as_of.isoformat()}, " if standing.as_of is not None else ""
    last = shown.record.entries[-1].landing.commit.short
    yield visible(f"{state.key}  {state.path}  {day}last changed by {last}")
    for line in standing_lines(shown, standing.configuration):
        yield visible(line)
    if state.version is not None:
        yield ""
        yield from field_lines(state.version.fields, shown.record_type.fields, names)
    if shown.text is not None and shown.text.strip():
        yield from ("", "Text", "")
        yield from visible_lines(shown.text).rstrip("\n").split("\n")
    yield from ("", "History")
    for entry in shown.record.entries:
        for line in landing_lines([entry], standing.configuration):
            yield f"  {line}"
        for sentence in word_entry(entry, shown.record, shown.record_type, names, with_path=True):
            yield visible(f"    {sentence}")


def standing_lines(shown: Shown, configuration: Configuration) -> Iterator[str]:
    """What must be known before its fields are believed: removed, unreadable now or for a while, former ids."""
    if shown.state.removed:
        yield f"Removed on {landed_day(shown.record.entries[-1].landing, configuration)}; this is how it stood last."
    if shown.state.unreadable is not None:
        held = "this is its last good state" if shown.state.version is not None else "it never could be"
        unreadable = shown.state.unreadable
        yield f"{place_words(unreadable)}: its file cannot be read: {unreadable.reason}; {held}."
    for former in shown.record.former:
        yield f"Formerly {former.key}, until {landed_day(former.landing, configuration)}: {continuity(former)}."
    for gap in shown.record.gaps:
        if gap.until is not None:
            yield f"Unreadable {gap_words(gap, configuration)}: {gap.unreadable.reason}."


def continuity(former: FormerKey) -> str:
    """By what an id is held to be the same record's."""
    if former.similarity is None:
        return "a lineage entry says so"
    return f"{int(former.similarity * 100)} % of the content stayed"


def gap_words(gap: Gap, configuration: Configuration) -> str:
    """From when to when a record could not be read."""
    since = f"from {landed_day(gap.since, configuration)} ({gap.since.commit.short})"
    if gap.until is None:
        return f"{since} on"
    return f"{since} to {landed_day(gap.until, configuration)} ({gap.until.commit.short})"


def field_lines(values: Fields, fields: tuple[Field, ...], names: PortfolioNames) -> Iterator[str]:
    """Titles and values in two columns, in the order of the type; undeclared fields last, by their own names."""
    known = {field.name for field in fields}
    pairs: list[tuple[str, list[str]]] = [
        (visible(field.title), [visible(line) for line in value_lines(values[field.name], field, names)])
        for field in fields
        if values.get(field.name) is not None
    ]
    pairs += [
        (visible(f"{name} (undeclared)"), [visible(line) for line in series_lines(value, None, names)])
        for name, value in values.items()
        if name not in known
    ]
    width = max((width_of(title) for title, _ in pairs), default=0)
    for title, lines in pairs:
        yield f"{pad(title, width)}  {lines[0] if lines else ''}".rstrip()
        for line in lines[1:]:
            yield f"{' ' * width}  {line}".rstrip()


def value_lines(value: Value, field: Field, names: PortfolioNames) -> list[str]:
    """A value on as many lines as it needs: prose by line, one a line what a list holds, an object by its fields."""
    if field.type is FieldType.PROSE and isinstance(value, str):
        return value.split("\n")
    if field.type is FieldType.ITEMS and isinstance(value, Mapping):
        return [item_line(field, key, item, names) for key, item in value.items()]
    if field.type is FieldType.ITEMS and isinstance(value, tuple):
        return [item_words(field, item, names) for item in value]
    if field.type is FieldType.OBJECT and isinstance(value, Mapping):
        currency = currency_beside(value, field)
        parts = {part.name: part for part in field.fields}
        return [
            f"{lower_first(parts[name].title) if name in parts else one_line(name)}: "
            f"{word_value(part, parts.get(name), names, currency)}"
            for name, part in value.items()
            if part is not None
        ]
    if field.type in (FieldType.LIST, FieldType.REFERENCES):
        return series_lines(value, field, names)
    return [word_value(value, field, names)]


def series_lines(value: Value, field: Field | None, names: PortfolioNames) -> list[str]:
    """What a list holds, one a line: texts and titles have commas of their own."""
    return [word_value(part, field, names) for part in several(value)]


def item_line(field: Field, key: str, item: Value, names: PortfolioNames) -> str:
    """One item: its title, then what else it says."""
    rest = item_words(field, item, names)
    return f"{item_title(field, key, item)}: {rest}" if rest else item_title(field, key, item)


def item_words(field: Field, item: Value, names: PortfolioNames) -> str:
    """What an item says, but for its id and title."""
    if not isinstance(item, Mapping):
        return word_value(item, None, names)
    said = {
        part.name
        for part in field.fields
        if part.type is FieldType.ID or (part.role == "title" and isinstance(item.get(part.name), str))
    }
    rest = {name: value for name, value in item.items() if name not in said and value is not None}
    known = {part.name: part for part in field.fields}
    return ", ".join(
        f"{lower_first(known[name].title) if name in known else one_line(name)} "
        f"{word_value(value, known.get(name), names, currency_beside(item, field))}"
        for name, value in rest.items()
    )


def show_as_json(shown: Shown, standing: Standing) -> str:
    """The record as one JSON object: as in `status`, with its text, former ids, gaps and changes, oldest first."""
    found = record_object(shown.record, shown.state, shown.record_type)
    text = found["text"]
    if isinstance(text, dict) and shown.text is not None:
        text["markdown"] = shown.text
    former: list[Json] = [
        {"record": str(one.key), "commit": one.landing.commit.id, "similarity": _rounded(one.similarity)}
        for one in shown.record.former
    ]
    gaps: list[Json] = [
        {
            "since": gap.since.commit.id,
            "until": gap.until.commit.id if gap.until is not None else None,
            "reason": gap.unreadable.reason,
        }
        for gap in shown.record.gaps
    ]
    changes: list[Json] = []
    for entry in shown.record.entries:
        words = word_changes(entry, shown.record, shown.record_type, standing.names)
        told = Told(entry, shown.record, entry.changes, words, whole=True)
        changes.extend(changes_as_objects(told, shown.record_type))
    as_of = standing.as_of.isoformat() if standing.as_of is not None else None
    return json_text(
        {
            "commit": standing.portfolio.history.commit,
            "as_of": as_of,
            **found,
            "former": former,
            "gaps": gaps,
            "changes": changes,
        },
        indent=2,
    )


def _rounded(similarity: float | None) -> str | None:
    return f"{similarity:.4f}" if similarity is not None else None
