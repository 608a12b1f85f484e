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
# Somebody stands beside those who are counted, or there are as many at least.
BESIDE = re.compile(r"\b(and|og|och|ja|with|med|kanssa|plus)\b|[&+]")
AT_LEAST = re.compile(r"\b(at least|minimum|min|minst|mindst|vähintään|or more|eller flere|eller fler)\b")
NUMERALS = {
    word: number
    for number, words in (
        (2, "2 two to två kaksi"),
        (3, "3 three tre kolme"),
        (4, "4 four fire fyra neljä"),
        (5, "5 five fem viisi"),
        (6, "6 six seks sex kuusi"),
        (7, "7 seven sju syv seitsemän"),
        (8, "8 eight åtte otte åtta kahdeksan"),
        (9, "9 nine ni yhdeksän"),
    )
    for word in words.split()
}
NUMERAL = re.compile(rf"\b(?:{'|'.join(NUMERALS)})\b|\d+")
OF_THEM = "[^.,()§0-9]{0,60}?"  # what they are, in the same clause
# In English it counts nobody.
IN_ENGLISH = re.compile(r"\b(jointly|together|collectively|the|by|of|sign)\b")
TO = re.compile(r"\bto\b")


def contradict(description: str, sizes: Collection[int]) -> bool:
    """Do the words ask for several signers where a set has one, or for one, or another number, where no set does?

    `sizes`: how many signers each set has.
    """
    lowered = _one_spaced(unicodedata.normalize("NFC", description).casefold())
    rest = NOT_ALONE.sub(" ", lowered)
    alone, jointly = bool(ALONE.search(rest)), rest != lowered or bool(JOINTLY.search(rest))
    if not sizes or alone == jointly:
        return False
    if alone:
        return min(sizes) > 1
    has_several_ways = bool(OR.search(rest)) and max(sizes) > 1
    return (min(sizes) == 1 and not has_several_ways) or _count_otherwise(rest, sizes)


def _one_spaced(text: str) -> str:
    """Put one space for every white space but line breaks, which may part several ways."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def _count_otherwise(lowered: str, sizes: Collection[int]) -> bool:
    """Do the words say how many sign jointly, with nobody beside them, and does no set have so many signers?"""
    several_ways = (
        OR.search(AT_LEAST.sub(" ", lowered)) or BESIDE.search(lowered) or len(JOINTLY.findall(lowered)) != 1
    )
    counted = TO.sub(" ", lowered) if IN_ENGLISH.search(lowered) else lowered
    numerals = [match[0] for match in NUMERAL.finditer(counted)]
    number = NUMERALS.get(numerals[0]) if len(numerals) == 1 else None
    if number is None or several_ways or not _are_who_sign(numerals[0], counted):
        return False
    return max(sizes) < number if AT_LEAST.search(lowered) else number not in sizes


def _are_who_sign(numeral: str, lowered: str) -> bool:
    """Does the numeral count those who sign jointly: ‘two directors jointly’, ‘jointly by two directors’?"""
    before = rf"(?<!§)(?<!§ )\b{numeral}\b{OF_THEM}{JOINTLY.pattern}"
    behind = rf"{JOINTLY.pattern}\s+(?:by|av|af)\s+(?:\w+\s+)?{numeral}\b"
    return bool(re.search(before, lowered) or re.search(behind, lowered))
