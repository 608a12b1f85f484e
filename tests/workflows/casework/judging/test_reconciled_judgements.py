"""Judgements are held against the events that tell of them."""

import pytest
from django.db import connection, transaction

from cases.migrations import _triggers
from cases.models import Case
from cases.workflows.casework.judging import second
from cases.workflows.verification import reconciling
from tests import factories, judging
from tests.judging import case_with, draft, judged, reading_of

pytestmark = pytest.mark.django_db


PAST_THE_PORTAL = [
    "rationale = 'Other words'",
    "verdict = 'CANNOT_TELL', wake_up = '2026-12-01'",
    "reasons = '[\"FP02\"]'",
    "second_words = 'Fine'",
]


def test_a_judgement_that_was_changed_past_the_portal_is_named() -> None:
    case = case_with()
    found = judged(case, how=draft("TRUE_MATCH"))
    second.send_back(reading_of(case), found, factories.ola(), "Look again.")
    assert problems(case) == []
    for change in PAST_THE_PORTAL:
        with transaction.atomic():
            _triggers.remove(connection)
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE cases_judgement SET {change}")  # noqa: S608
            assert [problem for problem in problems(case) if f"judgement in row {found.pk}" in problem], (
                change
            )
            transaction.set_rollback(True)


def test_a_judgement_without_its_event_is_named() -> None:
    case = case_with()
    row = judging.judgement_row(case.hits.get())
    assert f"no event tells of the judgement in row {row.pk}" in problems(case)


def problems(case: Case) -> list[str]:
    (found,) = reconciling.reconcile(case.reference)
    return [problem for problem in found.problems if "judgement" in problem]
