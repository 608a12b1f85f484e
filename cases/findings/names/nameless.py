"""Whether a name names nobody: decided here alone for every name of a result; the words are in placeholder_words.py."""

from functools import lru_cache

from cases.findings.names import legal_forms
from cases.findings.names.spellings import MOST_KEPT, sound
from cases.provider.result.placeholder_words import Sort, bare, sorts_of
from cases.provider.result.placeholders import LONGEST, is_placeholder

OF_SOMEBODY = {Sort.SIGN, Sort.KIND}


@lru_cache(maxsize=MOST_KEPT)
def names_nobody(name: str | None) -> bool:
    """Is it nothing but words that stand for anybody (owner, chairman), digits, signs, or a legal form?

    One word of its own makes it a name: Owner Services AS, Ola Skjult. So do digits with a form: 1881 AS.
    """
    if name is None or is_placeholder(name):
        return True
    if len(name) > LONGEST:
        return False
    words = bare(name).split()
    if all(word.isdecimal() for word in words) or "".join(words) in legal_forms.BEHIND:
        return True
    at = legal_forms.bare(words, [sound(word) for word in words])
    rest = words[at.first : at.last]
    # Several short ones may be somebody's names: Sa Da.
    if len(rest) == 1 and is_form(rest[0]) and (len(words) == 1 or at.has_certain):
        return True
    return bool(sorts_of(rest) & OF_SOMEBODY)


def is_form(word: str) -> bool:
    """Is the word a legal form by itself?"""
    return word in legal_forms.BEHIND or sound(word) in legal_forms.PHRASES | legal_forms.WORDS_BEHIND
