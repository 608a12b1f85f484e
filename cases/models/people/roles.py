"""The roles, as groups of named permissions. A role is changed here, not in the database."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READ = ("cases.view_case",)
WORK = (
    *READ,
    "cases.open_case",
    "cases.take_case",
    "cases.change_case",
    "cases.capture_case",
    "cases.note_case",
    "cases.report_case",
)
OPERATE = ("cases.view_provider",)
AUDIT = ("cases.view_portal_events",)
MANAGE_PEOPLE = ("cases.view_user", "cases.add_user", "cases.change_user", "auth.view_group")

ROLES: dict[str, tuple[str, ...]] = {
    "analyst": WORK,
    "reviewer": WORK,
    "lead": (*WORK, "cases.assign_case", *OPERATE),
    "auditor": (*READ, *OPERATE, *AUDIT),
    "administrator": (*OPERATE, *MANAGE_PEOPLE),
}

NAMES: dict[str, str | Promise] = {
    "analyst": _("Analyst"),
    "reviewer": _("Reviewer"),
    "lead": _("Lead"),
    "auditor": _("Auditor"),
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
                codename__in=[name.split(".")[1] for name in names]
            )
            if f"{permission.content_type.app_label}.{permission.codename}" in names
        ]
        group.permissions.set(wanted)
