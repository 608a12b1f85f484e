"""Telling the orderer what became of a session (contract §5)."""

import http.client
import json
import logging
import secrets
import ssl
import uuid
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from amlportal.sandbox.faults.faults import Fault, Switchboard
from amlportal.sandbox.sessions.sessions import Session
from amlportal.sandbox.sessions.timeline import Timeline
from amlportal.sandbox.stats import Stats

TIMEOUT_SECONDS = 5
LAST_EVENTS = ("AllDone", "Failed")
log = logging.getLogger(__name__)


class WebhookSender:
    """Sends webhooks, as well or as badly as the faults that are on say."""

    def __init__(self, timeline: Timeline, switchboard: Switchboard, stats: Stats) -> None:
        self._timeline = timeline
        self._switchboard = switchboard
        self._stats = stats

    def announce(self, session: Session, event: str, report: str | None = None) -> None:
        """Send an event of a session, when its order asked for it."""
        webhook = session.order.webhook
        if webhook is None:
            return
        if event in webhook.events:
            session.held_webhooks.append((event, report))
        if session.reordered and event not in LAST_EVENTS:
            return
        for held, about in reversed(session.held_webhooks):
            self._send(session, webhook.url, held, about)
        session.held_webhooks.clear()

    def _send(self, session: Session, url: str, event: str, report: str | None) -> None:
        taken = self._switchboard.take("webhook", session.organisation.scope, session.id)
        faults = {one.name: one for one in taken}
        if "webhook_lost" in faults:
            self._stats.count("webhooks", "lost")
            return
        if "webhook_forged" in faults:
            self._forge(url, session, event)
        body = webhook_message(session.id, event, report)
        for _ in range(3 if "webhook_repeated" in faults else 1):
            self._post_after(faults.get("webhook_late"), url, body)

    def _post_after(self, late: Fault | None, url: str, body: bytes) -> None:
        if late is None:
            self._count(post(url, body))
        else:
            self._timeline.after(late.seconds or 0, partial(self._post_now, url, body))

    def _post_now(self, url: str, body: bytes) -> None:
        self._count(post(url, body))

    def _forge(self, url: str, session: Session, event: str) -> None:
        beside = url.rsplit("/", 1)[0] + "/" + secrets.token_urlsafe(24)
        for address, body in (
            (url, webhook_message(uuid.uuid4().hex, event, None)),
            (url, webhook_message(session.id, "EverythingApproved", None)),
            (url, b"not JSON at all"),
            (beside, webhook_message(session.id, "AllDone", None)),
        ):
            post(address, body)
            self._stats.count("webhooks", "forged")

    def _count(self, status: int | None) -> None:
        self._stats.count("webhooks", "sent" if status is not None and 200 <= status < 300 else "failed")


def webhook_message(session_id: str, status: str, report: str | None) -> bytes:
    """Return the body of a webhook (contract §5)."""
    content: dict[str, Any] = {"sessionId": session_id, "status": status}
    if report is not None:
        content["report"] = report
    return json.dumps(content).encode()


def post(url: str, body: bytes) -> int | None:
    """Post to exactly this address, through no proxy and following nothing; None when nobody answered."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            host, parts.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT_SECONDS)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Content-Type": "application/json", "User-Agent": "aml-sandbox", "Connection": "close"}
    try:
        connection.request("POST", target, body, headers)
        return connection.getresponse().status
    except (OSError, UnicodeError, http.client.HTTPException) as error:
        log.info("a webhook was not delivered: %s", type(error).__name__)
        return None
    finally:
        connection.close()
