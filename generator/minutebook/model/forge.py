"""Forges: the address of a repository in; which product it is on, and where that keeps commits and requests, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forge:
    """A product that keeps repositories. Its paths follow the address of one."""

    name: str
    """As `Request.forge` has it."""
    hosts: tuple[str, ...]
    """Words of which one stands in the name of its host."""
    commits: str
    """The path of commits, by their ids."""
    requests: str
    """The path of requests, by their numbers."""
    editor: str | None
    """The path of the editor of files, by branch and path; None: it has no such address."""
    request: str = "Pull request"
    """What it calls a request."""
    ends_subjects: bool = False
    """Whether a squash merge ends the subject with the request, `(#12)`. Elsewhere #12 is an issue or a work item."""


FORGES: Mapping[str, Forge] = {
    forge.name: forge
    for forge in (
        Forge("gitlab", ("gitlab",), "-/commit", "-/merge_requests", "-/edit", request="Merge request"),
        Forge("bitbucket", ("bitbucket",), "commits", "pull-requests", "src"),
        Forge("gitea", ("gitea", "forgejo", "codeberg"), "commit", "pulls", "_edit", ends_subjects=True),
        Forge("azure", ("dev.azure.com", "visualstudio.com"), "commit", "pullrequest", None),
        Forge("github", ("github",), "commit", "pull", "edit", ends_subjects=True),
    )
}
"""By name. Forgejo and Codeberg are as Gitea, from which they come."""

USUAL = FORGES["github"]
"""What a forge is taken for that the name of its host does not tell: most write paths and messages so."""


def forge_at(address: str | None) -> Forge | None:
    """The forge that keeps the repository of an address, by its host; None: no address, or its host does not tell."""
    host = (address or "").partition("://")[2].partition("/")[0].lower()
    return next((forge for forge in FORGES.values() if any(word in host for word in forge.hosts)), None)
