"""Whose look at a result makes it read."""

import pytest

from cases.workflows import cases
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_look_by_somebody_who_may_take_the_case_makes_its_result_read() -> None:
    case = factories.session(state="COMPLETE").case
    type(case).objects.filter(pk=case.pk).update(assignee=None, read_at=None)
    case.refresh_from_db()
    cases.opened(case, factories.kari())
    case.refresh_from_db()
    assert case.read_at is not None


def test_an_auditors_look_takes_no_news_from_those_who_work() -> None:
    case = factories.session(state="COMPLETE").case
    type(case).objects.filter(pk=case.pk).update(assignee=None, read_at=None)
    case.refresh_from_db()
    cases.opened(case, factories.auditor())
    case.refresh_from_db()
    assert case.read_at is None
