import threading
from collections.abc import Iterator

import pytest
from django.db import connections

from amlportal.sandbox.server import RunningSandbox
from cases.workflows import advancing, pulse
from tests.workflows.conftest import new_threads, one_sandbox, sandbox

__all__ = ["new_threads", "one_sandbox", "sandbox"]


@pytest.fixture
def worker(own_database: str, sandbox: RunningSandbox) -> Iterator[None]:
    """Somebody works on the queue while the command waits."""
    stopping = threading.Event()

    def work() -> None:
        try:
            while not stopping.wait(0.05):
                pulse.beat_of_this_cluster()
                advancing.advance_due()
        finally:
            connections.close_all()

    pulse.beat_of_this_cluster()
    thread = threading.Thread(target=work)
    thread.start()
    yield
    stopping.set()
    thread.join(timeout=30)
