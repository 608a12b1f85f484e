"""Every fault of the table does what it says, everywhere it works."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
import requests

from amlportal.sandbox.faults.fault_table import ENDPOINTS, FAULTS
from tests.sandbox.customer import Customer, WebhookReceiver, until
from tests.sandbox.signatures import verdict

FJELLHEIM = "317835337"
CALLS = ("token", "create", "information", "json", "report")


def calls_of(customer: Customer) -> dict[str, Callable[[], requests.Response]]:
    """Every call, against a session that is done."""
    session = customer.open("no", FJELLHEIM)
    customer.wait_for(session)
    return {
        "token": lambda: customer.ask_token(scope=customer.scopes),
        "create": lambda: customer.create("no", FJELLHEIM),
        "information": lambda: customer.call("GET", session),
        "json": lambda: customer.json(session),
        "report": lambda: customer.report(session, "certificate_of_registration"),
    }


def refused(status: int) -> Callable[[Callable[[], requests.Response]], None]:
    def check(call: Callable[[], requests.Response]) -> None:
        assert call().status_code == status

    return check


def breaks_off(call: Callable[[], requests.Response]) -> None:
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        call()


def waits(call: Callable[[], requests.Response]) -> None:
    begun = time.monotonic()
    assert call().status_code in (200, 201)
    assert time.monotonic() - begun >= 0.2


def says_half(call: Callable[[], requests.Response]) -> None:
    answer = call()
    assert answer.status_code in (200, 201)
    assert answer.content
    with pytest.raises(ValueError, match=r"."):
        answer.json()


def says_nothing(call: Callable[[], requests.Response]) -> None:
    answer = call()
    assert (answer.status_code in (200, 201), answer.content) == (True, b"")


def names_no_session(call: Callable[[], requests.Response]) -> None:
    assert (answer := call()).status_code == 201
    assert "sessionId" not in answer.json()


def is_about_another(call: Callable[[], requests.Response]) -> None:
    answer = call()
    assert answer.status_code == 200
    if answer.headers["Content-Type"] == "application/json":
        assert answer.json()["keyInformation"]["organizationNumber"] != FJELLHEIM


def asks_to_wait(call: Callable[[], requests.Response]) -> None:
    assert (answer := call()).status_code == 429
    assert answer.headers["Retry-After"].isdecimal()


def asks_to_wait_until(call: Callable[[], requests.Response]) -> None:
    assert (answer := call()).status_code == 429
    assert parsedate_to_datetime(answer.headers["Retry-After"])


def leads_away(call: Callable[[], requests.Response]) -> None:
    assert (answer := call()).status_code == 302
    assert answer.headers["Location"].startswith("https://elsewhere.example/")


def is_ahead_of_time(call: Callable[[], requests.Response]) -> None:
    dated = parsedate_to_datetime(call().headers["Date"])
    assert (dated - datetime.now(UTC)).total_seconds() > 3000


def uses_unknown_words(call: Callable[[], requests.Response]) -> None:
    words = {value for key, value in call().json().items() if key != "sessionId"}
    assert not words & {"NOT_STARTED", "IN_PROGRESS", "READY", "FAILED", "EXPIRED"}


def uses_objects(call: Callable[[], requests.Response]) -> None:
    json_data = call().json()["jsonData"]
    assert json_data["status"] == "READY"
    assert datetime.fromisoformat(json_data["availableUntil"]) > datetime.now(UTC)


def cannot_be_stored(call: Callable[[], requests.Response]) -> None:
    content = json.loads(call().content)
    assert "\0" in content["nul"]
    assert content["enormous"] == float("inf")
    with pytest.raises(UnicodeEncodeError):
        content["loneSurrogate"].encode()


def is_no_pdf(call: Callable[[], requests.Response]) -> None:
    answer = call()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"%%EOF" not in answer.content


def grants_less(call: Callable[[], requests.Response]) -> None:
    assert call().json()["scope"] == "aml_organization/basic"


CHECKS: dict[str, Callable[[Callable[[], requests.Response]], None]] = {
    **{f"http_{status}": refused(status) for status in (400, 401, 403, 404, 409, 410, 500, 503)},
    "http_429": asks_to_wait,
    "http_429_date": asks_to_wait_until,
    "redirect": leads_away,
    "slow": waits,
    "drip": waits,
    "cut": breaks_off,
    "truncated": breaks_off,
    "create_lost": breaks_off,
    "invalid_json": says_half,
    "empty_body": says_nothing,
    "no_session_id": names_no_session,
    "unknown_status": uses_unknown_words,
    "status_objects": uses_objects,
    "wrong_organisation": is_about_another,
    "unstorable_json": cannot_be_stored,
    "invalid_pdf": is_no_pdf,
    "fewer_scopes": grants_less,
    "clock_ahead": is_ahead_of_time,
}
SIGNATURE_FAULTS = {
    # fault: signatures, intact, trusted, covers all of the file
    "tampered_pdf": (1, False, False, True),
    "altered_pdf": (1, True, True, False),
    "unsigned_pdf": (0, False, False, False),
    "foreign_signature": (1, True, False, True),
}
IN_OTHER_TESTS = {
    "webhook_lost",
    "webhook_repeated",
    "webhook_late",
    "webhook_forged",
    "webhook_reordered",
    "failed",
    "failed_in_error",
    "long_preparation",
    "report_moved",
    "links_astray",
    "entity_failed",
    "never_ready",
    "expires_early",
}
PLACES = [(name, place) for name in CHECKS for place in FAULTS[name].endpoints]


def test_every_fault_of_the_table_is_tested_here() -> None:
    assert {*CHECKS, *SIGNATURE_FAULTS, *IN_OTHER_TESTS} == set(FAULTS)


def test_the_table_is_served_with_its_defaults(customer: Customer) -> None:
    rows = customer.control("GET", "faults/known").json()["faults"]
    assert [row["name"] for row in rows] == list(FAULTS)
    for row in rows:
        assert row["description"]
        assert set(row["default_on"]) <= set(row["endpoints"]) <= set(ENDPOINTS)


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_the_fault_happens_once_where_it_is_switched_on_and_nowhere_else(
    customer: Customer, name: str, place: str
) -> None:
    calls = calls_of(customer)
    seconds = 0.2 if name in {"slow", "drip"} else FAULTS[name].seconds
    customer.switch("global", {"name": name, "on": [place], "count": 1, "seconds": seconds})
    for other in set(CALLS) - {place}:
        assert calls[other]().status_code in (200, 201), other
    CHECKS[name](calls[place])
    assert customer.stats()["faults_met"] == {name: 1}
    assert calls[place]().status_code in (200, 201)


@pytest.mark.parametrize("name", SIGNATURE_FAULTS)
def test_a_signature_that_should_not_be_believed(customer: Customer, name: str) -> None:
    report = calls_of(customer)["report"]
    honest = report().content
    customer.switch(f"NO-{FJELLHEIM}", name)
    root = customer.control("GET", "ca.pem").content
    seen = verdict(report().content, root)
    assert (seen.signatures, seen.intact, seen.trusted, seen.whole) == SIGNATURE_FAULTS[name]
    assert not seen.good
    assert verdict(honest, root).good


def test_a_report_about_another_organisation_is_another_report(customer: Customer) -> None:
    report = calls_of(customer)["report"]
    honest = report().content
    customer.switch("global", {"name": "wrong_organisation", "on": ["report"]})
    lie = report().content
    assert lie != honest
    assert verdict(lie, customer.control("GET", "ca.pem").content).good


def test_a_lost_create_made_a_session_and_tells_it_to_the_webhook(
    customer: Customer, receiver: WebhookReceiver
) -> None:
    customer.switch(f"NO-{FJELLHEIM}", "create_lost")
    with pytest.raises(requests.ConnectionError):
        customer.create("no", FJELLHEIM, reports=[], expands=[], webhook=receiver.webhook)
    until(lambda: "AllDone" in receiver.words)
    stats = customer.stats()
    assert stats["sessions"] == stats["creates"]["total"] == 1
    assert customer.json(receiver.webhooks[0]["sessionId"]).status_code == 200


def test_a_create_that_was_cut_made_nothing(customer: Customer) -> None:
    customer.switch("global", {"name": "cut", "on": ["create"]})
    with pytest.raises(requests.ConnectionError):
        customer.create("no", FJELLHEIM)
    stats = customer.stats()
    assert (stats["sessions"], stats["creates"]["total"]) == (0, 1)


def test_a_webhook_is_lost(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.switch("global", {"name": "webhook_lost", "count": 1})
    customer.open("no", FJELLHEIM, reports=[], expands=[], webhook=receiver.webhook)
    until(lambda: receiver.words)
    assert receiver.words == ["AllDone"]
    assert customer.stats()["webhooks"]["lost"] == 1


def test_a_webhook_is_repeated(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.switch("global", "webhook_repeated")
    customer.open("no", FJELLHEIM, reports=[], expands=[], webhook=receiver.webhook)
    until(lambda: len(receiver.words) == 6)
    assert receiver.words == ["JsonDataReady"] * 3 + ["AllDone"] * 3


def test_a_webhook_is_late(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.switch("global", {"name": "webhook_late", "seconds": 0.5})
    session = customer.open("no", FJELLHEIM, reports=[], expands=[], webhook=receiver.webhook)
    customer.wait_for(session)
    ready = time.monotonic()
    until(lambda: receiver.words)
    assert time.monotonic() - ready > 0.3


def test_forged_webhooks_come_before_the_true_one(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.switch("global", "webhook_forged")
    session = customer.open(
        "no", FJELLHEIM, reports=[], expands=[], webhook={**receiver.webhook, "events": ["AllDone"]}
    )
    until(lambda: len(receiver.heard) == 5)
    stranger, invented, not_json, beside, true = receiver.heard
    assert json.loads(stranger[1])["sessionId"] != session
    assert json.loads(invented[1]) == {"sessionId": session, "status": "EverythingApproved"}
    with pytest.raises(ValueError, match="Expecting"):
        json.loads(not_json[1])
    assert beside[0].startswith("/hooks/aml/")
    assert beside[0] != true[0]
    assert json.loads(true[1]) == {"sessionId": session, "status": "AllDone"}


def test_webhooks_come_in_the_wrong_order(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.switch("global", "webhook_reordered")
    customer.open("no", FJELLHEIM, reports=["aml"], expands=[], webhook=receiver.webhook)
    until(lambda: len(receiver.words) == 3)
    assert receiver.words == ["AllDone", "ReportReady", "JsonDataReady"]


def test_webhooks_in_the_wrong_order_need_not_ask_for_the_last_event(
    customer: Customer, receiver: WebhookReceiver
) -> None:
    customer.switch("global", "webhook_reordered")
    events = ["JsonDataReady", "ReportReady"]
    customer.open(
        "no", FJELLHEIM, reports=["aml"], expands=[], webhook={**receiver.webhook, "events": events}
    )
    until(lambda: len(receiver.words) == 2)
    assert receiver.words == ["ReportReady", "JsonDataReady"]


def test_a_failed_session_is_cancelled_and_says_so(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.switch("global", {"name": "failed", "seconds": 0.3})
    session = customer.open("no", FJELLHEIM, webhook=receiver.webhook)
    until(lambda: "Failed" in receiver.words)
    assert set(customer.statuses(session).values()) == {"FAILED"}
    assert customer.json(session).status_code == 409


def test_one_entity_fails_and_the_others_go_on(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.switch("global", {"name": "entity_failed", "on": ["json"]})
    session = customer.open("no", FJELLHEIM, reports=["aml"], expands=[], webhook=receiver.webhook)
    until(lambda: "AllDone" in receiver.words)
    assert customer.statuses(session) == {"jsonData": "FAILED", "aml-report": "READY"}
    assert receiver.words == ["ReportReady", "AllDone"]


def test_an_entity_is_never_ready(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.switch("global", {"name": "never_ready", "on": ["report"]})
    session = customer.open("no", FJELLHEIM, reports=["aml"], expands=[], webhook=receiver.webhook)
    until(lambda: customer.stats()["faults_met"].get("never_ready") == 1)
    assert customer.statuses(session) == {"jsonData": "READY", "aml-report": "IN_PROGRESS"}
    assert receiver.words == ["JsonDataReady"]


def test_entities_expire_early(customer: Customer) -> None:
    customer.switch("global", {"name": "expires_early", "seconds": 0.1})
    session = customer.open("no", FJELLHEIM)
    customer.wait_for(session, "EXPIRED")
    assert customer.json(session).status_code == 410


def test_a_count_is_the_first_so_many_times(customer: Customer) -> None:
    calls = calls_of(customer)
    customer.switch("global", {"name": "http_500", "on": ["json"], "count": 3})
    assert [calls["json"]().status_code for _ in range(5)] == [500, 500, 500, 200, 200]


def test_a_count_for_each_session_begins_anew_in_every_session(customer: Customer) -> None:
    customer.switch("global", {"name": "http_500", "on": ["json"], "count": 1, "each_session": True})
    for _ in range(2):
        session = customer.open("no", FJELLHEIM, reports=[], expands=[])
        customer.wait_for(session)
        assert [customer.json(session).status_code for _ in range(2)] == [500, 200]


def test_a_fault_of_an_organisation_leaves_others_alone(customer: Customer) -> None:
    customer.switch(f"NO-{FJELLHEIM}", "http_400")
    assert customer.create("no", FJELLHEIM).status_code == 400
    assert customer.create("no", "301234567").status_code == 400, "the same organisation by its DUNS number"
    assert customer.create("no", "312433060").status_code == 201


def test_faults_add_up(customer: Customer) -> None:
    calls = calls_of(customer)
    customer.switch("global", {"name": "slow", "on": ["json"], "seconds": 0.2})
    customer.switch(
        f"NO-{FJELLHEIM}", {"name": "wrong_organisation"}, {"name": "clock_ahead", "on": ["json"]}
    )
    waits(calls["json"])
    is_about_another(calls["json"])
    is_ahead_of_time(calls["json"])


@pytest.mark.parametrize("place", ["create", "json"])
def test_a_truncated_answer_is_really_shorter_than_promised(customer: Customer, place: str) -> None:
    calls = calls_of(customer)
    customer.switch("global", {"name": "truncated", "on": [place]})
    breaks_off(calls[place])
    assert customer.stats()["sessions"] == (2 if place == "create" else 1)


def test_no_fault_takes_an_unknown_parameter(customer: Customer) -> None:
    for wrong in (
        {"name": "no_such_fault"},
        {"name": "slow", "on": ["webhook"]},
        {"name": "slow", "seconds": -1},
        {"name": "slow", "seconds": "long"},
        {"name": "slow", "count": 0},
        {"name": "slow", "count": 1.5},
        {"name": "slow", "minutes": 3},
        {"name": "slow", "on": "json"},
        {"name": "slow", "on": 5},
        {"name": "slow", "on": [["json"]]},
        {"name": "slow", "count": float("inf")},
        {"name": "slow", "count": float("nan")},
        {"name": "slow", "\ud800": 1},
        {"name": ["slow"]},
        7,
    ):
        answer = customer.control("PUT", "faults/global", data=json.dumps(wrong))
        assert answer.status_code == 400, wrong
        assert "JSON" not in answer.json()["message"], wrong
    deep = customer.control("PUT", "faults/global", data="[" * 100_000)
    assert (deep.status_code, deep.json()["message"]) == (400, "the body is not JSON")
