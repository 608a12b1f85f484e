"""Answers of the check of signers as plain sentences, for where they are stored and not computed anew."""

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cases.findings.authority.signatory_check import Answer, Person, Verdict
from cases.findings.authority.signing_rules import RuleRemark
from cases.findings.authority.signing_sets import Option, Signer
from cases.findings.vocabulary.formats import day_words

LONGEST_NAME = 200
LONGEST_REMARK = 500
ISOLATE, END_OF_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def answer_words(answer: Answer) -> str:
    """Write an answer as sentences: the verdict, why, and with which reservations."""
    gone = [_deceased_words(answer.deceased)] if answer.deceased else []
    return " ".join([_verdict_words(answer), *gone, *map(_remark_words, answer.reservations)])


def person_words(person: Person | Signer) -> str:
    """Name a person, with the date of birth if it is stated, so that namesakes are told apart."""
    name = _name_words(person.name)
    return (
        _("%(name)s, born %(day)s") % {"name": name, "day": day_words(person.born)} if person.born else name
    )


def _deceased_words(signers: Option) -> str:
    named = "; ".join(map(person_words, signers))
    return _("Reservation: registered as deceased: %(people)s.") % {"people": named}


def _verdict_words(answer: Answer) -> str:
    if answer.doubt and answer.verdict is Verdict.NO_PROCURATION:
        return str(answer.doubt.words)
    if answer.doubt:
        return _("Cannot be concluded. %(why)s") % {"why": answer.doubt.words}
    if answer.verdict == Verdict.SUFFICIENT:
        return _("Sufficient: %(set)s.") % {"set": _set_words(answer.fulfilled)}
    return _missing_words(answer)


def _missing_words(answer: Answer) -> str:
    """Say whose signatures are missing: those of the one set, or of any one of several sets."""
    sets = pgettext("sets of signers", "; or ").join(_names(lack.missing) for lack in answer.nearest)
    if answer.lacking == 1:
        return _("Not sufficient. Missing: %(set)s.") % {"set": sets}
    words = _("Not sufficient. Missing, in one of these ways: %(sets)s.") % {"sets": sets}
    if not answer.others:
        return words
    others = ngettext("There is %(n)d further way.", "There are %(n)d further ways.", answer.others)
    return f"{words} {others % {'n': answer.others}}"


def _set_words(signers: Option) -> str:
    how = pgettext("signers", "alone") if len(signers) == 1 else pgettext("signers", "together")
    return f"{_names(signers)} {how}"


def _names(signers: Option) -> str:
    *most, last = map(_name_words, (signer.name for signer in signers))
    return f"{', '.join(most)} {pgettext('signers', 'and')} {last}" if most else last


def _remark_words(remark: RuleRemark) -> str:
    category = str(remark.category.text) if remark.category else ""
    sentence = ": ".join(part for part in (category, remark.comment) if part)
    return _("Reservation: %(said)s") % {"said": sentence[:LONGEST_REMARK]}


def _name_words(name: str | None) -> str:
    """Write a name for a sentence: not too long, and isolated if it is written from right to left."""
    text = (name or _("somebody without a name"))[:LONGEST_NAME]
    turns = any(
        unicodedata.bidirectional(letter) not in {"L", "EN", "WS", "ES", "CS", "ON"} for letter in text
    )
    return f"{ISOLATE}{text}{END_OF_ISOLATE}" if turns else text
