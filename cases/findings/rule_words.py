"""Whether a rule's own words clearly contradict its sets of signers. Wording that is not known speaks for nothing."""

import re
import unicodedata
from collections.abc import Collection

JOINTLY = re.compile(
    r"\b(jointly|together|collectively|i fell?ess?kap|i fællesskab|i förening|i forening|tillsammans|sammen|yhdessä)\b"
)
ALONE = re.compile(
    r"\b(alone|singly|solely|individually|severally|alene|hver for s[ei]g|enkeltvis|ensam"
    r"|var(?: och en)? för sig|var for sig|yksin|erikseen)\b"
)
# What is said not to suffice.
NOT_ALONE = re.compile(
    r"\b(?:not|ikke|inte|icke|ej|ei|eivät)\s+(?:\w+\s+){0,3}?(?:alone|alene|ensam|yksin)\b"
)
# Several ways in one sentence: which of them a word belongs to is not told.
OR = re.compile(r"\b(or|eller|tai|samt|and/or|og/eller|och/eller)\b|[;:\n]")


def contradict(description: str, sizes: Collection[int]) -> bool:
    """Do the words ask for several where a set holds one alone, or for one where every set holds several?

    `sizes`: how many signers each set has.
    """
    said = " ".join(unicodedata.normalize("NFC", description).casefold().split(" "))
    rest = NOT_ALONE.sub(" ", said)
    alone, jointly = bool(ALONE.search(rest)), rest != said or bool(JOINTLY.search(rest))
    if not sizes or alone == jointly:
        return False
    if alone:
        return min(sizes) > 1
    has_several_ways = bool(OR.search(rest)) and max(sizes) > 1
    return min(sizes) == 1 and not has_several_ways
