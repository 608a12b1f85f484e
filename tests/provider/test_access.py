import base64
import json
import time
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import responses
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from cases.provider.client import ProviderClient
from cases.provider.errors import FixConfiguration, GiveUp, RateLimited, RetryLater
from tests.provider.conftest import BASE_URL, ISSUER, SECRET, TOKEN_URL, config_for

DISCOVERY = f"{ISSUER}/.well-known/openid-configuration"


def calls(api: responses.RequestsMock, url: str) -> list:
    return [call.request for call in api.calls if call.request.url == url]


def form(request) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(request.body).items()}


def test_access_says_where_the_provider_is_and_what_it_grants(client: ProviderClient) -> None:
    access = client.access()
    assert (access.token_endpoint, access.base_url) == (TOKEN_URL, BASE_URL)
    assert access.granted_scopes == ("aml_organization/basic", "aml_organization/OFAC")
    assert access.missing_scopes == ()
    assert 290 < access.expires_at.timestamp() - time.time() <= 300


def test_discovery_and_token_are_asked_for_once(client: ProviderClient, api, tmp_path: Path) -> None:
    client.access()
    client.access()
    ProviderClient(config_for(tmp_path)).access()
    assert (len(calls(api, DISCOVERY)), len(calls(api, TOKEN_URL))) == (1, 1)


def test_access_now_asks_the_provider_again(client: ProviderClient, api) -> None:
    client.access()
    client.access(now=True)
    assert (len(calls(api, DISCOVERY)), len(calls(api, TOKEN_URL))) == (2, 2)


def test_the_older_name_of_the_base_address_is_known(client: ProviderClient, api) -> None:
    api.replace(
        "GET", DISCOVERY, json={"issuer": ISSUER, "token_endpoint": TOKEN_URL, "aml_baseurl": BASE_URL + "/"}
    )
    assert client.access().base_url == BASE_URL


def test_overridden_addresses_need_no_discovery(tmp_path: Path, api) -> None:
    config = config_for(tmp_path, issuer="", base_url="https://other.example/v1/", token_url=TOKEN_URL)
    assert ProviderClient(config).access().base_url == "https://other.example/v1"
    assert not calls(api, DISCOVERY)


def test_one_overridden_address_wins_over_discovery(tmp_path: Path, api) -> None:
    access = ProviderClient(config_for(tmp_path, base_url="https://other.example")).access()
    assert (access.base_url, access.token_endpoint) == ("https://other.example", TOKEN_URL)


@pytest.mark.parametrize("missing", ["token_endpoint", "aml-baseurl"])
def test_discovery_that_lacks_an_address_is_a_matter_of_configuration(client, api, missing: str) -> None:
    document = {"issuer": ISSUER, "token_endpoint": TOKEN_URL, "aml-baseurl": BASE_URL}
    api.replace("GET", DISCOVERY, json={**document, missing: None})
    with pytest.raises(FixConfiguration) as error:
        client.access()
    assert error.value.code == "discovery_incomplete"
    assert missing in error.value.message


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (404, FixConfiguration, "discovery_refused"),
        (302, FixConfiguration, "discovery_refused"),
        (503, RetryLater, "http_503"),
        (429, RateLimited, "rate_limited"),
    ],
)
def test_discovery_refused_or_in_trouble(client, api, status: int, kind: type, code: str) -> None:
    api.replace("GET", DISCOVERY, status=status, headers={"Location": "https://evil.example/"})
    with pytest.raises(kind) as error:
        client.access()
    assert (type(error.value), error.value.code) == (kind, code)


def test_addresses_found_earlier_serve_while_discovery_is_down(client, api) -> None:
    client.access()
    api.replace("GET", DISCOVERY, status=503)
    kept = client._discovery._state.read("discovery")
    client._discovery._state.write("discovery", {**kept, "fresh_until": time.time() - 1})
    assert client.access().base_url == BASE_URL
    assert client.access().base_url == BASE_URL
    assert len(calls(api, DISCOVERY)) == 2, "while it is down it is not asked at every call"


