"""Reports where the result says they are: at the provider's own origin, by the rules of any fetch, and nowhere else."""

import json
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st

from cases.provider.client import ProviderClient
from cases.provider.contract import Contract
from cases.provider.errors import Code, GiveUp, Gone, NotFound, ProviderError, RetryLater
from cases.provider.http.addresses import LONGEST_LINK, linked
from cases.provider.result.links import report_links
from cases.provider.result.parsing import parse_json
from tests.provider.conftest import config_for
from tests.provider.local_provider import SESSION

BASE = "https://api.provider.example/aml"
PDF = b"%PDF-1.7\nof the result\n%%EOF\n"

MEANT = {
    "/aml/files/1": ("https://api.provider.example/aml/files/1",),
    "/files/1.pdf?sig=a%2Fb&x=1": (
        "https://api.provider.example/files/1.pdf?sig=a%2Fb&x=1",
        "https://api.provider.example/aml/files/1.pdf?sig=a%2Fb&x=1",
    ),
    "/amlx/1": ("https://api.provider.example/amlx/1", "https://api.provider.example/aml/amlx/1"),
    "files/1#page=2": ("https://api.provider.example/aml/files/1",),
    "https://api.provider.example/x": ("https://api.provider.example/x",),
    "HTTPS://API.provider.EXAMPLE:443/x": ("https://API.provider.EXAMPLE:443/x",),
}
HOSTILE = (
    "",
    " /aml/files/1",
    "//elsewhere.example/x",
    "///elsewhere.example/x",
    "//api.provider.example/x",
    "https://elsewhere.example/x",
    "https://api.provider.example.elsewhere.example/x",
    "https://api.provider.example@elsewhere.example/x",
    "https://someone@api.provider.example/x",
    "https://someone:secret@api.provider.example/x",
    "https://@api.provider.example/x",
    "https://api.provider.example:444/x",
    "https://api.provider.example:99999/x",
    "http://api.provider.example/x",
    "http://api.provider.example:443/x",
    "ftp://api.provider.example/x",
    "javascript:alert(1)",
    "data:application/pdf;base64,AA",
    "file:///etc/passwd",
    "https:\\\\elsewhere.example\\x",
    "\\\\elsewhere.example\\x",
    "/\\elsewhere.example/x",
    "..\\..\\x",
    "../../admin",
    "/aml/../admin",
    "/aml/%2e%2E/admin",
    "/aml/%252e%252e/admin",
    "/aml/..%2fadmin",
    "/aml/.%5c..%5cadmin",
    "/aml/\r\nHost: elsewhere.example",
    "/aml/\x00",
    "/aml/\u202ex",
    "/aml/å",
    "/aml/{sessionId}",
    "https://[::1",
    "https://api.provider.example\u3002elsewhere.example/x",
    "https://аpi.provider.example/x",
    "/" + "a" * LONGEST_LINK,
)


def test_what_a_link_means_and_which_are_refused() -> None:
    assert {href: linked(href, BASE) for href in MEANT} == MEANT
    assert [href for href in HOSTILE if linked(href, BASE)] == []


def test_where_the_api_has_a_host_of_its_own_a_path_means_one_thing() -> None:
    assert linked("/files/1", "http://127.0.0.1:8001") == ("http://127.0.0.1:8001/files/1",)
    assert linked("http://localhost:8001/files/1", "http://127.0.0.1:8001") == ()


@given(st.text(st.sampled_from("htps:/\\@.%2eEapi.provider.example?#[]0\t\n å;&"), max_size=40))
@example("https:/api.provider.example@elsewhere.example")
@example("http:/x")
def test_whatever_a_link_says_the_request_goes_to_the_origin_of_the_base_address(href: str) -> None:
    for address in linked(href, BASE):
        sent = requests.Request("GET", address).prepare().url
        assert sent is not None
        parts = urlsplit(sent)
        assert (parts.scheme, parts.hostname, parts.port or 443) == ("https", "api.provider.example", 443), (
            sent
        )
        assert parts.username is None


def test_the_links_of_a_report_are_known_by_what_they_are_said_to_be() -> None:
    links = [
        {"rel": "aml", "href": "/1"},
        {"rel": "Certificate-of-Registration", "href": "/2"},
        {"rel": "certificate_of_incorporation", "href": "/3"},
        {"rel": "annual_accounts", "href": "/4"},
        {"rel": None, "href": "/5"},
        {"rel": "aml", "href": ["/6"]},
        {"rel": "AML", "href": "/7", "contentType": None},
        {"href": "/8"},
        None,
        "aml",
    ]
    aml, certificate = Contract().kind("aml"), Contract().kind("certificate_of_registration")
    document = {"links": {"reports": links}}
    assert report_links(document, aml) == ["/1", "/7"]
    assert report_links(document, certificate) == ["/2", "/3"]
    assert report_links(document, Contract().kind("json")) == []
    assert report_links({"links": {"reports": links[0]}}, aml) == ["/1"]
    for odd in (
        {},
        {"links": None},
        {"links": []},
        {"links": {"reports": None}},
        {"links": {"reports": "aml"}},
    ):
        assert report_links(odd, aml) == []


