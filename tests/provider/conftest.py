"""The provider client in front of a mocked HTTP library, and in front of a real server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import responses

from cases.provider.client import Order, ProviderClient
from cases.provider.config import ProviderConfig
from tests.provider import local_provider

ISSUER = "https://auth.provider.example/realms/test"
TOKEN_URL = "https://auth.provider.example/token"
BASE_URL = "https://api.provider.example/aml"
SECRET = "s3cret-of-the-portal"


def config_for(folder: Path, **changes: Any) -> ProviderConfig:
    """A configuration whose state is in this folder."""
    settings = {
        "issuer": ISSUER,
        "client_id": "portal",
        "client_secret": SECRET,
        "state_dir": folder / "state",
        **changes,
    }
    return ProviderConfig(**settings)


@pytest.fixture
def order() -> Order:
    return Order("no", "317835337", ("aml",), ("address", "sanction"), "en", "https://portal.example/hook/1")


@pytest.fixture
def api() -> Iterator[responses.RequestsMock]:
    """A mocked provider that knows discovery and the token endpoint."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(
            f"{ISSUER}/.well-known/openid-configuration",
            json={"issuer": ISSUER, "token_endpoint": TOKEN_URL, "aml-baseurl": BASE_URL},
        )
        mock.post(TOKEN_URL, json={"access_token": "token-1", "token_type": "bearer", "expires_in": 300})
        yield mock


@pytest.fixture
def client(tmp_path: Path, api: responses.RequestsMock) -> ProviderClient:
    return ProviderClient(config_for(tmp_path))


@pytest.fixture
def provider() -> Iterator[local_provider.LocalProvider]:
    with local_provider.running() as running:
        yield running


@pytest.fixture
def local(tmp_path: Path, provider: local_provider.LocalProvider) -> Iterator[ProviderClient]:
    """A client of the real local server."""
    client = ProviderClient(config_for(tmp_path, issuer=provider.url))
    yield client
    client.close()


@pytest.fixture
def hasty(tmp_path: Path, provider: local_provider.LocalProvider) -> Iterator[ProviderClient]:
    """A client of the same server, state and token with little patience, for what ends in a time-out."""
    patience = {"read_seconds": 0.5, "call_seconds": 1.0, "download_seconds": 1.0}
    client = ProviderClient(config_for(tmp_path, issuer=provider.url, **patience))
    yield client
    client.close()
