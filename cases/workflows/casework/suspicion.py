"""Notes of suspicion: written and read by those entitled alone. Nothing that others see changes by them.

Neither the case nor its chain tells of a note: no column of the case changes, and of the note there is the salted hash
in the detail of the chain's next event. A closed case takes notes too, for suspicion may come later.
"""

import secrets
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.requirements.suspicion_triggers import Trigger
from cases.models import AuditEvent, Case, SuspicionConclusion, SuspicionNote, User, Verb
from cases.models.audit.event import AuditEventQuerySet
from cases.models.audit.subject import CASE, EventSubject
from cases.models.people.permissions import Perm
from cases.presentation import suspicion_triggers
from cases.workflows import idempotency
from cases.workflows.audit import chain, recorded_columns, trail
from cases.workflows.audit.chain import SALT_LENGTH
from cases.workflows.casework.decisions import case_basis, proposals
from cases.workflows.policy.versions import NothingInForce
from cases.workflows.refusal import Refusal


class NotEntitled(Refusal):
    """The person may not see suspicion; `words` say so. Nothing was written."""


def note(
    case: Case, words: str, conclusion: SuspicionConclusion, actor: User, submission: uuid.UUID
) -> SuspicionNote:
    """Keep a note of suspicion; the same submission is the same note. Raises NotEntitled."""
    _require(actor)
    own = idempotency.own(submission, case, actor, Verb.SUSPICION_NOTED)
    return idempotency.once(
        lambda: SuspicionNote.objects.filter(submission=own).first(),
        lambda: _note(case, words.strip(), conclusion, actor, own),
    )


@transaction.atomic
def _note(
    case: Case, words: str, conclusion: SuspicionConclusion, actor: User, own: uuid.UUID
) -> SuspicionNote:
    locked = Case.objects.select_for_update().get(pk=case.pk)
    newest = SuspicionNote.objects.filter(case=locked).values_list("number", flat=True).first()
    row = SuspicionNote(
        case=locked,
        number=(newest or 0) + 1,
        words=words,
        conclusion=conclusion,
        by=actor,
        at=timezone.now(),
        salt=secrets.token_hex(SALT_LENGTH // 2),
        triggers=[trigger.key for trigger in triggers_met(locked)],
        submission=own,
    )
    row.event = trail.record_suspicion(
        locked,
        Verb.SUSPICION_NOTED,
        actor=actor,
        subject=EventSubject.suspicion(row.number),
        detail={"words": words, **recorded_columns.of_suspicion(row)},
    )
    row.save()
    trail.seal(locked, chain.seal(row.salt, row.event.hash))
    return row


def triggers_met(case: Case) -> tuple[Trigger, ...]:
    """What gives rise to considering a suspicion now; nothing where no requirement set is in force."""
    try:
        present = case_basis.of_case(case, timezone.localdate())
    except NothingInForce:
        return ()
    return suspicion_triggers.met(
        present.reading, present.risk, present.requirements, proposals.made_of(case)
    )


@transaction.atomic
def opened(case: Case, actor: User) -> AuditEvent:
    """Record that a person opened the notes of a case, be there any or not. Raises NotEntitled."""
    _require(actor)
    return trail.record_suspicion(case, Verb.SUSPICION_VIEWED, actor=actor, subject=CASE)


def notes(case: Case, reader: User) -> list[SuspicionNote]:
    """The notes of a case, the newest first. Raises NotEntitled."""
    _require(reader)
    return list(SuspicionNote.objects.filter(case=case).select_related("by"))


def openings(case: Case, reader: User) -> AuditEventQuerySet:
    """Who opened the notes of a case, the latest first. Raises NotEntitled."""
    _require(reader)
    events: AuditEventQuerySet = AuditEvent.of_suspicion.filter(chain__suspicion_of=case)
    return events.with_verbs(Verb.SUSPICION_VIEWED).newest_first().select_related("actor")


def _require(actor: User) -> None:
    if not actor.has_perm(Perm.SEE_SUSPICION):
        raise NotEntitled(_("Your role does not allow this."))
