"""Asking whether the API answers and lets us in, without ordering anything."""

from datetime import UTC, datetime

import pytest
import responses

from cases.provider.client import ProviderClient
from cases.provider.errors import FixConfiguration, ProviderError, RateLimited, RetryLater
from tests.provider.conftest import BASE_URL

NOBODYS = f"{BASE_URL}/organization/session/doctor"
DATE = {"Date": "Sun, 22 Nov 2026 12:00:00 GMT"}
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("status", [404, 400, 200])
def test_an_api_that_does_not_know_the_session_has_been_reached(
    status: int, client: ProviderClient, api: responses.RequestsMock
) -> None:
    api.get(NOBODYS, status=status, headers=DATE)
    assert client.reach() == NOON
    assert api.calls[-1].request.headers["Authorization"] == "Bearer token-1"


def test_an_api_without_a_clock_has_been_reached_too(
    client: ProviderClient, api: responses.RequestsMock
) -> None:
    api.get(NOBODYS, status=404)
    assert client.reach() is None


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (401, FixConfiguration, "unauthorized"),
        (403, FixConfiguration, "scope_missing"),
        (429, RateLimited, "rate_limited"),
        (503, RetryLater, "http_503"),
    ],
)
def test_an_api_that_refuses_us_has_not_been_reached(
    status: int, error: type[ProviderError], code: str, client: ProviderClient, api: responses.RequestsMock
) -> None:
    api.get(NOBODYS, status=status)
    with pytest.raises(error) as caught:
        client.reach()
    assert caught.value.code == code
