"""A judgement in words: its reasons by its policy, who must confirm it, the lines as they were judged."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.assessment.judging.second_person import Because
from cases.findings.identity.verdict import Verdict
from cases.findings.screening.comparison import LABELS, TELLING
from cases.findings.vocabulary.code_words import COUNTRIES, HOLDER_TYPES
from cases.findings.vocabulary.formats import date_words
from cases.findings.vocabulary.wording import Words
from cases.models import Judgement

NAMED: dict[str, Mapping[Any, Words]] = {"kind": HOLDER_TYPES, "country": COUNTRIES}


@dataclass(frozen=True)
class FrozenLine:
    """A compared line as a person saw it when judging; named like a line of today (findings.screening.comparison)."""

    attribute: str
    verdict: Verdict
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    score_words: str
    note: str

    @property
    def label(self) -> Words:
        return LABELS[self.attribute]

    @property
    def identifies(self) -> bool:
        return self.attribute in TELLING


def reasons_of(judgement: Judgement) -> list[str]:
    """The reasons that were given, in the words of the policy they were given by."""
    words = {reason["code"]: str(reason["words"]) for reason in judgement.policy.content["reasons"]}
    return [words.get(code, code) for code in judgement.reasons]


def second_because(judgement: Judgement) -> list[Words]:
    """Why a second person confirms it. That it was drawn for the sample is not told: the second is to look unaware."""
    return [
        Because(word).words if word != Because.SAMPLE else _("policy asks for it")
        for word in judgement.second_because
    ]


def frozen_lines(judgement: Judgement) -> list[FrozenLine]:
    """The compared lines as they were judged."""
    return [
        FrozenLine(
            attribute=line["attribute"],
            verdict=Verdict(line["verdict"]),
            theirs=_named(line["attribute"], line["theirs"]),
            ours=_named(line["attribute"], line["ours"]),
            score_words=line["score"],
            note=line["note"],
        )
        for line in judgement.comparison
    ]


def _named(attribute: str, values: list[str]) -> tuple[str, ...]:
    words = NAMED.get(attribute, {})
    return tuple(_day(value) if attribute == "born" else str(words.get(value, value)) for value in values)


def _day(text: str) -> str:
    """A date of birth as it is shown, if it came as a whole day; else as it came."""
    try:
        return date_words(datetime.date.fromisoformat(text))
    except ValueError:
        return text


def compared_party(judgement: Judgement) -> str:
    """With whom of ours the entry was compared, in words."""
    name = judgement.parties.parties.get(judgement.party, "")
    if not judgement.party:
        return _("Compared with everybody the result names")
    return _("Compared with %(name)s") % {"name": name or _("a party without a name")}
