"""Repositories that are none, that are damaged or cut off, and shapes that are odd and right."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from minutebook.errors import GitError
from minutebook.model.note import NoteKind
from minutebook.repository import open_repository
from tests.support.reading import history_of, notes_of
from tests.support.repository_builder import RepositoryBuilder

GOOD = "---\ntitle: A plan\nstatus: draft\n---\nText.\n"


def fill(repo: RepositoryBuilder) -> None:
    """Two landings."""
    repo.commit_file("plans/a.md", GOOD)
    repo.commit_file("plans/a.md", GOOD.replace("draft", "final"))


def _none(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    (tmp_path / "plain").mkdir()
    return tmp_path / "plain"


def _absent(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    return tmp_path / "absent"


def _empty(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    return RepositoryBuilder(tmp_path / "empty").path


def _shallow(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    return repo.clone(tmp_path / "shallow", "--depth=1")


def _partial(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    return repo.clone(tmp_path / "partial", "--filter=blob:none", "--no-checkout")


def _lost_commit(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    repo.forget(repo.parents[repo.tip][0])
    return repo.path


def _lost_tree(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    repo.forget(repo.git("rev-parse", "HEAD~1:plans").strip())
    return repo.path


def _lost_blob(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    repo.forget(repo.blob(GOOD))
    return repo.path


def _rotten_blob(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    blob = repo.blob(GOOD)
    (repo.git_dir / "objects" / blob[:2] / blob[2:]).write_bytes(b"rot")
    return repo.path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_none, ["is not in a git repository", "git init"]),
        (_absent, ["absent", "--repo"]),
        (_empty, ["no commits yet"]),
        (_shallow, ["shallow", "git fetch --unshallow"]),
        (_partial, ["partial clone", "git fetch --refetch"]),
        (_lost_commit, ["{tip~}"]),
        (_lost_tree, ["{tree}"]),
        (_lost_blob, ["{blob}", "git fsck"]),
        (_rotten_blob, ["{blob}"]),
    ],
)
def test_what_cannot_be_read_honestly_is_refused_with_what_to_do(
    repo: RepositoryBuilder, tmp_path: Path, make: Callable[[RepositoryBuilder, Path], Path], words: list[str]
) -> None:
    fill(repo)
    facts = {
        "tip~": repo.parents[repo.tip][0],
        "tree": repo.git("rev-parse", "HEAD~1:plans").strip(),
        "blob": repo.blob(GOOD),
    }
    path = make(repo, tmp_path)
    with pytest.raises(GitError) as caught:
        history_of(path)
    for word in words:
        assert word.format_map(facts) in str(caught.value)


@pytest.mark.parametrize(
    "revision", ["nothing", "-x", "--output=/dev/null", "main..main", "", "a\nb", "HEAD:plans/a.md"]
)
def test_a_revision_that_is_no_commit_is_refused(repo: RepositoryBuilder, revision: str) -> None:
    fill(repo)
    if revision:
        with pytest.raises(GitError):
            history_of(repo.path, revision=revision)
    else:
        assert history_of(repo.path, revision=revision).commit == repo.tip


def test_a_git_that_is_too_old_is_refused_by_its_version(
    repo: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(repo)
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text("#!/bin/sh\necho git version 2.17.1\n")
    shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{shim.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(GitError, match=r"2\.17\.1 is too old"):
        history_of(repo.path)


def test_a_machine_without_git_is_told_so(
    repo: RepositoryBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(repo)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(GitError, match="git was not found"):
        history_of(repo.path)


def _detached(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    repo.detach(repo.tip)
    return repo.path


def _packed(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    repo.git("gc", "--quiet")
    return repo.path


def _bare(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    return repo.clone(tmp_path / "bare", "--bare")


def _worktree(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    return tmp_path / "tree"


def _subfolder(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    return repo.checkout() / "plans"


def _alternates(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    return repo.clone(tmp_path / "shared", "--shared")


def _submodule(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    outer = RepositoryBuilder(tmp_path / "outer")
    outer.commit_file("readme", "outer")
    outer.checkout()
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", repo.path.as_uri(), "inner")
    return outer.path / "inner"


def _read_only(repo: RepositoryBuilder, tmp_path: Path) -> Path:
    for folder, _, files in os.walk(repo.path):
        for name in files:
            Path(folder, name).chmod(0o444)
        Path(folder).chmod(0o555)
    return repo.path


@pytest.mark.parametrize(
    "shape", [_detached, _packed, _bare, _worktree, _subfolder, _alternates, _submodule, _read_only]
)
def test_the_same_history_whatever_the_shape_of_the_repository(
    repo: RepositoryBuilder, tmp_path: Path, shape: Callable[[RepositoryBuilder, Path], Path]
) -> None:
    fill(repo)
    plain = history_of(repo.path)
    assert history_of(shape(repo, tmp_path)) == plain


def test_a_sha_256_repository_is_read(tmp_path: Path) -> None:
    repo = RepositoryBuilder(tmp_path / "repository", object_format="sha256")
    fill(repo)
    history = history_of(repo.path)
    (record,) = history.records.values()
    assert (len(history.commit), len(record.entries)) == (64, 2)


@pytest.mark.parametrize("name", ["HOME", "LANG", "USER", "TMPDIR", "TZ"])
def test_an_environment_variable_that_is_missing_or_odd_changes_nothing(
    repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    fill(repo)
    plain = history_of(repo.path)
    monkeypatch.delenv(name, raising=False)
    assert history_of(repo.path) == plain
    monkeypatch.setenv(name, {"LANG": "tr_TR.ISO-8859-9", "TZ": "Asia/Kathmandu"}.get(name, "/nowhere"))
    assert history_of(repo.path) == plain


def test_a_repository_of_another_owner_is_read(repo: RepositoryBuilder, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(repo)
    plain = history_of(repo.path)
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to somebody else")
    for folder, _, files in os.walk(repo.path):
        for name in ("", *files):
            os.chown(Path(folder, name), 12345, 12345)
    try:
        assert history_of(repo.path) == plain
    except GitError as refused:
        assert "safe.directory" in str(refused)  # noqa: PT017 - either outcome is right, a traceback is not


def test_a_branch_that_moves_while_it_is_read_is_read_as_it_was(repo: RepositoryBuilder) -> None:
    fill(repo)
    plain = history_of(repo.path)

    class Moving:
        def advance(self, done: int, total: int, what: str) -> None:
            if done == 1 and repo.tip == plain.commit:
                repo.commit_file("plans/a.md", GOOD.replace("draft", "late"))

    from minutebook.history.portfolio import read_history  # noqa: PLC0415 - used here alone
    from minutebook.repository import open_repository  # noqa: PLC0415 - as above
    from tests.support.reading import configure  # noqa: PLC0415 - as above

    with open_repository(repo.path) as opened:
        assert read_history(opened, configure(), progress=Moving()) == plain
    assert repo.tip != plain.commit


def test_a_record_whose_text_is_too_large_is_told_and_not_cut(repo: RepositoryBuilder) -> None:
    repo.commit_file("plans/a.md", "---\ntitle: A\n---\n" + "line\n" * (5 << 18))
    history = history_of(repo.path)
    (note,) = notes_of(history, NoteKind.UNREADABLE)
    assert "larger than 4 MiB" in note.message


def test_another_work_tree_in_the_configuration_is_not_believed(repo: RepositoryBuilder, tmp_path: Path) -> None:
    repo.commit_file("plans/a.md", "---\ntitle: A\n---\n")
    repo.git("config", "core.worktree", str(tmp_path))
    with open_repository(repo.path) as opened:
        assert opened.work_tree == repo.path
