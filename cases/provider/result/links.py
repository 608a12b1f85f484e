"""Where a result says that its reports are (contract §7). Nothing here is believed: see `addresses.linked`."""

from collections.abc import Iterator
from typing import Any

from cases.provider.contract import Kind
from cases.provider.result.scalars import code


def report_links(document: dict[str, Any], kind: Kind) -> list[str]:
    """Give the links of `links.reports` that are said to lead to this entity, as they came and in their order."""
    rels = {code(rel) for rel in kind.rels}
    return [href for href, rel in _links(document) if code(rel) in rels]


def _links(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    links = document.get("links")
    reports = links.get("reports") if isinstance(links, dict) else None
    for link in reports if isinstance(reports, list) else [reports]:
        if isinstance(link, dict) and isinstance(link.get("href"), str) and isinstance(link.get("rel"), str):
            yield link["href"], link["rel"]
