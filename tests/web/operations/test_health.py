"""The one question anybody may ask: does it run?"""

import resource

import pytest
from django.db import DatabaseError, InterfaceError, connection
from django.test import Client

from cases.models import Heartbeat
from cases.web import context_processors
from cases.workflows import heartbeat
from tests.databases import only_on_sqlite
from tests.workflows.forgery import execute


@pytest.mark.django_db
def test_while_the_database_answers_it_is_ok(client: Client) -> None:
    heartbeat.beat_of_this_cluster()
    heartbeat.beat(heartbeat.DISPATCHER)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "sessionid" not in answer.cookies


@pytest.mark.django_db
def test_what_is_silent_is_said_as_on_every_page(client: Client) -> None:
    answer = client.get("/healthz")
    silent = heartbeat.words(["queue", "dispatcher"])
    assert (answer.status_code, answer.content.decode()) == (200, f"ok\n{silent}")
    assert silent == context_processors.portal(answer.wsgi_request)["queue_warning"]


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", [DatabaseError, InterfaceError])
def test_without_the_database_it_says_no_more_than_that(
    trouble: type[Exception], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise trouble("connection to server at db.internal failed: password")

    monkeypatch.setattr(heartbeat, "require_database", broken)
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


@only_on_sqlite
def test_a_full_disk_is_not_ok(own_database: str, client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, allowed[1]))  # no file may grow by a byte
    try:
        full = client.get("/healthz").status_code
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert full == 503
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_asking_leaves_one_row_behind_and_is_no_sign_of_life(client: Client) -> None:
    answers = {client.get("/healthz").content.decode() for _ in range(3)}
    assert answers == {f"ok\n{heartbeat.words(['queue', 'dispatcher'])}"}
    assert [item.name for item in Heartbeat.objects.all()] == [heartbeat.HEALTH]
