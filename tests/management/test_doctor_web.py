"""The doctor asks the web that runs whom it believes."""

from typing import Any

import pytest
from pytest_django import Settings

from amlportal.chaos.stack import free_port
from tests.management.conftest import found
from tests.management.web_stand_in import (
    ANOTHER,
    BELIEVES_HTTPS,
    BELIEVES_SCRIPT_NAME,
    PORTAL,
    listening,
)

OF_LOOPBACK, OF_ANOTHER = ["127.0.0.0/8"], ["192.0.2.1"]
HTTP: dict[str, Any] = {"SECURE": False}
HTTPS: dict[str, Any] = {"SECURE": True, "BEHIND_PROXY": False}
BEHIND: dict[str, Any] = {"SECURE": True, "BEHIND_PROXY": True}


@pytest.mark.parametrize(
    ("kind", "changes", "verdict", "message"),
    [
        (PORTAL, HTTP, "ok", "lets no request say"),
        (PORTAL, HTTPS, "ok", "lets no request say"),
        (BELIEVES_HTTPS, {**BEHIND, "PROXY_ADDRESSES": OF_LOOPBACK}, "ok", "lets no request say"),
        (PORTAL, {**BEHIND, "PROXY_ADDRESSES": OF_ANOTHER}, "ok", "lets no request say"),
        (BELIEVES_SCRIPT_NAME, HTTP, "wrong", "believes the header SCRIPT_NAME"),
        (BELIEVES_SCRIPT_NAME, HTTPS, "wrong", "believes the header SCRIPT_NAME"),
        (BELIEVES_HTTPS, HTTPS, "wrong", "although BEHIND_PROXY is off"),
        (PORTAL, {**BEHIND, "PROXY_ADDRESSES": OF_LOOPBACK}, "wrong", "does not believe the proxy"),
        (ANOTHER, HTTP, "warning", "is not the portal"),
    ],
)
def test_whom_the_web_believes(
    kind: str, changes: dict[str, Any], verdict: str, message: str, *, healthy: None, settings: Settings
) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    with listening(kind) as settings.WEB_PORT:
        assert message in found("web", verdict)


def test_a_web_that_is_not_there(healthy: None, settings: Settings) -> None:
    settings.WEB_PORT = free_port()
    assert "Nothing answers at 127.0.0.1" in found("web", "warning")
