"""The organisations that always meet a fault."""

import pytest
import requests

from amlportal.sandbox.faults.fault_table import FAULTS
from amlportal.sandbox.faults.faults import Switchboard
from amlportal.sandbox.universe.faulty_organisations import (
    FAULTY_ORGANISATIONS,
    FaultyOrganisation,
    faults_of_organisations,
)
from tests.sandbox.customer import Customer, WebhookReceiver, until


def number_of(name: str) -> str:
    return next(row.number for row in FAULTY_ORGANISATIONS if row.name == name)


def test_every_fault_that_can_stand_for_an_organisation_does() -> None:
    global_only = {name for name, kind in FAULTS.items() if kind.endpoints == ("token",)}
    assert {one.name for row in FAULTY_ORGANISATIONS for one in row.faults} == set(FAULTS) - global_only


def test_names_and_numbers_are_each_ones_own() -> None:
    assert (
        len({row.number for row in FAULTY_ORGANISATIONS})
        == len({row.name for row in FAULTY_ORGANISATIONS})
        == len(FAULTY_ORGANISATIONS)
    )


@pytest.mark.parametrize("row", FAULTY_ORGANISATIONS, ids=lambda row: row.name)
def test_a_demonstration_can_be_repeated(row: FaultyOrganisation) -> None:
    """Whatever one session on it used up, the next one meets again; on create, once a call went well."""
    switchboard = Switchboard(faults_of_organisations())
    for one in row.faults:
        for place in one.on:
            first, second = (
                (row.scope, row.scope) if place == "create" else ("session 1", f"session 2 {place}")
            )
            often = one.count or 5
            met = [
                one in switchboard.take(place, row.scope, subject, due=one.kind.when_due)
                for subject in [*[first] * (often + 1), second]
            ]
            assert met[-1], place
            if one.count is not None and place == "create":
                assert met == [True] * often + [False, True]


def test_an_expired_token_is_refused_once_in_each_session(customer: Customer) -> None:
    number = number_of("UTLØPT BEVIS AS")
    for _ in range(2):
        assert [customer.create("no", number).status_code for _ in range(2)] == [401, 201]


def test_a_lost_answer_is_lost_once(customer: Customer, receiver: WebhookReceiver) -> None:
    number = number_of("TAPT SVAR AS")
    with pytest.raises(requests.ConnectionError):
        customer.create("no", number, webhook=receiver.webhook)
    assert customer.create("no", number, webhook=receiver.webhook).status_code == 201
    until(lambda: receiver.words.count("AllDone") == 2)
    assert customer.stats()["sessions"] == 2


def test_what_is_set_for_an_organisation_replaces_its_own_fault(customer: Customer) -> None:
    number = number_of("UFORSTÅTT BESTILLING AS")
    assert customer.create("no", number).status_code == 400
    customer.switch(f"NO-{number}")
    assert customer.create("no", number).status_code == 201
    assert customer.control("DELETE", f"faults/NO-{number}").status_code == 204
    assert customer.create("no", number).status_code == 400


def test_the_list_is_served(customer: Customer) -> None:
    rows = customer.control("GET", "standing").json()["standing"]
    assert [row["number"] for row in rows] == [row.number for row in FAULTY_ORGANISATIONS]
    assert rows[0]["faults"][0]["name"] == "webhook_lost"
