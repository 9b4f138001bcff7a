"""Pull requests: a commit message in, the request that its forge says it landed out."""

from __future__ import annotations

import re

from minutebook.model.commit import Request

_NUMBERED = (
    ("github", "#", re.compile(r"\AMerge pull request #(\d{1,9}) from ")),
    ("bitbucket", "#", re.compile(r"\A(?:Merged in .* \(pull request #(\d{1,9})\)|Pull request #(\d{1,9}): )")),
    ("gitlab", "!", re.compile(r"^See merge request \S*?!(\d{1,9})\s*$", re.MULTILINE)),
    # A squash merge of GitHub ends its subject so; last, because any message may.
    ("github", "#", re.compile(r"\A[^\n]*\(#(\d{1,9})\)[ \t]*(?:\n|\Z)")),
)
_GERRIT = re.compile(r"^Change-Id: (I[0-9a-f]{40})[ \t]*$", re.MULTILINE)


def find_request(message: str) -> Request | None:
    """The request that a message names in the way of GitHub, GitLab, Bitbucket or Gerrit; None where it names none."""
    if not any(sign in message for sign in ("#", "!", "Change-Id")):
        return None
    for forge, mark, pattern in _NUMBERED:
        if found := pattern.search(message):
            number = int(next(group for group in found.groups() if group))
            return Request(forge, f"{mark}{number}", number)
    if found := _GERRIT.search(message):
        return Request("gerrit", found[1], None)
    return None
