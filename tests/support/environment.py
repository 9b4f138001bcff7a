"""The environment in which tests run git: nothing of the machine's own settings."""

from __future__ import annotations

import os


def clean_environment(**more: str) -> dict[str, str]:
    """A copy of the environment without `GIT_*`, with no global or system configuration, plus `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    fixed = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
        "TZ": "UTC",
    }
    return kept | fixed | more
