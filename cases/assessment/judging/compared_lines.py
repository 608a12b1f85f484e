"""The compared lines of a hit as judging weighs them."""

from cases.assessment.policy.hit_reason_terms import HitReasons, Weight
from cases.findings.identity.dates_of_birth import born
from cases.findings.identity.verdict import Verdict as Line
from cases.findings.screening.comparison import LABELS
from cases.findings.screening.hit import Hit

BORN, KIND = "born", "kind"


def outcomes(hit: Hit) -> dict[str, Line]:
    """What each of the six lines of a hit came to; unknown where nothing was compared."""
    if hit.comparison is None:
        return dict.fromkeys(LABELS, Line.UNKNOWN)
    return hit.comparison.verdicts


def is_by_year_alone(hit: Hit) -> bool:
    """Is the line of births compared without a whole day on both sides?"""
    party = hit.comparison.party if hit.comparison else None
    return not (party and born(party.births).days and hit.theirs.born.days)


def is_decisive(policy: HitReasons, hit: Hit, attribute: str) -> bool:
    """May the line clear the hit by itself? A birth only by whole days."""
    if policy.weights[attribute] is not Weight.DECISIVE:
        return False
    return attribute != BORN or not is_by_year_alone(hit)


def is_told_apart(policy: HitReasons, hit: Hit) -> bool:
    """Is a decisive line different?"""
    return any(
        line is Line.DIFFERENT and is_decisive(policy, hit, name) for name, line in outcomes(hit).items()
    )


def is_alike(policy: HitReasons, hit: Hit) -> bool:
    """Is a line that tells parties of one kind apart the same or similar? That both are persons says nothing.

    A year of birth that is the same counts too: it may be the same day.
    """
    return any(
        line in {Line.EQUAL, Line.NEAR} and policy.weights[name] is Weight.DECISIVE
        for name, line in outcomes(hit).items()
        if name != KIND
    )
