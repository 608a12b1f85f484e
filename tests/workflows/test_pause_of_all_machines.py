"""A pause that the provider asks of one machine holds on every other, through the database."""

import time
from pathlib import Path

import pytest
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import ProviderPause, SessionState
from cases.provider.client import Order
from cases.provider.errors import RateLimited
from cases.workflows import provider
from cases.workflows.capture import advancing
from tests import portal
from tests.workflows.engine_steps import NUMBER


def test_a_machine_pauses_for_what_another_was_told(
    own_database: str, sandbox: RunningSandbox, settings: Settings, tmp_path: Path
) -> None:
    """Each machine has a VAR_DIR, and so a file for the pause, of its own."""
    portal.switch(sandbox, {"name": "http_429", "seconds": 600, "on": ["create"], "count": 1})
    settings.VAR_DIR = tmp_path / "one"
    with pytest.raises(RateLimited):
        provider.client().create_session(Order("no", NUMBER, (), (), "en", None))
    settings.VAR_DIR = tmp_path / "two"
    session = portal.session_of(portal.order(NUMBER))
    advancing.advance_due()
    session.refresh_from_db()
    assert (session.state, session.reason) == (SessionState.REQUESTED, "rate_limited")
    assert sandbox.stats()["creates"]["total"] == 1, "only the one that was refused"
    assert 590 < provider.client().paused_until() - time.time() <= 600


@pytest.mark.django_db
def test_a_longer_pause_stays_and_one_that_is_over_is_none(
    sandbox: RunningSandbox, settings: Settings, tmp_path: Path
) -> None:
    now = time.time()
    for ends_in in (300, 20):
        provider.tell_pause(now + ends_in)
    assert ProviderPause.objects.get().until.timestamp() == pytest.approx(now + 300)
    assert provider.client().paused_until() == 0
    assert provider.paused_until() == pytest.approx(now + 300), "what pages and doctor say"
    provider.learn_pause()
    assert provider.client().paused_until() == pytest.approx(now + 300)
    settings.VAR_DIR = tmp_path / "another"
    ProviderPause.objects.update(until="2026-01-01T00:00:00Z")
    provider.learn_pause()
    settings.AML_CLIENT_ID = "another"
    provider.learn_pause()
    assert provider.client().paused_until() == 0
