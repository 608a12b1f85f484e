"""What the engine's tests do by hand: move the portal's clock, deliver webhooks, take single steps, read the trail."""

import datetime
import errno
import json
import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, AuditDetail, Case, CreateAttempt, Delivery
from cases.workflows.capture import advancing, webhooks
from tests import portal

NUMBER = "317835337"
ANOTHER = "312433060"
NOWHERE = "http://127.0.0.1:9"


class Clock:
    """The portal's clock, and nobody else's."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ahead = datetime.timedelta()
        real = timezone.now
        patch.setattr(timezone, "now", lambda: real() + self.ahead)

    def jump(self, **by: float) -> None:
        self.ahead += datetime.timedelta(**by)


def resting(session: AmlSession) -> bool:
    return not session.is_active


def follow(case: Case, until: Callable[[AmlSession], bool] = resting, seconds: float = 60) -> AmlSession:
    """Take the case's newest session step by step, in this thread, until it rests (or `until` holds)."""
    ends = time.monotonic() + seconds
    while True:
        session = case.sessions.first()
        assert session is not None
        if until(session):
            return session
        assert time.monotonic() < ends, f"still {session.state} ({session.reason}) after {seconds} s"
        if not advancing.advance(session.pk):
            time.sleep(0.01)
        portal.check_columns(case)


def steps_until_quiet(session: AmlSession, most: int = 20) -> int:
    """How many steps it takes at this moment until there is nothing to do for now."""
    for taken in range(most):
        if not advancing.advance(session.pk):
            return taken
    raise AssertionError(f"still busy after {most} steps")


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until others have brought something about."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, f"not so after {seconds} s"
        time.sleep(0.01)


def in_state(*states: str) -> Callable[[AmlSession], bool]:
    return lambda session: session.state in states


def deliver(attempt: CreateAttempt, body: Any) -> Delivery:
    """Deliver a webhook at an attempt's address; give what was written down."""
    webhooks.receive(
        attempt.token, body if isinstance(body, bytes) else json.dumps(body).encode(), "application/json"
    )
    return attempt.deliveries.latest("pk")


def named(session_id: str, word: str = "JsonDataReady") -> dict[str, str]:
    return {"sessionId": session_id, "status": word}


def made_by(sandbox: RunningSandbox) -> list[str]:
    """The ids of the sessions that the provider made, in their order."""
    return [session.id for session in reversed(sandbox.sandbox.sessions.latest())]


def made_for(sandbox: RunningSandbox, number: str) -> str:
    """Have the provider make a session that nobody here knows of; give its id."""
    provider = sandbox.sandbox
    organisation = provider.universe.find("NO", number)
    order = provider.sessions.latest()[0].order
    assert organisation is not None
    made = provider.api.lifecycle.begin(organisation, order, frozenset())
    return made.id


def verbs_of(case: Case) -> list[str]:
    """The verbs of the case's audit trail, in their order."""
    return list(case.audit_chain.events.order_by("sequence").values_list("verb", flat=True))


def details(case: Case, verb: str) -> list[dict[str, Any]]:
    """The details of the events with that verb, in their order."""
    bodies = AuditDetail.objects.filter(event__chain__case=case, event__verb=verb)
    return [json.loads(body) for body in bodies.order_by("event__sequence").values_list("body", flat=True)]


def verdict(delivery: Delivery) -> str:
    return Delivery.objects.values_list("verdict", flat=True).get(pk=delivery.pk)


def fill_the_disk(patch: pytest.MonkeyPatch) -> None:
    """From now on no file gets its name: the disk has no room for it."""

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    patch.setattr("amlportal.storage.os.link", full)
