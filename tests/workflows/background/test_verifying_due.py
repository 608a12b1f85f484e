"""Whether any signature waits to be looked at is asked every second: it costs little, and finds what was lost."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from cases.models import Artefact, ArtefactKind, ArtefactState, SessionState, SignatureCheck, Verdict
from cases.workflows.background import backoff, signature_checks
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_at_a_time(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A portal of its own, that goes through one result at each turn."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(signature_checks, "RECENT", 1)
    monkeypatch.setattr(signature_checks, "_older", backoff.Rounds())


def captured(*, is_checked: bool) -> Artefact:
    session = factories.session(factories.case(), SessionState.OPEN, {})
    artefact = factories.artefact(session, ArtefactKind.AML, ArtefactState.CAPTURED, data=b"%PDF-1.7")
    if is_checked:
        SignatureCheck.objects.create(artefact=artefact, at=timezone.now(), verdict=Verdict.UNSIGNED)
    return artefact


def test_the_newest_is_found_at_once() -> None:
    captured(is_checked=True)
    captured(is_checked=False)
    assert all(signature_checks.is_due() for _ in range(3))


def test_one_that_was_lost_long_ago_is_found_in_its_turn() -> None:
    lost = captured(is_checked=False)
    newest = [captured(is_checked=True) for _ in range(3)][-1]
    turns = newest.pk - lost.pk
    assert [signature_checks.is_due() for _ in range(turns)] == [False] * (turns - 1) + [True]


def test_to_ask_reads_little_and_writes_nothing(tmp_path: Path) -> None:
    newest = [captured(is_checked=True) for _ in range(3)][-1].pk
    before = list(tmp_path.iterdir())
    with CaptureQueriesContext(connection) as statements:
        assert not signature_checks.is_due()
    first, recent, older = (query["sql"] for query in statements.captured_queries)
    assert all(text.startswith("SELECT") and "LIMIT 1" in text for text in (first, recent, older))
    assert f'"id" > {newest - 1}' in recent
    assert f'"id" > {newest - 2}' in older
    assert f'"id" <= {newest - 1}' in older
    assert list(tmp_path.iterdir()) == before


def test_the_parts_of_many_have_their_turns_and_then_again_from_the_newest() -> None:
    rounds = backoff.Rounds()
    assert [rounds.next_part(5, 2) for _ in range(4)] == [(3, 5), (1, 3), (0, 1), (3, 5)]
    assert rounds.next_part(2, 2) == (0, 2)
    assert rounds.next_part(9, 2) == (7, 9)
