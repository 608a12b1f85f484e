"""The template context that every page gets."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cases.models import User
from cases.models.people import roles
from cases.models.people.permissions import Perm
from cases.workflows import heartbeat


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "queue_warning": SimpleLazyObject(_queue_warning),
        # A request that was refused on its way in has no user yet, and its error page must not fail for that.
        "may": SimpleLazyObject(lambda: permitted(getattr(request, "user", None))),
        "user_role": SimpleLazyObject(lambda: _roles(getattr(request, "user", None))),
    }


def permitted(user: AbstractBaseUser | AnonymousUser | None) -> dict[str, bool]:
    """What somebody may do, by the codename of each permission."""
    return {perm.codename: isinstance(user, User) and user.has_perm(perm) for perm in Perm}


def _roles(user: AbstractBaseUser | AnonymousUser | None) -> str:
    """A person's roles in words, in the order of the table; '' without any."""
    if not isinstance(user, User):
        return ""
    held = set(user.groups.values_list("name", flat=True))
    return ", ".join(str(name) for role, name in roles.NAMES.items() if role in held)


def _queue_warning() -> str:
    return heartbeat.words(heartbeat.silence())
