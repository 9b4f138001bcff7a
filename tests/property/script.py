"""A list of numbered steps in, a repository that lived through them out.

A step is four small numbers: what to do, and three choices, each taken modulo what there is to choose from. So every
list of steps is a valid script, and Hypothesis can make a failing one short.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any, TypeAlias

import yaml

from tests.support.repository_builder import ANA, BO, FORGE, RepositoryBuilder

Step: TypeAlias = tuple[int, int, int, int]
Tree: TypeAlias = dict[str, Any]  # what PyYAML gives: text, lists and dicts of them

IDS = ("alpha", "beta", "gamma", "delta", "X-1", "0020")
VALUES: dict[str, list[Any]] = {
    "title": ["First", "Second: a title", "no", "0020", "1.10", "été", "#5"],
    "due": ["2026-03-01", "2026-03-31", "2018-31-03", "soon", "2026-02-30"],
    "cost": ["400000", "400,000", "1_000.50 EUR", "12 USD", "a lot", "-3"],
    "count": ["1", "1.0", "-7", "many", "0003"],
    "share": ["12 %", "12%", "12", "half"],
    "done": ["yes", "no", "true", "False", "perhaps"],
    "kind": ["small", "large", "huge"],
    "status": ["open", "closed", "gone"],
    "health": ["green", "amber", "red"],
    "owner": ["ana", "bo", "Ana Li <ana@example.org>"],
    "members": ["ana", "ana, bo", ["bo", "ana"], ["ana"]],
    "near": ["thing/alpha", "beta"],
    "needs": ["alpha, beta", "alpha", ["alpha", "beta"], ["x-1"]],
    "link": ["https://example.org/a?b=c&d=%20", "https://example.org"],
    "tags": [["a", "b"], ["b", "a"], "a", ["c"]],
    "area": ["north", "south"],
    "steps": [
        [{"id": "go", "title": "Go", "due": "2026-03-01"}, {"id": "stop", "title": "Stop", "cost": "10"}],
        [{"id": "stop", "title": "Stop", "cost": "10"}, {"id": "go", "title": "Go", "due": "2026-03-01"}],
        [{"id": "go", "title": "Go live", "due": "2026-04-01"}],
        [{"id": "go", "due": "never", "cost": "5 EUR"}, {"id": "new", "title": "New"}],
        [{"id": "go", "title": "Go"}, "later", {"title": "No id"}, {"id": "go", "title": "Twice"}],
    ],
    "rows": [[{"title": "a", "count": "1"}], [{"title": "b"}, {"title": "a", "count": "1.0"}], [{"title": "a"}, "b"]],
    "money": [
        {"baseline": "100"},
        {"baseline": "100", "as_of": "2026-01-01"},
        {"baseline": "1.2.3", "as_of": "2026-01-01"},
    ],
    "extra": ["undeclared", ["one", "two"], {"a": "b"}],
}
BREAKS: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: b"no front matter\n: [\n" + data,
    lambda data: data.replace(b"title:", b"title: a\ntitle:", 1).replace(b"{", b"[", 1) + b"\n\xff",
    lambda data: b"---\nkey: [open\n---\n" if data.startswith(b"---") else b"key: [open\n",
    lambda data: b"---\ntitle: a\n\tnote: b\n---\n" if data.startswith(b"---") else b"a:\n\t- b\n",
    lambda data: b"---\ntitle: a\ntitle: b\n---\n" if data.startswith(b"---") else b"a: {t: 1}\na: {t: 2}\n",
)


class Script:
    """Plays steps on a repository; `play` gives the ids of the mainline's tips along the way."""

    def __init__(self, repo: RepositoryBuilder) -> None:
        """An empty repository with one empty commit."""
        self.repo = repo
        self.texts = random.Random(7)
        self.branches: list[str] = []
        self.repo.commit("Begin")

    def play(self, steps: list[Step]) -> None:
        """Take every step in turn and land what is left."""
        for what, one, two, three in steps:
            act = ACTS[what % len(ACTS)]
            act(self, one, two, three)
            if three % 3:
                self.commit(one)
        if self.repo.head != "main":
            self.switch(0, 0, 0)
        self.commit(0)

    def commit(self, one: int) -> None:
        """Commit what changed, if anything did."""
        tip = self.repo.refs.get(self.repo.head)
        if tip is None or self.repo.files != self.repo.snapshots[tip]:
            self.repo.commit(f"Step {one}", author=(ANA, BO)[one % 2], committer=(None, FORGE)[one % 2])

    # Records

    def create(self, one: int, two: int, three: int) -> None:
        """A new record, or another file that claims the id of one that lives."""
        name = IDS[one % len(IDS)]
        path = (f"things/{name}.md", f"old/north/{name}.md", f"things/{name}.yml", f"single/{name}.yml")[two % 4]
        if os.fsencode(path) not in self.repo.files:
            self.save(path, {"title": VALUES["title"][three % 7], "note": self.words(20)}, self.words(30), three)

    def set_field(self, one: int, two: int, three: int) -> None:
        """A field of a record gets another value, or goes."""
        found = self.pick(one)
        if found is None:
            return
        path, tree, text = found
        field = list(VALUES)[two % len(VALUES)]
        tree.pop(field, None)
        if three % 7:
            tree[field] = VALUES[field][three % len(VALUES[field])]
        self.save(path, tree, text, two)

    def edit_text(self, one: int, two: int, three: int) -> None:
        """A line of the text is added, goes or changes."""
        found = self.pick(one)
        if found is None or not found[0].endswith(".md"):
            return
        path, tree, text = found
        lines = text.splitlines(keepends=True) or ["\n"]
        lines[two % len(lines) : two % len(lines) + three % 2] = [self.words(1)] if three % 3 else []
        self.save(path, tree, "".join(lines), 0)

    def lay_out(self, one: int, two: int, three: int) -> None:
        """The same record written in another way."""
        found = self.pick(one)
        if found is not None:
            self.save(found[0], dict(reversed(found[1].items())), found[2], three)

    def change_newlines(self, one: int, two: int, three: int) -> None:
        """LF to CRLF and back, with or without a byte order mark: no change of any record."""
        path = self.pick_path(one)
        if path is not None and b"\xff" not in self.repo.read(path):
            data = self.repo.read(path).removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
            data = data.replace(b"\n", b"\r\n") if two % 2 else data
            self.repo.write(path, b"\xef\xbb\xbf" + data if three % 2 else data)

    def move(self, one: int, two: int, three: int) -> None:
        """To another path of its type with the same id, `.md` to `.yml` and back included."""
        path = self.pick_path(one)
        if path is None or not path.startswith(("things/", "old/")):
            return
        name = path.rpartition("/")[2].rpartition(".")[0]
        after = (f"things/{name}.md", f"old/north/{name}.md", f"old/south/{name}.md", f"things/{name}.yml")[two % 4]
        if os.fsencode(after) in self.repo.files:
            return
        if after[-3:] == path[-3:]:
            self.repo.move(path, after)
        elif (found := self.load(path)) is not None:
            self.repo.remove(path)
            self.save(after, found[1], found[2] or self.words(5), three)

    def rename(self, one: int, two: int, three: int) -> None:
        """The file gets another id, its content stays."""
        path = self.pick_path(one)
        if path is None or "{" in path or path.startswith(("entries", "lists")):
            return
        name, dot, suffix = path.rpartition("/")[2].rpartition(".")
        other = name.swapcase() if three % 4 == 0 else IDS[two % len(IDS)]
        after = f"{path.rpartition('/')[0]}/{other}{dot}{suffix}"
        if os.fsencode(after) not in self.repo.files:
            self.repo.move(path, after)

    def remove(self, one: int, two: int, three: int) -> None:
        """A file goes."""
        path = self.pick_path(one)
        if path is not None:
            self.repo.remove(path)

    def spoil(self, one: int, two: int, three: int) -> None:
        """A file becomes unreadable."""
        path = self.pick_path(one)
        if path is not None:
            self.repo.write(path, BREAKS[two % len(BREAKS)](self.repo.read(path)))

    def revert(self, one: int, two: int, three: int) -> None:
        """A file goes back to what it was at some commit: repairs and restores."""
        commits = list(self.repo.snapshots)
        files = self.repo.snapshots[commits[one % len(commits)]]
        if files:
            path = sorted(files)[two % len(files)]
            self.repo.files[path] = files[path]

    # Registers

    def add_entry(self, one: int, two: int, three: int) -> None:
        """A register gets an entry, in the list or in the mapping."""
        path = ("entries.yml", "lists/north.yml")[two % 2]
        entries = self.entries(path)
        name = IDS[one % len(IDS)]
        if entries is not None and name not in entries:
            self.save_entries(path, {**entries, name: {"title": name, "note": self.words(20)}}, three)

    def edit_entry(self, one: int, two: int, three: int) -> None:
        """An entry changes, goes, or the whole register is written in another order or form."""
        path = ("entries.yml", "lists/north.yml")[two % 2]
        entries = self.entries(path)
        if not entries:
            return
        name = sorted(entries)[one % len(entries)]
        if three % 5 == 0:
            del entries[name]
        elif three % 5 == 1:
            entries = dict(reversed(entries.items()))
        else:
            field = ("title", "due", "count", "extra", "area")[two % 5]
            entries[name][field] = VALUES[field][three % len(VALUES[field])]
        self.save_entries(path, entries, three)

    def move_entry(self, one: int, two: int, three: int) -> None:
        """An entry goes to the other register, or to a file of its own."""
        path, other = ("entries.yml", "lists/north.yml")[:: 1 if two % 2 else -1]
        entries, others = self.entries(path), self.entries(other)
        if not entries or others is None:
            return
        name = sorted(entries)[one % len(entries)]
        item = entries.pop(name)
        self.save_entries(path, entries, three)
        if three % 3 == 0 and os.fsencode(f"single/{name}.yml") not in self.repo.files:
            self.save(f"single/{name}.yml", item, "", three)
        else:
            self.save_entries(other, {**others, name: item}, three)

    # Branches

    def branch(self, one: int, two: int, three: int) -> None:
        """A branch starts here, and is gone to."""
        if len(self.branches) < 4:
            self.commit(one)
            name = f"b{len(self.repo.refs)}"
            self.repo.branch(name)
            self.branches.append(name)

    def switch(self, one: int, two: int, three: int) -> None:
        """To the mainline, or to a branch."""
        self.commit(one)
        self.repo.switch(["main", *self.branches][one % (len(self.branches) + 1)])

    def land(self, one: int, two: int, three: int) -> None:
        """A branch is merged, squashed, rebased, discarded or merged with all others at once."""
        if not self.branches:
            return
        self.commit(one)
        self.repo.switch("main")
        name = self.branches[one % len(self.branches)]
        landed = [name]
        match two % 6:
            case 0 | 1:
                self.repo.merge(
                    name, strategy=("theirs", "ours")[two % 6], message=f"Merge pull request #{one} from {name}"
                )
            case 2:
                self.repo.merge(name, strategy="discard")
            case 3:
                self.repo.squash(name, f"Squashed (#{one})", committer=FORGE)
            case 4:
                landed = list(self.branches)
                self.repo.merge(*landed)
            case _:
                edit = {"things/alpha.md": None} if three % 2 else {"things/merged.md": f"---\ntitle: {name}\n---\n"}
                self.repo.merge(name, edit=edit)
        self.branches = [branch for branch in self.branches if branch not in landed]

    # Reading and writing

    def words(self, lines: int) -> str:
        """Text that is like no other."""
        return "".join(f"{self.texts.getrandbits(160):040x}\n" for _ in range(lines))

    def pick_path(self, one: int) -> str | None:
        """One of the files."""
        paths = sorted(self.repo.files)
        return os.fsdecode(paths[one % len(paths)]) if paths else None

    def pick(self, one: int) -> tuple[str, Tree, str] | None:
        """One of the files that hold one record, if it can be read."""
        path = self.pick_path(one)
        return None if path is None or path.startswith(("entries", "lists")) else self.load(path)

    def load(self, path: str) -> tuple[str, Tree, str] | None:
        """A file's fields and text; None where it cannot be read."""
        try:
            whole = self.repo.read(path).decode("utf-8-sig").replace("\r\n", "\n")
            front, text = whole, ""
            if path.endswith(".md"):
                _, front, text = whole.split("---\n", 2)
            tree = yaml.load(front, yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text
        except (ValueError, yaml.YAMLError):
            return None
        return (path, tree, text) if isinstance(tree, dict) else None

    def save(self, path: str, tree: Tree, text: str, layout: int) -> None:
        """Write a file that holds one record."""
        front = dump(tree, layout)
        self.repo.write(path, f"---\n{front}---\n{text}" if path.endswith(".md") else front)

    def entries(self, path: str) -> dict[str, Tree] | None:
        """The entries of a register by id; None where it cannot be read."""
        if os.fsencode(path) not in self.repo.files:
            return {}
        try:
            tree = yaml.load(self.repo.read(path), yaml.BaseLoader)  # noqa: S506 - as above
        except (ValueError, yaml.YAMLError):
            return None
        if isinstance(tree, list):
            return {item.pop("id"): item for item in tree}
        return tree if isinstance(tree, dict) and all(isinstance(item, dict) for item in tree.values()) else None

    def save_entries(self, path: str, entries: dict[str, Tree], layout: int) -> None:
        """Write a register: as a list or, in `lists/`, as a mapping."""
        listed = [{"id": name, **item} for name, item in entries.items()]
        self.repo.write(path, dump(entries if path.startswith("lists") and layout % 4 else listed, layout))


class _PlainDumper(yaml.SafeDumper):
    """Writes every text without quotes where YAML allows it, and no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_PlainDumper.yaml_implicit_resolvers = {}


def dump(tree: object, layout: int) -> str:
    """YAML in one of several layouts."""
    return yaml.dump(
        tree,
        Dumper=_PlainDumper,
        allow_unicode=layout % 2 == 0,
        default_flow_style=(None, False, False, True)[layout % 4],
        indent=(2, 4)[layout % 2],
        sort_keys=layout % 3 == 0,
        width=(80, 40, 1000)[layout % 3],
    )


ACTS: tuple[Callable[[Script, int, int, int], None], ...] = (
    Script.create,
    Script.create,
    Script.set_field,
    Script.set_field,
    Script.set_field,
    Script.edit_text,
    Script.lay_out,
    Script.change_newlines,
    Script.move,
    Script.rename,
    Script.remove,
    Script.spoil,
    Script.revert,
    Script.revert,
    Script.add_entry,
    Script.add_entry,
    Script.edit_entry,
    Script.move_entry,
    Script.branch,
    Script.switch,
    Script.land,
    Script.land,
)
