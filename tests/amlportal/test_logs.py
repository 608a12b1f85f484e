import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from amlportal.logs import HideTokens, OneLine


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, None)


def test_the_token_of_a_webhook_never_reaches_a_log() -> None:
    logged = record("Internal Server Error: %s", "/hooks/aml/s3cret-token_0")
    assert HideTokens().filter(logged)
    assert logged.getMessage() == "Internal Server Error: /hooks/aml/[token]"


def test_other_lines_stay_as_they_are() -> None:
    logged = record("Internal Server Error: %s", "/cases/C-2026-000001/")
    assert HideTokens().filter(logged)
    assert logged.getMessage() == "Internal Server Error: /cases/C-2026-000001/"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the logger of refusals writes, by the settings."""
    handlers = logging.getLogger("django.security").handlers
    (handler,) = (item for item in handlers if any(isinstance(own, OneLine) for own in item.filters))
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(lines := io.StringIO())
    yield lines
    handler.setStream(before)


HOSTS = ["evil.example", "127.0.0.1.evil.example:8000", "a b", "x\r\ny", "<script>", "x" * 5000, "[::1", "é"]


def test_a_wrong_host_is_one_quiet_line_and_a_page(
    written: io.StringIO, client: Client, mailoutbox: list[object], settings: Settings
) -> None:
    settings.ADMINS = [("Somebody", "somebody@portal.example")]
    for host in HOSTS:
        answer = client.get("/login/", headers={"host": host})
        assert answer.status_code == 400, host
        assert "The request was not understood" in answer.content.decode(), host
    lines = written.getvalue().splitlines()
    assert len(lines) == len(HOSTS)
    for line in lines:
        assert " WARNING django.security.DisallowedHost: Invalid HTTP_HOST header" in line
        assert len(line) < 400
    assert mailoutbox == []


def test_other_refusals_are_as_quiet(written: io.StringIO, client: Client) -> None:
    many = {f"field{number}": "x" for number in range(1100)}
    assert client.post("/login/", many).status_code == 400
    assert len(written.getvalue().splitlines()) == 1
