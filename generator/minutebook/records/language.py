"""The definition of a record type in YAML -> the record type: the field language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from minutebook.errors import ConfigError
from minutebook.model.record_type import ROLES, Field, FieldType, Lifecycle, RecordType
from minutebook.model.reserved import RESERVED
from minutebook.records.definition import Part, required, suggest
from minutebook.records.paths import FileKind, PathMatcher, kind_of, placeholders_of

TYPE_SETTINGS = ("extends", "title", "plural", "description", "paths", "text", "publish", "fields")
FIELD_SETTINGS = (
    "type",
    "title",
    "singular",
    "role",
    "required",
    "description",
    "values",
    "lifecycle",
    "to",
    "separator",
    "fields",
    "publish",
)
STATE_SETTINGS = ("to", "final", "frozen")

HEALTH_VALUES = ("green", "amber", "red")
RESERVED_FIELDS = frozenset(["text"])
"""Names that a path of changes uses for something else: `text` is the record's Markdown."""

_TYPE_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_FIELD_NAME = re.compile(r"\w[\w -]{0,79}")
_ID_PLACEHOLDER = "id"

_ONLY_FOR: Mapping[str, frozenset[FieldType]] = {
    "values": frozenset([FieldType.ENUM, FieldType.STATUS, FieldType.HEALTH]),
    "lifecycle": frozenset([FieldType.STATUS]),
    "to": frozenset([FieldType.REFERENCE, FieldType.REFERENCES]),
    "separator": frozenset([FieldType.LIST, FieldType.PERSONS, FieldType.REFERENCES]),
    "fields": frozenset([FieldType.ITEMS, FieldType.OBJECT]),
    "singular": frozenset([FieldType.ITEMS]),
}
"""Settings that mean something for some field types alone."""


def read_record_type(name: str, definition: Part, built_in: Mapping[str, RecordType]) -> RecordType | None:
    """The record type called `name`; None where the definition does not even give one.

    A definition called as a built-in type that has neither `extends` nor `paths` refines that type. Everything wrong
    is reported to the definition's problems, which whoever reads the file raises. `built_in` may be extended.
    """
    if not _TYPE_NAME.fullmatch(name):
        definition.report_key(
            f"`{name}` is no name for a record type: small letters, digits, - and _, beginning with a letter"
        )
    if name in RESERVED:
        definition.report_key(
            f"no record type can be called `{name}`: its pages would take the place of {RESERVED[name]}; the site "
            f"keeps for itself {', '.join(RESERVED)}"
        )
    settings = definition.settings(TYPE_SETTINGS)
    base: RecordType | None = None
    if (extends := settings.get("extends")) is not None:
        base_name = extends.word(built_in)
        base = built_in.get(base_name or "")
    elif "paths" not in settings:
        base = built_in.get(name)
    title = _text(settings, "title", base.title if base else _title_of(name))
    fields: tuple[Field, ...] = base.fields if base else ()
    if (fields_part := settings.get("fields")) is not None:
        fields = read_fields(fields_part, fields)
    elif base is None:
        required(settings, "fields", definition)
    record_type = RecordType(
        name=name,
        title=title,
        plural=_text(settings, "plural", base.plural if base and base.title == title else f"{title}s"),
        paths=settings["paths"].texts() if "paths" in settings else base.paths if base else (),
        fields=fields,
        description=_optional_text(settings, "description", base.description if base else None),
        text=_optional_text(settings, "text", base.text if base else None),
        publish=settings["publish"].boolean() if "publish" in settings else base is None or base.publish,
    )
    if not record_type.paths:
        required(settings, "paths", definition)
        return None
    return _with_placeholders(record_type, settings.get("paths", definition))


def read_fields(whole: Part, base: tuple[Field, ...] = ()) -> tuple[Field, ...]:
    """The fields of a type, an item or an object: those of `base`, refined by those of the same name, then the new."""
    found = {field.name: field for field in base}
    for name, part in whole.entries("fields, each with its type").items():
        if name in RESERVED_FIELDS:
            part.report_key(f"no field can be called `{name}`: the word is kept for the record's Markdown")
        elif not _FIELD_NAME.fullmatch(name):
            part.report_key(f"`{name}` is no name for a field: letters, digits, _ and -")
        field = _read_field(name, part, found.get(name))
        if field is not None:
            found[name] = field
    ids = [field.name for field in found.values() if field.type is FieldType.ID]
    if len(ids) > 1:
        whole.report(f"two fields are of type id, `{ids[0]}` and `{ids[1]}`: one names the record or item")
    return tuple(found.values())


