"""The roles, as groups of named permissions. A role is changed here, not in the database."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models.people.permissions import Perm

READ = (Perm.VIEW_CASE, Perm.VIEW_POLICY)
WORK = (
    *READ,
    Perm.OPEN_CASE,
    Perm.TAKE_CASE,
    Perm.CHANGE_CASE,
    Perm.CAPTURE_CASE,
    Perm.NOTE_CASE,
    Perm.REPORT_CASE,
    Perm.JUDGE_HIT,
    Perm.ASSESS_RISK,
    Perm.CONCLUDE_OWNER,
    Perm.MEET_REQUIREMENT,
    Perm.PROPOSE_DECISION,
)
SECOND = (Perm.CONFIRM_HIT, Perm.CONFIRM_OVERRIDE, Perm.COUNTERSIGN_DECISION, Perm.REOPEN_CASE)
SET_POLICY = (Perm.EDIT_POLICY, Perm.ACTIVATE_POLICY)
OPERATE = (Perm.VIEW_PROVIDER,)
AUDIT = (Perm.VIEW_PORTAL_EVENTS,)
# Reads and writes notes of suspicion: nobody else may learn that there are any.
SUSPECT = (Perm.SEE_SUSPICION,)
MANAGE_PEOPLE = (Perm.VIEW_PEOPLE, Perm.ADD_PEOPLE, Perm.CHANGE_PEOPLE, Perm.VIEW_ROLES)

ROLES: dict[str, tuple[Perm, ...]] = {
    "analyst": WORK,
    "reviewer": (*WORK, *SECOND),
    "lead": (
        *WORK,
        *SECOND,
        Perm.ACT_AS_SUPERIOR,
        Perm.ASSIGN_CASE,
        Perm.WAIVE_REQUIREMENT,
        *SET_POLICY,
        *OPERATE,
    ),
    "auditor": (*READ, *OPERATE, *AUDIT),
    "suspicion_officer": (*READ, *SUSPECT),
    "administrator": (*OPERATE, *MANAGE_PEOPLE),
}

NAMES: dict[str, str | Promise] = {
    "analyst": _("Analyst"),
    "reviewer": _("Reviewer"),
    "lead": _("Lead"),
    "auditor": _("Auditor"),
    "suspicion_officer": _("Suspicion officer"),
    "administrator": _("Administrator"),
}
# What lets somebody do more, and is no role of the table.
FURTHER: dict[str, str | Promise] = {"staff": _("Django's admin"), "superuser": _("Superuser")}


def grant_roles(**_signal: Any) -> None:
    """Make the groups hold exactly what the table says. Runs after every migrate."""
    for role, names in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        wanted = [
            permission
            for permission in Permission.objects.select_related("content_type").filter(
                codename__in=[name.codename for name in names]
            )
            if f"{permission.content_type.app_label}.{permission.codename}" in names
        ]
        group.permissions.set(wanted)
