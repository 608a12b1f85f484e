"""Whether somebody may be named in a place that is not read: under a second name of a list, or in another form."""

import re
from collections.abc import Iterable, Iterator, Mapping

from cases.findings.unread.unread_parts import Part, may_list_hits
from cases.provider.result.bounds import EVERYTHING_AFTER
from cases.provider.result.coverage import leaves

NAMES_STAND_IN = re.compile(
    r"(keyInformation(\.name)?|ownership|roles|authorities|financials\.(auditor|accountant))\b"
)
# Parts of these chapters, and elements of an entry, that name nobody.
NAMES_NOBODY = re.compile(
    r"keyInformation\.(?!name\b)|ownership\.indicators|.*\.metadata\b"
    r"|.*\.(percentage|percentageControl|integratedOwnership|dateOfBirth|otherInformation|address|reason|role|type)\b"
)
LETTERS = re.compile(r"[^\W\d_]{2}")
NO_NAME = re.compile(r"://|@|^[0-9]{4}-[0-9]{2}-[0-9]{2}")
OF_SOURCES = re.compile(r"\.metadata(\.|$)")


def may_be_in(parts: Iterable[Part]) -> bool:
    """May a text in parts that the portal has no place for be the name of a named party?"""
    return any(
        isinstance(leaf, str) and LETTERS.search(leaf) and not NO_NAME.search(leaf)
        for part in parts
        if not may_list_hits(part.place) and not OF_SOURCES.search(part.place)
        for _path, leaf in leaves(part.value, part.place)
    )


def may_be_among(places: Iterable[str]) -> bool:
    """May a name be at one of the places?"""
    return any(
        place == EVERYTHING_AFTER or (NAMES_STAND_IN.match(place) and not NAMES_NOBODY.match(place))
        for place in places
    )


def places(by_chapter: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Give the places of all chapters."""
    return (place for paths in by_chapter.values() for place in paths)
