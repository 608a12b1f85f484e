"""What a create call may say (contract §2)."""

from typing import Any

import pytest

from tests.sandbox.customer import Customer


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({"identifier": None}, "identifier"),
        ({"identifier": 317835337}, "identifier"),
        ({"identifier": "12345678"}, "9 digits"),
        ({"identifier": "١٢٣٤٥٦٧٨٩"}, "9 digits"),
        ({"reports": ["tax"]}, "'tax'"),
        ({"reports": "aml"}, "reports"),
        ({"expands": ["ownership"]}, "ownership.beneficials"),
        ({"expands": [1]}, "expands"),
        ({"language": "de"}, "nn"),
        ({"language": ["en"]}, "language"),
        ({"webhook": "https://portal.example/x"}, "webhook"),
        ({"webhook": {"url": "https://portal.example/x"}}, "webhook.events"),
        ({"webhook": {"url": "https://portal.example/x", "events": ["Ready"]}}, "'Ready'"),
        ({"webhook": {"url": "http://portal.example/x", "events": ["AllDone"]}}, "https"),
        ({"webhook": {"url": "ftp://portal.example/x", "events": ["AllDone"]}}, "https"),
        ({"webhook": {"url": "https://me@portal.example/x", "events": ["AllDone"]}}, "user name"),
        ({"webhook": {"url": "https://portal.example/x\r\ny: z", "events": ["AllDone"]}}, "webhook.url"),
        ({"webhook": {"url": "https://[portal/x", "events": ["AllDone"]}}, "webhook.url"),
    ],
)
def test_an_order_that_is_not_understood_is_refused_with_a_reason(
    customer: Customer, order: dict[str, Any], reason: str
) -> None:
    answer = customer.create("no", **{"identifier": "317835337", **order})
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_request"
    assert reason in answer.json()["message"]
    assert customer.stats()["sessions"] == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(customer: Customer, body: bytes) -> None:
    assert customer.call("POST", "no", data=body).status_code == 400


def test_a_field_from_tomorrow_is_no_reason_to_refuse(customer: Customer) -> None:
    assert customer.create("no", "317835337", priority="high").status_code == 201


@pytest.mark.parametrize(
    ("country", "identifier"),
    [
        ("no", "317835337"),
        ("se", "559657-0704"),
        ("se", "5596570704"),
        ("fi", "1107043-4"),
        ("fi", "11070434"),
        ("dk", "42914177"),
    ],
)
def test_every_country_takes_its_numbers(customer: Customer, country: str, identifier: str) -> None:
    key = customer.result(country, identifier)["keyInformation"]
    assert key["organizationNumber"].replace("-", "") == identifier.replace("-", "")


@pytest.mark.parametrize(
    ("country", "identifier"),
    [
        ("no", "899123456"),
        ("se", "001234-5678"),
        ("fi", "0001234-5"),
        ("dk", "99123456"),
        ("se", "001234567"),
    ],
)
def test_nobody_is_found_in_the_ranges_kept_free(customer: Customer, country: str, identifier: str) -> None:
    answer = customer.create(country, identifier)
    assert (answer.status_code, answer.json()["error"]) == (404, "organization_not_found")


def test_there_is_no_register_of_iceland(customer: Customer) -> None:
    assert customer.create("is", "5501692829").status_code == 404


def test_a_wrong_check_digit_is_not_looked_at(customer: Customer) -> None:
    assert customer.create("no", "317835338").status_code == 201


def test_without_reports_and_expands_only_the_key_information_is_made(customer: Customer) -> None:
    session = customer.open("no", "312433060", reports=None, expands=None)
    assert customer.wait_for(session) == {"jsonData": "READY"}
    assert set(customer.json(session).json()) == {"keyInformation"}


def test_asking_for_the_links_makes_the_reports(customer: Customer) -> None:
    session = customer.open(
        "no", "312433060", reports=[], expands=["links.reports.certificate_of_incorporation"]
    )
    assert set(customer.statuses(session)) == {"jsonData", "certificate-of-registration-report"}


def test_a_report_that_was_not_asked_for_is_not_there(customer: Customer) -> None:
    session = customer.open("no", "317835337", reports=["aml"], expands=[])
    assert set(customer.statuses(session)) == {"jsonData", "aml-report"}
    assert customer.report(session, "certificate_of_registration").status_code == 404
    assert customer.report(session, "tax").status_code == 404
