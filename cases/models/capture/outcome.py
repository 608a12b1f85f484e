"""What the orders of a case came to, all of them together."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from cases.models.capture.session import AmlSession, SessionState
from cases.provider.errors import Code


def came_to_nothing(of_case: Iterable[AmlSession]) -> bool:
    """Whether no order of a case brought anything that may be used, and none is under way that might."""
    return all(session.is_ended and not session.has_usable for session in of_case)


def is_unknown_number(session: AmlSession, of_case: Iterable[AmlSession] | None = None) -> bool:
    """Whether nothing is known under the number, and nothing came: another order would cost and bring nothing.

    `of_case` are all sessions of the case; they are fetched if they are not given.
    """
    return is_refused(session) and came_to_nothing(
        session.case.sessions.all() if of_case is None else of_case
    )


def prefetch_for_unknown_numbers(sessions: Iterable[AmlSession]) -> None:
    """Fetch what is_unknown_number() needs for many sessions at once; nothing where no order was refused."""
    prefetch_related_objects(
        [session for session in sessions if is_refused(session)], "case__sessions__artefacts"
    )


def is_missing_again(session: AmlSession, of_case: Iterable[AmlSession]) -> bool:
    """Did an earlier order lack all that this capture lacks, because the provider made none of it either time?

    `of_case` are all sessions of the case, with their artefacts. In queries: urgency.MISSING_AGAIN.
    """
    lacking = {artefact.kind for artefact in session.artefacts.all() if artefact.is_failed}
    before = {
        artefact.kind
        for earlier in of_case
        if earlier.number < session.number
        for artefact in earlier.artefacts.all()
        if artefact.is_not_made
    }
    not_made = {artefact.kind for artefact in session.artefacts.all() if artefact.is_not_made}
    return session.state == SessionState.PARTIAL and bool(lacking) and lacking <= before & not_made


# Codes by which the provider refuses an order for another reason than its number.
REFUSALS = {Code.BAD_REQUEST, Code.UNAUTHORIZED, Code.SCOPE_MISSING, Code.HTTP_4XX, Code.TOKEN_REFUSED}


def is_order_refused(session: AmlSession) -> bool:
    """Whether the provider refused the order, and no answer was lost before: no session was made."""
    return was_refused(session) and not session.lost_answers


def was_refused(session: AmlSession) -> bool:
    """Whether the last that is known of an order is that the provider refused it, be it after an answer was lost."""
    is_unmade = session.state == SessionState.FAILED and not session.provider_id
    return is_unmade and session.reason in REFUSALS


def is_refused(session: AmlSession) -> bool:
    """Whether the provider took no order under the number, so that nobody was searched with this session."""
    return not session.provider_id and session.reason == Code.NOT_FOUND
