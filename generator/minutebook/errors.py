"""What can go wrong, as exceptions that a person can act on.

Bad records are findings, not exceptions; these are raised only where the work asked for cannot be done.
"""

from __future__ import annotations


class MinutebookError(Exception):
    """Something the user can mend. `str(error)` is the whole message; the command line adds nothing to it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        """`message` says what, where and why; `hint` says what to do next."""
        super().__init__(message if hint is None else f"{message}\nHint: {hint}")
        self.message = message
        self.hint = hint


class GitError(MinutebookError):
    """The repository cannot be read honestly: not a repository, shallow, damaged, git too old."""


class ConfigError(MinutebookError):
    """portfolio.yml, a record type or mkdocs.yml is wrong. The message begins with `file:line:column`."""


class TemplateError(MinutebookError):
    """A template of the site (perhaps a site owner's own) cannot be rendered."""


class PublicationError(MinutebookError):
    """The site cannot be written: two sources for one address, a folder that is not a site, a full disk."""
