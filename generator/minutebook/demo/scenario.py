"""Scenario files -> the commits that they plan, in the order of their files; or every mistake in them with its place.

A scenario is a folder of YAML files, read in the order of their names. Each has a `story` (what can be followed in it),
`files` (short names for the records it speaks of, with the path at which each stands first), and what landed:

    commits:
      - on: 2024-06-12                      # the day, or the day and the time: 2024-06-12 14:10
        by: mateo-ruiz                      # who wrote it: an id of the roster
        says: Integration tests fail        # the subject; `more` gives further paragraphs
        via: merge                          # merge (the default), squash or direct
        approved: [jonas-weber]             # trailers Approved-by; `reviewed` gives Reviewed-by
        merged_by: jonas-weber              # who landed it, where it is not the `merger` of the scenario
        create: {ticketing: {fields: {title: Ticketing}, text: Why and how.}}
        set:
          ticketing:
            health: red
            budget.forecast: 2650000        # a field inside a field
            milestones[go-live].due: 2025-06-01   # an item of a list is named by its id
            risks[vendor]: {title: The vendor withdraws}   # fields of an item; one that is not there is added
            health_reason: ~                # ~ removes a field or an item
            text+: One more paragraph.      # `text` puts a new text in the place of the old one

Besides `create` and `set` there are

    move: {ticketing: NEW PATH}             # the record stands elsewhere from now on
    remove: [ticketing]                     # and `restore: [ticketing]`, as it last stood
    raw: {ticketing: CONTENT}               # written literally, while the record's data is kept
    mend: [ticketing]                       # the data written again
    file: {PATH: CONTENT}                   # a file that is no record; ~ removes it
    label: NAME                             # so that a later commit can say `reverts: NAME`, which puts its files back

and `branch`, a list of earlier steps with `on`, `by`, `says`, `more` and edits, which tells what one merge brought.

What is told of a record again and again stands in `reports`, one commit a row: the day, a value for each of the
`columns` (~: not changed), the subject, and perhaps further settings, among them `by`, `via`, `approved` and `more`:

    reports:
      - file: ticketing
        by: sofia-marin
        columns: [budget.consumed]
        dated: budget.as_of                 # set to the day of a row that gives a figure
        rows:
          - [2024-03-04, 41000, First invoice]
          - [2024-04-08, 66000, The interface list is agreed, {health: amber}]

YAML wants quotes around a name such as "milestones[go-live].due" inside brackets and braces.

`merger`, in one file of the scenario, is who lands a pull request that does not say who did.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import assert_never

from minutebook.demo.fields import REMOVED
from minutebook.demo.paths import CONTROL, path_fault
from minutebook.demo.plan import Edit, Landing, Scenario, Step, Verb, Via, raise_any
from minutebook.errors import ConfigError
from minutebook.records.definition import Part, read_definition, required, suggest

FILE_SETTINGS = ("story", "merger", "files", "commits", "reports")
EDITS = ("create", "set", "move", "remove", "restore", "raw", "mend", "file")
STEP_SETTINGS = ("on", "by", "says", "more", *EDITS)
COMMIT_SETTINGS = (*STEP_SETTINGS, "via", "approved", "reviewed", "merged_by", "label", "reverts", "branch")
CREATE_SETTINGS = ("fields", "text")
REPORT_SETTINGS = ("file", "by", "via", "columns", "dated", "rows")
ROW_SETTINGS = ("by", "via", "approved", "reviewed", "merged_by", "label", "more")
"""What of a row's mapping is about the commit; everything else in it is a field."""

FIRST_YEAR, LAST_YEAR = 1971, 2099
"""Of what lands: git reads no days outside of 1970 to 2099, and what lands in January may be written in December."""

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?", re.ASCII)


def built_in_scenario() -> Traversable:
    """The folder of the scenario that comes with the program."""
    return resources.files("minutebook.demo") / "scenario"


def read_scenario(folder: Traversable) -> Scenario:
    """The scenario in a folder. ConfigError: every mistake of form, a line each, `file:line:column: message`."""
    entries = folder.iterdir() if folder.is_dir() else ()
    names = sorted(entry.name for entry in entries if entry.is_file() and entry.name.endswith(".yml"))
    if not names:
        raise ConfigError(f"{folder} holds no scenario: it is no folder with files that end in .yml.")
    files: list[Part] = []
    broken: list[str] = []
    for name in names:
        try:
            files.append(read_definition(name, (folder / name).read_bytes()))
        except ConfigError as error:
            broken.append(error.message)
    landings: list[Landing] = []
    mergers: list[str] = []
    for number, whole in enumerate(files):
        reader = _FileReader(number, whole)
        landings += reader.landings()
        mergers += reader.merger()
    try:
        raise_any(files)
    except ConfigError as error:
        broken.append(error.message)
    if broken:
        raise ConfigError("\n".join(broken))
    landings.sort(key=lambda landing: (landing.day, landing.file))
    return Scenario(tuple(landings), mergers[0] if mergers else None, tuple(files))


