"""The roles hold exactly what the table says, from the first migration on."""

import pytest

from cases.models.people.roles import ROLES
from tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_role_holds_what_the_table_says_on_a_database_just_made(role: str) -> None:
    assert factories.person(role, role).get_all_permissions() == set(ROLES[role])
