"""By which version of the requirement set a case is held, and how it is moved to the one in force."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, PolicyKind, PolicyVersion, RequirementSetChoice, User, Verb
from cases.models.audit.subject import EventSubject
from cases.models.people.permissions import Perm
from cases.workflows import idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework.requirements.stated import NotStated
from cases.workflows.locks.open_case import locked_open
from cases.workflows.policy import versions


def of_case(case: Case) -> PolicyVersion:
    """The version that a case was moved to last, else the one in force when it was opened, else the first there was.

    Raises versions.NothingInForce.
    """
    moved = _newest(case)
    if moved is not None:
        return moved.version
    of_kind = PolicyVersion.objects.filter(kind=PolicyKind.REQUIREMENT_SET, activated_at__isnull=False)
    then = of_kind.filter(activated_at__lte=case.opened_at).order_by("-activated_at", "-number").first()
    found = then or of_kind.order_by("activated_at", "number").first()
    if found is None:
        raise versions.NothingInForce(PolicyKind.REQUIREMENT_SET)
    return found


def _newest(case: Case) -> RequirementSetChoice | None:
    choices = RequirementSetChoice.objects.filter(case=case).select_related("version")
    return choices.order_by("-number").first()


def move(case: Case, seen: int, wanted: int, actor: User, submission: uuid.UUID) -> RequirementSetChoice:
    """Move a case from the version that a person saw to the one in force, by their numbers.

    The same submission is the same move. Raises NotStated; CaseIsClosed; versions.NothingInForce.
    """
    if not actor.has_perm(Perm.MEET_REQUIREMENT):
        raise NotStated(_("Your role does not allow this."))
    own = idempotency.own(submission, case, actor, Verb.REQUIREMENT_SET_MOVED)
    return idempotency.once(
        lambda: RequirementSetChoice.objects.filter(submission=own).first(),
        lambda: _move(case, seen, wanted, actor, own),
    )


@transaction.atomic
def _move(case: Case, seen: int, wanted: int, actor: User, own: uuid.UUID) -> RequirementSetChoice:
    locked = locked_open(case)
    now, to = of_case(locked), versions.in_force(PolicyKind.REQUIREMENT_SET)
    if (now.number, to.number) != (seen, wanted):
        raise NotStated(_("The versions changed meanwhile. Look at the difference, then move it again."))
    if now == to:
        raise NotStated(_("The case is held by the version in force already."))
    before = _newest(locked)
    row = RequirementSetChoice(
        case=locked,
        number=(before.number if before else 0) + 1,
        version=to,
        by=actor,
        at=timezone.now(),
        submission=own,
    )
    row.save()
    trail.record(
        locked,
        Verb.REQUIREMENT_SET_MOVED,
        actor=actor,
        subject=EventSubject.policy(to.pk),
        rests_on=to.sha256,
        detail={"moved_from": now.title, "moved_to": to.title, **recorded_columns.of_set_choice(row)},
    )
    Case.objects.filter(pk=locked.pk).update(updated_at=timezone.now())
    return row
