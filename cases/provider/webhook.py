"""What a webhook says (contract §5, A). A hint, forged or not: nothing here is believed."""

import json
from dataclasses import dataclass

from cases.provider.contract import JSON, SESSION_ID_LIMIT, Contract
from cases.provider.result.scalars import code

WORD_LIMIT = 50


@dataclass(frozen=True)
class WebhookMessage:
    """The status word ('' if none was understood), the kind of artefact it announces, and the session it names."""

    word: str = ""
    kind: str = ""
    session_id: str = ""


def read_webhook_message(body: bytes, contract: Contract) -> WebhookMessage:
    """Read the body of a webhook; anything else than the expected gives an empty message."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return WebhookMessage()
    if not isinstance(message, dict):
        return WebhookMessage()
    word = _text(message.get(contract.message_status), WORD_LIMIT)
    return WebhookMessage(
        word, _kind(word, message, contract), _text(message.get(contract.message_session), SESSION_ID_LIMIT)
    )


def _kind(word: str, message: dict[str, object], contract: Contract) -> str:
    if code(word) == code(contract.event_json_ready):
        return JSON
    if code(word) != code(contract.event_report_ready):
        return ""
    report = code(_text(message.get(contract.message_report), WORD_LIMIT))
    return next((kind.name for kind in contract.kinds if kind.report and code(kind.report) == report), "")


def _text(value: object, limit: int) -> str:
    """A printable text of at most `limit` characters; '' for anything else (it must fit the database and the log)."""
    return value if isinstance(value, str) and len(value) <= limit and value.isprintable() else ""
