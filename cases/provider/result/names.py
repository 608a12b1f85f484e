"""Every name and number in a result that somebody may search for, wherever it stands."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cases.provider.result.holders import Holder
from cases.provider.result.scalars import Single, text
from cases.provider.result.variants import Variants, versions
from cases.provider.result.wire import KeyInformation

# Elements of the wire (A, docs/provider/organization.schema.json), and those in which a name comes in parts.
SEARCHED = frozenset({"name", "organizationNumber", "dunsNumber", "leiNumber"})
PARTS = ("firstName", "lastName")


def searched(document: Any) -> Iterator[str]:
    """Give the texts of the elements SEARCHED, in order, and of PARTS where no name stands beside them.

    They are read as anywhere, under old names and as numbers too. The document nests no deeper than `parse_json` lets.
    """
    if isinstance(document, list | Variants):
        for value in document:
            yield from searched(value)
    elif isinstance(document, dict):
        yield from _in_parts(document)
        for key, value in document.items():
            if KeyInformation.present_name(key) in SEARCHED:
                yield from _texts(value)
            yield from searched(value)


def _in_parts(entry: dict[str, Any]) -> Iterator[str]:
    found: defaultdict[str | None, list[str]] = defaultdict(list)
    for key, value in entry.items():
        found[Holder.present_name(key)] += _texts(value)
    if not found["name"] and (parts := [part for name in PARTS for part in found[name]]):
        yield " ".join(parts)


def _texts(value: Any) -> Iterator[str]:
    """Give the single values under one name as texts; yes and no are none."""
    for version in versions(value):
        if isinstance(version, Single) and not isinstance(version, bool) and (read := text(version)):
            yield read
