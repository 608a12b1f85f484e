import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from cases.provider.client import Order, ProviderClient
from cases.provider.contract import Contract
from cases.provider.errors import (
    FixConfiguration,
    GiveUp,
    Gone,
    NotFound,
    NotReady,
    OutcomeUnknown,
    RateLimited,
    RetryLater,
)
from tests.provider.conftest import BASE_URL, SECRET, TOKEN_URL, config_for

CREATE = f"{BASE_URL}/organization/session/no"
LOOK = f"{BASE_URL}/organization/session/s1"
DATE = {"Date": "Sun, 22 Nov 2026 12:00:00 GMT"}
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

REFUSALS = [
    (400, GiveUp, "bad_request"),
    (403, FixConfiguration, "scope_missing"),
    (404, NotFound, "not_found"),
    (405, GiveUp, "http_4xx"),
    (408, RetryLater, "http_408"),
    (409, NotReady, "not_ready"),
    (410, Gone, "gone"),
    (418, GiveUp, "http_4xx"),
    (425, RetryLater, "http_425"),
    (429, RateLimited, "rate_limited"),
    (500, RetryLater, "http_500"),
    (502, RetryLater, "http_502"),
    (503, RetryLater, "http_503"),
    (504, RetryLater, "http_504"),
    (599, RetryLater, "http_5xx"),
    (301, GiveUp, "redirect_refused"),
    (307, GiveUp, "redirect_refused"),
]


def test_an_order_is_sent_as_the_contract_says(client: ProviderClient, api, order: Order) -> None:
    api.post(CREATE, status=201, json={"sessionId": "s1"}, headers=DATE)
    created = client.create_session(order)
    assert (created.session_id, created.server_time) == ("s1", NOON)
    assert created.granted_scopes == ("aml_organization/basic", "aml_organization/OFAC")
    request = api.calls[-1].request
    assert json.loads(request.body) == {
        "identifier": "317835337",
        "reports": ["aml"],
        "expands": ["address", "sanction"],
        "language": "en",
        "webhook": {
            "url": "https://portal.example/hook/1",
            "events": ["JsonDataReady", "ReportReady", "AllDone", "Failed"],
        },
    }
    assert request.headers["Authorization"] == "Bearer token-1"
    assert request.headers["User-Agent"] == "aml-portal"


def test_an_order_without_webhook_names_none(client: ProviderClient, api, order: Order) -> None:
    api.post(CREATE, status=201, json={"sessionId": "s1"})
    client.create_session(replace(order, webhook_url=None))
    assert "webhook" not in json.loads(api.calls[-1].request.body)


def test_a_not_found_at_an_address_that_is_assumed_says_nothing_of_the_register(
    tmp_path, api, order: Order
) -> None:
    known = Contract().overridden({"assumed_countries": []})
    for country, status, contract, code in (
        ("dk", 404, Contract(), "assumed_address"),
        ("no", 404, Contract(), "not_found"),
        ("se", 404, Contract(), "not_found"),
        ("dk", 400, Contract(), "bad_request"),
        ("dk", 404, known, "not_found"),
    ):
        url = CREATE.replace("/no", f"/{country}")
        api.upsert("POST", url, status=status, json={"message": "Nothing here."})
        with pytest.raises(GiveUp) as caught:
            ProviderClient(config_for(tmp_path, contract=contract)).create_session(
                replace(order, country=country)
            )
        assert (caught.value.code, caught.value.message) == (code, "Nothing here."), (country, status)


@pytest.mark.parametrize("country", ["no", "se", "fi", "dk"])
def test_each_country_has_its_own_address(client, api, order: Order, country: str) -> None:
    api.post(f"{BASE_URL}/organization/session/{country}", status=201, json={"sessionId": "s1"})
    assert client.create_session(replace(order, country=country)).session_id == "s1"


@pytest.mark.parametrize("country", ["de", "NO", "../x", ""])
def test_an_unknown_country_is_refused_before_anything_is_sent(client, api, order, country: str) -> None:
    with pytest.raises(GiveUp) as error:
        client.create_session(replace(order, country=country))
    assert error.value.code == "unknown_country"
    assert not api.calls


