"""A closed case is read and nothing else: every step that people take begins with its row, locked and open."""

from cases.models import Case


class CaseIsClosed(Exception):
    """The case was withdrawn; nothing was done to it."""


def locked_open(case: Case) -> Case:
    """Lock the case's row, inside the caller's transaction. Raises CaseIsClosed."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if locked.is_closed:
        raise CaseIsClosed(locked.reference)
    return locked
