"""Pull requests: a commit message in, the request that its forge says it landed out."""

from __future__ import annotations

import re

from minutebook.model.commit import Request
from minutebook.model.forge import USUAL, Forge

_NUMBERED = (
    ("github", "#", re.compile(r"\AMerge pull request #(\d{1,9}) from ")),
    ("bitbucket", "#", re.compile(r"\A(?:Merged in .* \(pull request #(\d{1,9})\)|Pull request #(\d{1,9}): )")),
    ("gitlab", "!", re.compile(r"^See merge request \S*?!(\d{1,9})\s*$", re.MULTILINE)),
)
_AT_THE_END = re.compile(r"\A[^\n]*\(#(\d{1,9})\)[ \t]*(?:\n|\Z)")
_GERRIT = re.compile(r"^Change-Id: (I[0-9a-f]{40})[ \t]*$", re.MULTILINE)


def find_request(message: str, forge: Forge | None) -> Request | None:
    """The request that a message names in the way of GitHub, GitLab, Bitbucket or Gerrit; None where it names none.

    `forge` is that of the repository, None where it is not known. A repository may have moved there: what only another
    forge writes is still its request.
    """
    if not any(sign in message for sign in ("#", "!", "Change-Id")):
        return None
    for name, mark, pattern in _NUMBERED:
        if found := pattern.search(message):
            number = int(next(group for group in found.groups() if group))
            return Request(name, f"{mark}{number}", number)
    # Last, because any message may end its subject so.
    own = forge or USUAL
    if own.ends_subjects and (found := _AT_THE_END.search(message)):
        return Request(own.name, f"#{int(found[1])}", int(found[1]))
    if found := _GERRIT.search(message):
        return Request("gerrit", found[1], None)
    return None
