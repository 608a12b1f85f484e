"""Where a result says that its reports are (contract §7). Nothing here is believed: see `addresses.linked`."""

from typing import Any

from cases.provider.contract import Kind
from cases.provider.result.scalars import code
from cases.provider.result.wire import Organization


def report_links(document: dict[str, Any], kind: Kind) -> list[str]:
    """Give the links of `links.reports` that are said to lead to this entity, in their order, read as in any result."""
    chapter = {name: value for name, value in document.items() if Organization.present_name(name) == "links"}
    links = Organization.read(chapter).links
    rels = {code(rel) for rel in kind.rels}
    return [
        link.href
        for link in (links.reports if links else None) or ()
        if link and link.href and link.rel and code(link.rel) in rels
    ]
