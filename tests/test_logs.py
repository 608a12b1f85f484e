import logging

from amlportal.logs import HideTokens


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, None)


def test_the_token_of_a_webhook_never_reaches_a_log() -> None:
    said = record("Internal Server Error: %s", "/hooks/aml/s3cret-token_0")
    assert HideTokens().filter(said)
    assert said.getMessage() == "Internal Server Error: /hooks/aml/[token]"


def test_other_lines_stay_as_they_are() -> None:
    said = record("Internal Server Error: %s", "/cases/C-2026-000001/")
    assert HideTokens().filter(said)
    assert said.getMessage() == "Internal Server Error: /cases/C-2026-000001/"
