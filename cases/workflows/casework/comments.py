"""What people put into the timeline: comments, and answers they want to keep. One submission makes one event.

Nothing is put into the timeline of a closed case: CaseIsClosed.
"""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cases.models import Artefact, AuditEvent, Case, Note, User, Verb
from cases.models.audit.subject import CASE, EventSubject
from cases.workflows import idempotency
from cases.workflows.audit import trail
from cases.workflows.audit.trail import Detail
from cases.workflows.locks.open_case import locked_open

LONGEST_RULE = 2000


@dataclass(frozen=True)
class SignersChecked:
    """Who signed, as `names`, and what follows from the rules of the capture `artefact`, in words."""

    artefact: Artefact
    names: tuple[str, ...]
    signature_right: str
    signature_rule: str
    procuration: str
    procuration_rule: str


def comment(case: Case, actor: User, text: str, submission: uuid.UUID) -> AuditEvent:
    """Put a comment into the timeline; sent again, it is the same one."""
    return _once(case, actor, submission, Verb.COMMENTED, subject=CASE, detail={"text": text})


def signers_checked(case: Case, actor: User, checked: SignersChecked, submission: uuid.UUID) -> AuditEvent:
    """Keep an answer to who signed, with what it rests on; sent again, it is the same one."""
    return _once(
        case,
        actor,
        submission,
        Verb.SIGNERS_CHECKED,
        subject=EventSubject.session(checked.artefact.session.number),
        rests_on=checked.artefact.sha256,
        detail={
            "signed": list(checked.names),
            "signature_right": checked.signature_right,
            "signature_rule": checked.signature_rule[:LONGEST_RULE],
            "procuration": checked.procuration,
            "procuration_rule": checked.procuration_rule[:LONGEST_RULE],
        },
    )


def _once(
    case: Case,
    actor: User,
    submission: uuid.UUID,
    verb: Verb,
    *,
    subject: EventSubject,
    detail: Detail,
    rests_on: str = "",
) -> AuditEvent:
    own = idempotency.own(submission, case, actor, verb)

    @transaction.atomic
    def record() -> AuditEvent:
        locked = locked_open(case)  # its row before its chain
        Case.objects.filter(pk=locked.pk).update(updated_at=timezone.now())
        event = trail.record(case, verb, actor=actor, subject=subject, rests_on=rests_on, detail=detail)
        Note.objects.create(submission=own, event=event)
        return event

    return idempotency.once(lambda: _kept(own), record)


def _kept(submission: uuid.UUID) -> AuditEvent | None:
    note = Note.objects.select_related("event").filter(submission=submission).first()
    return note.event if note else None
