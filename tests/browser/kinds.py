"""Every kind of page that a site has, each with an example in the demo."""

from __future__ import annotations

KINDS = {
    "home": "",
    "type table": "project/",
    "project": "project/depot-north-charging/",
    "innovation": "innovation/demand-bus/",
    "group": "group/varnland/",
    "body": "body/investment-board/",
    "decision": "decision/d-2024-20/",
    "versions of a decision": "decision/d-2024-20/versions/",
    "decision log": "decision/",
    "year of a record": "project/depot-north-charging/history/2025/",
    "changes": "changes/",
    "month": "changes/2025-04/",
    "completeness": "completeness/",
    "publication": "publication/",
    "data dictionary": "dictionary/",
    "type in the dictionary": "dictionary/decision/",
    "handbook": "handbook/how-we-decide/",
    "not found": "404.html",
}
"""Addresses, by what the page is."""
