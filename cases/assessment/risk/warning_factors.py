"""Factors that rest on what a result is warned of."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_factors import Factor
from cases.assessment.risk.assessment import Score
from cases.assessment.risk.facts import Facts
from cases.assessment.risk.known import is_sound, known, unknown
from cases.findings.result import Result
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.caution_codes import CODES
from cases.findings.vocabulary.presence import did_come
from cases.findings.vocabulary.sections import SCREENING, Topic

STATUSES, NUMBER = "keyInformation.statusCodes", "keyInformation.organizationNumber"
# Of which place each code must be known, where it is another than that of its topic.
PLACES = {
    "bankrupt": STATUSES,
    "liquidation": STATUSES,
    "deleted": STATUSES,
    "unknown_status": STATUSES,
    "number_check": NUMBER,
    "duns_check": NUMBER,
    "lei_check": NUMBER,
}
PLACES_OF_TOPICS: Mapping[Topic | None, tuple[str, ...]] = {
    None: ("keyInformation",),
    Topic.IDENTITY: ("keyInformation",),
    Topic.OWNERS: ("ownership.shareholders", "ownership.beneficials"),
    Topic.AUTHORITY: ("roles", "authorities"),
    Topic.SANCTIONS: (SCREENING,),
    Topic.PEP: (SCREENING,),
    Topic.FIGURES: ("financials",),
}
CAME: dict[str, Callable[[Result], bool]] = {
    STATUSES: lambda result: bool(result.company.statuses),
    NUMBER: lambda result: result.company.number_check is not None,
    "keyInformation": lambda result: did_come(result.company.nothing),
    "ownership.shareholders": lambda result: did_come(result.ownership.shareholders_nothing),
    "ownership.beneficials": lambda result: did_come(result.ownership.beneficials_nothing),
    "roles": lambda result: did_come(result.roles.nothing),
    "authorities": lambda result: did_come(result.authorities.nothing),
    SCREENING: lambda result: result.screening.came,
    "financials": lambda result: bool(
        result.financials.accounting.years or result.financials.key_figures.lines
    ),
}


def of_warnings(factor: Factor, facts: Facts) -> Score:
    """Score the warnings of the result by their codes, each code once, whatever else is not known."""
    found = [caution for caution in facts.result.warnings if _counts(factor, caution)]
    codes = dict.fromkeys(caution.code for caution in found)
    points = sum(factor.scores[code] for code in codes)
    places = places_of(factor)
    if not all(CAME[place](facts.result) for place in places) or not is_sound(facts.result, *places):
        return unknown(factor, *places, found=points)
    if not codes:
        return known("no", 0, _("Nothing of this kind."), *places)
    words = ", ".join(str(CODES[code].words) for code in codes)
    return known(", ".join(sorted(codes)), points, words, *dict.fromkeys(one.rests_on for one in found))


def _counts(factor: Factor, caution: Caution) -> bool:
    """Is it a code of the factor? One that any chapter may be warned by must be about what the others are about."""
    if caution.code not in factor.scores or (factor.alarms_only and not caution.is_alarm):
        return False
    topics = topics_of(factor)
    return bool(CODES[caution.code].topic) or not topics or caution.topic in topics


def topics_of(factor: Factor) -> frozenset[Topic]:
    """What the codes of a factor are about, as far as that is one thing for each."""
    return frozenset(topic for code in factor.scores if (topic := CODES[code].topic))


def places_of(factor: Factor) -> tuple[str, ...]:
    """The places that must be known before it can be said that there is none of these warnings."""
    topics = topics_of(factor)
    found: dict[str, None] = {}
    for code in factor.scores:
        topic = CODES[code].topic
        if code in PLACES:
            found[PLACES[code]] = None
        elif topic or not topics:
            found.update(dict.fromkeys(PLACES_OF_TOPICS[topic]))
    return tuple(found)