@dataclass(slots=True)
class _FileReader:
    """Reads one scenario file; mistakes are reported to its problems."""

    number: int
    whole: Part
    settings: dict[str, Part] = field(init=False)
    names: dict[str, str] = field(init=False)
    """Short names: the path at which a record stands first."""

    def __post_init__(self) -> None:
        self.settings = self.whole.settings(FILE_SETTINGS)
        required(self.settings, "story", self.whole)
        files = self.settings["files"].entries("paths by short names") if "files" in self.settings else {}
        self.names = {name: _path(part) for name, part in files.items()}

    def merger(self) -> list[str]:
        """Who lands pull requests, where this file says so."""
        text = self.settings["merger"].text() if "merger" in self.settings else None
        return [] if text is None else [text]

    def landings(self) -> Iterator[Landing]:
        """What the file tells: its commits, then the rows of its reports, each day's together."""
        told: list[Landing] = []
        for part in _list_in(self.settings, "commits"):
            told += self.landing(part)
        for part in _list_in(self.settings, "reports"):
            told += self.report(part)
        return iter(told)

    def landing(self, part: Part) -> Iterator[Landing]:
        """One entry of `commits`; nothing where it is too wrong."""
        settings = part.settings(COMMIT_SETTINGS)
        step = self.step(part, settings, says="reverts" not in settings)
        if required(settings, "on", part) is None or step.day is None:
            return
        yield self.landed(step, step.day, settings, Via.MERGE)

    def landed(self, step: Step, day: dt.date, settings: Mapping[str, Part], via: Via) -> Landing:
        """A step with how it landed."""
        landing = Landing(
            step=step,
            day=day,
            file=self.number,
            via=Via(_word(settings, "via", [one.value for one in Via]) or via.value),
            approved=settings["approved"].texts() if "approved" in settings else (),
            reviewed=settings["reviewed"].texts() if "reviewed" in settings else (),
            merged_by=_text(settings, "merged_by") or None,
            label=_text(settings, "label") or None,
            reverts=_text(settings, "reverts") or None,
            branch=tuple(
                self.step(part, part.settings(STEP_SETTINGS), says=True) for part in _list_in(settings, "branch")
            ),
        )
        if landing.branch and landing.via is not Via.MERGE:
            settings["branch"].report_key("only a merge brings a branch")
        if not (step.edits or landing.branch or landing.reverts):
            step.part.report("this commit changes nothing")
        return landing

    def step(self, part: Part, settings: Mapping[str, Part], *, says: bool) -> Step:
        """A commit of somebody; `says`: it needs a subject."""
        required(settings, "by", part)
        if says:
            required(settings, "says", part)
        day, time = _moment(settings["on"]) if "on" in settings else (None, None)
        return Step(
            part=part,
            by=_text(settings, "by"),
            says=_subject(settings["says"]) if "says" in settings else "",
            more=_more(settings),
            day=day,
            time=time,
            edits=tuple(self.edits(settings)),
        )

    def edits(self, settings: Mapping[str, Part]) -> Iterator[Edit]:
        """What a step does, in the order of the verbs."""
        for verb in Verb:
            if verb.value in settings:
                yield from self.edits_of(verb, settings[verb.value])

    def edits_of(self, verb: Verb, part: Part) -> Iterator[Edit]:
        """What a step does under one verb."""
        match verb:
            case Verb.REMOVE | Verb.RESTORE | Verb.MEND:
                for entry in part.parts():
                    yield from self.edit(verb, entry.text() or "", entry, entry)
            case Verb.FILE:
                for path, entry in part.entries("contents by paths").items():
                    _look_at(path, entry.report_key)
                    yield Edit(verb, path, entry)
            case Verb.SET:
                for name, fields in part.entries("fields by short names").items():
                    for word, entry in fields.entries("values by fields").items():
                        yield from self.edit(verb, name, entry, fields, word)
            case Verb.CREATE | Verb.MOVE | Verb.RAW:
                for name, entry in part.entries("values by short names").items():
                    _VALUES[verb](entry)
                    yield from self.edit(verb, name, entry, entry)
            case _:
                assert_never(verb)

    def edit(self, verb: Verb, name: str, part: Part, named: Part, word: str = "") -> Iterator[Edit]:
        """One edit; nothing where its short name is unknown, which is reported where the name stands."""
        if name in self.names:
            yield Edit(verb, self.names[name], part, word)
        else:
            named.report_key(f"`{name}` is no short name of `files`; {suggest(name, self.names)}")

    def report(self, part: Part) -> Iterator[Landing]:
        """One entry of `reports`."""
        settings = part.settings(REPORT_SETTINGS)
        needed = [required(settings, name, part) for name in ("file", "columns", "rows")]
        if None in needed:
            return
        columns = [column.text() or "" for column in settings["columns"].parts()]
        dated = settings["dated"].texts() if "dated" in settings else ()
        for row in _list_in(settings, "rows"):
            yield from self.row(row, settings, columns, dated)

    def row(
        self, row: Part, settings: Mapping[str, Part], columns: list[str], dated: tuple[str, ...]
    ) -> Iterator[Landing]:
        """One row of a report; nothing where it is too wrong."""
        cells = row.parts()
        further = {}
        if len(cells) == len(columns) + 3:
            further = cells.pop().entries("settings")
        if len(cells) != len(columns) + 2:
            row.report(
                f"a row has a day, {len(columns)} values, a subject, and perhaps a mapping; here are {len(cells)}"
            )
            return
        day, time = _moment(cells[0])
        if day is None:
            return
        about = {**settings, **{key: part for key, part in further.items() if key in ROW_SETTINGS}}
        required(about, "by", row)
        values = [(name, cell) for name, cell in zip(columns, cells[1:-1], strict=True) if not is_removed(cell)]
        if values or not columns:
            values += [(name, _with_tree(cells[0], day.isoformat())) for name in dated]
        values += [(name, part) for name, part in further.items() if name not in ROW_SETTINGS]
        name = _text(settings, "file")
        edits = [edit for word, part in values for edit in self.edit(Verb.SET, name, part, settings["file"], word)]
        step = Step(row, _text(about, "by"), _subject(cells[-1]), _more(about), day, time, tuple(edits))
        yield self.landed(step, day, about, Via.DIRECT)


