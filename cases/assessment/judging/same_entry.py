"""Which hits are about one listed person on several lists, so that one judgement may be made of all of them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cases.assessment.judging.compared_lines import outcomes
from cases.assessment.judging.draft import VERDICT, Draft
from cases.assessment.objection import Objection
from cases.assessment.policy.hit_reason_terms import HitReasons, HitVerdict
from cases.findings.identity.same_party import in_any_order
from cases.findings.screening.hit import Hit


def on_other_lists(hit: Hit, others: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits that name the same person elsewhere: name, day of birth, and the same lines beside one of ours."""
    return tuple(other for other in others if other.fingerprint != hit.fingerprint and _is_same(hit, other))


def _is_same(hit: Hit, other: Hit) -> bool:
    if not hit.name or not other.name or in_any_order(hit.name) != in_any_order(other.name):
        return False
    if outcomes(hit) != outcomes(other) or _party(hit) != _party(other):
        return False
    days = hit.theirs.born.days
    return bool(days) and days == other.theirs.born.days


def _party(hit: Hit) -> tuple[str, ...]:
    return hit.comparison.party.places if hit.comparison and hit.comparison.party else ()


def objections_together(
    policy: HitReasons, hit: Hit, others: tuple[Hit, ...], draft: Draft
) -> tuple[Objection, ...]:
    """What speaks against judging these hits at once with this one."""
    if not others:
        return ()
    if draft.verdict == HitVerdict.TRUE_MATCH:
        return (Objection(VERDICT, _("‘The same’ is judged hit by hit: it settles no other.")),)
    if len(others) >= policy.most_at_once or len(on_other_lists(hit, others)) < len(others):
        return (
            Objection(VERDICT, _("These hits are not of one person, or too many: judge them one by one.")),
        )
    return ()
