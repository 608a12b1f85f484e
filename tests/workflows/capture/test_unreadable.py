"""A whole answer that cannot be read is evidence, and no reason to stop asking while a good one can be had."""

import datetime
import hashlib
from itertools import chain, repeat

import pytest
from django.utils import timezone

from amlportal.sandbox.http.exchange import Answer
from amlportal.sandbox.server import RunningSandbox
from cases.evidence import evidence_files
from cases.models import Artefact, AuditEvent, SessionState, Verb
from tests import chains, portal
from tests.workflows import engine_steps
from tests.workflows.engine_steps import Clock
from tests.workflows.oddities import Oddly, end, next_step, opened

pytestmark = pytest.mark.one_database

HALVES = [b'{"keyInformation": {"na', b'{"keyInformation": {"name": "Hal', b"<html>Try again later</html>"]
NO_PDFS = [b"<html>Not now</html>", b"<html>Nor now</html>", b"PDF"]
TROUBLE = Answer(503)
OF = {"json": ("json", "invalid_json", HALVES), "report": ("aml", "invalid_pdf", NO_PDFS)}


def recorded_hashes(artefact: Artefact, verb: Verb) -> list[str]:
    events = AuditEvent.objects.of_case(artefact.session.case).filter(
        verb=verb, subject__endswith=artefact.kind
    )
    return [one for one in events.order_by("sequence").values_list("rests_on", flat=True) if one]


def hashes(bodies: list[bytes]) -> list[str]:
    return [hashlib.sha256(body).hexdigest() for body in bodies]


@pytest.mark.parametrize("call", OF)
def test_trouble_and_broken_answers_end_with_the_good_one_and_each_broken_one_is_kept(
    call: str, oddly: Oddly, clock: Clock, untold: RunningSandbox
) -> None:
    kind, why, bodies = OF[call]
    session = opened(untold)
    broken = [Answer(200, body) for body in bodies]
    oddly.arrange(call, [TROUBLE, TROUBLE, *chain(*zip(broken, repeat(TROUBLE), strict=False))])

    end(session, clock)

    artefact = session.artefacts.get(kind=kind)
    assert (session.state, artefact.state, artefact.unreadable) == (SessionState.COMPLETE, "CAPTURED", "")
    kept = list(artefact.unreadable_answers.all())
    assert [one.sha256 for one in kept] == hashes(bodies) == recorded_hashes(artefact, Verb.FETCH_FAILED)
    assert [evidence_files.digest(one.file) for one in kept] == hashes(bodies)
    assert {one.unreadable for one in kept} == {why}
    assert list(chains.breaks()) == [None]


@pytest.mark.parametrize("call", OF)
def test_what_is_broken_for_ever_is_asked_for_ever_more_seldom_and_kept_shortly_before_it_expires(
    call: str, oddly: Oddly, clock: Clock, untold: RunningSandbox
) -> None:
    kind, why, bodies = OF[call]
    session = opened(untold)
    oddly.arrange(call, repeat(Answer(200, bodies[0])))

    end(session, clock)

    artefact = session.artefacts.get(kind=kind)
    assert (artefact.state, artefact.unreadable, artefact.sha256) == ("CAPTURED", why, hashes(bodies)[0])
    assert artefact.captured_at
    assert artefact.expires_at
    left = artefact.expires_at - artefact.captured_at
    assert datetime.timedelta() < left <= datetime.timedelta(minutes=5)
    assert 10 <= oddly.given <= 30
    assert recorded_hashes(artefact, Verb.FETCH_FAILED) == hashes(bodies[:1])
    assert engine_steps.verbs_of(session.case).count(Verb.SESSION_TROUBLED) == 1


@pytest.mark.parametrize("word", ["gone", "FAILED", "EXPIRED", "trouble"])
def test_when_no_better_one_can_be_had_the_last_that_came_is_kept(
    word: str, oddly: Oddly, clock: Clock, untold: RunningSandbox
) -> None:
    session = opened(untold)
    oddly.arrange("json", [Answer(200, body) for body in HALVES])
    while oddly.given < len(HALVES):
        next_step(session, clock)
    (made,) = untold.sandbox.sessions.latest()
    oddly.arrange("json", repeat({"gone": Answer(410), "trouble": TROUBLE}.get(word, Answer(409))))
    if word == "FAILED":
        made.entities["json"].failed = True
    if word == "EXPIRED":
        made.lifetime = 0

    end(session, clock)

    artefact = session.artefacts.get(kind="json")
    assert portal.entities(session)["json"] == "CAPTURED invalid_json"
    assert artefact.sha256 == hashes(HALVES)[-1]
    assert list(chains.breaks()) == [None]


def test_of_a_short_life_the_first_broken_answer_is_not_the_last(
    oddly: Oddly, clock: Clock, untold: RunningSandbox
) -> None:
    session = opened(untold)
    oddly.arrange("json", [Answer(200, HALVES[0])])
    next_step(session, clock)
    Artefact.objects.filter(session=session, kind="json").update(
        expires_at=timezone.now() + datetime.timedelta(minutes=1)
    )

    end(session, clock)

    assert portal.entities(session)["json"] == "CAPTURED"
