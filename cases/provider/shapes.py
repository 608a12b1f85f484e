"""Results in another shape than the documented one, brought into it: nobody in them may be overlooked."""

import copy
from typing import Any

from cases.provider.wire import Organization, RoleHolder

ROLES = "roles"
UNNAMED_ROLES = "others"  # where holders stand who name their role themselves


def with_named_roles(document: dict[str, Any]) -> dict[str, Any]:
    """Put holders that stand in a list of their own, or alone, where the wire expects an object with a name a role."""
    for name, value in document.items():
        holders = value if isinstance(value, list) else [value]
        if Organization.present_name(name) == ROLES and any(map(_is_holder, holders)):
            found = copy.copy(document)
            found[name] = {UNNAMED_ROLES: holders}
            return found
    return document


def _is_holder(value: object) -> bool:
    """Is it a person or an organisation, and not an object with a name a role?"""
    if not isinstance(value, dict):
        return False
    return any(isinstance(each, str) and RoleHolder.present_name(name) for name, each in value.items())
