"""Move a case to the requirement set in force. Moves are added, never changed."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, PolicyKind, RequirementSetChoice, User, Verb
from cases.models.audit.subject import EventSubject
from cases.models.people.permissions import Perm
from cases.workflows import idempotency
from cases.workflows.audit import recorded_columns, trail
from cases.workflows.casework.requirements import set_version
from cases.workflows.casework.requirements.stated import NotStated
from cases.workflows.casework.worked_on import worked_on
from cases.workflows.locks.open_case import locked_open
from cases.workflows.policy import versions


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
    now, to = set_version.of_case(locked), versions.in_force(PolicyKind.REQUIREMENT_SET)
    if (now.number, to.number) != (seen, wanted):
        raise NotStated(_("The versions changed meanwhile. Look at the difference, then move it again."))
    if now == to:
        raise NotStated(_("The case is held by the version in force already."))
    before = set_version.newest_choice(locked)
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
    worked_on(locked, actor)
    return row
