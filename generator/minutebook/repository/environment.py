"""What git is told before it runs: the environment in which a repository's own settings have no power."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping

SETTINGS: Mapping[str, str] = {
    # A forged commit-graph hides commits from `log`.
    "core.commitGraph": "false",
    # Without a work tree, `.mailmap` is read from the commit alone.
    "core.bare": "true",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "log.showRoot": "true",
    "log.showSignature": "false",
    "log.follow": "false",
    "diff.renames": "false",
    "mailmap.file": os.devnull,
    "mailmap.blob": "",
    # Whoever owns the folder, nothing of it is run; without this a container that mounts a checkout could not build.
    "safe.directory": "*",
    # No transport, so that a missing object is missing, and no program of the repository fetches it.
    "protocol.allow": "never",
}
"""Settings that win over those of the repository (https://git-scm.com/docs/git-config)."""


def git_environment() -> dict[str, str]:
    """The variables for every git process: no other configuration, no fetch, no replacement, no graft, no lock."""
    variables = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_CONFIG_COUNT": str(len(SETTINGS)),
        "LC_ALL": "C",
        "TZ": "UTC",
    }
    for index, (name, value) in enumerate(SETTINGS.items()):
        variables[f"GIT_CONFIG_KEY_{index}"] = name
        variables[f"GIT_CONFIG_VALUE_{index}"] = value
    return variables


@contextlib.contextmanager
def without_inherited_git() -> Iterator[None]:
    """Take every `GIT_*` variable out of this process while something starts git, and put them back.

    GitPython copies `os.environ` when it opens a repository and when it starts a process; inside a hook, an inherited
    `GIT_DIR` made it read another repository.
    """
    inherited = {name: value for name, value in os.environ.items() if name.startswith("GIT_")}
    for name in inherited:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(inherited)
