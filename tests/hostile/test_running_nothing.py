"""A repository whose configuration runs programs, or that is forged: no program runs, and the history is true."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from minutebook.errors import GitError
from minutebook.model.note import NoteKind
from minutebook.model.portfolio import History
from tests.support.reading import history_of, notes_of, record_of
from tests.support.repository_builder import ANA, RepositoryBuilder

GOOD = "---\ntitle: A plan\nstatus: draft\n---\nText.\n"


def fill(repo: RepositoryBuilder) -> None:
    """Three landings, a merge, a mail map and attributes that name a filter and a diff driver."""
    repo.write(".gitattributes", "*.md filter=canary diff=canary merge=canary\n")
    repo.write(".mailmap", "Ana Lee <ana@example.org>\n")
    repo.commit_file("plans/a.md", GOOD)
    repo.branch("x")
    repo.commit_file("plans/b.md", GOOD, "Café", author="Zoë Müller <zoe@example.org>")
    repo.switch("main")
    repo.commit_file("plans/a.md", GOOD.replace("draft", "review"))
    repo.merge("x")
    repo.checkout()


def story(history: History) -> tuple[object, ...]:
    """All that a history says but its notes."""
    return history.commit, history.records, history.landings, history.commits, history.clocks


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A program that leaves a file `sung` beside itself when it runs."""
    program = tmp_path / "canary"
    program.write_text(f'#!/bin/sh\n: > "{tmp_path}/sung"\nexit 0\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


PROGRAMS: dict[str, dict[str, str]] = {
    "fsmonitor": {"core.fsmonitor": "{canary}"},
    "hooks": {"core.hooksPath": "{folder}"},
    "external diff": {"diff.external": "{canary}"},
    "diff driver": {"diff.canary.command": "{canary}"},
    "textconv": {"diff.canary.textconv": "{canary}"},
    "filter": {
        "filter.canary.smudge": "{canary}",
        "filter.canary.clean": "{canary}",
        "filter.canary.process": "{canary}",
    },
    "signatures": {"gpg.program": "{canary}", "gpg.ssh.program": "{canary}", "log.showSignature": "true"},
    "pager and editor": {"core.pager": "{canary}", "pager.log": "{canary}", "core.editor": "{canary}"},
    "aliases": dict.fromkeys(
        ("alias.log", "alias.cat-file", "alias.rev-parse", "alias.ls-tree", "alias.check-mailmap"), "!{canary}"
    ),
    "ssh and helpers": {
        "core.sshCommand": "{canary}",
        "credential.helper": "!{canary}",
        "core.askPass": "{canary}",
        "core.gitProxy": "{canary}",
    },
}


@pytest.mark.parametrize("what", PROGRAMS)
def test_no_program_that_a_repository_configures_is_run(repo: RepositoryBuilder, canary: Path, what: str) -> None:
    fill(repo)
    plain = history_of(repo.path)
    signed = repo.raw_commit(
        f"tree {repo.tree}\nparent {repo.tip}\nauthor {ANA} 1767258000 +0000\ncommitter {ANA} 1767258000 +0000\n"
        "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nSigned\n".encode()
    )
    for name in ("post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman"):
        hook = canary.parent / name
        hook.write_bytes(canary.read_bytes())
        hook.chmod(canary.stat().st_mode)
    for name, value in PROGRAMS[what].items():
        with (repo.git_dir / "config").open("a") as config:
            section, _, key = name.rpartition(".")
            first, dot, rest = section.partition(".")
            heading = f'{first} "{rest}"' if dot else first
            config.write(f'[{heading}]\n\t{key} = "{value.format(canary=canary, folder=canary.parent)}"\n')
    history = history_of(repo.path)
    assert not (canary.parent / "sung").exists()
    assert (history.commit, history.records) == (signed, plain.records)


def test_a_missing_object_is_never_fetched_by_a_program(repo: RepositoryBuilder, canary: Path) -> None:
    fill(repo)
    lost = repo.blob(GOOD.replace("draft", "review"))
    repo.forget(lost)
    with (repo.git_dir / "config").open("a") as config:
        config.write(
            f'[core]\n\tsshCommand = "{canary}"\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n'
            '[remote "origin"]\n\turl = ssh://example.invalid/x\n\tpromisor = true\n\tpartialclonefilter = blob:none\n'
        )
    with pytest.raises(GitError):
        history_of(repo.path)
    assert not (canary.parent / "sung").exists()


SETTINGS = {
    "log without roots": "[log]\n\tshowRoot = false\n",
    "log that follows": "[log]\n\tfollow = true\n",
    "log with another date": "[log]\n\tdate = relative\n",
    "log decorated, in colour, as a graph": "[log]\n\tdecorate = full\n[color]\n\tui = always\n[log]\n\tgraph = true\n",
    "log with no mail map": "[log]\n\tmailmap = false\n",
    "log with notes": "[notes]\n\tdisplayRef = *\n",
    "another encoding": "[i18n]\n\tlogOutputEncoding = ISO-8859-1\n\tcommitEncoding = KOI8-R\n",
    "renames as copies": "[diff]\n\trenames = copies\n\trenameLimit = 1\n",
    "diffs in another order": "[diff]\n\torderFile = order\n\tnoprefix = true\n\trelative = true\n",
    "submodules ignored": "[diff]\n\tignoreSubmodules = all\n",
    "short ids": "[core]\n\tabbrev = 4\n",
    "quoted paths": "[core]\n\tquotePath = true\n",
    "a mail map elsewhere": "[mailmap]\n\tfile = other\n\tblob = HEAD:plans/a.md\n",
    "trailers of another form": '[trailer]\n\tseparators = "="\n',
    "a format of its own": "[format]\n\tpretty = oneline\n",
    "merges shown otherwise": "[log]\n\tdiffMerges = combined\n",
}


@pytest.mark.parametrize("what", SETTINGS)
def test_no_setting_of_a_repository_changes_its_history(repo: RepositoryBuilder, what: str) -> None:
    fill(repo)
    plain = history_of(repo.path)
    (repo.path / "other").write_text("Somebody Else <ana@example.org>\n")
    (repo.path / "order").write_text("plans/b*\n")
    with (repo.git_dir / "config").open("a") as config:
        config.write(SETTINGS[what])
    assert story(history_of(repo.path)) == story(plain)


def _replace(repo: RepositoryBuilder) -> None:
    fake = repo.blob(GOOD.replace("draft", "forged"))
    (repo.git_dir / "refs/replace").mkdir()
    (repo.git_dir / "refs/replace" / repo.blob(GOOD)).write_text(fake + "\n")


def _replace_commit(repo: RepositoryBuilder) -> None:
    (repo.git_dir / "refs/replace").mkdir()
    (repo.git_dir / "refs/replace" / repo.tip).write_text(repo.parents[repo.parents[repo.tip][0]][0] + "\n")


def _graft(repo: RepositoryBuilder) -> None:
    (repo.git_dir / "info/grafts").write_text(f"{repo.tip}\n")


def _commit_graph(repo: RepositoryBuilder) -> None:
    """A graph that says a commit has another parent than it has."""
    repo.git("commit-graph", "write", "--reachable")
    graph = repo.git_dir / "objects/info/commit-graph"
    graph.chmod(0o644)
    data = bytearray(graph.read_bytes())
    chunks = {
        bytes(data[8 + 12 * n : 12 + 12 * n]): int.from_bytes(data[12 + 12 * n : 20 + 12 * n], "big")
        for n in range(data[6])
    }
    # Every commit becomes a root: 0x70000000 says that there is no parent.
    size, start = len(repo.tip) // 2 + 16, chunks[b"CDAT"]
    for number in range(len(repo.parents)):
        at = start + number * size + len(repo.tip) // 2
        data[at : at + 8] = bytes.fromhex("7000000070000000")
    graph.write_bytes(data)


@pytest.mark.parametrize("forge", [_replace, _replace_commit, _graft, _commit_graph])
def test_a_forged_history_is_not_believed(repo: RepositoryBuilder, forge: Callable[[RepositoryBuilder], None]) -> None:
    fill(repo)
    plain = history_of(repo.path)
    forge(repo)
    history = history_of(repo.path)
    assert story(history) == story(plain)
    if forge is not _commit_graph:
        assert notes_of(history, NoteKind.GRAFTED), "that there are grafts or replacements is told"


def test_the_forged_history_would_have_fooled_git(repo: RepositoryBuilder) -> None:
    fill(repo)
    whole = repo.git("rev-list", "--count", "HEAD")
    for forge in (_replace_commit, _graft, _commit_graph):
        forge(repo)
        assert repo.git("rev-list", "--count", "HEAD") != whole, forge.__name__
        for forged in ("refs/replace", "info/grafts", "objects/info/commit-graph"):
            path = repo.git_dir / forged
            for file in path.iterdir() if path.is_dir() else [path] if path.exists() else []:
                file.unlink()
            if path.is_dir():
                path.rmdir()


@pytest.mark.parametrize(
    "name",
    [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
        "GIT_CEILING_DIRECTORIES",
    ],
)
def test_an_inherited_git_variable_leads_nowhere_else(
    repo: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    fill(repo)
    plain = history_of(repo.path)
    other = RepositoryBuilder(tmp_path / "other")
    other.commit_file("plans/wrong.md", GOOD)
    value = {"GIT_OBJECT_DIRECTORY": other.git_dir / "objects", "GIT_NAMESPACE": "other", "GIT_WORK_TREE": other.path}
    monkeypatch.setenv(name, str(value.get(name, other.git_dir)))
    history = history_of(repo.path)
    assert story(history) == story(plain)
    assert record_of(history, "a").last.path == "plans/a.md"


def test_settings_from_the_environment_are_not_used(
    repo: RepositoryBuilder, canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(repo)
    plain = history_of(repo.path)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "2")
    for number, (name, value) in enumerate([("diff.external", str(canary)), ("log.showRoot", "false")]):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", name)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(canary))
    monkeypatch.setenv("GIT_TRACE", str(canary.parent / "sung"))
    assert story(history_of(repo.path)) == story(plain)
    assert not (canary.parent / "sung").exists()
