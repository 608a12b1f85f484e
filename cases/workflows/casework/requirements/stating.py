"""Say of a requirement that it is met, waive it, or take back what was said. Statements are added, never changed."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.objection import Objection
from cases.assessment.policy.requirement_set import OF_CONDITIONS
from cases.assessment.policy.requirement_terms import Who
from cases.assessment.requirements.draft import ATTACHMENT, StatementDraft, objections, who
from cases.assessment.requirements.statement import StatementKind
from cases.assessment.requirements.work_out import RequirementStatus
from cases.findings.vocabulary.wording import Words
from cases.models import Case, CaseState, RequirementStatement, User, Verb
from cases.models.audit.subject import CASE
from cases.models.people.permissions import Perm
from cases.presentation.requirement_statuses import CaseRequirements
from cases.workflows import idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import attachments
from cases.workflows.casework.attachments import Kept, NotTaken, Upload
from cases.workflows.casework.requirements import requirement_status
from cases.workflows.casework.requirements.stated import NotStated
from cases.workflows.casework.worked_on import worked_on
from cases.workflows.locks.open_case import locked_open

NEEDS: dict[Who, Perm | None] = {
    Who.ANALYST: Perm.MEET_REQUIREMENT,
    Who.LEAD: Perm.WAIVE_REQUIREMENT,
    Who.NOBODY: None,
}


class Refused(Exception):
    """What was filled in cannot be kept; `objections` say why, each with its field. Nothing was written."""

    def __init__(self, found: Sequence[Objection]) -> None:
        super().__init__("the statement is refused")
        self.objections = tuple(found)


@dataclass(frozen=True)
class Seen:
    """What a person had before them: the requirement, its newest statement (0: none), and what was known of it."""

    requirement: str
    newest: int
    known: str


def known(status: RequirementStatus) -> str:
    """A mark that is another when something else is known of a requirement."""
    found = status.found
    text = json.dumps([found.state, str(found.words), list(found.about)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def stated_in(requirement: str) -> tuple[CaseState, ...]:
    """The states of a closed case in which something is said of a requirement: of a condition, once it is one."""
    return (CaseState.CONDITIONS,) if OF_CONDITIONS.fullmatch(requirement) else ()


def may_be_stated(case: Case, requirement: str) -> bool:
    """Can something be said of a requirement as the case now is?"""
    return not case.is_closed or case.state in stated_in(requirement)


def why_not(status: RequirementStatus, kind: StatementKind, actor: User) -> Words:
    """Why a person may not say this of a requirement; '' if they may."""
    permission = NEEDS[who(status, kind)]
    if permission is None:
        return _("Nobody’s word stands in for this.")
    if not actor.has_perm(permission):
        is_leads = permission is Perm.WAIVE_REQUIREMENT
        return _("Only a lead may say this.") if is_leads else _("Your role does not allow this.")
    return ""


def state(
    case: Case,
    seen: Seen,
    draft: StatementDraft,
    actor: User,
    submission: uuid.UUID,
    *,
    upload: Upload | None = None,
) -> RequirementStatement:
    """Keep what a person says of a requirement; the same submission is the same statement.

    Raises Refused, NotStated; CaseIsClosed; versions.NothingInForce.
    """
    if not (actor.has_perm(Perm.MEET_REQUIREMENT) or actor.has_perm(Perm.WAIVE_REQUIREMENT)):
        raise NotStated(_("Your role does not allow this."))
    what = hashlib.sha256(repr((seen, draft)).encode()).hexdigest()
    own = idempotency.own(submission, case, actor, f"{Verb.REQUIREMENT_STATED} {what}")
    if earlier := _made(own):
        return earlier
    _checked(requirement_status.of_case(case, timezone.localdate()), seen, draft, actor)
    kept = _kept(upload) if upload else None
    return idempotency.once(lambda: _made(own), lambda: _state(case, seen, draft, actor, (own, kept)))


def _kept(upload: Upload) -> Kept:
    try:
        return attachments.keep(upload)
    except NotTaken as not_taken:
        raise Refused([Objection(ATTACHMENT, not_taken.words)]) from not_taken


def _made(own: uuid.UUID) -> RequirementStatement | None:
    return RequirementStatement.objects.filter(submission=own).first()


def _checked(present: CaseRequirements, seen: Seen, draft: StatementDraft, actor: User) -> RequirementStatus:
    """The requirement as it stands, if this may be said of it."""
    status = present.by_id.get(seen.requirement)
    if status is None:
        raise NotStated(_("The requirement set of the case has no such requirement."))
    if why := why_not(status, draft.kind, actor):
        raise NotStated(why)
    rows = present.said_of(seen.requirement)
    if (rows[0].number if rows else 0) != seen.newest:
        words = _("%(name)s said something of it meanwhile. Look at that, then send yours again.")
        raise NotStated(words % {"name": rows[0].by.name if rows else _("Somebody")})
    if known(status) != seen.known:
        raise NotStated(_("What is known of it changed meanwhile. Look at it, then send yours again."))
    if found := objections(status, draft, timezone.localdate()):
        raise Refused(found)
    return status


def _ages(status: RequirementStatus, draft: StatementDraft) -> bool:
    """Does what is said rest on evidence that gets too old?"""
    return draft.kind is StatementKind.MET and status.required.fresh_months is not None


@transaction.atomic
def _state(
    case: Case, seen: Seen, draft: StatementDraft, actor: User, kept_as: tuple[uuid.UUID, Kept | None]
) -> RequirementStatement:
    own, kept = kept_as
    locked = locked_open(case, but=stated_in(seen.requirement))
    present = requirement_status.of_case(locked, timezone.localdate())
    status = _checked(present, seen, draft, actor)
    row = RequirementStatement(
        case=locked,
        number=present.newest + 1,
        requirement=seen.requirement,
        kind=draft.kind,
        outcome=draft.outcome if status.required.is_search and draft.kind is StatementKind.MET else "",
        words=draft.words.strip(),
        evidence_day=draft.evidence_day if _ages(status, draft) else None,
        until=draft.until if draft.kind is StatementKind.WAIVED else None,
        about={"parts": list(status.found.about)},
        policy=present.version,
        by=actor,
        at=timezone.now(),
        submission=own,
    )
    row.save()
    trail.record(
        locked,
        Verb.REQUIREMENT_STATED,
        actor=actor,
        subject=CASE,
        detail={
            "requirement": f"{status.required.id} {status.required.title}",
            "stated": row.kind,
            "words": row.words,
            **recorded_columns.of_statement(row),
        },
    )
    if kept is not None:
        attachments.add(locked, kept, row, actor)
    worked_on(locked, actor)
    return row
