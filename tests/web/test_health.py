"""The one question anybody may ask: does it run?"""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from cases.models import Pulse
from cases.web import context
from cases.workflows import pulse
from tests.workflows.forgery import execute


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

    monkeypatch.setattr(pulse, "require_database", broken)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"unavailable")


@pytest.mark.django_db
def test_a_database_that_can_only_be_read_is_not_ok(client: Client) -> None:
    is_sqlite = connection.vendor == "sqlite"
    execute("PRAGMA query_only = ON" if is_sqlite else "SET TRANSACTION READ ONLY")
    try:
        assert client.get("/healthz").status_code == 503
    finally:
        if is_sqlite:
            execute("PRAGMA query_only = OFF")


@pytest.mark.django_db
def test_asking_leaves_nothing_behind(client: Client) -> None:
    for _ in range(3):
        client.get("/healthz")
    assert not Pulse.objects.exists()
