"""The life of a session (contract §3, §4)."""

import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from amlportal.sandbox.server import RunningSandbox
from amlportal.sandbox.sessions.orders import read_order
from amlportal.sandbox.sessions.sessions import Session, Sessions, entities_of
from amlportal.sandbox.universe.generated import generate
from tests.sandbox.conftest import Starter
from tests.sandbox.customer import Customer, until


def test_entities_become_ready_one_by_one(start: Starter) -> None:
    customer = Customer(start(json_seconds=0.3, report_seconds=0.9).url)
    session = customer.open("no", "317835337")
    assert customer.statuses(session) == {
        "jsonData": "IN_PROGRESS",
        "aml-report": "NOT_STARTED",
        "certificate-of-registration-report": "NOT_STARTED",
    }
    assert customer.json(session).status_code == 409
    between = until(lambda: (now := customer.statuses(session))["jsonData"] == "READY" and now)
    assert between["aml-report"] == "IN_PROGRESS"
    assert customer.json(session).status_code == 200
    answer = customer.report(session)
    assert (answer.status_code, answer.json()["error"]) == (409, "not_ready")
    customer.wait_for(session)
    assert customer.report(session).headers["Content-Type"] == "application/pdf"


def test_creating_does_not_wait_for_signatures(start: Starter) -> None:
    sandbox = start(json_seconds=60, report_seconds=60)
    customer = Customer(sandbox.url)
    session = customer.open("no", "310411000")
    assert set(customer.statuses(session).values()) == {"IN_PROGRESS", "NOT_STARTED"}
    assert sandbox.stats()["reports_signed"] == 0


def test_each_entity_lives_its_own_life(start: Starter) -> None:
    customer = Customer(start(json_seconds=0, report_seconds=0.8, lifetime_seconds=0.5).url)
    session = customer.open("no", "317835337")
    mixed = until(lambda: (now := customer.statuses(session))["jsonData"] == "EXPIRED" and now)
    assert mixed["aml-report"] in {"IN_PROGRESS", "READY"}
    answer = customer.json(session)
    assert (answer.status_code, answer.json()["error"]) == (410, "gone")
    customer.wait_for(session, "EXPIRED")
    assert customer.report(session).status_code == 410


def test_a_session_is_forgotten_by_its_own_life_and_not_by_that_of_a_newer_one() -> None:
    organisation, order = generate("NO", "310411000"), read_order({"identifier": "310411000"})

    def made(days_ago: float, lifetime: float) -> Session:
        return Session(
            organisation=organisation,
            order=order,
            scopes=frozenset(),
            lifetime=lifetime,
            entities=entities_of(order, organisation, 1, 1),
            created=time.time() - days_ago * 86400,
        )

    short, long = made(1, lifetime=60), made(1, lifetime=12 * 3600)
    for newer in (60, 30 * 86400):
        sessions = Sessions()
        sessions.add(short)
        sessions.add(long)
        sessions.add(made(0, lifetime=newer))
        assert (sessions.get(short.id), sessions.get(long.id)) == (None, long)


def test_a_session_nobody_made_is_not_found(customer: Customer) -> None:
    for answer in (customer.call("GET", "no-such"), customer.json("no-such"), customer.report("no-such")):
        assert (answer.status_code, answer.json()["error"]) == (404, "session_not_found")


def test_a_second_session_on_the_same_organisation_is_another(customer: Customer) -> None:
    assert customer.open("no", "317835337") != customer.open("no", "317835337")
    assert customer.stats()["creates"]["by_identifier"] == {"NO-317835337": 2}


def test_answers_tell_the_time(customer: Customer) -> None:
    dated = parsedate_to_datetime(customer.create("no", "317835337").headers["Date"])
    assert abs((datetime.now(UTC) - dated).total_seconds()) < 5


def test_a_hundred_connections_at_once_are_all_served(sandbox: RunningSandbox, customer: Customer) -> None:
    everybody_is_here = threading.Barrier(100)

    def order(number: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=60)
        connection.connect()
        everybody_is_here.wait(60)
        body = json.dumps({"identifier": f"31{number:07d}"})
        headers = {"Authorization": f"Bearer {customer.token}"}
        connection.request("POST", "/aml/organization/session/no", body, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    with ThreadPoolExecutor(100) as crowd:
        assert [*crowd.map(order, range(100))] == [201] * 100
    stats = customer.stats()
    assert stats["creates"]["total"] == stats["sessions"] == 100


def test_many_sessions_on_one_organisation_cost_two_signatures(start: Starter) -> None:
    sandbox = start(state_dir=None)
    customer = Customer(sandbox.url)
    sessions = [customer.open("se", "559657-0704") for _ in range(20)]
    for session in sessions:
        customer.wait_for(session)
    assert len({customer.report(session).content for session in sessions}) == 1
    assert sandbox.stats()["reports_signed"] == 2
