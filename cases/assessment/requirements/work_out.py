"""Works out how every requirement of a set stands: what is known, with what people said of it."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.requirement_terms import Check, Requirement, RequirementSet, When
from cases.assessment.requirements import (
    evidence_checks,
    owner_checks,
    party_checks,
    risk_checks,
    screening_checks,
)
from cases.assessment.requirements.case_facts import CaseFacts, EvidenceRef
from cases.assessment.requirements.conditions import conditions_of
from cases.assessment.requirements.found import NO_RESULT, Found, State, joined, lacking, not_applicable
from cases.assessment.requirements.statement import Outcome, Statement, StatementKind
from cases.findings.vocabulary.wording import Words

CHECKS: dict[Check, Callable[[RequirementSet, CaseFacts], Found]] = {
    Check.SUBJECT: evidence_checks.of_subject,
    Check.IDENTITY: evidence_checks.of_identity,
    Check.REGISTER_EVIDENCE: evidence_checks.of_register_evidence,
    Check.STATUS: evidence_checks.of_status,
    Check.EVIDENCE: evidence_checks.of_evidence,
    Check.STRUCTURE: owner_checks.of_structure,
    Check.COMPLEX: owner_checks.of_complex,
    Check.OWNERS_DATA: owner_checks.of_owners_data,
    Check.OWNERS_SOURCE: owner_checks.of_owners_source,
    Check.OWNERS_REGISTER: owner_checks.of_owners_register,
    Check.EXEMPTION: owner_checks.of_exemption,
    Check.LISTS: screening_checks.of_lists,
    Check.PARTIES_SEARCHED: party_checks.of_parties_searched,
    Check.HITS: screening_checks.of_hits,
    Check.EXPOSED: party_checks.of_exposed,
    Check.SIGNATORY: risk_checks.of_signatory,
    Check.PURPOSE: risk_checks.of_purpose,
    Check.HIGH_RISK_COUNTRY: risk_checks.of_high_risk_country,
    Check.RISK_CLASS: risk_checks.of_risk_class,
    Check.LOW_EARNED: risk_checks.of_low_earned,
    Check.MEASURES: risk_checks.of_measures,
    Check.POINTS: risk_checks.of_points,
    Check.INFORMED: risk_checks.of_informed,
    Check.DECIDED: risk_checks.of_decided,
    Check.NEXT_REVIEW: risk_checks.of_next_review,
}


@dataclass(frozen=True, slots=True)
class RequirementStatus:
    """How one requirement stands: `found` is what is known, `statement` what a person said of it last.

    `why_not` says why that does not count any more; '' if it does, or nobody said anything.
    """

    required: Requirement
    found: Found
    statement: Statement | None = None
    why_not: Words = ""
    # Is there a result to speak of?
    is_read: bool = True

    @property
    def counts(self) -> bool:
        """Does what a person said count, beside what is known?"""
        return self.statement is not None and not self.why_not and self.found.state.is_open

    @property
    def state(self) -> State:
        """How it stands."""
        if not self.counts or self.statement is None:
            return self.found.state
        return State.WAIVED if self.statement.kind is StatementKind.WAIVED else State.MET_BY_PERSON

    @property
    def by(self) -> str:
        """By whom it is met or waived; '' if by nobody."""
        return self.statement.by if self.counts and self.statement else self.found.by

    @property
    def words(self) -> Words:
        """What a person said of it, where that counts; else what was found. What a search found is said beside."""
        if not self.counts or self.statement is None:
            return self.found.words
        return (
            joined([self.statement.words, self.found.words])
            if self.found.search_found
            else self.statement.words
        )

    @property
    def evidence(self) -> tuple[EvidenceRef, ...]:
        """What it rests on."""
        return (*self.found.evidence, *(self.statement.evidence if self.counts and self.statement else ()))

    @property
    def until(self) -> datetime.date | None:
        """The last day of a waiver."""
        return self.statement.until if self.counts and self.statement else None

    @property
    def stale_on(self) -> datetime.date | None:
        """The first day on which its evidence is too old; None if it does not age."""
        return (
            self.statement.stale_on(self.required) if self.counts and self.statement else self.found.stale_on
        )

    def as_json(self) -> dict[str, Any]:
        """It in plain values."""
        return {
            "id": self.required.id,
            "title": self.required.title,
            "words": str(self.words),
            "basis": self.required.basis,
            "state": self.state.value,
            "evidence": [{"kind": ref.kind, "id": ref.id, "hash": ref.hash or None} for ref in self.evidence],
            "by": self.by or None,
            "until": self.until.isoformat() if self.until else None,
            "stale_on": self.stale_on.isoformat() if self.stale_on else None,
            "not_counted": str(self.why_not) or None,
        }


Statuses = Mapping[Check, RequirementStatus]


def work_out(
    policy: RequirementSet, facts: CaseFacts, statements: Mapping[str, Statement]
) -> tuple[RequirementStatus, ...]:
    """How every requirement stands, in the order of the set. `statements`: the newest by requirement."""
    statuses: dict[Check, RequirementStatus] = {}
    for required in _in_turn(policy):
        found = _found(policy, required, facts, statuses)
        statement = statements.get(required.id)
        why_not = _why_not(required, found, statement, facts)
        statuses[required.check] = RequirementStatus(
            required, found, statement, why_not, is_read=facts.capture is not None
        )
    of_set = tuple(statuses[required.check] for required in policy.requirements)
    return (*of_set, *_conditions(policy, facts, statements))


def _conditions(
    policy: RequirementSet, facts: CaseFacts, statements: Mapping[str, Statement]
) -> Iterator[RequirementStatus]:
    """How the conditions of an approval stand."""
    for required, found in conditions_of(policy, facts):
        statement = statements.get(required.id)
        yield RequirementStatus(required, found, statement, _why_not(required, found, statement, facts))


def _why_not(required: Requirement, found: Found, statement: Statement | None, facts: CaseFacts) -> Words:
    """Why what a person said does not count; '' if it does, or nobody said anything."""
    if statement is None:
        return ""
    if statement.kind is StatementKind.MET and facts.capture is None:
        return NO_RESULT
    return statement.why_not(required, found, facts.today)


def _not_needed(facts: CaseFacts) -> Words:
    words = _("Not needed for the class %(class)s.")
    if facts.assessment is not None and facts.assessment.is_provisional:
        words = _("Not needed for the class %(class)s, which is provisional.")
    return words % {"class": facts.risk_class.words}


def _in_turn(policy: RequirementSet) -> list[Requirement]:
    """The requirements, those that follow from others last."""
    return sorted(policy.requirements, key=lambda required: required.check in FOLLOWING)


def _found(
    policy: RequirementSet,
    required: Requirement,
    facts: CaseFacts,
    statuses: Statuses,
) -> Found:
    """What is known of a requirement, as the risk class has it."""
    when = required.needed(facts.risk_class)
    is_exposed = required.check is Check.EXPOSED_MEASURES and _has_found(statuses.get(Check.EXPOSED))
    if when is When.NEVER and not is_exposed:
        return not_applicable(_not_needed(facts))
    if required.check in FOLLOWING:
        found = FOLLOWING[required.check](policy, facts, statuses)
    else:
        found = CHECKS[required.check](policy, facts)
    if (
        found.state is State.MET_BY_EVIDENCE
        and required.check is not Check.SUBJECT
        and not facts.evidence.about_us
    ):
        return lacking(_("It is not known which organisation the result is about."), str(found.words))
    if when is When.ON_CONDITION and found.state.is_open and not found.arises:
        words = _("Nothing gives rise to it for the class %(class)s.")
        return replace(
            found, state=State.NOT_APPLICABLE, words=words % {"class": facts.risk_class.words}, evidence=()
        )
    return found


def _of_exposed_measures(_policy: RequirementSet, facts: CaseFacts, statuses: Statuses) -> Found:
    return screening_checks.of_exposed_measures(facts, _has_found(statuses.get(Check.EXPOSED)))


def _of_listed_holders(policy: RequirementSet, facts: CaseFacts, statuses: Statuses) -> Found:
    found = _has_found(statuses.get(Check.PARTIES_SEARCHED))
    return screening_checks.of_listed_holders(policy, facts, found)


def _of_owners(_policy: RequirementSet, facts: CaseFacts, statuses: Statuses) -> Found:
    return owner_checks.of_owners(facts, is_exempt=_is_exempt(statuses.get(Check.EXEMPTION)))


def _of_nobody_found(_policy: RequirementSet, facts: CaseFacts, statuses: Statuses) -> Found:
    return owner_checks.of_nobody_found(facts, is_exempt=_is_exempt(statuses.get(Check.EXEMPTION)))


# What follows from how other requirements stand, which are worked out before.
FOLLOWING: dict[Check, Callable[[RequirementSet, CaseFacts, Statuses], Found]] = {
    Check.LISTED_HOLDERS: _of_listed_holders,
    Check.EXPOSED_MEASURES: _of_exposed_measures,
    Check.OWNERS: _of_owners,
    Check.NOBODY_FOUND: _of_nobody_found,
}


def _is_exempt(status: RequirementStatus | None) -> bool:
    """Did a person show that the customer needs no beneficial owner?"""
    return status is not None and status.state is State.MET_BY_PERSON


def _has_found(status: RequirementStatus | None) -> bool | None:
    """What a search found; None while nobody's word on it counts. A waiver is no search.

    What was found of one party is found, whatever somebody says of all of them.
    """
    if status is None:
        return None
    if status.found.search_found or not status.counts or status.statement is None:
        return status.found.search_found
    is_search = status.statement.kind is StatementKind.MET and status.statement.outcome is not Outcome.NONE
    return status.statement.outcome is Outcome.FOUND if is_search else None
