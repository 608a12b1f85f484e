"""People who take the next case at the same moment: each gets one of their own, and none is left out."""

import datetime

import pytest
from django.utils import timezone

from cases.models import Case
from cases.workflows.casework.cases import take_next
from tests import factories
from tests.workflows.capture.test_requesting import all_at_once

PEOPLE = 4


@pytest.mark.django_db(transaction=True)
def test_people_who_take_the_next_at_the_same_moment_never_get_the_same() -> None:
    people = [factories.person(f"taker{number}", "analyst") for number in range(PEOPLE)]
    today = timezone.localdate()
    cases = [factories.case(due=today - datetime.timedelta(days=number)) for number in range(PEOPLE + 1)]
    taken: list[Case | None] = []
    all_at_once(lambda number: taken.append(take_next(people[number])), PEOPLE)
    assert len({case.pk for case in taken if case}) == PEOPLE
    (left,) = Case.objects.unassigned()
    assert left == cases[0]
