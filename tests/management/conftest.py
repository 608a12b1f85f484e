import threading
from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django import Settings

from amlportal.sandbox.server import RunningSandbox
from cases.workflows import diagnostics, heartbeat
from cases.workflows.capture import advancing
from cases.workflows.diagnostics import database, database_role
from tests.management import web_stand_in
from tests.workflows.conftest import new_threads, one_sandbox, sandbox

__all__ = ["new_threads", "one_sandbox", "sandbox"]


@pytest.fixture
def worker(own_database: str, sandbox: RunningSandbox) -> Iterator[None]:
    """Somebody works on the queue while the command waits."""
    stopping = threading.Event()

    def work() -> None:
        try:
            while not stopping.wait(0.05):
                heartbeat.beat_of_this_cluster()
                advancing.advance_due()
        finally:
            connections.close_all()

    heartbeat.beat_of_this_cluster()
    thread = threading.Thread(target=work)
    thread.start()
    yield
    stopping.set()
    thread.join(timeout=30)


@pytest.fixture
def healthy(
    sandbox: RunningSandbox, settings: Settings, db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """An installation with which nothing is wrong; the tests' own PostgreSQL may forget, and they own its tables."""
    monkeypatch.setattr(database, "NEVER_OFF", ())
    monkeypatch.setattr(database_role, "check", lambda: iter(()))
    settings.PORTAL_URL = "http://localhost:8000"
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.AML_TRUST_ROOTS = [sandbox.root_pem.decode()]
    heartbeat.beat("cluster of the test")
    heartbeat.beat(heartbeat.DISPATCHER)
    with web_stand_in.listening() as settings.WEB_PORT:
        yield


def found(subject: str, verdict: str = "wrong") -> str:
    """Everything it says of the subject with that verdict, with what to do."""
    return " ".join(
        f"{finding.message} {finding.advice}"
        for finding in diagnostics.examine()
        if (finding.subject, finding.verdict) == (subject, verdict)
    )