def is_removed(part: Part) -> bool:
    """Whether a value says that there is none, or in a row that it is not changed."""
    return part.tree is None or part.tree == REMOVED


def _with_tree(part: Part, text: str) -> Part:
    """Another value at the same place."""
    return Part(text, part.place, part.positions, part.problems)


def _list_in(settings: Mapping[str, Part], name: str) -> list[Part]:
    """The entries of a list, which may be missing."""
    return settings[name].parts() if name in settings and settings[name].tree is not None else []


def _text(settings: Mapping[str, Part], name: str) -> str:
    """A text, or nothing."""
    return (settings[name].text() or "") if name in settings else ""


def _subject(part: Part) -> str:
    """A text of one line."""
    text = part.text() or ""
    if "\n" in text:
        part.report("a subject is one line: what follows belongs to `more`")
    elif (found := CONTROL.search(text)) is not None:
        part.report(f"a subject has no control characters: here is U+{ord(found.group()):04X}")
    return text


def _more(settings: Mapping[str, Part]) -> str:
    """Further paragraphs, where there are some."""
    text = _text(settings, "more")
    found = CONTROL.search(text.replace("\n", " ").replace("\t", " "))
    if found is not None:
        settings["more"].report(f"paragraphs have no control characters: here is U+{ord(found.group()):04X}")
    return text


def _path(part: Part) -> str:
    """A path at which a file can stand; another is reported."""
    path = part.text()
    if path is not None:
        _look_at(path, part.report)
    return path or ""


def _look_at(path: str, report: Callable[[str], None]) -> None:
    """Report a path at which no file can stand."""
    fault = path_fault(path)
    if fault is not None:
        report(fault)


_VALUES: Mapping[Verb, Callable[[Part], object]] = {
    Verb.CREATE: lambda part: part.settings(CREATE_SETTINGS),
    Verb.MOVE: _path,
    Verb.RAW: Part.text,
}
"""What looks at the value of a record under a verb, and reports what is wrong with it."""


def _word(settings: Mapping[str, Part], name: str, allowed: Iterable[str]) -> str | None:
    """One of the words allowed, where it is given; another is reported."""
    known = tuple(allowed)
    word = settings[name].word(known) if name in settings else None
    return word if word in known else None


def _moment(part: Part) -> tuple[dt.date | None, dt.time | None]:
    """A day, and a time where one is told; (None, None): it is neither, which is reported."""
    found = _MOMENT.fullmatch(part.text() or "")
    day: dt.date | None = None
    time: dt.time | None = None
    if found is not None:
        with contextlib.suppress(ValueError):
            day, time = dt.date.fromisoformat(found[1]), dt.time.fromisoformat(found[2]) if found[2] else None
    if day is None:
        part.report("a day is written 2024-06-12, with a time 2024-06-12 14:10")
    elif not FIRST_YEAR <= day.year <= LAST_YEAR:
        part.report(f"the year is one from {FIRST_YEAR} to {LAST_YEAR}: git reads no others")
        return None, None
    return day, time
