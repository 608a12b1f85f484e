"""Who acts, risk and purpose, and approval: R05, R14, R21 to R24, R26, R28 to R30."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.assessment.policy.requirement_terms import RequirementSet
from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements import named_people
from cases.assessment.requirements.case_facts import CaseFacts, EvidenceRef
from cases.assessment.requirements.found import (
    NO_RESULT,
    Found,
    State,
    joined,
    lacking,
    met,
    not_applicable,
    unknowable,
)
from cases.assessment.risk.country_factors import countries_of, is_in, not_stated
from cases.findings.vocabulary.formats import date_words
from cases.findings.vocabulary.presence import did_come
from cases.findings.vocabulary.sections import Topic
from cases.findings.vocabulary.wording import Words

NO_CLASS = _("No class can be worked out.")
# Dealt with by requirements of their own.
OF_OTHERS = frozenset({Topic.SANCTIONS, Topic.PEP, Topic.DOCUMENTS})


def of_signatory(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R05: who acts is a person's to choose; the rule to sign is beside it."""
    rule = facts.result.authorities.signature
    if not did_come(facts.result.authorities.nothing):
        words: Words = _("The rule to sign did not come. Choose who acts.")
    elif rule is None or not rule.is_conclusive:
        words = _("The rule to sign is not conclusive. Choose who acts.")
    else:
        words = _("The rule to sign is conclusive. Choose who acts.")
    return lacking(words, str(words), *named_people.role_holders(facts.result))


def of_purpose(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R14: what the relation is for; the firm's own purpose and industry stand beside it."""
    company = facts.result.company
    industry = company.industry_sector.description if company.industry_sector else None
    parts = [part for part in (facts.case_purpose, company.purpose, industry) if part]
    words: Words = _("Nobody said what the relation is for.")
    if parts:
        words = _("Nobody said what the relation is for. Beside it: %(parts)s.") % {"parts": "; ".join(parts)}
    return lacking(words, facts.case_purpose, company.purpose or "", industry or "")


def of_high_risk_country(policy: RequirementSet, facts: CaseFacts) -> Found:
    """R21: is a country of the firm or of its owners in a list that needs measures?"""
    countries = countries_of(facts.result)
    listed = [facts.country_lists[name] for name in policy.country_lists if name in facts.country_lists]
    found = sorted({code for code in countries for one in listed if is_in(one, code, is_outside=False)})
    if found:
        return lacking(_("High-risk third countries: %(codes)s.") % {"codes": ", ".join(found)}, *found)
    lacks = [name for name in policy.country_lists if not _is_filled(facts, name)]
    if lacks:
        words = _("The risk model lacks these lists of countries: %(names)s.")
        return unknowable(words % {"names": ", ".join(lacks)}, *sorted(countries))
    if not_told := [*not_stated(facts.result)]:
        return unknowable(joined(not_told), *sorted(countries))
    return not_applicable(_("No stated country is in a list that needs measures."))


def _is_filled(facts: CaseFacts, name: str) -> bool:
    return name in facts.country_lists and bool(facts.country_lists[name].countries)


def of_risk_class(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R22: a class by the model in force that no open question or hit can still change."""
    found = facts.assessment
    if found is None:
        return lacking(NO_CLASS)
    model = (EvidenceRef("risk_model", f"{found.model_name} {found.model_version}"),)
    why: list[Words] = []
    if found.open_questions:
        words = ngettext_lazy("%(n)d question is not answered", "%(n)d questions are not answered", "n")
        why.append(words % {"n": len(found.open_questions)})
    if found.open_hits:
        words = ngettext_lazy("%(n)d hit is open", "%(n)d hits are open", "n")
        why.append(words % {"n": found.open_hits})
    if why:
        return lacking(joined(why), evidence=model)
    worked_out = _("%(class)s, %(n)d points.") % {"class": found.risk_class.words, "n": found.points}
    if facts.risk_class is not found.risk_class:
        set_to = _("People set it to %(class)s.") % {"class": facts.risk_class.words}
        worked_out = f"{worked_out} {set_to}"
    if found.open_gates:
        not_told = _("Not known of gates: %(gates)s.") % {"gates": ", ".join(found.open_gates)}
        worked_out = f"{worked_out} {not_told}"
    if facts.answered_by:
        return Found(State.MET_BY_PERSON, worked_out, model, by=facts.answered_by)
    return met(worked_out, model)


def of_low_earned(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R23: the named reasons by which the class is low."""
    found = facts.assessment
    if found is None:
        return lacking(NO_CLASS)
    if found.risk_class is not RiskClass.LOW:
        why = joined(found.low_refused) if found.low_refused else ""
        words = _("The class was lowered, and low is not earned: %(why)s") % {"why": why}
        return lacking(words, why)
    reasons = ", ".join(found.low_reasons)
    return lacking(_("Reasons: %(reasons)s.") % {"reasons": reasons}, reasons)


def of_measures(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R24: measures are a person's to choose."""
    gates = [gate.words for gate in facts.assessment.gates] if facts.assessment else []
    words: Words = _("Nobody chose any measure.")
    return lacking(f"{words} {joined(gates)}" if gates else words, *gates)


def of_points(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R26: every point to check of the result that no other requirement deals with."""
    if facts.capture is None:
        return lacking(NO_RESULT)
    points = [caution for caution in facts.cautions if caution.topic not in OF_OTHERS]
    if not points:
        return met(_("No point to check but of hits, lists and documents."), facts.of_capture)
    short = list(dict.fromkeys(str(point.words) for point in points))
    return lacking(joined(short), *(str(point.text) for point in points))


def of_informed(_policy: RequirementSet, _facts: CaseFacts) -> Found:
    """R29: that the customer was informed is a person's to say."""
    return lacking(_("Nobody said that the customer was informed."))


def of_decided(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R28: who proposed the decision, and who countersigned it."""
    decision = facts.decision
    if decision is None:
        return lacking(_("Nobody proposed a decision."))
    if decision.on is None:
        waits = _("%(name)s proposed a decision; it waits for a second person.")
        return lacking(waits % {"name": decision.proposed_by})
    words = _("Proposed by %(first)s, countersigned by %(second)s on %(day)s.") % {
        "first": decision.proposed_by,
        "second": decision.countersigned_by,
        "day": date_words(decision.on),
    }
    both = f"{decision.proposed_by}, {decision.countersigned_by}"
    return Found(State.MET_BY_PERSON, words, (decision.ref,), by=both)


def of_next_review(_policy: RequirementSet, facts: CaseFacts) -> Found:
    """R30: the next review is set when the case is approved."""
    decision = facts.decision
    if decision is None or not decision.is_made:
        return lacking(_("Set when the case is approved."))
    if decision.next_review is None:
        return not_applicable(_("The case is not approved."))
    review = _("On %(day)s.") % {"day": date_words(decision.next_review)}
    return Found(State.MET_BY_PERSON, review, (decision.ref,), by=decision.proposed_by)
