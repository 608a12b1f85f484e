"""What people do with a case: open it, take it, look at it."""

import datetime
import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from cases.models import Artefact, Case, ReferenceCounter, User, Verb
from cases.models.audit.subject import CASE, CASES, EventSubject
from cases.models.casework.pressing import Urgency
from cases.models.urgency import WorkOf, first_of
from cases.provider.numbers.identifiers import Identifier
from cases.workflows import idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework import recusing
from cases.workflows.locks.open_case import locked_open
from cases.workflows.ordering import ordered_lately, session_requests
from cases.workflows.ordering.session_requests import ResultRequest
from cases.workflows.results import identities, searching

# Cases equally pressing that others may hold just now, before a less pressing one is taken.
MOST_TRIED = 50


@dataclass(frozen=True)
class NewCase:
    """What a person fills in to open a case. One `submission` makes one case, however often it is sent."""

    identifier: Identifier
    result_request: ResultRequest = field(default_factory=ResultRequest)
    purpose: str = ""
    customer_reference: str = ""
    due: datetime.date | None = None
    submission: uuid.UUID = field(default_factory=uuid.uuid4)
    # Why it is ordered again although the firm was lately.
    again_reason: str = ""


def open_case(new: NewCase, actor: User | None, assignee: User | None = None) -> Case:
    """Open a case and order from the provider, in one transaction; the same submission gives the same case.

    Raises ordered_lately.OrderedLately if the firm was, and no reason is given.
    """
    return idempotency.once(lambda: opened_by(new.submission), lambda: _open(new, actor, assignee))


def opened_by(submission: uuid.UUID) -> Case | None:
    """The case that this form made, if it was sent before."""
    return Case.objects.filter(submission=submission).first()


@transaction.atomic
def _open(new: NewCase, actor: User | None, assignee: User | None) -> Case:
    now = timezone.now()
    organisation = identities.organisation_of(new.identifier)
    if faster := opened_by(new.submission):  # while we waited for the organisation
        return faster
    reason = ordered_lately.require_reason(new.identifier, new.again_reason)
    case = Case(
        reference=ReferenceCounter.next_reference(timezone.localtime(now).year),
        organisation=organisation,
        assignee=assignee,
        opened_by=actor,
        opened_at=now,
        updated_at=now,
        due=new.due,
        purpose=new.purpose,
        customer_reference=new.customer_reference,
        submission=new.submission,
    )
    if assignee:
        case.begin_review()
    case.save()
    searching.refresh([case])
    trail.start_chain(case)
    trail.record(
        case,
        Verb.CASE_CREATED,
        actor=actor,
        subject=CASE,
        now=case.state,
        detail={
            "organisation": organisation.number,
            "assignee": assignee.name if assignee else "",
            "again_reason": reason,
            **recorded_columns.of_case(case),
        },
    )
    session_requests.request(case, new.result_request, actor)
    return case


@transaction.atomic
def take(case: Case, actor: User) -> bool:
    """Assign an unassigned case to a person; False if somebody else has it.

    Two people never get the same case. Raises recusing.IsRecused; CaseIsClosed.
    """
    locked = locked_open(case)
    recusing.refuse_recused(locked, actor)
    if locked.assignee_id is not None:
        return locked.assignee_id == actor.pk
    was = locked.state
    locked.begin_review()
    locked.assignee, locked.updated_at = actor, timezone.now()
    locked.save(update_fields=["assignee", "state", "updated_at"])
    trail.record(locked, Verb.CASE_TAKEN, actor=actor, subject=CASE, was=was, now=locked.state)
    return True


@transaction.atomic
def take_next(actor: User) -> Case | None:
    """Assign the most urgent unassigned case to a person who is not recused from it; None if there is none."""
    work = WorkOf.at(actor, timezone.now())
    for urgency in Urgency:
        for key in first_of([Case.objects.unassigned_for(actor)], urgency, work, MOST_TRIED):
            case = Case.objects.unassigned().select_for_update(skip_locked=True).filter(pk=key).first()
            if case is not None and not recusing.is_recused(case, actor):
                take(case, actor)
                return case
    return None


@transaction.atomic
def opened(case: Case, actor: User) -> None:
    """Record that a person opened the case."""
    trail.record(case, Verb.CASE_VIEWED, actor=actor, subject=CASE)


@transaction.atomic
def searched(actor: User, words: str, shown: int, *, are_more: bool) -> None:
    """Record that a person searched for these words, and was shown so many cases (and told that there are more)."""
    detail: trail.Detail = {"words": words, "shown": shown, **({"more": 1} if are_more else {})}
    trail.record(None, Verb.SEARCHED, actor=actor, subject=CASES, detail=detail)


def results_shown(case: Case, actor: User, ended_at: datetime.datetime | None = None) -> None:
    """Mark the result as read, because it is shown to a person, if it is theirs to read.

    So does what the newest capture, which ended at `ended_at`, did not bring. A result that came after `case` was
    fetched stays unread: nobody has seen that.
    """
    has_ended_since = ended_at is not None and case.read_at is not None and case.read_at < ended_at
    if (case.is_unread or has_ended_since) and _is_theirs_to_read(case, actor):
        Case.objects.filter(pk=case.pk, result_at=case.result_at).update(read_at=timezone.now())


def _is_theirs_to_read(case: Case, actor: User) -> bool:
    """Is the case assigned to the person? Others take no news away from them, nor from who will take the case."""
    return case.assignee_id == actor.pk


@transaction.atomic
def document_opened(artefact: Artefact, actor: User) -> None:
    trail.record(
        artefact.session.case,
        Verb.DOCUMENT_VIEWED,
        actor=actor,
        subject=EventSubject.result(artefact.session.number, artefact.kind),
        rests_on=artefact.sha256,
    )
