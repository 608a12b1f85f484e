"""Factors of ownership and control, and of roles that an organisation holds."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.risk_factors import Factor
from cases.assessment.risk.assessment import Score
from cases.assessment.risk.facts import Facts
from cases.assessment.risk.known import (
    NOT_FOR_THE_FORM,
    form_of,
    is_sound,
    known,
    not_applicable,
    points_of,
    unknown,
)
from cases.findings.ownership.parties import Kind, Party
from cases.findings.result import Result
from cases.findings.vocabulary.formats import exact_words, percent_words
from cases.findings.vocabulary.presence import did_come
from cases.provider.result.scalars import code

SHAREHOLDERS, BENEFICIALS = "ownership.shareholders", "ownership.beneficials"
INDICATORS, ROLES = "ownership.indicators", "roles"
LEVELS = "ownershipLevels"


def of_indicator(factor: Factor, facts: Facts) -> Score:
    """Score an indicator of the structure."""
    place, value = f"{INDICATORS}.{factor.read}", indicator(facts.result, factor.read)
    if value is None:
        return unknown(factor, place)
    return known(exact_words(value), points_of(factor.steps, value), exact_words(value), place)


def indicator(result: Result, name: str) -> Decimal | None:
    """The value of an indicator; None if it is not known."""
    values = (found.value for found in result.ownership.indicators if found.name.code == code(name))
    value = next(values, None)
    is_number = isinstance(value, Decimal) and value >= 0 and is_sound(result, f"{INDICATORS}.{name}")
    return value if is_number and isinstance(value, Decimal) else None


def of_unexplained(factor: Factor, facts: Facts) -> Score:
    """Score the shares that nobody is named for; an empty list explains none of them."""
    owned, form = facts.result.ownership, form_of(facts.result)
    if not owned.shareholders and form in factor.forms:
        return not_applicable(NOT_FOR_THE_FORM, SHAREHOLDERS)
    is_stated = all(isinstance(holder.share, Decimal) for holder in owned.shareholders)
    if not did_come(owned.shareholders_nothing) or not is_stated or not is_sound(facts.result, SHAREHOLDERS):
        return unknown(factor, SHAREHOLDERS)
    share = owned.unexplained.copy_abs() if factor.absolute else max(owned.unexplained, Decimal(0))
    return known(exact_words(share), points_of(factor.steps, share), percent_words(share), SHAREHOLDERS)


def of_no_beneficial(factor: Factor, facts: Facts) -> Score:
    """Score that no beneficial owner is named."""
    owned = facts.result.ownership
    if form_of(facts.result) in factor.forms:
        return not_applicable(NOT_FOR_THE_FORM, BENEFICIALS)
    if not did_come(owned.beneficials_nothing) or not is_sound(facts.result, BENEFICIALS):
        return unknown(factor, BENEFICIALS)
    if owned.beneficial_owners:
        return known("no", 0, _("Beneficial owners are named."), BENEFICIALS)
    return known("yes", factor.points, _("No beneficial owner is named."), BENEFICIALS)


def of_reasons(factor: Factor, facts: Facts) -> Score:
    """Score why owners are called beneficial, each reason once."""
    owned = facts.result.ownership
    if not did_come(owned.beneficials_nothing) or not is_sound(facts.result, BENEFICIALS):
        return unknown(factor, BENEFICIALS)
    if not owned.beneficials:
        return not_applicable(_("No beneficial owner is listed."), BENEFICIALS)
    scored = [owner for owner in owned.beneficials if owner.reason and owner.reason.code in factor.scores]
    reasons = {owner.reason.code: owner.reason.text for owner in scored if owner.reason}
    points = sum(factor.scores[reason] for reason in reasons)
    if any(owner.reason is None and not isinstance(owner.control, Decimal) for owner in owned.beneficials):
        return unknown(factor, BENEFICIALS, found=points)
    if not reasons:
        return known("no", 0, _("None by such a reason."), BENEFICIALS)
    words = ", ".join(map(str, reasons.values()))
    return known(", ".join(sorted(reasons)), points, words, *(owner.place for owner in scored))


def of_organisations(factor: Factor, facts: Facts) -> Score:
    """Score that an organisation holds a large share."""
    owned = facts.result.ownership
    if not did_come(owned.shareholders_nothing) or not is_sound(facts.result, SHAREHOLDERS):
        return unknown(factor, SHAREHOLDERS)
    large = [party for party in owned.parties if party.is_shareholder and _may_hold(party, factor.limit)]
    sure = [party for party in large if party.kind is Kind.ORGANISATION and isinstance(party.share, Decimal)]
    if sure:
        names = ", ".join(party.name or "–" for party in sure)
        words = _("%(names)s: the result has no country of shareholders.") % {"names": names}
        return known("yes", factor.points, words, *(party.places[0] for party in sure))
    if large:
        return unknown(factor, *(party.places[0] for party in large))
    return known("no", 0, _("No organisation holds so much."), SHAREHOLDERS)


def _may_hold(party: Party, share: Decimal) -> bool:
    """May it be an organisation with so large a share?"""
    is_large = not isinstance(party.share, Decimal) or party.share >= share
    return party.kind is not Kind.PERSON and is_large


def of_roles(factor: Factor, facts: Facts) -> Score:
    """Score that an organisation holds one of the roles."""
    roles, wanted = facts.result.roles, {code(word) for word in factor.words}
    if not did_come(roles.nothing) or not is_sound(facts.result, ROLES):
        return unknown(factor, ROLES)
    held = [holder for holder in roles.holders if any(role.code in wanted for role in holder.roles)]
    organisations = [holder for holder in held if holder.number]
    if organisations:
        words = ", ".join(holder.name or "–" for holder in organisations)
        return known("yes", factor.points, words, *(holder.places[0] for holder in organisations))
    # One that has neither number nor date of birth may be either.
    may_be_one = [holder for holder in held if holder.born is None]
    if may_be_one or any(not holder.roles for holder in roles.holders):
        return unknown(factor, ROLES)
    return known("no", 0, _("No organisation holds such a role."), ROLES)
