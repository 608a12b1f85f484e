"""Webhooks, true ones (contract §5)."""

from amlportal.sandbox.server import RunningSandbox
from tests.sandbox.customer import Customer, Ear, until


def test_each_event_is_told_in_its_order(customer: Customer, ear: Ear) -> None:
    session = customer.open("no", "317835337", webhook=ear.webhook)
    until(lambda: "AllDone" in ear.words)
    assert ear.words == ["JsonDataReady", "ReportReady", "ReportReady", "AllDone"]
    assert {message["sessionId"] for message in ear.webhooks} == {session}
    assert {message.get("report") for message in ear.webhooks} == {None, "aml", "certificate_of_registration"}
    assert {path for path, _ in ear.heard} == {"/hooks/aml/the-token"}


def test_only_the_events_asked_for_are_told(customer: Customer, ear: Ear) -> None:
    customer.open("no", "317835337", webhook={**ear.webhook, "events": ["AllDone"]})
    until(lambda: ear.words)
    assert ear.words == ["AllDone"]


def test_a_webhook_comes_when_the_entity_can_be_fetched(customer: Customer, ear: Ear) -> None:
    session = customer.open("no", "317835337", reports=["aml"], expands=[], webhook=ear.webhook)
    until(lambda: "ReportReady" in ear.words)
    assert customer.report(session).status_code == 200


def test_a_session_without_webhook_is_polled(customer: Customer, ear: Ear) -> None:
    customer.wait_for(customer.open("no", "317835337"))
    assert not ear.heard


def test_a_deaf_ear_changes_nothing(customer: Customer) -> None:
    deaf = Ear(status=500)
    session = customer.open("no", "317835337", reports=[], expands=[], webhook=deaf.webhook)
    until(lambda: customer.stats()["webhooks"]["failed"] == 2)
    deaf.close()
    assert customer.statuses(session) == {"jsonData": "READY"}
    nobody = customer.open("no", "317835337", reports=[], expands=[], webhook=deaf.webhook)
    until(lambda: customer.stats()["webhooks"]["failed"] == 4)
    assert customer.json(nobody).status_code == 200


def test_webhooks_are_counted(sandbox: RunningSandbox, customer: Customer, ear: Ear) -> None:
    customer.open("no", "317835337", reports=[], expands=[], webhook=ear.webhook)
    until(lambda: sandbox.stats()["webhooks"]["sent"] == 2)
