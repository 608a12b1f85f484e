"""Whether somebody may be named where nobody reads: under a second name of a list, or in another form."""

import re
from collections.abc import Iterable, Iterator, Mapping

from cases.provider.bounds import EVERYTHING_AFTER

NAMES_STAND_IN = re.compile(
    r"(keyInformation(\.name)?|ownership|roles|authorities|financials\.(auditor|accountant))\b"
)
# Parts of these chapters, and elements of an entry, that name nobody.
NAMES_NOBODY = re.compile(
    r"keyInformation\.(?!name\b)|ownership\.indicators|.*\.metadata\b"
    r"|.*\.(percentage|percentageControl|integratedOwnership|dateOfBirth|otherInformation|address|reason|role|type)\b"
)


def may_be_among(places: Iterable[str]) -> bool:
    """May a name be at one of the places?"""
    return any(
        each == EVERYTHING_AFTER or (NAMES_STAND_IN.match(each) and not NAMES_NOBODY.match(each))
        for each in places
    )


def places(by_chapter: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Give every place."""
    return (place for each in by_chapter.values() for place in each)