@pytest.mark.parametrize(("status", "kind", "code"), REFUSALS)
def test_every_refusal_of_an_order_is_a_known_outcome(client, api, order, *, status, kind, code) -> None:
    headers = {"Location": "https://evil.example/steal"}
    api.post(CREATE, status=status, json={"error": "x", "message": "In their words"}, headers=headers)
    with pytest.raises(kind) as error:
        client.create_session(order)
    assert (type(error.value), error.value.code, error.value.status) == (kind, code, status)
    assert "In their words" in error.value.message


@pytest.mark.parametrize(("status", "kind", "code"), REFUSALS)
def test_every_refusal_of_a_look_is_sorted_by_what_to_do(client, api, status, kind, code) -> None:
    api.get(LOOK, status=status, body=b"")
    with pytest.raises(kind) as error:
        client.session_information("s1")
    assert (type(error.value), error.value.code) == (kind, code)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"sessionId": ""}',
        b'{"sessionId": null}',
        b'{"sessionId": 12}',
        b'{"sessionId": "."}',
        b'{"sessionId": ".."}',
        b'{"sessionId": "  "}',
        b'{"sessionId": "a\\u0000b"}',
        b'{"sessionId": "a\\nb"}',
        b'{"sessionId": "' + b"x" * 201 + b'"}',
    ],
)
@pytest.mark.parametrize("status", [200, 201])
def test_an_order_taken_without_a_readable_session_is_an_unknown_outcome(
    client, api, order, status: int, body: bytes
) -> None:
    api.post(CREATE, status=status, body=body)
    with pytest.raises(OutcomeUnknown):
        client.create_session(order)


def test_an_order_is_repeated_once_after_a_401_with_a_new_token(client, api, order: Order) -> None:
    api.post(CREATE, status=401)
    api.post(CREATE, status=201, json={"sessionId": "s1"})
    client.access()
    api.replace("POST", TOKEN_URL, json={"access_token": "token-2", "token_type": "bearer"})
    assert client.create_session(order).session_id == "s1"
    sent = [c.request.headers["Authorization"] for c in api.calls if c.request.url == CREATE]
    assert sent == ["Bearer token-1", "Bearer token-2"]


def test_a_second_401_is_a_matter_of_configuration(client, api) -> None:
    api.get(LOOK, status=401, json={"message": "who are you"})
    with pytest.raises(FixConfiguration) as error:
        client.session_information("s1")
    assert (error.value.code, error.value.message) == ("unauthorized", "who are you")
    assert [call.request.url for call in api.calls].count(LOOK) == 2
    assert [call.request.url for call in api.calls].count(TOKEN_URL) == 2


@pytest.mark.parametrize(
    ("headers", "body", "scope", "named"),
    [
        ({"WWW-Authenticate": 'Bearer error="insufficient_scope", scope="a/b"'}, "", None, "a/b"),
        ({}, "needs aml_organization/OFAC here", None, "aml_organization/OFAC"),
        ({}, "", "aml_organization/basic", "aml_organization/OFAC"),
        ({}, "", None, "aml_organization/basic"),
    ],
)
def test_a_403_names_the_scope(client, api, *, headers, body: str, scope: str | None, named: str) -> None:
    token = {"access_token": "token-1", "token_type": "bearer"}
    api.replace("POST", TOKEN_URL, json=token if scope is None else {**token, "scope": scope})
    api.get(LOOK, status=403, json={"message": body}, headers=headers)
    with pytest.raises(FixConfiguration) as error:
        client.session_information("s1")
    assert f"scope needed: {named}." in error.value.message


