"""The screening chapter: entries of sanction and PEP lists."""

from collections.abc import Mapping
from typing import Any

from amlportal.sandbox.universe.chapters import LISTS, metadata, no_hit

STRONG, FAIR = 400, 250


def screening(hits: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Make the screening chapter from the cast's hits."""
    if not hits:
        return no_hit()
    more = sorted({str(hit["source"]) for hit in hits} - set(LISTS))
    return {
        "status": "SANCTION",
        "message": None,
        "sanctionResults": [_entry(hit) for hit in hits],
        "metadata": metadata(*LISTS, *more),
    }


def _entry(hit: Mapping[str, Any]) -> dict[str, Any]:
    match, born = hit["match"], hit.get("born")
    return {
        "matchIndicator": match,
        "matchIndicatorDescription": _strength(match),
        "name": hit["name"],
        "title": hit.get("title"),
        "function": hit.get("function"),
        "comment": hit.get("comment"),
        "aliasList": hit.get("aliases", []),
        "addressList": [
            dict(zip(("countryName", "countryCode", "street", "postCode", "city"), address, strict=True))
            for address in hit.get("addresses", [])
        ],
        "urlList": hit.get("urls", []),
        "provider": "TRAPETS",
        "source": hit["source"],
        "metadata": metadata(hit["source"]),
        "externalId": hit.get("id"),
        "firstUpdate": f"{hit.get('first', '2019-11-30')}T00:00:00",
        "lastUpdate": "2026-01-15T00:00:00",
        "birthDateInfo": hit.get("births", [born] if born else []),
        "nameMatchValue": hit.get("name_match"),
        "birthDate": born,
    }


def _strength(match: int) -> str:
    if match >= STRONG:
        return "Strong match"
    return "Name match, partial" if match >= FAIR else "Weak match"
