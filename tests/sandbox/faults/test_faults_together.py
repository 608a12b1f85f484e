"""Faults that spoil the same answer."""

from itertools import permutations

import pytest
import requests

from amlportal.sandbox.faults.effects import SPOILERS
from amlportal.sandbox.faults.fault_table import FAULTS
from tests.sandbox.customer import Customer


def test_what_a_fault_needs_is_spoilt_by_another_only_after_it(customer: Customer) -> None:
    session = customer.open("no", "317835337")
    customer.wait_for(session)
    calls = {
        "token": lambda: customer.ask_token(scope=customer.scopes),
        "create": lambda: customer.create("no", "317835337"),
        "information": lambda: customer.call("GET", session),
        "json": lambda: customer.json(session),
        "report": lambda: customer.report(session),
    }
    for place, call in calls.items():
        names = [name for name in SPOILERS if place in FAULTS[name].endpoints]
        for pair in permutations(names, 2):
            customer.switch("global", *({"name": name, "on": [place], "count": 1} for name in pair))
            if {*pair} & {"truncated", "create_lost"}:
                with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
                    call()
                continue
            answer = call()
            assert answer.status_code in (200, 201), (place, pair)
            assert "empty_body" not in pair or answer.content == b"", (place, pair)
