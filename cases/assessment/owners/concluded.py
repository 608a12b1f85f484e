"""Conclusions held against what is reckoned now: which count, and what is still to be concluded."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.owners.candidates import Candidate, Reckoning
from cases.findings.vocabulary.formats import day_words, exact_words
from cases.findings.vocabulary.wording import Words

Reckoned = dict[str, Any]


def reckoned_of(candidate: Candidate) -> Reckoned:
    """What was worked out of a candidate, in plain values: frozen with a conclusion, and compared later."""
    return {
        "is_unique": candidate.is_unique,
        "because": [str(because) for because in candidate.because],
        "names": list(candidate.names),
        "births": [day_words(born) for born in candidate.births],
        "by_rule_set": {
            reckoned.rule_set.id: {
                "answer": str(reckoned.answer),
                "percent": None if reckoned.percent is None else exact_words(reckoned.percent),
            }
            for reckoned in candidate.by_rule_set
        },
    }


@dataclass(frozen=True, slots=True)
class Concluded:
    """What was reckoned when a person was concluded on; `capture`: the key of the result that was read then."""

    reckoned: Reckoned
    capture: int | None = None


def why_not(concluded: Concluded, candidate: Candidate, capture: int | None) -> Words:
    """Why a conclusion does not count for a candidate of the result that is read now; '' if it does."""
    was_unique = concluded.reckoned.get("is_unique", True)
    if not (candidate.is_unique and was_unique) and concluded.capture != capture:
        return _("Another person of this name cannot be told apart, and the capture is another one.")
    now = reckoned_of(candidate)
    if concluded.reckoned.get("by_rule_set") != now["by_rule_set"]:
        return _("The reckoning is another one than when it was concluded.")
    if concluded.reckoned.get("because") != now["because"]:
        return _("They are a candidate for another reason than when it was concluded.")
    return ""


@dataclass(frozen=True, slots=True)
class OwnersConcluded:
    """How far the beneficial owners of a case are concluded on.

    `open_names`: candidates without a conclusion that counts. `owners`, `managers`: the names concluded to be that,
    candidates or not. `by`: who concluded; `refs`: each conclusion that counts by its number.
    """

    reckoning: Reckoning
    open_names: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    refs: tuple[int, ...] = ()
