"""Rows are locked in one order, session, case, audit chain: or two who need the same wait for each other for ever."""

from cases.models import AmlSession


def locked(session: int) -> AmlSession:
    """Lock a session's row and its case's, inside the caller's transaction; both are as they are now."""
    rows = AmlSession.objects.select_for_update(of=("self", "case")).select_related("case__organisation")
    return rows.get(pk=session)
