"""A sandbox that listens, and those who speak with it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from amlportal.sandbox import server
from tests.sandbox.customer import Customer, WebhookReceiver

QUICK = {"json_seconds": 0.02, "report_seconds": 0.04}
Starter = Callable[..., server.RunningSandbox]


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.RunningSandbox]:
    with server.start(state_dir=tmp_path_factory.mktemp("sandbox"), **QUICK) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: server.RunningSandbox) -> server.RunningSandbox:
    """The quick sandbox of this worker, as if it had just been started."""
    Customer(running.url, scopes="").control("POST", "reset")
    return running


@pytest.fixture
def start(running: server.RunningSandbox) -> Iterator[Starter]:
    """Start one more sandbox with options of its own; it shares the reports already made."""
    with ExitStack() as stack:

        def starter(**options: Any) -> server.RunningSandbox:
            folder = running.sandbox.report_store.folder
            return stack.enter_context(server.start(**{"state_dir": folder, **QUICK, **options}))

        yield starter


@pytest.fixture
def customer(sandbox: server.RunningSandbox) -> Customer:
    return Customer(sandbox.url)


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    listening = WebhookReceiver()
    yield listening
    listening.close()
