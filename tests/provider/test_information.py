"""What a session says of itself, and what it cannot make us believe."""

from datetime import UTC, datetime

import pytest

from cases.provider.client import EntityStatus
from cases.provider.errors import CannotUnderstand, NotReady
from tests.provider.test_sessions import DATE, LOOK, NOON


def test_information_is_read_by_kind(client, api) -> None:
    until = "2026-11-22T16:00:00.1234567+02:00"
    body = {
        "sessionId": "s1",
        "jsonData": "READY",
        "aml-report": {"status": "in-progress", "availableUntil": until},
        "certificate-of-registration-report": None,
        "identifier": "317835337",
        "newThing": {"a": 1},
    }
    api.get(LOOK, json=body, headers=DATE)
    information = client.session_information("s1")
    assert information.entities == {
        "json": EntityStatus("READY"),
        "aml": EntityStatus("IN_PROGRESS", datetime(2026, 11, 22, 14, 0, 0, 123456, tzinfo=UTC)),
    }
    assert information.entities["json"].ready
    assert (information.server_time, information.identifier) == (NOON, "317835337")
    assert information.others["newThing"] == "{'a': 1}"


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (" ready ", "READY"),
        ("FAILED", "FAILED"),
        ("Expired", "EXPIRED"),
        ("not started", "NOT_STARTED"),
        ("ARCHIVED_2027", "ARCHIVED_2027"),
        ("x" * 5000, "x" * 100),
        ("a\u202eb\u0000", "a b\ufffd"),
        ("", ""),
        (7, ""),
        ([], ""),
        ({}, ""),
        ({"status": None, "availableUntil": 5}, ""),
    ],
)
def test_an_unknown_status_is_kept_as_it_came_and_is_never_ready(client, api, value, word: str) -> None:
    api.get(LOOK, json={"jsonData": value})
    status = client.session_information("s1").entities["json"]
    assert status.word == word
    assert status.ready == (word == "READY")
    assert status.failed == (word == "FAILED")
    assert status.expired == (word == "EXPIRED")


@pytest.mark.parametrize(
    "until", ["2026-11-22T16:00:00", "tomorrow", "", None, 5, "9999-12-31T23:59:59-14:00", "x" * 99]
)
def test_a_deadline_that_cannot_be_sure_is_no_deadline(client, api, until) -> None:
    api.get(LOOK, json={"jsonData": {"status": "READY", "availableUntil": until}})
    assert client.session_information("s1").entities["json"] == EntityStatus("READY")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "invalid_json"),
        (b"<html>", "invalid_json"),
        (b"[]", "not_an_object"),
        (b'"READY"', "not_an_object"),
        (b'{"sessionId": "another", "jsonData": "READY"}', "wrong_session"),
    ],
)
def test_information_that_is_not_about_this_session_is_not_understood(client, api, body, code) -> None:
    api.get(LOOK, body=body)
    with pytest.raises(CannotUnderstand) as error:
        client.session_information("s1")
    assert error.value.code == code


def test_an_accepted_look_is_not_ready_and_an_odd_success_is_not_understood(client, api) -> None:
    api.get(LOOK, status=202)
    with pytest.raises(NotReady):
        client.session_information("s1")
    api.replace("GET", LOOK, status=206, json={"jsonData": "READY"})
    with pytest.raises(CannotUnderstand) as error:
        client.session_information("s1")
    assert error.value.code == "unexpected_status"