def test_links_are_read_like_the_rest_of_a_result() -> None:
    aml = Contract().kind("aml")
    for text, found in {
        '{"Links": {"Reports": [{"href": "/1", "rel": "aml"}]}}': ["/1"],
        '{"links": {"reports": [{"HREF": "/1", "Rel": "aml"}]}}': ["/1"],
        '{"links": [{"reports": {"href": "/1", "rel": "aml"}}]}': ["/1"],
        """{"links": {"reports": [{"href": "/1", "rel": "aml"}]},
            "links": {"reports": [{"href": "/2", "rel": "aml"}], "external": []}}""": ["/1", "/2"],
        """{"links": {"reports": [{"href": "/1", "rel": "aml"}]},
            "LINKS": {"reports": [{"href": "/1", "rel": "aml"}, {"href": "/2", "rel": "aml"}]}}""": [
            "/1",
            "/2",
        ],
    }.items():
        assert report_links(parse_json(text.encode()), aml) == found, text


# --- Over HTTP -----------------------------------------------------------------------------------------------


def test_a_report_is_fetched_from_where_it_is_said_to_be(local, provider, tmp_path) -> None:
    provider.on("GET", "/files/1", lambda it: it.bytes(PDF, Content_Type="application/pdf"))
    for href in ("/files/1", f"{provider.url}/files/1"):
        fetched = local.fetch_linked([href], "aml", tmp_path)
        assert fetched.path.read_bytes() == PDF
        assert provider.seen[-1].headers["Authorization"].startswith("Bearer ")


def test_hostile_links_are_refused_without_a_call(local, provider, tmp_path) -> None:
    local.access()
    calls = len(provider.seen)
    for hrefs in ([], list(HOSTILE)):
        with pytest.raises(NotFound) as refused:
            local.fetch_linked(hrefs, "aml", tmp_path)
        assert refused.value.code == Code.LINK_REFUSED
    assert len(provider.seen) == calls


def test_a_link_that_can_be_followed_is_found_behind_one_that_cannot(local, provider, tmp_path) -> None:
    provider.on("GET", "/files/1", lambda it: it.bytes(PDF))
    provider.on("GET", "/files/0", lambda it: it.json({}, 404))
    hrefs = ["https://elsewhere.example/1", "/files/0", "/files/1"]
    assert local.fetch_linked(hrefs, "aml", tmp_path).path.read_bytes() == PDF


def test_no_more_than_a_few_links_are_tried(local, provider, tmp_path) -> None:
    hrefs = [f"/files/{number}" for number in range(50)]
    for href in hrefs:
        provider.on("GET", href, lambda it: it.json({}, 404))
    with pytest.raises(NotFound) as caught:
        local.fetch_linked(hrefs, "aml", tmp_path)
    assert caught.value.code == Code.NOT_FOUND
    assert sum(seen.path.startswith("/files/") for seen in provider.seen) == 4


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (lambda it: it.json({}, 410), Gone),
        (lambda it: it.json({}, 302, Location="https://elsewhere.example/1"), GiveUp),
        (lambda it: it.json({}, 503), RetryLater),
        (lambda it: it.begin(200, Content_Length=str(2**40)), ProviderError),
        (lambda it: it.bytes(PDF, Content_Encoding="gzip"), ProviderError),
    ],
)
def test_what_a_link_answers_is_held_to_the_rules_of_any_fetch(
    answer, error, local, provider, tmp_path
) -> None:
    provider.on("GET", "/files/1", answer)
    with pytest.raises(error):
        local.fetch_linked(["/files/1"], "aml", tmp_path)
    assert [*tmp_path.glob("*.part")] == []


def test_only_what_the_contract_knows_is_fetched_by_a_link(local, tmp_path) -> None:
    with pytest.raises(GiveUp):
        local.fetch_linked(["/files/1"], "annual_accounts", tmp_path)


# --- What else the contract module decides -------------------------------------------------------------------


def test_hyphens_and_events_of_an_order_are_the_contracts(tmp_path, api, order) -> None:
    for country, number, changes, sent, events in (
        ("se", "556036-0793", {}, "556036-0793", 4),
        ("se", "556036-0793", {"hyphenated_countries": ["fi"]}, "5560360793", 4),
        ("fi", "0112038-9", {"hyphenated_countries": []}, "01120389", 4),
        ("no", "317835337", {"subscribed_events": ["AllDone"]}, "317835337", 1),
    ):
        api.upsert("POST", f"{BASE}{SESSION}/{country}", status=201, json={"sessionId": "s1"})
        client = ProviderClient(config_for(tmp_path, contract=Contract().overridden(changes)))
        client.create_session(replace(order, country=country, identifier=number))
        body = json.loads(api.calls[-1].request.body)
        assert (body["identifier"], len(body["webhook"]["events"])) == (sent, events)
