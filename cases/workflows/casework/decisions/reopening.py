"""Reopen a case that two people decided, with a reason; its decision stays in its history."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words
from cases.models import Case, CaseState, User, Verb
from cases.models.audit.subject import CASE
from cases.models.people.permissions import Perm
from cases.workflows.audit import trail
from cases.workflows.casework.decisions import case_moves
from cases.workflows.casework.decisions.refused import NotDecided

LONGEST = 300  # characters of a reason


def why_not(case: Case, actor: User) -> Words:
    """Why a person cannot reopen a case; '' if they can."""
    if not actor.has_perm(Perm.REOPEN_CASE):
        return _("Your role does not allow this.")
    if not case.is_decided:
        return _("The case is not decided: there is nothing to reopen.")
    return ""


@transaction.atomic
def reopen(case: Case, reason: str, actor: User) -> None:
    """Reopen a case that was decided. Raises NotDecided."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if why := why_not(locked, actor):
        raise NotDecided(why)
    if not reason.strip():
        raise NotDecided(_("Say why the case is reopened."))
    was = locked.state
    case_moves.move(locked, CaseState.REOPENED)
    trail.record(
        locked,
        Verb.CASE_REOPENED,
        actor=actor,
        subject=CASE,
        was=was,
        now=locked.state,
        detail={"reopened_reason": reason.strip()[:LONGEST]},
    )