@pytest.mark.parametrize(
    ("field", "address", "code"),
    [
        ("issuer", "http://auth.provider.example", "insecure_address"),
        ("base_url", "http://api.provider.example", "insecure_address"),
        ("token_url", "http://127.0.0.1.evil.example/token", "insecure_address"),
        ("token_url", "ftp://127.0.0.1/token", "insecure_address"),
        ("base_url", "https://user:pass@api.provider.example", "bad_address"),
        ("base_url", "https://api.provider.example?x=1", "bad_address"),
        ("base_url", "https://api.provider.example\\@evil.example", "bad_address"),
        ("base_url", "https://[api", "bad_address"),
        ("base_url", "https://api.provider.example:99999", "bad_address"),
        ("base_url", "api.provider.example", "bad_address"),
        ("base_url", "https://", "bad_address"),
    ],
)
def test_a_secret_is_sent_to_safe_addresses_alone(tmp_path, api, field, address, code) -> None:
    with pytest.raises(FixConfiguration) as error:
        ProviderClient(config_for(tmp_path, **{field: address})).access()
    assert error.value.code == code
    assert not calls(api, TOKEN_URL)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"issuer": "https://auth.provider.example/realms/other"}, "discovery_refused"),
        ({"issuer": "https://evil.example/realms/test"}, "discovery_refused"),
        ({"issuer": None}, "discovery_refused"),
        ({"token_endpoint": "https://evil.example/token"}, "discovery_refused"),
        ({"token_endpoint": "https://auth.provider.example.evil.example/token"}, "discovery_refused"),
        ({"token_endpoint": "https://auth.provider.example@evil.example/token"}, "bad_address"),
        ({"token_endpoint": "http://auth.provider.example/token"}, "insecure_address"),
        ({"token_endpoint": "http://127.0.0.1:8090/token"}, "discovery_refused"),
        ({"aml-baseurl": "http://api.provider.example/aml"}, "insecure_address"),
        ({"aml-baseurl": "http://localhost:8090/aml"}, "insecure_address"),
    ],
)
def test_what_discovery_says_is_not_believed_of_everything(client, api, changes: dict, code: str) -> None:
    document = {"issuer": ISSUER, "token_endpoint": TOKEN_URL, "aml-baseurl": BASE_URL}
    api.replace("GET", DISCOVERY, json={**document, **changes})
    with pytest.raises(FixConfiguration) as error:
        client.access()
    assert error.value.code == code
    assert not [call for call in api.calls if call.request.method == "POST"]


def test_what_the_settings_say_is_believed_of_another_host(tmp_path: Path, api) -> None:
    elsewhere = "https://tokens.example/token"
    api.post(elsewhere, json={"access_token": "token-2", "token_type": "bearer", "expires_in": 300})
    assert ProviderClient(config_for(tmp_path, token_url=elsewhere)).access().token_endpoint == elsewhere


def test_an_issuer_may_be_written_with_a_slash_at_its_end(client, api) -> None:
    document = {"issuer": f"{ISSUER}/", "token_endpoint": TOKEN_URL, "aml-baseurl": BASE_URL}
    api.replace("GET", DISCOVERY, json=document)
    assert client.access().base_url == BASE_URL


def test_basic_authentication_encodes_what_could_be_mistaken(tmp_path: Path, api) -> None:
    ProviderClient(config_for(tmp_path, client_id="portal:a", client_secret="p w%é")).access()
    request = calls(api, TOKEN_URL)[0]
    scheme, pair = request.headers["Authorization"].split()
    assert (scheme, base64.b64decode(pair)) == ("Basic", b"portal%3Aa:p+w%25%C3%A9")
    assert form(request) == {
        "grant_type": "client_credentials",
        "scope": "aml_organization/basic aml_organization/OFAC",
    }


def test_the_secret_can_go_in_the_form(tmp_path: Path, api) -> None:
    ProviderClient(config_for(tmp_path, client_auth="client_secret_post")).access()
    request = calls(api, TOKEN_URL)[0]
    assert "Authorization" not in request.headers
    assert (form(request)["client_id"], form(request)["client_secret"]) == ("portal", SECRET)


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # its new name is younger than most servers
@pytest.mark.parametrize("written", ["pem", "jwk"])
@pytest.mark.parametrize(
    ("make", "algorithm"),
    [
        (lambda: RSAKey.generate_key(2048), "RS256"),
        (lambda: ECKey.generate_key("P-256"), "ES256"),
        (lambda: ECKey.generate_key("P-384"), "ES384"),
        (lambda: OKPKey.generate_key("Ed25519"), "EdDSA"),
    ],
    ids=["rsa", "p256", "p384", "ed25519"],
)
def test_a_private_key_signs_for_the_client(tmp_path: Path, api, *, written, make, algorithm) -> None:
    key = make()
    text = key.as_pem(private=True).decode() if written == "pem" else json.dumps(key.as_dict(private=True))
    config = config_for(
        tmp_path, client_auth="private_key_jwt", client_secret="", private_key=text, key_id="k1"
    )
    ProviderClient(config).access()
    sent = form(calls(api, TOKEN_URL)[0])
    token = jwt.decode(sent["client_assertion"], key, algorithms=[algorithm])
    assert token.header == {"alg": algorithm, "typ": "JWT", "kid": "k1"}
    assert (token.claims["iss"], token.claims["sub"], token.claims["aud"]) == ("portal", "portal", TOKEN_URL)
    assert token.claims["jti"]
    assert 0 < token.claims["exp"] - time.time() <= 60
    assert sent["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def test_every_assertion_is_for_one_use(tmp_path: Path, api) -> None:
    key = ECKey.generate_key("P-256").as_pem(private=True).decode()
    client = ProviderClient(config_for(tmp_path, client_auth="private_key_jwt", private_key=key))
    client.access()
    client.access(now=True)
    first, second = (form(request)["client_assertion"] for request in calls(api, TOKEN_URL))
    assert first != second


@pytest.mark.parametrize(
    "key",
    [
        "not a key",
        "{}",
        "{not json",
        json.dumps(OctKey.generate_key().as_dict(private=True)),
        json.dumps(ECKey.generate_key("P-256").as_dict(private=False)),
        OKPKey.generate_key("X25519").as_pem(private=True).decode(),
        ECKey.generate_key("P-256").as_pem(private=True, password="p").decode(),
    ],
    ids=["no_key", "empty_jwk", "broken_jwk", "symmetric", "public", "not_for_signing", "encrypted"],
)
def test_a_key_that_cannot_sign_is_named_without_being_shown(tmp_path: Path, api, key: str) -> None:
    with pytest.raises(FixConfiguration) as error:
        ProviderClient(config_for(tmp_path, client_auth="private_key_jwt", private_key=key)).access()
    assert error.value.code == "key_unusable"
    assert key not in error.value.message


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": ""},
        {"client_secret": ""},
        {"client_auth": "private_key_jwt"},
        {"client_auth": "none"},
        {"issuer": ""},
    ],
)
def test_a_missing_setting_is_said_before_anything_is_sent(tmp_path: Path, api, changes) -> None:
    with pytest.raises(FixConfiguration) as error:
        ProviderClient(config_for(tmp_path, **changes)).access()
    assert error.value.code == "setting_missing"
    assert not calls(api, TOKEN_URL)