def test_a_429_holds_every_call_without_touching_the_network(client, api, order: Order) -> None:
    api.get(LOOK, status=429, headers={"Retry-After": "60"})
    with pytest.raises(RateLimited) as error:
        client.session_information("s1")
    assert error.value.retry_after == 60
    before = len(api.calls)
    for call in (lambda: client.session_information("s1"), lambda: client.create_session(order)):
        with pytest.raises(RateLimited) as held:
            call()
        assert 55 < held.value.retry_after <= 60
    assert len(api.calls) == before
    assert 55 < client.paused_until() - datetime.now(UTC).timestamp() <= 60


def test_a_429_that_names_a_date_or_nothing_is_honoured_too(client, api) -> None:
    date = format_datetime(NOON + timedelta(seconds=90), usegmt=True)
    api.get(LOOK, status=429, headers={"Retry-After": date, **DATE})
    with pytest.raises(RateLimited) as error:
        client.session_information("s1")
    assert error.value.retry_after == 90
    client._pause._state.write("pause", {})
    api.replace("GET", LOOK, status=429)
    with pytest.raises(RateLimited) as error:
        client.session_information("s1")
    assert error.value.retry_after == 5


@pytest.mark.parametrize("body", ["nope", '{"message": {"a": 1}}', "<b>nope</b>", "\x00\xff"])
def test_a_refusal_in_any_form_keeps_its_meaning(client, api, body: str) -> None:
    api.get(LOOK, status=400, body=body.encode("latin-1"), content_type="text/html")
    with pytest.raises(GiveUp) as error:
        client.session_information("s1")
    assert error.value.message == ""


def test_a_refusal_in_plain_text_is_passed_on(client, api) -> None:
    api.get(LOOK, status=400, body=b"No such thing\r\n", content_type="text/plain; charset=utf-8")
    with pytest.raises(GiveUp) as error:
        client.session_information("s1")
    assert error.value.message == "No such thing"


def test_a_provider_that_repeats_our_token_does_not_get_it_shown(client, api) -> None:
    api.get(LOOK, status=400, json={"message": f"you sent token-1 and {SECRET}"})
    with pytest.raises(GiveUp) as error:
        client.session_information("s1")
    assert error.value.message == "you sent [secret] and [secret]"


def test_the_log_has_a_line_for_each_call_and_no_secret_id_or_body(client, api, order, caplog) -> None:
    api.post(CREATE, status=201, json={"sessionId": "session-of-somebody"})
    api.get(f"{BASE_URL}/organization/session/session-of-somebody", status=503)
    with caplog.at_level(logging.DEBUG):
        client.create_session(order)
        with pytest.raises(RetryLater):
            client.session_information("session-of-somebody")
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("cases.provider")]
    assert [line.rsplit(" ", 2)[0] for line in lines] == [
        "provider GET discovery 200",
        "provider POST token 200",
        "provider POST create 201",
        "provider GET information 503",
    ]
    for word in ("session-of-somebody", "token-1", SECRET, "317835337", "hook/1"):
        assert word not in caplog.text


@pytest.mark.parametrize("session_id", ["", ".", "..", "a\nb", "x" * 201])
def test_an_id_that_fits_in_no_path_is_refused_before_anything_is_sent(client, api, session_id) -> None:
    with pytest.raises(GiveUp) as error:
        client.session_information(session_id)
    assert error.value.code == "bad_session_id"
    assert not api.calls


def test_a_cookie_of_the_provider_is_not_sent_back(client, api) -> None:
    api.get(LOOK, json={"jsonData": "READY"}, headers={"Set-Cookie": "a=b; Path=/"})
    client.session_information("s1")
    client.session_information("s1")
    assert "Cookie" not in api.calls[-1].request.headers


def test_a_contract_can_be_overridden_for_the_whole_wire(tmp_path, api, order) -> None:
    contract = config_for(tmp_path).contract.overridden(
        {"create_path": "/v2/{country}/sessions", "session_id": "id", "order_identifier": "orgNo"}
    )
    api.post(f"{BASE_URL}/v2/no/sessions", status=201, json={"id": "s9"})
    client = ProviderClient(config_for(tmp_path, contract=contract))
    assert client.create_session(order).session_id == "s9"
    assert json.loads(api.calls[-1].request.body)["orgNo"] == "317835337"
