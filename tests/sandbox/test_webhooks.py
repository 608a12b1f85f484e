"""Webhooks, true ones (contract §5)."""

from amlportal.sandbox.server import RunningSandbox
from tests.sandbox.customer import Customer, WebhookReceiver, until


def test_each_event_is_told_in_its_order(customer: Customer, receiver: WebhookReceiver) -> None:
    session = customer.open("no", "317835337", webhook=receiver.webhook)
    until(lambda: "AllDone" in receiver.words)
    assert receiver.words == ["JsonDataReady", "ReportReady", "ReportReady", "AllDone"]
    assert {message["sessionId"] for message in receiver.webhooks} == {session}
    assert {message.get("report") for message in receiver.webhooks} == {
        None,
        "aml",
        "certificate_of_registration",
    }
    assert {path for path, _ in receiver.heard} == {"/hooks/aml/the-token"}


def test_only_the_events_asked_for_are_told(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.open("no", "317835337", webhook={**receiver.webhook, "events": ["AllDone"]})
    until(lambda: receiver.words)
    assert receiver.words == ["AllDone"]


def test_a_webhook_comes_when_the_entity_can_be_fetched(
    customer: Customer, receiver: WebhookReceiver
) -> None:
    session = customer.open("no", "317835337", reports=["aml"], expands=[], webhook=receiver.webhook)
    until(lambda: "ReportReady" in receiver.words)
    assert customer.report(session).status_code == 200


def test_a_session_without_webhook_is_polled(customer: Customer, receiver: WebhookReceiver) -> None:
    customer.wait_for(customer.open("no", "317835337"))
    assert not receiver.heard


def test_a_deaf_ear_changes_nothing(customer: Customer) -> None:
    deaf = WebhookReceiver(status=500)
    session = customer.open("no", "317835337", reports=[], expands=[], webhook=deaf.webhook)
    until(lambda: customer.stats()["webhooks"]["failed"] == 2)
    deaf.close()
    assert customer.statuses(session) == {"jsonData": "READY"}
    nobody = customer.open("no", "317835337", reports=[], expands=[], webhook=deaf.webhook)
    until(lambda: customer.stats()["webhooks"]["failed"] == 4)
    assert customer.json(nobody).status_code == 200


def test_webhooks_are_counted(sandbox: RunningSandbox, customer: Customer, receiver: WebhookReceiver) -> None:
    customer.open("no", "317835337", reports=[], expands=[], webhook=receiver.webhook)
    until(lambda: sandbox.stats()["webhooks"]["sent"] == 2)
