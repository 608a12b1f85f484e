"""Recuse oneself from a case, for good: one may read it, and neither have it nor be the second person in it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words
from cases.models import Case, Recusal, User, Verb
from cases.models.audit.subject import CASE
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.locks.open_case import locked_open
from cases.workflows.refusal import Refusal

YOU_ARE: Words = _("You are recused from this case.")


class IsRecused(Refusal):
    """The person is recused from the case; `words` say so. Nothing was done."""


def is_recused(case: Case, user: User) -> bool:
    """Has this person nothing more to do with the case?"""
    return Recusal.objects.filter(case=case, person=user).exists()


def refuse_recused(case: Case, user: User) -> None:
    """Raises IsRecused if this person is recused from the case."""
    if is_recused(case, user):
        raise IsRecused(YOU_ARE)


@transaction.atomic
def recuse(case: Case, reason: str, actor: User) -> Recusal:
    """Recuse a person from a case; if it is theirs, it becomes nobody's. Done again, it stays as it was.

    Raises CaseIsClosed.
    """
    locked = locked_open(case)
    if before := locked.recusals.filter(person=actor).first():
        return before
    recusal = Recusal.objects.create(case=locked, person=actor, reason=reason, at=timezone.now())
    trail.record(
        locked,
        Verb.RECUSED,
        actor=actor,
        subject=CASE,
        detail={"recused_reason": reason, **recorded_columns.of_recusal(recusal)},
    )
    if locked.assignee_id == actor.pk:
        _hand_back(locked, actor)
    return recusal


def _hand_back(case: Case, actor: User) -> None:
    case.assignee, case.updated_at = None, timezone.now()
    case.save(update_fields=["assignee", "updated_at"])
    trail.record(
        case,
        Verb.CASE_HANDED_BACK,
        actor=actor,
        subject=CASE,
        was=case.state,
        now=case.state,
        detail={"assignee": "", "assignee_was": "", **recorded_columns.of_assignee(case)},
    )
