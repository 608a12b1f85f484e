"""The portal in this process, on real HTTP, against a sandbox: for tests that follow a session to its end."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import requests
from django.core.wsgi import get_wsgi_application

from amlportal.sandbox.server import RunningSandbox
from cases.models import AmlSession, Case
from cases.provider.numbers.identifiers import parse
from cases.workflows import capture_columns
from cases.workflows.capture import advancing
from cases.workflows.casework.cases import NewCase, open_case
from cases.workflows.ordering.session_requests import ResultRequest


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing: addresses of webhooks hold tokens."""


@contextmanager
def listening() -> Iterator[str]:
    """Serve the portal on a free port; give its address."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def order(number: str, *, country: str = "no", kind: str = "ORG", **result_request: Any) -> Case:
    identifier, _warnings = parse(country, kind, number)
    return open_case(
        NewCase(identifier, ResultRequest(**result_request), again_reason="Tests order as they please"), None
    )


def session_of(case: Case) -> AmlSession:
    return case.sessions.get()


def check_columns(case: Case) -> None:
    """Whatever was done: the columns that lists are made of say how the sessions of the case stand."""
    case = Case.objects.get(pk=case.pk)
    due = capture_columns.columns(list(case.sessions.order_by("-number").prefetch_related("artefacts")))
    assert {name: getattr(case, name) for name in due} == due


def drive(case: Case, seconds: float = 60, until: Any = lambda session: not session.is_active) -> AmlSession:
    """Advance what is due, as the queue would, until the session rests or `until` holds; give it as it stands."""
    ends = time.monotonic() + seconds
    while True:
        advancing.advance_due()
        session = session_of(case)
        if until(session):
            check_columns(case)
            return session
        assert time.monotonic() < ends, f"still {session.state} ({session.reason}) after {seconds} s"
        time.sleep(0.02)


def switch(sandbox: RunningSandbox, *faults: dict[str, Any], scope: str = "global") -> None:
    requests.put(
        f"{sandbox.url}/sandbox/faults/{scope}", json={"faults": list(faults)}, timeout=5
    ).raise_for_status()


def entities(session: AmlSession) -> dict[str, str]:
    """What became of each result: 'CAPTURED', 'CAPTURED invalid_json', 'FAILED http_403' …"""
    return {
        artefact.kind: " ".join(filter(None, [artefact.state, artefact.unreadable or artefact.reason]))
        for artefact in session.artefacts.all()
    }
