"""References are readable, unique and without gaps, however many people open cases at once."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction
from pytest_django import Settings

from cases.models import Case, ReferenceCounter
from cases.provider.numbers.identifiers import Identifier
from cases.workflows.casework.cases import NewCase, open_case
from tests import chains

HANDS, EACH = 8, 10


@pytest.mark.django_db
def test_a_reference_is_readable_and_counts_up_within_its_year() -> None:
    given = [ReferenceCounter.next_reference(year) for year in (2026, 2026, 2027, 2026)]
    assert given == ["C-2026-000001", "C-2026-000002", "C-2027-000001", "C-2026-000003"]


@pytest.mark.django_db
def test_a_reference_fits_its_column_even_after_a_million_cases() -> None:
    ReferenceCounter.objects.create(year=2026, last=123_456_789)
    reference = ReferenceCounter.next_reference(2026)
    assert reference == "C-2026-123456790"
    assert len(reference) <= Case._meta.get_field("reference").max_length


def _take(barrier: Barrier) -> list[str]:
    try:
        barrier.wait(timeout=30)
        given = []
        for _ in range(EACH):
            with transaction.atomic():
                given.append(ReferenceCounter.next_reference(2026))
        return given
    finally:
        connections.close_all()


def test_references_taken_at_once_are_all_different_and_leave_no_gap(own_database: str) -> None:
    """The counter's row does not even exist when they begin."""
    barrier = Barrier(HANDS)
    with ThreadPoolExecutor(HANDS) as pool:
        taken = [pool.submit(_take, barrier) for _ in range(HANDS)]
        given = [reference for one in taken for reference in one.result(timeout=120)]
    assert sorted(given) == [f"C-2026-{number:06d}" for number in range(1, HANDS * EACH + 1)]


def test_a_case_that_could_not_be_opened_gives_its_reference_back(own_database: str) -> None:
    with transaction.atomic():
        ReferenceCounter.next_reference(2026)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert ReferenceCounter.next_reference(2026) == "C-2026-000001"


def _open(new: NewCase, barrier: Barrier) -> str:
    try:
        barrier.wait(timeout=30)
        return open_case(new, None).reference
    finally:
        connections.close_all()


def test_one_submission_sent_at_once_from_many_tabs_is_one_case_and_one_order(own_database: str) -> None:
    new, barrier = NewCase(Identifier("no", "ORG", "317835337")), Barrier(HANDS)
    with ThreadPoolExecutor(HANDS) as pool:
        futures = [pool.submit(_open, new, barrier) for _ in range(HANDS)]
        references = {one.result(timeout=120) for one in futures}
    case = Case.objects.get()
    assert references == {case.reference}
    assert case.sessions.count() == 1
    assert list(chains.breaks()) == [None]


def test_cases_opened_at_once_on_one_organisation_share_its_row(own_database: str) -> None:
    barrier = Barrier(HANDS)
    about = Identifier("se", "ORG", "556677-8899")
    with ThreadPoolExecutor(HANDS) as pool:
        futures = [
            pool.submit(_open, NewCase(about, again_reason="Several owners"), barrier) for _ in range(HANDS)
        ]
        references = {one.result(timeout=120) for one in futures}
    assert len(references) == HANDS
    assert len(set(Case.objects.values_list("organisation", flat=True))) == 1


@pytest.mark.django_db
def test_the_year_of_a_reference_is_that_of_the_portals_own_place(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Oslo it is 2027 already, while it is 2026 in UTC."""
    settings.TIME_ZONE = "Europe/Oslo"
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: datetime.datetime(2026, 12, 31, 23, 30, tzinfo=datetime.UTC)
    )
    case = open_case(NewCase(Identifier("no", "ORG", "317835337")), None)
    assert re.fullmatch(r"C-2027-\d{6}", case.reference)
