"""What the doctor says of the queue and of the provider: the parts that work, or do not."""

import datetime

import pytest
from django.utils import timezone
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import ArtefactState, SessionState
from cases.provider.client import ProviderClient
from cases.provider.errors import Code, FixConfiguration, ProviderError, RetryLater
from cases.workflows import heartbeat, provider
from tests import factories
from tests.management.commands import run
from tests.management.conftest import found
from tests.portal import switch

# --- Queue ---------------------------------------------------------------------------------------------------


def test_a_queue_nobody_ever_worked_on(healthy: None) -> None:
    heartbeat.Heartbeat.objects.all().delete()
    assert f"{heartbeat.words([heartbeat.QUEUE])} It has never given a sign of life." in found("queue")


def test_a_queue_nobody_works_on_any_more(healthy: None) -> None:
    heartbeat.Heartbeat.objects.update(beat_at=timezone.now() - datetime.timedelta(minutes=7))
    heartbeat.require_database()  # somebody asks for its health, which is no sign of it
    for part in (heartbeat.QUEUE, heartbeat.DISPATCHER):
        assert f"{heartbeat.words([part])} Its last sign of life is 7 min old." in found("queue")


def test_sessions_that_nobody_looks_at(healthy: None) -> None:
    late = timezone.now() - datetime.timedelta(hours=3)
    factories.session(results={}, next_step_at=late)
    factories.session(results={}, next_step_at=timezone.now())
    assert "1 sessions should have been looked at, the first of them 3 h ago" in found("queue")


def test_what_needs_a_person_is_a_warning(healthy: None) -> None:
    soon = timezone.now() + datetime.timedelta(minutes=10)
    stuck = factories.session(state=SessionState.QUARANTINED, results={})
    factories.artefact(stuck, state=ArtefactState.READY, expires_at=soon)
    warned = found("queue", "warning")
    assert "1 sessions wait for a person" in warned
    assert "within half an hour: 1." in warned
    assert run("doctor").status == 0


# --- Provider ------------------------------------------------------------------------------------------------


def test_a_client_the_provider_does_not_know(healthy: None, settings: Settings) -> None:
    settings.AML_CLIENT_SECRET = "wrong"
    assert "gave us no access token" in found("token")
    assert "AML_CLIENT_ID" in found("token")


def test_a_client_without_its_secret(healthy: None, settings: Settings) -> None:
    settings.AML_CLIENT_ID = settings.AML_CLIENT_SECRET = ""
    assert "setting for the provider is missing" in found("token")


def test_a_provider_that_is_not_there(healthy: None, settings: Settings) -> None:
    settings.AML_ISSUER = "http://127.0.0.1:9/auth/realms/gone"
    assert "refused the connection" in found("token")


def test_a_scope_that_is_not_granted_is_a_warning(healthy: None, sandbox: RunningSandbox) -> None:
    switch(sandbox, {"name": "fewer_scopes"})
    assert "aml_organization/OFAC" in found("token", "warning")


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (RetryLater(Code.HTTP_503, status=503), "unavailable"),
        (FixConfiguration(Code.UNAUTHORIZED, status=401), "does not accept our access"),
        (FixConfiguration(Code.SCOPE_MISSING, status=403, message="Not for you."), "It said: Not for you."),
    ],
)
def test_an_api_that_does_not_let_us_in(
    problem: ProviderError, message: str, healthy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: ProviderClient) -> None:
        raise problem

    monkeypatch.setattr(ProviderClient, "reach", refuse)
    assert message in found("API")
    assert found("token", "ok")


def test_a_pause_that_the_provider_wants_is_respected(healthy: None, sandbox: RunningSandbox) -> None:
    provider.client()._pause.hold(60)
    calls = sandbox.stats()
    assert "asked us to slow down" in found("API", "warning")
    assert sandbox.stats() == calls


@pytest.mark.parametrize(
    ("seconds", "verdict", "message"),
    [
        (0, "ok", "Agrees"),
        (-3, "ok", "Agrees"),
        (30, "warning", "30 s behind"),
        (-30, "warning", "30 s ahead of"),
        (3600, "wrong", "3600 s behind"),
        (None, "warning", "does not say what time it is"),
    ],
)
def test_clocks_that_differ(
    seconds: int | None, verdict: str, message: str, healthy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def theirs(self: ProviderClient) -> datetime.datetime | None:
        return None if seconds is None else timezone.now() + datetime.timedelta(seconds=seconds)

    monkeypatch.setattr(ProviderClient, "reach", theirs)
    assert message in found("clock", verdict)
