"""Lock a case for whatever changes it, unless it is closed: a closed case is only read.

Looks at it, at its documents and signatures, and reports of it change nothing of it.
"""

from collections.abc import Collection

from cases.models import AmlSession, Case
from cases.workflows.locks.locking import locked, locked_with_sessions


class CaseIsClosed(Exception):
    """The case was withdrawn or decided; nothing was done to it."""


def locked_open(case: Case, *, but: Collection[str] = ()) -> Case:
    """Lock the case's row, inside the caller's transaction. `but` are states of a closed case in which it is done.

    Raises CaseIsClosed.
    """
    row = Case.objects.select_for_update().get(pk=case.pk)
    if row.state not in but:
        _refuse_closed(row)
    return row


def locked_open_with_sessions(case: Case) -> Case:
    """Lock the rows of the case's sessions and its own, inside the caller's transaction. Raises CaseIsClosed."""
    row = locked_with_sessions(case.pk)
    _refuse_closed(row)
    return row


def locked_open_session(pk: int) -> AmlSession:
    """Lock a session's row and its case's, inside the caller's transaction. Raises CaseIsClosed."""
    session = locked(pk)
    _refuse_closed(session.case)
    return session


def _refuse_closed(case: Case) -> None:
    if case.is_closed:
        raise CaseIsClosed(case.reference)
