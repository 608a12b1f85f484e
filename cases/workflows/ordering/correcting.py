"""A case of which nothing usable came: correct its number and order, or withdraw it. What came stays as evidence."""

from django.db import transaction
from django.utils import timezone

from cases.models import AmlSession, Case, CaseState, User, Verb
from cases.models.audit.subject import CASE
from cases.models.capture.outcome import came_to_nothing
from cases.provider.numbers.identifiers import Identifier
from cases.workflows.audit import trail
from cases.workflows.locks.open_case import locked_open, locked_open_with_sessions
from cases.workflows.ordering import ordered_lately, session_requests
from cases.workflows.ordering.session_requests import NotPossible, ResultRequest
from cases.workflows.results import identities, searching


def _came_to_nothing(case: Case) -> bool:
    return came_to_nothing(case.sessions.prefetch_related("artefacts"))


@transaction.atomic
def correct_number(
    case: Case,
    seen: Identifier,
    number: Identifier,
    result_request: ResultRequest,
    actor: User,
    *,
    again_reason: str = "",
) -> AmlSession:
    """Put another number in the place of the one that was typed (`seen`), and order: one step, recorded as such.

    Raises NotPossible if anything usable was captured or is under way, if the number is the same, or if it was
    corrected meanwhile; ordered_lately.OrderedLately if the firm was, and no reason is given; CaseIsClosed.
    """
    locked = locked_open_with_sessions(case)
    before = locked.organisation
    if before.identifier != seen or number == seen or not _came_to_nothing(locked):
        raise NotPossible(locked.reference)
    after = identities.organisation_of(number)
    reason = ordered_lately.require_reason(number, again_reason)
    # The event first, then for whom it was ordered so far, then the case: the database takes no other order.
    event = trail.record(
        locked,
        Verb.NUMBER_CORRECTED,
        actor=actor,
        subject=CASE,
        detail={"number": [before.number, after.number], "again_reason": reason},
    )
    locked.sessions.filter(ordered_for=None).update(ordered_for=before)
    locked.organisation, locked.updated_at, locked.change_event = after, timezone.now(), event.sequence
    locked.save(update_fields=["organisation", "updated_at", "change_event"])
    searching.refresh([locked])
    return session_requests.request(locked, result_request, actor)


@transaction.atomic
def withdraw(case: Case, reason: str, actor: User) -> None:
    """Close a case of which nothing usable came. Raises NotPossible if anything did or is under way; CaseIsClosed."""
    locked = locked_open(case)
    if not (locked.can_move_to(CaseState.WITHDRAWN) and _came_to_nothing(locked)):
        raise NotPossible(locked.reference)
    was, now = locked.state, timezone.now()
    locked.withdraw(reason, now)
    locked.updated_at = now
    locked.save(update_fields=[*Case.MOVED, "withdrawn_at", "withdrawn_reason"])
    trail.record(
        locked,
        Verb.CASE_WITHDRAWN,
        actor=actor,
        subject=CASE,
        was=was,
        now=locked.state,
        detail={"withdrawn_reason": reason},
    )
