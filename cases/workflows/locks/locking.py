"""Rows are locked in one order, session, case, audit chain: or two who need the same wait for each other for ever."""

from amlportal.compiled import Compiled
from cases.models import AmlSession, Case

LOCKED = Compiled(
    lambda session: (
        AmlSession.objects.select_for_update(of=("self", "case"))
        .select_related("case__organisation")
        .filter(pk=session)
        .order_by()
    ),
    int,
)


def locked(session: int) -> AmlSession:
    """Lock a session's row and its case's, inside the caller's transaction; both are as they are now."""
    # While we waited, its case may have got another organisation than it was joined with: then nothing is found.
    return LOCKED.first(session) or LOCKED.get(session)


def locked_with_sessions(case: int) -> Case:
    """Lock the rows of all sessions of a case, and then its own, inside the caller's transaction."""
    sessions = AmlSession.objects.select_for_update().filter(case=case).order_by("pk")
    list(sessions.values_list("pk"))
    return Case.objects.select_for_update().get(pk=case)
