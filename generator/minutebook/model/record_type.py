"""What a kind of record looks like: its paths, its fields and what they mean, its lifecycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class FieldType(Enum):
    """How the text of a scalar becomes a value. The names are those of the field language."""

    ID = "id"
    TEXT = "text"
    PROSE = "prose"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    ENUM = "enum"
    STATUS = "status"
    HEALTH = "health"
    PERSON = "person"
    PERSONS = "persons"
    REFERENCE = "reference"
    REFERENCES = "references"
    URL = "url"
    LIST = "list"
    ITEMS = "items"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Which status may follow which."""

    transitions: Mapping[str, tuple[str, ...]] = field(hash=False)  # a mapping has no hash; equal ones are still equal
    """Every state in the order written, with the states that may follow it."""
    final: frozenset[str]
    """States in which nothing more is expected."""
    frozen: frozenset[str]
    """States in which the record is no longer edited."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type, of an item or of an object."""

    name: str
    type: FieldType
    title: str
    """How a reader is told of it: "Health reason"."""
    role: str | None = None
    """What it means to the product, whatever it is called: one of `ROLES`. None: shown, with no meaning of its own."""
    required: bool = False
    description: str | None = None
    """For the data dictionary and for editors."""
    values: tuple[str, ...] = ()
    """The vocabulary of an enum, status or health, in order; empty: any word."""
    lifecycle: Lifecycle | None = None
    """Only for a status, where one was written."""
    to: tuple[str, ...] = ()
    """The record types that a reference may lead to; empty: any."""
    separator: str | None = None
    """Splits a list that is written in one string. None: the list is a YAML list, a lone scalar is a list of one."""
    singular: str | None = None
    """How a reader is told of one item: "Milestone". None: nobody has said, and only the title is known."""
    fields: tuple[Field, ...] = ()
    """The fields of an item or object."""
    publish: bool = True
    """False: kept in history and checks, left out of every page and export."""

    @property
    def hides(self) -> bool:
        """Whether it, or any part of it, is not published."""
        return not self.publish or any(part.hides for part in self.fields)

    @property
    def id_field(self) -> Field | None:
        """The sub-field by which items are known; None: they have no id."""
        return next((field for field in self.fields if field.type is FieldType.ID), None)

    def with_role(self, role: str) -> Field | None:
        """The first sub-field that has this role, or None."""
        return next((field for field in self.fields if field.role == role), None)

    def published_role(self, role: str) -> Field | None:
        """The same, where it is published: what a page may speak of."""
        field = self.with_role(role)
        return field if field is not None and field.publish else None


