"""Faults of what comes late, or elsewhere than expected."""

import requests

from tests.sandbox.customer import Customer, WebhookReceiver, until

FJELLHEIM, FULL = "317835337", "312433060"


def test_a_failure_told_in_error_is_told_and_the_results_come_all_the_same(
    customer: Customer, receiver: WebhookReceiver
) -> None:
    customer.switch("global", {"name": "failed_in_error", "seconds": 0})
    session = customer.open("no", FJELLHEIM, webhook=receiver.webhook)
    customer.wait_for(session)
    until(lambda: "AllDone" in receiver.words)
    assert receiver.words.count("Failed") == 1
    assert customer.json(session).status_code == 200


def test_what_takes_long_is_not_ready_before_its_time(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.switch("global", {"name": "long_preparation", "seconds": 3600})
    session = customer.open("no", FJELLHEIM, webhook=receiver.webhook)
    slow = customer.statuses(session)
    assert slow["jsonData"] == "IN_PROGRESS"
    customer.switch("global", {"name": "long_preparation", "seconds": 0.5})
    quick = customer.open("no", FJELLHEIM, webhook=receiver.webhook)
    customer.wait_for(quick)
    assert customer.statuses(session) == slow


def test_a_moved_report_is_where_the_links_of_the_result_say_and_nowhere_else(customer: Customer) -> None:
    for number in (FJELLHEIM, FULL, "910000004"):
        usual = customer.open("no", number)
        customer.wait_for(usual)
        customer.switch("global", {"name": "report_moved"})
        moved = customer.open("no", number)
        customer.wait_for(moved)
        customer.switch("global")
        links = {link["rel"]: link["href"] for link in customer.json(moved).json()["links"]["reports"]}
        assert set(links) == {"aml", "certificate_of_registration"}
        for kind, href in links.items():
            assert customer.report(moved, kind).status_code == 404
            assert _at(customer, href).content.startswith(b"%PDF-")
            assert customer.report(usual, kind).status_code == 200
            assert _at(customer, href.replace(moved, usual)).status_code == 404


def _at(customer: Customer, href: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {customer.token}"}
    return customer.http.get(customer.url + href, headers=headers, timeout=30)


def test_links_astray_all_lead_to_another_host(customer: Customer) -> None:
    customer.switch("global", {"name": "links_astray"})
    links = customer.result("no", FJELLHEIM)["links"]["reports"]
    assert len(links) == 2
    assert all(link["href"].startswith("https://elsewhere.example/") for link in links)
    assert "links" not in customer.result("no", FJELLHEIM, expands=["address"])
