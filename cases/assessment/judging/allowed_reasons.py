"""Which reasons the compared lines of a hit allow, and which line refuses the others."""

from django.utils.translation import gettext_lazy as _

from cases.assessment.judging.compared_lines import BORN, is_by_year_alone, outcomes
from cases.assessment.policy.hit_reason_terms import HitReasons, Reason
from cases.findings.identity.verdict import Verdict as Line
from cases.findings.screening.comparison import LABELS
from cases.findings.screening.hit import Hit
from cases.findings.vocabulary.wording import Words

# What a line came to, as the end of a sentence.
OUTCOMES: dict[Line, Words] = {
    Line.EQUAL: _("the same"),
    Line.NEAR: _("similar"),
    Line.DIFFERENT: _("different"),
    Line.UNKNOWN: _("unknown"),
}
BY_YEAR_ALONE = _("Only a year of birth is compared")


def refusal(reason: Reason, hit: Hit) -> Words:
    """Quote the line that refuses a reason: ‘Date of birth is similar’; '' if none does."""
    if reason.or_stated:
        return ""
    found = outcomes(hit)
    for attribute, allowed in reason.lines.items():
        if found[attribute] not in allowed:
            return _("%(line)s is %(outcome)s") % {
                "line": LABELS[attribute],
                "outcome": OUTCOMES[found[attribute]],
            }
    if BORN in reason.lines and reason.is_alone and is_by_year_alone(hit):
        return BY_YEAR_ALONE
    return ""


def refusals(policy: HitReasons, hit: Hit) -> dict[str, Words]:
    """The line that refuses each reason that is refused, by the reason's code."""
    found = {reason.code: refusal(reason, hit) for reason in policy.reasons.values()}
    return {code: words for code, words in found.items() if words}
