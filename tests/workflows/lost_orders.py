"""Orders whose answer was lost, as tests begin with them."""

from typing import Any

from amlportal.sandbox.server import RunningSandbox
from cases.models import Case, SessionState, reasons
from cases.models.capture.session import AmlSession
from tests import portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import NUMBER, Clock, follow, in_state

_S = SessionState
LOST = {"name": "create_lost"}
ALWAYS_LOST = {"name": "create_lost", "count": None}


def order(number: str = NUMBER) -> Case:
    """Of one result alone: what is tested here is over before it comes."""
    return portal.order(number, reports=(), expands=("address",))


def creates(sandbox: RunningSandbox) -> int:
    return sandbox.stats()["creates"]["total"]


def doubtful(sandbox: RunningSandbox, *faults: dict[str, Any]) -> AmlSession:
    """A session whose order's answer was just lost."""
    portal.switch(sandbox, LOST, *faults)
    session = follow(order(), in_state(_S.DOUBTFUL))
    assert creates(sandbox) == 1
    return session


def given_up(sandbox: RunningSandbox, clock: Clock) -> AmlSession:
    """A session whose two orders were lost, and no webhook came."""
    portal.switch(sandbox, ALWAYS_LOST)
    case = order()
    for _ in range(2):
        follow(case, in_state(_S.DOUBTFUL))
        clock.jump(seconds=40)
        engine_steps.steps_until_quiet(portal.session_of(case))
    portal.switch(sandbox)
    session = portal.session_of(case)
    assert (session.state, session.reason) == (_S.UNKNOWN, reasons.CREATE_OUTCOME_UNKNOWN)
    return session
