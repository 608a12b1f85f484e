"""The address that the provider sends webhooks to, over real HTTP: it writes down, wakes, and tells nobody anything."""

import io
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.db import DatabaseError, InterfaceError, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.models import (
    AmlSession,
    AttemptOutcome,
    CreateAttempt,
    Delivery,
    DeliveryVerdict,
    RefusedDeliveries,
    SessionState,
)
from cases.web.webhook import views
from cases.workflows.capture import webhooks
from tests import factories, portal
from tests.workflows import engine_steps

_S, _V = SessionState, DeliveryVerdict
BODY = b'{ "sessionId" : "s-1", "status":"JsonDataReady", "extra": "\xc3\xa6" }\r\n'
SENT = "Kari Nordmann"
JSON = {"Content-Type": "application/json; charset=utf-8"}


@pytest.fixture
def address(own_database: str) -> Iterator[str]:
    with portal.listening() as url:
        yield url + "/hooks/aml/"


def expected(state: str = _S.OPEN, outcome: str = AttemptOutcome.OPENED, **fields: Any) -> CreateAttempt:
    """An order whose session is in that state, and whose address therefore is known."""
    with transaction.atomic():
        return factories.attempt(factories.session(state=state, **fields), outcome)


def refused() -> int:
    return sum(RefusedDeliveries.objects.values_list("count", flat=True))


def raw(address: str, token: str, head: str, body: bytes = b"") -> int:
    """Send exactly this and hang up; give the status of the answer."""
    parts = urlsplit(address)
    assert parts.hostname
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=60) as line:
        line.sendall(f"POST {parts.path}{token} HTTP/1.1\r\nHost: localhost\r\n{head}\r\n".encode() + body)
        line.shutdown(socket.SHUT_WR)
        return int(line.makefile("rb").readline().split()[1])


# --- Over HTTP -----------------------------------------------------------------------------------------------


def test_a_webhook_is_written_down_byte_for_byte_and_answered(address: str) -> None:
    attempt = expected(provider_id="s-1")

    answer = requests.post(address + attempt.token, BODY, headers=JSON, timeout=30)

    assert (answer.status_code, answer.content) == (200, b"")
    delivery = Delivery.objects.get()
    assert bytes(delivery.body) == BODY
    assert (delivery.attempt, delivery.media_type) == (attempt, "application/json")
    assert (delivery.word, delivery.kind, delivery.named_session) == ("JsonDataReady", "json", "s-1")
    assert (delivery.verdict, refused()) == (_V.WOKE, 0)


def test_whoever_guesses_gets_the_same_answer_and_leaves_nothing_but_a_count(address: str) -> None:
    attempt = expected()
    known = requests.post(address + attempt.token, BODY, headers=JSON, timeout=30)
    kept = Delivery.objects.count()

    for token in (
        "guessed",
        attempt.token + "x",
        attempt.token.swapcase(),
        "%00",
        "%F0%9F%94%91",
        "a" * 5000,
    ):
        answer = requests.post(address + token, BODY, headers=JSON, timeout=30)
        assert (answer.status_code, answer.content) == (known.status_code, known.content)
        assert _same(answer) == _same(known)

    assert (Delivery.objects.count(), refused()) == (kept, 6)


def _same(answer: requests.Response) -> dict[str, str]:
    """What it says but for the second of the answer, which two of them stand in."""
    return {name: value for name, value in answer.headers.items() if name not in {"Date", "Expires"}}


