"""A provider that answers one kind of reading call oddly for a while, and steps that move the clock to the next."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest
from django.utils import timezone

from amlportal.sandbox.http.exchange import Answer, Request
from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, SessionState
from cases.workflows.capture import advancing
from tests import portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import NUMBER, Clock, follow, in_state

CALLS = {
    "information": re.compile(r".*/organization/session/[^/]+"),
    "json": re.compile(r".*/organization/session/[^/]+/json"),
    "report": re.compile(r".*/organization/session/[^/]+/report/[^/]+"),
}


@dataclass
class Oddly:
    """What the sandbox answers instead of the truth."""

    sandbox: RunningSandbox
    call: str = ""
    answers: Iterator[Answer] = field(default_factory=lambda: iter(()))
    given: int = 0

    def arrange(self, call: str, answers: Iterable[Answer]) -> None:
        """From now on this kind of call is answered with these, one after the other, and then truly."""
        self.call, self.answers, self.given = call, iter(answers), 0

    def __call__(self, request: Request) -> Answer:
        if request.method == "GET" and self.call and CALLS[self.call].fullmatch(request.path):
            odd = next(self.answers, None)
            if odd is not None:
                self.given += 1
                return odd
        provider = self.sandbox.sandbox
        return type(provider).answer(provider, request)


def installed(sandbox: RunningSandbox, patch: pytest.MonkeyPatch) -> Oddly:
    oddly = Oddly(sandbox)
    patch.setattr(sandbox.sandbox, "answer", oddly)
    return oddly


def opened(sandbox: RunningSandbox) -> AmlSession:
    """A session whose results are all there, and of which nothing was asked yet."""
    session = follow(
        portal.order(NUMBER, reports=("aml",), expands=("address",)), in_state(SessionState.OPEN)
    )
    (made,) = sandbox.sandbox.sessions.latest()
    engine_steps.wait_for(lambda: all(entity.is_made for entity in made.entities.values()))
    return session


def next_step(session: AmlSession, clock: Clock) -> None:
    session.refresh_from_db()
    assert session.next_step_at
    clock.ahead += max(datetime.timedelta(), session.next_step_at - timezone.now())
    clock.jump(seconds=0.01)
    assert advancing.advance(session.pk)
    session.refresh_from_db()


def end(session: AmlSession, clock: Clock, minutes: float = 180) -> datetime.timedelta:
    """Take its steps until it ends, or so long; give how long that was by the portal's clock."""
    began = timezone.now()
    while session.is_active and timezone.now() - began < datetime.timedelta(minutes=minutes):
        next_step(session, clock)
    return timezone.now() - began
