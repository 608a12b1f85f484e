"""Erase the detail of an event, as the law may demand: an event of its own, by a person and for a reason."""

from django.db import transaction
from django.utils import timezone

from cases.models import AuditChain, AuditDetail, AuditEvent, Case, User, Verb
from cases.models.audit.subject import EventSubject
from cases.workflows.audit import trail


class NothingToErase(Exception):
    """There is no such event, or its detail is erased and an event tells of that. The message says which."""


@transaction.atomic
def erase(case: Case | None, sequence: int, reason: str, actor: User) -> AuditEvent:
    """Erase the detail of the event with that number in its case's chain; return the event that tells of it.

    None is the portal's own chain. One that was erased without being told is only told. Raises NothingToErase.
    """
    chain = AuditChain.objects.get(case=case)
    found = AuditEvent.objects.filter(chain=chain, sequence=sequence).select_related("detail").first()
    if found is None:
        raise NothingToErase(f"There is no event {sequence}.")
    erasures = AuditEvent.objects.filter(
        chain=chain, sequence__gt=sequence, verb=Verb.DETAIL_ERASED, subject=str(EventSubject.event(sequence))
    )
    if found.detail.erased_at is not None and erasures.exists():
        raise NothingToErase(f"The detail of event {sequence} was erased before.")
    event = trail.record(
        case,
        Verb.DETAIL_ERASED,
        actor=actor,
        subject=EventSubject.event(sequence),
        # What it carries of a note of suspicion stays in the chain.
        detail={"erased_reason": reason, **trail.carried(found.detail.body)},
    )
    AuditDetail.objects.filter(event=found).erase(timezone.now())
    return event
