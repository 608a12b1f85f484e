"""Names made comparable: what is only written differently becomes the same, and how alike the rest is."""

import re
import unicodedata

from rapidfuzz import fuzz

from cases.findings.letters import plain
from cases.provider.wire import HolderType

LONGEST = 200  # characters of a name that are compared; the input is hostile
MOST_WORDS = 30
PART_OF_THE_OTHER = 0.9  # every word of one name is in the other, which has more

IN_AN_ABBREVIATION = re.compile(r"(?<=\b\w)[./](?=\w\b)")  # A/S, L.L.C.
POLISH = re.compile(r"\bsp\.? z ?oo\b")
WORD = re.compile(r"[^\W_]+")

# Of the Nordic countries; in English, and at the Gulf; of the rest of Europe; Russian, in both scripts.
AS_WRITTEN = """
    as asa ans da enk nuf ks iks sf ba bbl kf aksjeselskap ab abp hb kb publ aktiebolag handelsbolag kommanditbolag
    oy oyj ky tmi osk oyab osakeyhtio aps ivs ps is amba smba fmba aktieselskab anpartsselskab ehf hf slf
    ltd limited plc llp lp llc inc incorporated corp corporation co company liability pty pte sdn bhd fze fzc fzco
    fzllc dmcc
    gmbh mbh ag kg kgaa ohg ug ev eg se bv nv cv vof sa sarl rl sas sasu eurl snc sprl srl spa sl slu lda ltda
    spzoo doo dd ad ood eood kft zrt nyrt sro uab sia ou
    jsc ojsc cjsc pjsc ooo oao zao pao ao tov ооо оао зао пао ао
"""
BEFORE_THE_NAME = "as ab oy uab sia ooo oao zao pao ao ооо оао зао пао ао"
# Those that are nobody's surname, given name or initials, as As, Ba, Da, Sa, Co, Sia, Åsa and Pao are.
NOBODYS_NAME = """
    aksjeselskap publ aktiebolag handelsbolag kommanditbolag oyj oyab osakeyhtio aps amba smba fmba aktieselskab
    anpartsselskab ehf
    ltd limited plc llp llc inc incorporated corp corporation pty pte sdn bhd fze fzc fzco fzllc dmcc
    gmbh mbh kgaa ohg sarl eurl snc sprl srl ltda spzoo eood kft zrt nyrt sro uab
    jsc ojsc cjsc pjsc ooo oao ооо оао зао
"""
FORMS = frozenset(AS_WRITTEN.split())
CERTAIN_FORMS = frozenset(NOBODYS_NAME.split())
LEADING_FORMS = frozenset(BEFORE_THE_NAME.split())


def keys(name: str | None, kind: HolderType | None) -> tuple[str, ...]:
    """Give the name as it is compared; without its legal form, and both ways if it may be a person's.

    `kind` is what is stated of it: a guess would hide that two names are the same.
    """
    found = words(name)
    if not found:
        return ()
    whole, bare = key(found), key(without_form(found))
    if kind is HolderType.PERSON:
        return (whole,)
    return (bare,) if kind is HolderType.ORGANIZATION or bare == whole else (bare, whole)


def words(name: str | None) -> list[str]:
    """Split a name into words without case, accents and punctuation; å, ø, æ, ß, ł and đ become plain letters."""
    text = plain((name or "")[:LONGEST])
    if "." in text or "/" in text:
        text = POLISH.sub("spzoo", IN_AN_ABBREVIATION.sub("", text))
    return WORD.findall(text)[:MOST_WORDS]


def without_form(found: list[str]) -> list[str]:
    """Leave out legal forms before and after the name itself, which is never left out."""
    first, last = 0, len(found)
    while last > 1 and found[last - 1] in FORMS:
        last -= 1
    while first < last - 1 and found[first] in LEADING_FORMS:
        first += 1
    return found[first:last]


def key(found: list[str]) -> str:
    """Put the words in an order of their own."""
    return " ".join(sorted(found))


def has_form(name: str | None) -> bool:
    """Does the name carry a legal form, as no person's does? What may be a surname does not count."""
    found = words(name)
    if len(found) < 2:
        return False
    return found[-1] in CERTAIN_FORMS or found[0] in CERTAIN_FORMS & LEADING_FORMS


def alike(one: str, other: str) -> float:
    """Say how alike two keys are, from 0 to 1; 1 only if they are the same."""
    if one == other:
        return 1.0
    score = fuzz.ratio(one, other) / 100
    less, more = sorted((set(one.split()), set(other.split())), key=len)
    if len(less) > 1 and less <= more:
        score = max(score, PART_OF_THE_OTHER)
    return min(score, 0.99)


def scripts(text: str) -> set[str]:
    """Name the scripts the letters belong to, such as LATIN; names in different ones cannot be compared."""
    if text.isascii():
        return {"LATIN"} if any(char.isalpha() for char in text) else set()
    return {unicodedata.name(char, "?").split(maxsplit=1)[0] for char in text if char.isalpha()}
