"""The one question anybody may ask: does it run?"""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from cases.web import context
from cases.workflows import pulse


@pytest.mark.django_db
def test_while_the_database_answers_it_is_ok(client: Client) -> None:
    pulse.beat_of_this_cluster()
    pulse.beat(pulse.DISPATCHER)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "sessionid" not in answer.cookies


@pytest.mark.django_db
def test_what_is_silent_is_said_as_on_every_page(client: Client) -> None:
    answer = client.get("/healthz")
    silent = pulse.words(["queue", "dispatcher"])
    assert (answer.status_code, answer.content.decode()) == (200, f"ok\n{silent}")
    assert silent == context.portal(answer.wsgi_request)["queue_warning"]


@pytest.mark.django_db
def test_without_the_database_it_says_no_more_than_that(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise DatabaseError("connection to server at db.internal failed: password")

    monkeypatch.setattr(connection, "cursor", broken)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"unavailable")