@dataclass(frozen=True, slots=True)
class RecordType:
    """A kind of record, compiled from its YAML definition."""

    name: str
    """The word in addresses and in `type/id`: "project"."""
    title: str
    plural: str
    paths: tuple[str, ...]
    """Patterns relative to the portfolio's root, the one to write first: "projects/{id}.md"."""
    fields: tuple[Field, ...]
    description: str | None = None
    text: str | None = None
    """The file beside a YAML record that holds its text; None: the text is in the same file, or there is none."""
    publish: bool = True
    """False: no page, no export (people.yml)."""

    def field(self, name: str) -> Field | None:
        """The top-level field of this name, or None where it is not declared."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def id_field(self) -> Field | None:
        """The field in which a record may say its id; None: its path or its register tells."""
        return next((field for field in self.fields if field.type is FieldType.ID), None)

    def with_role(self, role: str) -> Field | None:
        """The first top-level field that has this role, or None."""
        return next((field for field in self.fields if field.role == role), None)

    def published_role(self, role: str) -> Field | None:
        """The same, where it is published: what a page may speak of."""
        field = self.with_role(role)
        return field if field is not None and field.publish else None


ROLES: Mapping[str, str] = {
    # what a record is
    "title": "What the record is called",
    "summary": "What it is about, in a sentence or a paragraph",
    "status": "Where in its lifecycle the record is",
    "health": "Green, amber or red",
    "health_reason": "Why the health is not green",
    "category": "A vocabulary that the record or item belongs to",
    "priority": "Rank among its like",
    "score": "What it is worth, on the portfolio's own scale",
    "maturity": "Technology readiness, 1 to 9",
    "route": "The way it is brought about",
    "similar_to": "Records that look alike, and are known to",
    "serves": "The goals that this record serves",
    "essence": "The sentences that must survive from idea to adoption",
    "evidence": "What a claim rests on",
    # who
    "owner": "The person who answers for it",
    "sponsor": "The person who pays for it and backs it",
    "lead": "The person who does the work or leads those who do",
    "receiver": "The person who takes it over",
    "proposer": "The person who had the idea",
    "chair": "The person who leads a body",
    "members": "The persons who belong to it",
    "present": "The persons who were there",
    "absent": "The persons who excused themselves",
    "approver": "The persons who let it in",
    "told": "Who was told",
    "emails": "The addresses by which commits know a person",
    "client": "Who it is done for",
    # when
    "created": "The day that the record itself claims to be from",
    "date": "The day on which it took place or counts",
    "raised": "The day on which it was first asked for",
    "effective": "The day from which it counts",
    "start": "The day on which it begins",
    "due": "The day by which it is due",
    "baseline": "The approved figure or day",
    "done": "The day on which it was done",
    "as_of": "The day that a figure speaks of",
    "cadence": "Days between two of its kind",
    # how things hang together
    "group": "The portfolio, programme or department it belongs to",
    "parent": "The record that it is a part of",
    "depends_on": "What must be done before",
    "product": "The product it works for",
    "decides": "The gate or question that a decision answers",
    "affects": "The records that a decision is about",
    "supersedes": "The decisions that it takes the place of",
    "body": "The governance body that decided or met",
    "meeting": "The meeting at which it was decided",
    "decision": "A decision that it rests on",
    "decisions": "The decisions that were taken",
    "escalates_to": "The body that is asked next",
    "subject": "The record that it speaks of",
    "roadmap_item": "The item of a product's roadmap that it delivers",
    "team": "The team that does it",
    # money and figures
    "budget": "The money of a record",
    "amount": "The money that a decision is about",
    "currency": "ISO 4217 code of the amounts beside it",
    "forecast": "What is expected",
    "committed": "What is contracted",
    "consumed": "What is spent",
    "target": "The figure to be reached",
    "actual": "The figure reached",
    "unit": "What a figure counts",
    "source": "Where a figure comes from",
    "capacity": "Full-time equivalents that a team has",
    "limit": "How many at once",
    "skills": "What a team or person can do",
    # what a decision says
    "options": "What could have been chosen",
    "outcome": "What was decided at a gate",
    "procedure": "How it was decided",
    "rationale": "Why",
    # what a body may do
    "mandate": "What a body may decide",
    "quorum": "How many members must be present",
    "max_amount": "The largest amount that a body may decide",
    # embedded lists
    "milestones": "Dated steps of a record",
    "risks": "What may happen",
    "issues": "What has happened",
    "actions": "What somebody is to do",
    "kpis": "Figures that are followed",
    "benefits": "What it is expected to bring",
    "prerequisites": "What must be met first",
    "quality": "Checks of what is made",
    "allocations": "Who works on it, and how much",
    "adoption": "Who uses it",
    "roadmap": "What a product plans",
    "feedback": "What users of a product said",
    "reviews": "When the client looked at it",
    "responsibilities": "Who is responsible, accountable, consulted, informed",
    "vision": "Where a group wants to be",
    # parts of embedded lists
    "gate": "The gate that a milestone or decision stands at",
    "likelihood": "1 to 5",
    "impact": "1 to 5",
    "urgency": "1 to 5",
    "response": "What is done about a risk",
    "met": "When it was met",
    "waived_by": "The decision that waived it",
    "result": "What came of it",
    "share": "Full-time equivalents",
    "end": "The day on which it ends",
    "planned": "The day or figure that was planned",
    "target_users": "How many are to use it",
    "active_users": "How many use it",
    "training_planned": "How many are to be trained",
    "training_done": "How many are trained",
    "follow_up": "The day by which it is looked at again",
    "legacy_owner": "The person who answers for it once adopted",
    "answered": "When feedback was answered",
}
"""Every role, with what it means. A role may be borne by fields of several types and names."""
