"""The conditions of an approval, as requirements: each open until a person shows it, or a lead waives it."""

import datetime

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.requirement_terms import Check, Requirement, RequirementSet, When, Who
from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.case_facts import CaseFacts, DecisionFacts
from cases.assessment.requirements.found import Found, lacking
from cases.findings.vocabulary.formats import date_words


def conditions_of(policy: RequirementSet, facts: CaseFacts) -> tuple[tuple[Requirement, Found], ...]:
    """Each condition of the decision that was made, with how it stands; none as long as nothing is decided."""
    decision = facts.decision
    if decision is None or not decision.is_made:
        return ()
    decided = policy.with_check(Check.DECIDED)
    group = decided.group if decided else next(iter(policy.groups))
    return tuple(
        (_required(f"K{number}", group, words, decision), _found(words, due, decision, facts.today))
        for number, (words, due) in enumerate(decision.conditions, start=1)
    )


def _required(name: str, group: str, words: str, decision: DecisionFacts) -> Requirement:
    return Requirement(
        id=name,
        group=group,
        title=words,
        basis=str(_("Condition of %(decision)s") % {"decision": decision.ref.words}),
        check=Check.CONDITION,
        when=dict.fromkeys(RiskClass, When.ALWAYS),
        met_by=Who.ANALYST,
        waived_by=Who.LEAD,
        person=str(_("Show that it is fulfilled.")),
    )


def _found(words: str, due: datetime.date, decision: DecisionFacts, today: datetime.date) -> Found:
    deadline = _("To be shown by %(day)s.") if today <= due else _("It was to be shown by %(day)s.")
    return lacking(deadline % {"day": date_words(due)}, words, decision.ref.words, date_words(due))
