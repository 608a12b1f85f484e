"""What `serve` says when it starts."""

from typing import Any

import pytest
from pytest_django import Settings

from cases.management.commands import serve
from cases.workflows.diagnostics.environment import is_loopback
from tests.management.commands import run


@pytest.mark.parametrize("is_behind", [True, False])
def test_without_a_proxy_it_says_what_that_means(
    is_behind: bool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_words: Any, **_options: Any) -> None:
        """Start nothing."""

    monkeypatch.setattr(serve, "keep", nothing)
    monkeypatch.setattr(serve, "call_command", nothing)
    settings.BEHIND_PROXY = is_behind
    assert ("No proxy in front" not in run("serve").out) == is_behind


def test_who_can_reach_what_listens() -> None:
    from_here_alone = ["127.0.0.1", "127.0.0.9", "::1", "[::1]", "localhost"]
    from_elsewhere = ["0.0.0.0", "::", "[::]", "192.0.2.1", "portal.example"]  # noqa: S104 - asked about, not listened at
    assert [text for text in from_here_alone if not is_loopback(text)] == []
    assert [text for text in from_elsewhere if is_loopback(text)] == []
