"""The environments in which tests run other programs: git without the machine's own settings, pip with them."""

from __future__ import annotations

import os

MACHINE = {name: value for name, value in os.environ.items() if name in {"HOME", "PATH"} or name.startswith("PIP_")}
"""Read before the tests put their own home in its place: pip's cache and settings are the machine's."""


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