def test_a_scope_that_was_not_granted_is_named(client: ProviderClient, api) -> None:
    granted = {"access_token": "t", "token_type": "BEARER", "scope": "aml_organization/basic openid"}
    api.replace("POST", TOKEN_URL, json=granted)
    access = client.access()
    assert access.granted_scopes == ("aml_organization/basic", "openid")
    assert access.missing_scopes == ("aml_organization/OFAC",)


def test_an_empty_scope_grants_nothing(client: ProviderClient, api) -> None:
    api.replace("POST", TOKEN_URL, json={"access_token": "t", "token_type": "bearer", "scope": ""})
    assert client.access().granted_scopes == ()


@pytest.mark.parametrize("life", [None, 0, -5, "soon", [], {}])
def test_a_token_whose_life_is_not_said_is_taken_for_five_minutes(client, api, life) -> None:
    body = {"access_token": "t", "token_type": "bearer"}
    api.replace(
        "POST", TOKEN_URL, body=json.dumps(body if life is None else {**body, "expires_in": life}).encode()
    )
    assert 290 < client.access().expires_at.timestamp() - time.time() <= 300


def test_a_life_written_as_text_is_understood(client: ProviderClient, api) -> None:
    api.replace("POST", TOKEN_URL, json={"access_token": "t", "token_type": "bearer", "expires_in": "60"})
    assert 55 < client.access().expires_at.timestamp() - time.time() <= 60


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_token_endpoint_that_refuses_is_a_matter_of_configuration(client, api, status: int) -> None:
    body = {"error": "invalid_client", "error_description": f"Bad secret {SECRET}"}
    api.replace("POST", TOKEN_URL, status=status, json=body)
    with pytest.raises(FixConfiguration) as error:
        client.access()
    assert (error.value.code, error.value.status) == ("token_refused", status)
    assert error.value.message == "Bad secret [secret]"


@pytest.mark.parametrize(("status", "kind"), [(500, RetryLater), (503, RetryLater), (429, RateLimited)])
def test_a_token_endpoint_in_trouble_is_asked_again_later(client, api, status: int, kind: type) -> None:
    api.replace("POST", TOKEN_URL, status=status, headers={"Retry-After": "3"})
    with pytest.raises(kind) as error:
        client.access()
    assert error.value.retry_after == 3


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b"{}",
        b'{"access_token": ""}',
        b'{"access_token": 5}',
        b'{"access_token": "a\\r\\nX-Evil: 1"}',
        b'{"access_token": "t", "token_type": "mac"}',
        b'{"access_token": "t", "token_type": 7}',
    ],
)
def test_an_answer_that_is_no_token_is_trouble_that_may_pass(client, api, body: bytes) -> None:
    api.replace("POST", TOKEN_URL, body=body)
    with pytest.raises(RetryLater) as error:
        client.access()
    assert error.value.code == "token_unreadable"


def test_secrets_show_in_no_repr(tmp_path: Path) -> None:
    config = config_for(tmp_path, private_key="PRIVATE")
    assert SECRET not in repr(config)
    assert "PRIVATE" not in repr(config)


def test_an_unknown_kind_reaches_nobody(client: ProviderClient, api, tmp_path: Path) -> None:
    with pytest.raises(GiveUp):
        client.fetch("s", "../json", tmp_path)
    assert not list(tmp_path.glob("fetch-*"))
    assert not api.calls
