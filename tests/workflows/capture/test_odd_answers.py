"""One odd answer to a call that only reads ends nothing that was paid for; many in a row over minutes do."""

import datetime
from itertools import repeat

import pytest

from amlportal.sandbox.http.exchange import Answer
from amlportal.sandbox.server import RunningSandbox
from cases.models import SessionState
from cases.models.capture import refusals
from tests import portal
from tests.workflows.engine_steps import Clock
from tests.workflows.oddities import CALLS, Oddly, end, next_step, opened

pytestmark = pytest.mark.one_database

_S = SessionState
SCOPE = b'{"error": "insufficient_scope", "message": "Not granted."}'
ODD: dict[str, tuple[Answer, str]] = {
    "302": (Answer(302, headers={"Location": "https://elsewhere.example/"}), "redirect_refused"),
    "307": (Answer(307, headers={"Location": "https://elsewhere.example/"}), "redirect_refused"),
    "400": (Answer(400), "bad_request"),
    "403": (Answer(403, SCOPE), "scope_missing"),
    "405": (Answer(405), "http_4xx"),
    "418": (Answer(418), "http_4xx"),
    "451": (Answer(451), "http_4xx"),
    "204": (Answer(204), "unexpected_status"),
    "packed": (Answer(200, b"\x1f\x8b", headers={"Content-Encoding": "gzip"}), "encoding_refused"),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("odd", ODD)
def test_a_few_odd_answers_lose_nothing(
    odd: str, call: str, oddly: Oddly, clock: Clock, untold: RunningSandbox
) -> None:
    session = opened(untold)
    oddly.arrange(call, repeat(ODD[odd][0], refusals.FEWEST_REFUSALS + 1))

    end(session, clock)

    assert oddly.given == refusals.FEWEST_REFUSALS + 1
    assert portal.entities(session) == {"json": "CAPTURED", "aml": "CAPTURED"}
    assert session.state == _S.COMPLETE
    assert untold.stats()["creates"]["total"] == 1


@pytest.mark.parametrize("call", ["json", "report"])
@pytest.mark.parametrize("odd", ["302", "403", "418", "packed"])
def test_what_is_refused_again_and_again_for_minutes_fails_with_its_reason_and_alone(
    odd: str, call: str, oddly: Oddly, clock: Clock, untold: RunningSandbox
) -> None:
    session = opened(untold)
    answer, code = ODD[odd]
    oddly.arrange(call, repeat(answer))

    took = end(session, clock)

    refused, other = ("json", "aml") if call == "json" else ("aml", "json")
    assert portal.entities(session) == {refused: f"FAILED {code}", other: "CAPTURED"}
    assert oddly.given >= refusals.FEWEST_REFUSALS
    assert refusals.REFUSED_FOR <= took < datetime.timedelta(minutes=15)


@pytest.mark.parametrize("odd", ["302", "packed"])
def test_no_refusal_to_tell_how_far_it_is_ends_a_session_for_an_hour(
    odd: str, oddly: Oddly, clock: Clock, untold: RunningSandbox
) -> None:
    session = opened(untold)
    oddly.arrange("information", repeat(ODD[odd][0]))

    end(session, clock, minutes=60)

    assert portal.entities(session) == {"json": "ASKED", "aml": "ASKED"}


def test_a_scope_that_is_missing_for_minutes_ends_the_session_and_names_it(
    oddly: Oddly, clock: Clock, untold: RunningSandbox
) -> None:
    session = opened(untold)
    answer, code = ODD["403"]
    oddly.arrange("information", repeat(answer))

    took = end(session, clock)

    assert (session.state, session.reason) == (_S.FAILED, code)
    assert oddly.given >= refusals.FEWEST_REFUSALS
    assert took >= refusals.REFUSED_FOR


@pytest.mark.parametrize("call", CALLS)
def test_that_it_is_gone_is_said_once(call: str, oddly: Oddly, clock: Clock, untold: RunningSandbox) -> None:
    session = opened(untold)
    oddly.arrange(call, [Answer(410)])

    end(session, clock)

    gone = {"information": ("json", "aml"), "json": ("json",), "report": ("aml",)}[call]
    assert {kind for kind, state in portal.entities(session).items() if state == "EXPIRED"} == set(gone)


@pytest.mark.parametrize("between", [Answer(503), Answer(409)])
def test_refusals_that_something_else_parts_are_not_in_a_row(
    between: Answer, oddly: Oddly, clock: Clock, untold: RunningSandbox
) -> None:
    session = opened(untold)
    for _ in range(refusals.FEWEST_REFUSALS):
        for answer in (ODD["403"][0], between):
            oddly.arrange("json", [answer])
            next_step(session, clock)
            clock.jump(minutes=4)

    assert session.artefacts.get(kind="json").is_pending
