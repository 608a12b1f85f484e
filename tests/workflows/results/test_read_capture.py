"""Whose look at a result makes it read."""

from collections.abc import Callable

import pytest

from cases.models import Case, User
from cases.workflows.casework import cases
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("assignee", "looks", "is_read"),
    [
        (factories.kari, factories.kari, True),
        (factories.kari, factories.ola, False),
        (factories.kari, factories.lead, False),
        (None, factories.kari, False),
        (None, factories.auditor, False),
    ],
)
def test_a_result_is_read_when_whose_case_it_is_looks_at_it(
    assignee: Callable[[], User] | None,
    looks: Callable[[], User],
    is_read: bool,
) -> None:
    case = factories.session(factories.case(assignee=assignee() if assignee else None), "COMPLETE").case
    cases.results_shown(case, looks())
    case.refresh_from_db()
    assert (case.read_at is not None) == is_read


def test_what_others_looked_at_is_new_to_whoever_takes_the_case() -> None:
    case = factories.session(state="COMPLETE").case
    cases.results_shown(case, factories.ola())
    cases.take(case, factories.kari())
    assert Case.objects.unread().get() == case
