"""The JSON result of a session: what was asked for, and no more (contract §2, §7)."""

import copy
from collections.abc import Mapping
from typing import Any

from amlportal.sandbox.options import API_PATH, OFAC_SCOPE
from amlportal.sandbox.sessions.orders import REPORTS_OF_LINKS
from amlportal.sandbox.sessions.sessions import Session
from amlportal.sandbox.universe.chapters import NO_HIT

FINANCIALS = ("accounting", "keyFigures", "auditor", "accountant")
OWNERSHIP = {
    "ownership.beneficials": ("beneficials", "beneficial"),
    "ownership.subsidiaries": ("subsidiaries",),
    "ownership.shareholders": ("shareholders",),
    "ownership.indicators": ("indicators",),
}
CHAPTERS = {
    "address": ("address",),
    "authorities": ("authorities",),
    "roles": ("roles", "officialRoles"),
    "sanction": ("sanction",),
}


def session_result(session: Session) -> dict[str, Any]:
    """Return the result of a session as its order and its token's scopes allow."""
    result = select(session.organisation.result, session.order.expands)
    if OFAC_SCOPE not in session.scopes:
        result = without_ofac(result)
    if session.moved:
        _add_links(result, session, f"{API_PATH}/organization/session/{session.id}/document")
    elif "links" not in session.organisation.result and session.organisation.kind != "example":
        _add_links(result, session, f"/organization/session/{session.id}/report")
    return result


def select(result: Mapping[str, Any], expands: frozenset[str]) -> dict[str, Any]:
    """Return a copy with the chapters asked for; unknown chapters and keyInformation stay."""
    selected: dict[str, Any] = copy.deepcopy(dict(result))
    if "keyInformation.lei" not in expands and isinstance(selected.get("keyInformation"), dict):
        selected["keyInformation"].pop("leiNumber", None)
        selected["keyInformation"].pop("lei", None)
    for word, names in CHAPTERS.items():
        if word not in expands:
            _drop(selected, names)
    _select_within(selected, "financials", {f"financials.{name}": (name,) for name in FINANCIALS}, expands)
    _select_within(selected, "ownership", OWNERSHIP, expands)
    _select_links(selected, expands)
    return selected


def _select_within(
    selected: dict[str, Any], chapter: str, words: Mapping[str, tuple[str, ...]], expands: frozenset[str]
) -> None:
    if not any(word in expands for word in words):
        selected.pop(chapter, None)
    elif isinstance(selected.get(chapter), dict):
        for word, names in words.items():
            if word not in expands:
                _drop(selected[chapter], names)


def _select_links(selected: dict[str, Any], expands: frozenset[str]) -> None:
    ordered = {report for word, report in REPORTS_OF_LINKS.items() if word in expands}
    if not ordered:
        selected.pop("links", None)
    elif isinstance(selected.get("links"), dict):
        reports = selected["links"].get("reports") or []
        selected["links"]["reports"] = [link for link in reports if link.get("rel") in ordered]


def _drop(node: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        node.pop(name, None)


def _add_links(result: dict[str, Any], session: Session, folder: str) -> None:
    ordered = [report for word, report in REPORTS_OF_LINKS.items() if word in session.order.expands]
    if ordered:
        result["links"] = {
            "reports": [
                {
                    "href": f"{folder}/{report}",
                    "contentType": "application/pdf",
                    "rel": report,
                }
                for report in ordered
            ],
            "external": [],
        }


def without_ofac(result: dict[str, Any]) -> dict[str, Any]:
    """Return the result as a token without the OFAC scope sees it."""
    sanction = result.get("sanction")
    if not isinstance(sanction, dict):
        return result
    kept = dict(sanction)
    hits = sanction.get("sanctionResults")
    if isinstance(hits, list):
        kept["sanctionResults"] = [
            hit for hit in hits if not (isinstance(hit, dict) and hit.get("source") == "OFAC")
        ]
        if hits and not kept["sanctionResults"] and kept.get("status") == "SANCTION":
            kept.update(status="NONE", message=NO_HIT)
    metadata = sanction.get("metadata")
    if isinstance(metadata, dict) and isinstance(metadata.get("sources"), list):
        kept["metadata"] = {
            **metadata,
            "sources": [source for source in metadata["sources"] if source != "OFAC"],
        }
    return {**result, "sanction": kept}
