"""The first parts of addresses that are the site's own, with what lives there: no record type can be called so."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RESERVED: Mapping[str, str] = MappingProxyType(
    {
        "changes": "the change timeline",
        "completeness": "the completeness page",
        "dictionary": "the data dictionary",
        "publication": "the page about this publication",
        "assets": "the stylesheets and scripts of the site",
        "search": "the index of the search",
        "provenance": "the sums of the site's files",
    }
)
"""By the folder's name, without slashes."""
