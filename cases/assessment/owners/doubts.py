"""What of the chapter of owners can be relied upon: came it whole, once, and in a form that is read?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cases.findings.result import Result
from cases.provider.result.bounds import concerns

CHAPTER = "ownership"
# A list of owners, an entry of it, and a field of that.
PLACE = re.compile(r"ownership(?:\.(?:shareholders|beneficials)(\[\d+\])?(?:\.(\w+))?.*)?", re.DOTALL)
AMOUNTS = {"percentage", "percentageControl", "integratedOwnership"}


@dataclass(frozen=True, slots=True)
class Doubts:
    """Whether all owners can be relied upon, and the entries whose per cent cannot."""

    is_sound: bool = True
    entries: frozenset[str] = frozenset()

    def concern(self, places: Iterable[str]) -> bool:
        """Is the per cent of one of these entries in doubt?"""
        return bool(self.entries) and not self.entries.isdisjoint(places)


def doubts(result: Result) -> Doubts:
    """Give what is in doubt, each place looked at once."""
    is_whole = result.came and not concerns(result.cut, CHAPTER) and not result.not_read.get(CHAPTER)
    repeated = [match for match in map(PLACE.fullmatch, result.contradictions) if match]
    is_read = not any(map(PLACE.fullmatch, result.misshapen.get(CHAPTER, ())))
    entries = (
        match[0].partition("]")[0] + "]"
        for match in repeated
        if match[1] and (match[2] is None or match[2] in AMOUNTS)
    )
    return Doubts(bool(is_whole and is_read and not repeated), frozenset(entries))
