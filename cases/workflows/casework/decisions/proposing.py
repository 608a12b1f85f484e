"""Propose a decision of a case, and withdraw one's own proposal. A proposal is added, and ends once."""

import hashlib
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.decision.draft import OUTCOME, DecisionDraft, objections
from cases.assessment.decision.outcomes import Outcome
from cases.assessment.objection import Objection
from cases.assessment.policy.risk_terms import RiskClass
from cases.findings.vocabulary.wording import Words
from cases.models import Case, CaseState, Decision, ProposalEnd, SecondState, User, Verb
from cases.models.audit.subject import CASE
from cases.models.people.permissions import Perm
from cases.workflows import idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import recusing
from cases.workflows.casework.decisions import case_basis, case_moves, ending, proposals
from cases.workflows.casework.decisions.case_basis import CaseBasis
from cases.workflows.casework.decisions.refused import NotDecided, Refused
from cases.workflows.locks.open_case import locked_open
from cases.workflows.policy.versions import NothingInForce


@dataclass(frozen=True)
class Seen:
    """What a person had before them: the newest decision (0: none), and the digest of what an approval rests on."""

    newest: int
    digest: str


def why_not(case: Case, actor: User) -> Words:
    """Why a person cannot propose a decision now; '' if they can."""
    if not actor.has_perm(Perm.PROPOSE_DECISION):
        return _("Your role does not allow this.")
    if case.state == CaseState.PROPOSED:
        return _("A proposal waits already.")
    if case.is_closed:
        return _("The case is closed.")
    return recusing.YOU_ARE if recusing.is_recused(case, actor) else ""


def propose(case: Case, seen: Seen, draft: DecisionDraft, actor: User, submission: uuid.UUID) -> Decision:
    """Propose a decision; the same submission is the same proposal.

    Raises NotDecided, Refused; CaseIsClosed.
    """
    what = hashlib.sha256(repr((seen, draft)).encode()).hexdigest()
    own = idempotency.own(submission, case, actor, f"{Verb.DECISION_PROPOSED} {what}")
    row = idempotency.once(
        lambda: Decision.objects.filter(submission=own).first(),
        lambda: _propose(case, seen, draft, actor, own),
    )
    if row.ending or row.is_sent_back:
        raise NotDecided(_("This was proposed before, and came to nothing. Look at why, then send it again."))
    return row


@transaction.atomic
def _propose(case: Case, seen: Seen, draft: DecisionDraft, actor: User, own: uuid.UUID) -> Decision:
    locked, today = locked_open(case), timezone.localdate()
    if why := why_not(locked, actor):
        raise NotDecided(why)
    before = proposals.of_case(locked)
    try:
        present = case_basis.of_case(locked, today)
    except NothingInForce as problem:
        raise NotDecided(
            _("No requirement set is in force. Whoever runs the portal must run migrate.")
        ) from problem
    if why := not_now(present):
        raise NotDecided(why)
    newest = before[0].number if before else 0
    if (newest, present.of_approval.digest) != (seen.newest, seen.digest):
        raise NotDecided(
            _("Something of the case changed since you opened this page. Look at it, then send again.")
        )
    if found := objections(draft, today, present.review_months):
        raise Refused(found)
    if draft.outcome.is_approval:
        _require_approvable(present, draft.outcome)
    row = _row(locked, present, draft, actor)
    row.number, row.submission = newest + 1, own
    row.save()
    was = locked.state
    locked.begin_review()
    case_moves.move(locked, CaseState.PROPOSED)
    trail.record(
        locked,
        Verb.DECISION_PROPOSED,
        actor=actor,
        subject=CASE,
        rests_on=row.digest,
        was=was,
        now=locked.state,
        detail=_detail(row),
    )
    return row


def not_now(present: CaseBasis) -> Words:
    """What keeps a case from any decision just now; '' if nothing does."""
    if present.is_out_of_reach:
        return _("What was captured cannot be read just now. Try again in a while.")
    if present.is_stuck:
        return _("An order waits for a person: resolve it first.")
    return ""


def blocked_because(present: CaseBasis) -> Words:
    """What beside requirements keeps a case from being approved; '' if nothing does."""
    if present.is_awaited:
        return _("A capture is under way: wait for its result, which may say something else.")
    if present.risk_class is None:
        return _("No risk class can be worked out.")
    if present.risk_class is RiskClass.PROHIBITED:
        return _("A gate prohibits the relation: the case can be refused, not approved.")
    if present.risk.present and present.risk.present.awaited:
        return _("An override of the risk class waits for a second person.")
    return ""


def _require_approvable(present: CaseBasis, outcome: Outcome) -> None:
    why = blocked_because(present)
    open_ones = present.blocking
    if why or open_ones:
        found = [Objection(OUTCOME, why)] if why else []
        raise Refused(found, open_ones)


def _row(case: Case, present: CaseBasis, draft: DecisionDraft, actor: User) -> Decision:
    is_approval, now = draft.outcome.is_approval, timezone.now()
    basis = present.to_propose(is_approval=is_approval)
    conditions = draft.conditions if draft.outcome is Outcome.CONDITIONS else ()
    return Decision(
        case=case,
        outcome=draft.outcome,
        reason="" if is_approval else draft.reason,
        rationale=draft.rationale.strip(),
        conditions=[
            {"words": condition.words.strip(), "due": condition.due.isoformat()}
            for condition in conditions
            if condition.due
        ],
        next_review=draft.next_review if is_approval else None,
        risk_class=present.risk_class or "",
        superior_because=present.superior_because if is_approval else "",
        digest=basis.digest,
        basis=basis.as_json(),
        risk_model=present.risk.version,
        requirement_set=present.requirements.version,
        capture=present.reading.artefact if present.reading.is_usable else None,
        by=actor,
        at=now,
        held_at=now,
        second_state=SecondState.AWAITED,
    )


def _detail(row: Decision) -> trail.Detail:
    conditions = [f"{condition['words']} ({condition['due']})" for condition in row.conditions]
    return {
        "outcome": row.outcome,
        "decision_reason": row.reason,
        "rationale": row.rationale,
        "conditions": conditions,
        "next_review": row.next_review.isoformat() if row.next_review else "",
        "superior_because": row.superior_because,
        "digest": row.digest,
        **recorded_columns.of_decision(row),
    }


@transaction.atomic
def withdraw(case: Case, number: int, actor: User) -> None:
    """Withdraw one's own proposal; done again, it stays so. Raises NotDecided; CaseIsClosed."""
    locked = locked_open(case)
    row = Decision.objects.filter(case=locked, number=number).first()
    if row is None or row.by_id != actor.pk:
        raise NotDecided(_("Only who proposed a decision can withdraw it."))
    if row.is_withdrawn:
        return
    if not row.is_awaited:
        raise NotDecided(_("This proposal does not wait for anybody any more. Nothing was done."))
    ending.end(locked, row, ProposalEnd.WITHDRAWN, actor)
