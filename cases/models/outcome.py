"""What the orders of a case came to, all of them together."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from cases.models.session import AmlSession
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
    """Fetch what is_unknown_number() asks of many, at once; nothing where no order was refused."""
    prefetch_related_objects([each for each in sessions if is_refused(each)], "case__sessions__artefacts")


def is_refused(session: AmlSession) -> bool:
    """Whether the provider took no order under the number, so that nobody was searched with this session."""
    return not session.provider_id and session.reason == Code.NOT_FOUND
