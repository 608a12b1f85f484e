"""What the tests of webhooks stand on."""

import pytest

from cases.workflows.capture import webhooks
from cases.workflows.capture.refused_webhooks import RefusedWebhooks


@pytest.fixture(autouse=True)
def nothing_refused_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "refused_webhooks", RefusedWebhooks())
