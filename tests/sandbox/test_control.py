"""The control API and the front page."""

import html
import re
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from amlportal.sandbox.faults.fault_table import FAULTS
from amlportal.sandbox.server import RunningSandbox
from amlportal.sandbox.universe.faulty_organisations import FAULTY_ORGANISATIONS
from tests.sandbox.customer import Customer, WebhookReceiver, until


def test_faults_are_set_listed_and_taken_back(customer: Customer) -> None:
    answer = customer.control("PUT", "faults/global", json={"name": "http_500", "on": ["json"], "count": 2})
    expected = {"name": "http_500", "on": ["json"], "count": 2, "seconds": None, "each_session": False}
    assert answer.json() == {"global": [expected]}
    assert customer.control("GET", "faults").json()["global"] == [expected]
    assert customer.control("DELETE", "faults/global").status_code == 204
    assert "global" not in customer.control("GET", "faults").json()


@pytest.mark.parametrize(
    ("scope", "known"),
    [
        ("317835337", "NO-317835337"),
        ("no-317835337", "NO-317835337"),
        ("SE-559657-0704", "SE-5596570704"),
        ("559657-0704", "SE-5596570704"),
        ("FI-1107043-4", "FI-11070434"),
        ("42914177", "DK-42914177"),
        ("987654325", "NO-987654325"),
        ("5560360793", "SE-5560360793"),
        ("0737546-2", "FI-07375462"),
        ("01234567", "FI-01234567"),
    ],
)
def test_a_scope_may_be_written_in_several_ways(customer: Customer, scope: str, known: str) -> None:
    assert customer.control("PUT", f"faults/{scope}", json=["slow"]).json().keys() == {known}
    assert customer.control("DELETE", f"faults/{scope}").status_code == 204
    assert known not in customer.control("GET", "faults").json()


@pytest.mark.parametrize("scope", ["NO-1", "nobody", "XX-317835337", "%3Cb%3E", "%2567lobal"])
def test_a_scope_that_means_nothing_is_refused(customer: Customer, scope: str) -> None:
    assert customer.control("PUT", f"faults/{scope}", json=["slow"]).status_code == 400


def test_a_number_of_two_countries_that_nobody_has_is_not_guessed(customer: Customer) -> None:
    answer = customer.control("PUT", "faults/24256790", json=["slow"])
    assert (answer.status_code, answer.json()["message"]) == (
        400,
        "24256790 may be of FI or DK: write COUNTRY-NUMBER",
    )
    assert customer.control("DELETE", "faults/24256790").status_code == 400
    assert customer.control("PUT", "faults/DK-24256790", json=["slow"]).json().keys() == {"DK-24256790"}
    assert customer.control("PUT", "faults/12-345-6780", json=["slow"]).status_code == 400, "a DUNS number"


def test_everything_set_can_be_taken_back_at_once(customer: Customer) -> None:
    customer.switch("global", "slow")
    customer.switch("NO-317835337", "cut")
    assert customer.control("DELETE", "faults").status_code == 204
    assert not {"global", "NO-317835337"} & set(customer.control("GET", "faults").json())


def test_statistics_count_what_happened(customer: Customer, receiver: WebhookReceiver) -> None:
    session = customer.open("no", "301234567", reports=[], expands=[], webhook=receiver.webhook)
    until(lambda: "AllDone" in receiver.words)
    customer.information(session)
    customer.json(session)
    customer.json(session)
    customer.create("no", "899999999")
    customer.create("no", "x")
    stats = customer.stats()
    assert stats["creates"] == {
        "total": 3,
        "by_identifier": {"NO-301234567": 1, "NO-899999999": 1, "malformed": 1},
    }
    assert stats["sessions"] == 1
    expected = {"identifier": "301234567", "organisation": "NO-317835337", "information": 1, "json": 2}
    [ready, handed_out] = stats["by_session"][session].pop("times")["json"]
    assert ready <= handed_out
    assert stats["by_session"] == {session: expected}
    assert (
        stats["answers"]["create 400"]
        == stats["answers"]["create 404"]
        == stats["answers"]["create 201"]
        == 1
    )
    assert stats["requests"]["json"] == 2


def test_reset_forgets_everything_but_the_universe(customer: Customer) -> None:
    session = customer.open("no", "317835337")
    customer.switch("global", "http_500")
    assert customer.control("POST", "reset").status_code == 204
    stats = customer.stats()
    assert (stats["sessions"], stats["creates"]["total"]) == (0, 0)
    assert customer.call("GET", session).status_code == 401
    assert Customer(customer.url).call("GET", session).status_code == 404
    assert Customer(customer.url).create("no", "317835337").status_code == 201


def test_the_universe_is_listed(customer: Customer) -> None:
    rows = customer.control("GET", "universe").json()["organisations"]
    assert {row["number"] for row in rows} >= {
        "317835337",
        "559657-0704",
        "1107043-4",
        "42914177",
        "123456789",
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("POST", "/", 405),
        ("GET", "/sandbox/reset", 405),
        ("GET", "/aml/organization/session/a/b", 404),
    ],
)
def test_other_addresses_are_refused(customer: Customer, method: str, path: str, status: int) -> None:
    assert customer.http.request(method, customer.url + path, timeout=60).status_code == status


def test_the_front_page_names_every_fault_and_every_organisation(
    sandbox: RunningSandbox, customer: Customer
) -> None:
    customer.open("no", "317835337")
    answer = customer.http.get(customer.url + "/", timeout=60)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    page = html.unescape(answer.content.decode())
    for name in FAULTS:
        assert f"<code>{name}</code>" in page
    for row in FAULTY_ORGANISATIONS:
        assert row.number in page
        assert row.name in page
    for one in sandbox.sandbox.universe.organisations:
        assert one.number in page
    assert "899…" in page
    assert "NO-317835337" in page
    assert not re.search(r"\[\[\w+\]\]", page)


def test_the_front_page_reads_sessions_while_nobody_changes_them(
    sandbox: RunningSandbox, customer: Customer
) -> None:
    lock, was_free = sandbox.sandbox.sessions.lock, []

    def may_take() -> bool:
        if taken := lock.acquire(blocking=False):
            lock.release()
        return taken

    class Fetches(Counter[str]):
        """The counts of a session, which notice whether another thread may change them while they are read."""

        def values(self) -> Any:
            with ThreadPoolExecutor(1) as another:
                was_free.append(another.submit(may_take).result())
            return super().values()

    session = sandbox.sandbox.sessions.get(customer.open("no", "317835337"))
    assert session is not None
    session.fetches = Fetches(json=3)
    assert "<td>3</td>" in customer.http.get(customer.url + "/", timeout=60).text
    assert was_free == [False]


def test_a_hostile_name_stays_text_on_the_front_page(customer: Customer) -> None:
    customer.open("no", "312691493")
    page = customer.http.get(customer.url + "/", timeout=60).text
    assert "&lt;b&gt;Sønn&lt;/b&gt;" in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    "head",
    [
        "POST /sandbox/reset HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n",
        "POST /sandbox/reset HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /sandbox/reset HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_a_body_of_unknown_or_enormous_size_is_refused(sandbox: RunningSandbox, head: str) -> None:
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=60) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_a_connection_serves_many_requests(sandbox: RunningSandbox) -> None:
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=60) as connection:
        for _ in range(3):
            connection.sendall(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(4000).startswith(b"HTTP/1.1 200")