def test_what_is_too_large_is_counted_and_not_kept(address: str) -> None:
    attempt = expected()

    answer = requests.post(
        address + attempt.token, b" " * (Delivery.BODY_LIMIT + 1), headers=JSON, timeout=30
    )
    assert answer.status_code == 200
    assert (Delivery.objects.count(), refused()) == (0, 1)

    requests.post(address + attempt.token, b" " * Delivery.BODY_LIMIT, headers=JSON, timeout=30)
    assert (Delivery.objects.count(), refused()) == (1, 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not JSON",
        b"\xff\xfe",
        b"[1, 2]",
        b"null",
        b"[" * 60_000,
        b'{"sessionId": 7, "status": ["x"]}',
        b"9" * 5000,
    ],
)
def test_what_is_not_understood_is_kept_as_it_came_and_wakes(body: bytes, client: Client, db: None) -> None:
    attempt = expected()
    AmlSession.objects.update(next_step_at=attempt.session.give_up_at)

    answer = client.post(reverse("webhook", args=[attempt.token]), body, content_type="text/plain")

    assert answer.status_code == 200
    delivery = Delivery.objects.get()
    assert (bytes(delivery.body), delivery.verdict) == (body, _V.NOT_UNDERSTOOD)
    assert AmlSession.objects.get().wake_requested


def test_only_a_post_is_a_webhook(address: str) -> None:
    attempt = expected()

    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
        for token in (attempt.token, "guessed"):
            assert requests.request(method, address + token, timeout=30).status_code == 405

    assert (Delivery.objects.count(), refused()) == (0, 0)


HEADS = (
    "",
    "Content-Length: \r\n",
    "Content-Length: garbage\r\n",
    "Content-Length: -1\r\n",
    f"Content-Length: {'9' * 5000}\r\n",
    "Content-Length: 1e3\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 2\r\n",
    "Content-Length: 500\r\n",
    f"Content-Length: {10**12}\r\n",
)


def test_no_head_of_a_request_makes_the_portal_fall_over(address: str) -> None:
    attempt = expected()

    for head in HEADS:
        assert (head, raw(address, attempt.token, head, b"{}")) == (head, 200)
        assert (head, raw(address, "guessed", head, b"{}")) == (head, 200)

    assert Delivery.objects.count() + refused() == 2 * len(HEADS)


def test_a_webhook_without_a_length_is_read_where_the_server_knows_its_end(db: None) -> None:
    attempt = expected(provider_id="s-1")
    # As gunicorn gives it; Django alone would read nothing.
    request = RequestFactory().generic("POST", "/hooks/aml/x")
    request.META |= {
        "HTTP_TRANSFER_ENCODING": "chunked",
        "wsgi.input_terminated": True,
        "wsgi.input": io.BytesIO(BODY),
    }

    assert views.receive(request, attempt.token).status_code == 200

    assert bytes(Delivery.objects.get().body) == BODY


@pytest.mark.parametrize("broken", [ConnectionResetError, ValueError])
def test_a_webhook_that_breaks_off_is_counted(broken: type[Exception], db: None) -> None:
    attempt = expected()

    class Broken(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise broken

    request = RequestFactory().post("/hooks/aml/x", BODY, content_type="application/json")
    request._stream = Broken()

    assert views.receive(request, attempt.token).status_code == 200
    assert (Delivery.objects.count(), refused()) == (0, 1)


@pytest.mark.parametrize("trouble", [DatabaseError, InterfaceError])
def test_a_webhook_that_cannot_be_written_down_is_not_called_received_and_leaves_no_trace_in_the_log(
    trouble: type[Exception],
    db: None,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    attempt = expected()

    def gone(*_: Any) -> None:
        raise trouble(SENT)

    monkeypatch.setattr(webhooks, "receive", gone)

    assert client.post(reverse("webhook", args=[attempt.token]), BODY, "application/json").status_code == 503
    assert trouble.__name__ in caplog.text
    assert SENT not in caplog.text
    assert attempt.token not in caplog.text


def test_nobody_at_the_provider_is_asked_before_the_answer(
    webhooks: None, sandbox: RunningSandbox, settings: Settings
) -> None:
    case = portal.order("317835337")
    session = engine_steps.follow(case, engine_steps.in_state(_S.OPEN))
    before = sandbox.stats()["requests"]

    answer = requests.post(
        f"{settings.PORTAL_URL}/hooks/aml/{session.attempts.get().token}",
        json=engine_steps.named(session.provider_id),
        timeout=30,
    )

    assert answer.status_code == 200
    assert sandbox.stats()["requests"] == before
