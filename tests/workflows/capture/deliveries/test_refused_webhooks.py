"""Webhooks of strangers cost little: they are counted in memory, and answered before all that people need."""

import threading
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from cases.models import Delivery, RefusedDeliveries
from cases.workflows.capture import refused_webhooks as module
from cases.workflows.capture import webhooks
from cases.workflows.capture.refused_webhooks import RefusedWebhooks
from tests import factories

pytestmark = pytest.mark.django_db


class Timers:
    """What would be done later, and has not been done yet."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []

    def __call__(self, seconds: float, work: Any) -> "Timers":
        self.waiting.append((seconds, work))
        return self

    def start(self) -> None:
        """Never by itself."""


@pytest.fixture
def timers(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Timers:
    settings.WEBHOOK_REFUSALS_SECONDS = 30.0
    found = Timers()
    monkeypatch.setattr(threading, "Timer", found)
    return found


def unreachable(*_: Any) -> None:
    raise OperationalError


def counted() -> list[int]:
    return [*RefusedDeliveries.objects.values_list("count", flat=True)]


def sent(client: Client, token: str, **headers: Any) -> tuple[HttpResponse, int]:
    """What is answered, and how many statements it cost."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(f"/hooks/aml/{token}", "{}", content_type="application/json", **headers)
    return answer, len(asked)


def test_refusals_are_counted_in_memory_and_written_down_together(timers: Timers) -> None:
    refused_webhooks = RefusedWebhooks()
    with CaptureQueriesContext(connection) as asked:
        for _ in range(50):
            refused_webhooks.count()
    assert (len(asked), counted(), [seconds for seconds, _work in timers.waiting]) == (0, [], [30.0])
    refused_webhooks.write()
    assert counted() == [50]
    refused_webhooks.count()
    refused_webhooks.write()
    assert (counted(), len(timers.waiting)) == ([51], 2)


def test_what_cannot_be_written_down_is_counted_the_next_time(
    timers: Timers, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused_webhooks = RefusedWebhooks()
    refused_webhooks.count()
    with monkeypatch.context() as away:
        away.setattr(module, "_add", unreachable)
        with pytest.raises(OperationalError):
            refused_webhooks.write()
    refused_webhooks.count()
    refused_webhooks.write()
    assert counted() == [2]


def test_a_webhook_of_a_stranger_costs_one_statement(client: Client, timers: Timers) -> None:
    answer, statements = sent(client, "of-nobody")
    assert (answer.status_code, statements) == (200, 1)
    assert not Delivery.objects.exists()


def test_a_webhook_passes_by_sessions_languages_and_sign_in(client: Client) -> None:
    attempt = factories.attempt(factories.session(state="OPEN", provider_id="s-1", results={"json": "ASKED"}))
    answer, statements = sent(client, attempt.token)
    assert (answer.status_code, answer.content, len(answer.cookies)) == (200, b"", 0)
    assert answer["Content-Length"] == "0"
    assert "Content-Language" not in answer.headers
    assert "Content-Language" in client.get("/login/").headers
    assert statements == 8  # a savepoint and its end among them
    _answer, statements = sent(client, attempt.token)
    assert statements == 5, "its session is woken already"
    assert Delivery.objects.count() == 2


def test_a_webhook_for_another_host_is_refused_as_everything_is(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["portal.example"]
    answer, _statements = sent(client, "of-nobody", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400


def test_an_address_below_hooks_that_is_none_is_not_found(client: Client) -> None:
    assert client.post("/hooks/aml/").status_code == 404
    assert client.post("/hooks/").status_code == 404


def test_whatever_is_answered_below_hooks_is_for_no_browser(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    settings.ALLOWED_HOSTS = ["testserver"]

    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    answers = {
        200: sent(client, "of-nobody")[0],
        400: sent(client, "of-nobody", headers={"host": "elsewhere.example"})[0],
        404: client.post("/hooks/aml/"),
        405: client.get("/hooks/aml/of-nobody"),
    }
    with monkeypatch.context() as away:
        away.setattr(webhooks, "receive", unreachable)
        answers[503] = sent(client, "of-nobody")[0]
        away.setattr(webhooks, "receive", broken)
        answers[500] = sent(client, "of-nobody")[0]
    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer["X-Frame-Options"] == "DENY", status
        assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'", status
        assert answer["X-Content-Type-Options"] == "nosniff", status
        assert "no-store" in answer["Cache-Control"], status
        assert answer["Content-Length"] == str(len(answer.content)), status
