"""Discovery, tokens and scopes, as contract §1 and RFC 6749 have them."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from amlportal.sandbox.server import RunningSandbox
from tests.sandbox.conftest import Starter
from tests.sandbox.customer import Customer

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def test_discovery_names_the_token_endpoint_and_the_aml_base_address(customer: Customer) -> None:
    assert customer.places["issuer"] == f"{customer.url}/auth/realms/sandbox"
    assert customer.places["token_endpoint"].startswith(customer.places["issuer"])
    assert customer.places["aml-baseurl"].startswith(customer.url)


def test_a_token_says_what_was_granted_and_for_how_long(customer: Customer) -> None:
    answer = customer.ask_token(scope="aml_organization/OFAC aml_organization/basic")
    assert answer.status_code == 200
    content = answer.json()
    assert content["token_type"].lower() == "bearer"
    assert content["expires_in"] == 300
    assert set(content["scope"].split()) == {"aml_organization/basic", "aml_organization/OFAC"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_secret_may_come_in_the_form(customer: Customer) -> None:
    answer = customer.ask_token(auth=None, client_id="sandbox", client_secret="sandbox-secret")
    assert answer.status_code == 200


def test_a_secret_in_the_header_is_form_encoded(start: Starter) -> None:
    customer = Customer(start(client_secret="p:ä +%").url, scopes="")
    assert customer.ask_token(auth=("sandbox", "p%3A%C3%A4+%2B%25")).status_code == 200
    assert customer.ask_token(auth=("sandbox", "p%3A%C3%A4+%2B%24")).status_code == 401


@pytest.mark.parametrize(
    ("auth", "form", "status", "error"),
    [
        (("sandbox", "wrong"), {}, 401, "invalid_client"),
        (("stranger", "sandbox-secret"), {}, 401, "invalid_client"),
        (None, {}, 401, "invalid_client"),
        (None, {"client_id": "sandbox", "client_secret": "wrong"}, 401, "invalid_client"),
        (("sandbox", "sandbox-secret"), {"client_secret": "sandbox-secret"}, 400, "invalid_request"),
        (("sandbox", "sandbox-secret"), {"grant_type": "password"}, 400, "unsupported_grant_type"),
        (("sandbox", "sandbox-secret"), {"scope": "everything"}, 400, "invalid_scope"),
        (None, {"client_assertion_type": ASSERTION, "client_assertion": "a.b.c"}, 401, "invalid_client"),
    ],
)
def test_a_token_is_refused_in_the_words_of_the_rfc(
    customer: Customer, auth: Any, form: dict[str, str], status: int, error: str
) -> None:
    answer = customer.ask_token(auth=auth, **form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["error_description"]


def test_a_header_that_cannot_be_read_is_refused(customer: Customer) -> None:
    for header in ("Basic \u00e9", "Basic !", "Basic /w==", "Basic", "Other c2FuZGJveA=="):
        answer = customer.http.post(
            customer.places["token_endpoint"],
            data={"grant_type": "client_credentials"},
            headers={"Authorization": header.encode("latin-1")},
            timeout=60,
        )
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), header


def test_a_scope_the_client_may_not_have_is_left_out_without_an_error(start: Starter) -> None:
    customer = Customer(start(scopes=("aml_organization/basic",)).url, scopes="")
    answer = customer.ask_token(scope="aml_organization/basic aml_organization/OFAC")
    assert answer.json()["scope"] == "aml_organization/basic"


def test_a_call_needs_a_token_that_is_known(customer: Customer) -> None:
    session = customer.open("no", "317835337")
    for token in ("", "made-up"):
        customer.token = token
        for answer in (
            customer.create("no", "317835337"),
            customer.call("GET", session),
            customer.json(session),
        ):
            assert answer.status_code == 401
            assert answer.json()["error"] == "invalid_token"


def test_a_token_without_the_basic_scope_may_do_nothing(customer: Customer) -> None:
    customer.token = customer.ask_token(scope="aml_organization/OFAC").json()["access_token"]
    answer = customer.create("no", "317835337")
    assert answer.status_code == 403
    assert "aml_organization/basic" in answer.json()["message"]


def test_a_token_expires(start: Starter) -> None:
    customer = Customer(start(token_seconds=1).url)
    assert customer.create("no", "317835337").status_code == 201
    time.sleep(1.05)
    assert customer.create("no", "317835337").status_code == 401


def test_tokens_can_be_made_unknown(customer: Customer) -> None:
    assert customer.control("DELETE", "tokens").status_code == 204
    assert customer.create("no", "317835337").status_code == 401


def key_file(folder: Path, key: RSAKey | ECKey, form: str) -> Path:
    path = folder / "client.key"
    if form == "pem":
        path.write_bytes(key.as_pem(private=False))
    else:
        import json

        jwk = key.as_dict(private=False)
        path.write_text(json.dumps(jwk if form == "jwk" else {"keys": [jwk]}))
    return path


def claims(sandbox: RunningSandbox, **changes: Any) -> dict[str, Any]:
    good = {
        "iss": "sandbox",
        "sub": "sandbox",
        "aud": sandbox.token_endpoint,
        "exp": int(time.time()) + 60,
        "jti": "1",
    }
    return {**good, **changes}


@pytest.mark.parametrize("form", ["pem", "jwk", "jwks"])
@pytest.mark.parametrize(
    "make", [lambda: RSAKey.generate_key(2048), lambda: ECKey.generate_key("P-256")], ids=["RSA", "EC"]
)
def test_a_signed_assertion_is_worth_a_secret_once(
    start: Starter, tmp_path: Path, make: Callable[[], RSAKey | ECKey], form: str
) -> None:
    key = make()
    key.ensure_kid()
    sandbox = start(public_key=key_file(tmp_path, key, form))
    customer = Customer(sandbox.url, scopes="")
    header = {"alg": "RS256" if isinstance(key, RSAKey) else "ES256", "kid": key.kid}
    assertion = jwt.encode(header, claims(sandbox), key)
    form_fields = {"client_assertion_type": ASSERTION, "client_assertion": assertion}
    assert customer.ask_token(auth=None, **form_fields).status_code == 200
    assert customer.ask_token(auth=None, **form_fields).json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "stranger"},
        {"sub": "stranger"},
        {"aud": "https://elsewhere.example/token"},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"jti": None},
    ],
    ids=str,
)
def test_an_assertion_with_a_wrong_claim_is_refused(
    start: Starter, tmp_path: Path, changes: dict[str, Any]
) -> None:
    key = ECKey.generate_key("P-256")
    sandbox = start(public_key=key_file(tmp_path, key, "pem"))
    wrong = {name: value for name, value in claims(sandbox, **changes).items() if value is not None}
    answer = Customer(sandbox.url, scopes="").ask_token(
        auth=None, client_assertion_type=ASSERTION, client_assertion=jwt.encode({"alg": "ES256"}, wrong, key)
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_an_assertion_of_somebody_else_is_refused(start: Starter, tmp_path: Path) -> None:
    sandbox = start(public_key=key_file(tmp_path, ECKey.generate_key("P-256"), "pem"))
    forged = jwt.encode({"alg": "ES256"}, claims(sandbox), ECKey.generate_key("P-256"))
    answer = Customer(sandbox.url, scopes="").ask_token(
        auth=None, client_assertion_type=ASSERTION, client_assertion=forged
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
