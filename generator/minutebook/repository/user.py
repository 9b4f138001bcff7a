"""Who uses this machine: a repository in, the name and address that git would put on a commit out."""

from __future__ import annotations

import git

from minutebook.errors import GitError
from minutebook.model.commit import Person
from minutebook.repository.door import Repository
from minutebook.repository.environment import git_environment
from minutebook.repository.process import GitProcess

SCOPES = (("--local", "--no-includes"), ("--global", "--includes"), ("--system", "--includes"))
"""Where git keeps settings, those that win first. The repository's own may name no other file to be read."""


def read_user(repository: Repository) -> Person | None:
    """The user by `user.name` and `user.email` of git's settings; None: git has no name. The address may be empty."""
    name = _setting(repository, "user.name")
    return None if not name else Person(name, _setting(repository, "user.email"))


def _setting(repository: Repository, name: str) -> str:
    """The first line of a setting; empty where there is none. Settings are only read: that runs nothing."""
    command = git.Git(str(repository.git_dir))
    hidden = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
    seen = {key: value for key, value in git_environment().items() if key not in hidden}
    command.update_environment(GIT_DIR=str(repository.git_dir), **seen)
    for scope in SCOPES:
        with GitProcess(command, ["config", *scope, "--null", "--get", name]) as process:
            found = process.output.read()
            try:
                process.finish()
            except GitError:
                continue  # it is not set there, or there is no such file
        words = " ".join(found.rstrip(b"\0").decode("utf-8", "replace").split())
        if words.isprintable() and words:
            return words[:200]
    return ""