def _read_field(name: str, part: Part, base: Field | None) -> Field | None:
    """One field; what it does not say comes from `base`, unless it is of another type."""
    settings = part.settings(FIELD_SETTINGS)
    if "type" in settings or base is None:
        type_part = required(settings, "type", part)
        type_word = type_part.word(kind.value for kind in FieldType) if type_part is not None else None
        if type_word is None:
            return None
        kind = FieldType(type_word)
        if base is not None and base.type is not kind:
            base = None
    else:
        kind = base.type
    for setting, kinds in _ONLY_FOR.items():
        if setting in settings and kind not in kinds:
            only = ", ".join(sorted(one.value for one in kinds))
            settings[setting].report_key(f"`{setting}` has no meaning for the type {kind.value}, only for {only}")
    start = base or Field(name, kind, _title_of(name), values=HEALTH_VALUES if kind is FieldType.HEALTH else ())
    role = settings["role"].word(ROLES) if "role" in settings else start.role
    lifecycle, values = _read_vocabulary(settings, start)
    title = _text(settings, "title", start.title)
    fields = start.fields
    if "fields" in settings:
        fields = read_fields(settings["fields"], fields)
    elif kind in _ONLY_FOR["fields"] and not fields:
        required(settings, "fields", part)
    return Field(
        name=name,
        type=kind,
        title=title,
        role=role,
        required=settings["required"].boolean() if "required" in settings else start.required,
        description=_optional_text(settings, "description", start.description),
        values=values,
        lifecycle=lifecycle,
        to=settings["to"].texts() if "to" in settings else start.to,
        separator=_separator(settings["separator"]) if "separator" in settings else start.separator,
        singular=_optional_text(settings, "singular", start.singular if title == start.title else None),
        fields=fields,
        publish=_is_published(settings["publish"], kind) if "publish" in settings else start.publish,
    )


def _is_published(part: Part, kind: FieldType) -> bool:
    """What a field says of itself. An id cannot be kept back: addresses, references and anchors are made of it."""
    publish = part.boolean()
    if kind is FieldType.ID and not publish:
        part.report_key(
            "an id is published wherever its record or item is, in addresses and references: leave out the type or the "
            "list that it belongs to, or choose ids that tell nothing"
        )
    return publish


def _read_vocabulary(settings: Mapping[str, Part], start: Field) -> tuple[Lifecycle | None, tuple[str, ...]]:
    """The lifecycle of a status and the words that a field allows; a lifecycle gives both."""
    if "lifecycle" in settings:
        if "values" in settings:
            settings["values"].report_key("a lifecycle gives the values already: write one of the two")
        lifecycle = _read_lifecycle(settings["lifecycle"])
        return lifecycle, tuple(lifecycle.transitions)
    if "values" in settings:
        return None, settings["values"].texts()
    return start.lifecycle, start.values


def _read_lifecycle(part: Part) -> Lifecycle:
    """States, each with those that may follow: a list, or a mapping with `to`, `final` and `frozen`."""
    transitions: dict[str, tuple[str, ...]] = {}
    final: set[str] = set()
    frozen: set[str] = set()
    targets: list[Part] = []
    for state, what in part.entries("states, each with those that may follow").items():
        following: Part | None = what
        if what.tree is None:
            following = None
        elif isinstance(what.tree, dict):
            settings = what.settings(STATE_SETTINGS)
            following = settings.get("to")
            if "final" in settings and settings["final"].boolean():
                final.add(state)
            if "frozen" in settings and settings["frozen"].boolean():
                frozen.add(state)
        transitions[state] = following.texts() if following is not None else ()
        if following is not None:
            targets.extend(following.parts())
    if not transitions:
        part.report("`lifecycle` needs at least one state")
    for target in targets:
        if isinstance(target.tree, str) and target.tree.strip() not in transitions:
            target.report(
                f"`{target.tree.strip()}` is no state of this lifecycle; {suggest(target.tree.strip(), transitions)}"
            )
    return Lifecycle(transitions, frozenset(final), frozenset(frozen))


def _with_placeholders(record_type: RecordType, part: Part) -> RecordType | None:
    """The type with a field for each placeholder that it does not declare; None where its paths cannot be used."""
    try:
        PathMatcher([record_type])
        names = dict.fromkeys(name for path in record_type.paths for name in placeholders_of(path))
    except ConfigError as error:
        part.report(str(error.message))
        return None
    if record_type.id_field is None:
        for path in record_type.paths:
            if kind_of(path) is FileKind.DOCUMENT and _ID_PLACEHOLDER not in placeholders_of(path):
                part.report(
                    f"the path `{path}` has no `{{id}}`, and no field has the type `id`: nothing would tell which "
                    "record a file is"
                )
    missing = [name for name in names if name != _ID_PLACEHOLDER and record_type.field(name) is None]
    if any(name in RESERVED_FIELDS for name in missing):
        part.report("no placeholder can be called `text`: the word is kept for the record's Markdown")
    extra = tuple(
        Field(name, FieldType.TEXT, _title_of(name), description="Comes from the record's path.") for name in missing
    )
    if not extra:
        return record_type
    return RecordType(
        name=record_type.name,
        title=record_type.title,
        plural=record_type.plural,
        paths=record_type.paths,
        fields=(*record_type.fields, *extra),
        description=record_type.description,
        text=record_type.text,
        publish=record_type.publish,
    )


def _title_of(name: str) -> str:
    """How a reader is told of a name: "health_reason" gives "Health reason"."""
    words = re.sub("[_-]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def _text(settings: Mapping[str, Part], key: str, otherwise: str) -> str:
    """A setting that is a text, or what holds without it."""
    found = settings[key].text() if key in settings else None
    return otherwise if found is None else found


def _optional_text(settings: Mapping[str, Part], key: str, otherwise: str | None) -> str | None:
    """A setting that is a text, or what holds without it, perhaps nothing."""
    return settings[key].text() if key in settings else otherwise


def _separator(part: Part) -> str | None:
    """What stands between the entries of a list in one string; here a blank counts."""
    if isinstance(part.tree, str) and part.tree:
        return part.tree
    part.report('`separator` must be a text, such as ","')
    return None
