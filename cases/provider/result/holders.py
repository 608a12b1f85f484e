"""Persons and organisations as roles and owners name them, and the chapter of roles, in both of its forms."""

from typing import Any, ClassVar

from cases.provider.result.chapter import Chapter
from cases.provider.result.nodes import Node, OneOrMany, Wire
from cases.provider.result.scalars import Date, Flag, Single, Text
from cases.provider.result.variants import Variants, as_list, as_object, one_or_variants, versions


class Lifecycle(Wire):
    """Whether somebody lives, as an entry says itself or in its `otherInformation`."""

    old_names: ClassVar[dict[str, str]] = {
        "isDeceased": "deceased",
        "dateOfDeath": "deceasedDate",
        "deathDate": "deceasedDate",
    }
    deceased: Flag = None
    deceased_date: Date = None


class Holder(Lifecycle):
    """A person or an organisation, as roles and owners name it."""

    name: Text = None
    first_name: Text = None
    last_name: Text = None
    organization_number: Text = None
    date_of_birth: Date = None
    other_information: Node[Lifecycle] = None


LISTED = "[]"  # in place of a role's name: a list of holders without one


class RoleHolder(Holder):
    role: Text = None


class Roles(Chapter):
    """Holders by role, under declared and undeclared names alike: one or a list of them."""

    reads_every_name: ClassVar[bool] = True
    __pydantic_extra__: dict[str, OneOrMany[RoleHolder]]

    @classmethod
    def node(cls, value: object) -> dict[str, Any] | None:
        """Give the holders by role, and those in a list without roles under LISTED; both, if both forms came."""
        by_role: list[Any] = []
        listed: list[Any] = []
        for version in versions(value):
            entries = listed_holders(version)
            if entries is None:
                by_role.append(version)
            else:
                by_role += filter(_is_by_role, entries)
                listed.append([None if _is_by_role(entry) else entry for entry in entries])
        found = as_object(Variants(by_role))
        return {**(found or {}), LISTED: as_list(one_or_variants(listed))} if listed else found

    @classmethod
    def lists_objects(cls, name: str) -> bool:
        """Is a name that of a list of holders? Every name is, but that of the metadata."""
        return cls.present_name(name) is None


def listed_holders(value: object) -> list[Any] | None:
    """Give the list in which holders stand that name their roles themselves; None where they stand by role."""
    entries = value if isinstance(value, list) else [value]
    return entries if any(isinstance(entry, dict) and _is_holder(entry) for entry in entries) else None


def _is_by_role(entry: object) -> bool:
    """Does an entry among listed holders hold others by their roles, and is none itself?"""
    if not isinstance(entry, dict) or _is_holder(entry):
        return False
    return any(isinstance(value, dict | list) for value in entry.values())


def _is_holder(entry: dict[str, Any]) -> bool:
    return any(RoleHolder.present_name(name) and isinstance(value, Single) for name, value in entry.items())
