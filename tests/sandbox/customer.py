"""A provider's customer who speaks plain HTTP, and an ear for webhooks."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

from amlportal.sandbox.sessions.orders import EVENTS, EXPANDS, REPORTS

SCOPES = "aml_organization/basic aml_organization/OFAC"
PATIENCE = 60.0


def until(condition: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Wait for a condition and return what it said."""
    end = time.monotonic() + patience
    while not (met := condition()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
    return met


@dataclass
class Customer:
    """Calls the session API of a sandbox at a url."""

    url: str
    scopes: str = SCOPES
    http: requests.Session = field(default_factory=requests.Session)
    token: str = ""

    def __post_init__(self) -> None:
        self.http.trust_env = False
        discovery = f"{self.url}/auth/realms/sandbox/.well-known/openid-configuration"
        self.places = self.http.get(discovery, timeout=PATIENCE).json()
        if self.scopes:
            self.token = self.ask_token(scope=self.scopes).json()["access_token"]

    def ask_token(self, auth: Any = ("sandbox", "sandbox-secret"), **form: str) -> requests.Response:
        body = {"grant_type": "client_credentials", **form}
        return self.http.post(
            self.places["token_endpoint"], data=body, auth=auth, timeout=PATIENCE, allow_redirects=False
        )

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.http.request(
            method,
            f"{self.places['aml-baseurl']}/organization/session/{path}",
            headers=headers,
            timeout=PATIENCE,
            allow_redirects=False,
            **more,
        )

    def create(self, country: str, identifier: str, **order: Any) -> requests.Response:
        everything = {"reports": list(REPORTS), "expands": list(EXPANDS)}
        return self.call("POST", country, json={"identifier": identifier, **everything, **order})

    def open(self, country: str, identifier: str, **order: Any) -> str:
        answer = self.create(country, identifier, **order)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["sessionId"])

    def information(self, session: str) -> dict[str, Any]:
        answer = self.call("GET", session)
        assert answer.status_code == 200, answer.text
        content: dict[str, Any] = answer.json()
        return content

    def statuses(self, session: str) -> dict[str, str]:
        return {key: value for key, value in self.information(session).items() if key != "sessionId"}

    def json(self, session: str) -> requests.Response:
        return self.call("GET", f"{session}/json")

    def report(self, session: str, kind: str = "aml") -> requests.Response:
        return self.call("GET", f"{session}/report/{kind}")

    def wait_for(self, session: str, status: str = "READY") -> dict[str, str]:
        return until(lambda: {*(now := self.statuses(session)).values()} == {status} and now)

    def result(self, country: str, identifier: str, **order: Any) -> dict[str, Any]:
        """Order, wait and return the JSON result."""
        session = self.open(country, identifier, **{"reports": [], **order})
        until(lambda: self.statuses(session)["jsonData"] == "READY")
        content: dict[str, Any] = json.loads(self.json(session).content)
        return content

    def control(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.http.request(method, f"{self.url}/sandbox/{path}", timeout=PATIENCE, **more)

    def switch(self, scope: str, *faults: Any) -> None:
        answer = self.control("PUT", f"faults/{scope}", json=list(faults))
        assert answer.status_code == 200, answer.text

    def stats(self) -> dict[str, Any]:
        content: dict[str, Any] = self.control("GET", "stats").json()
        return content


class WebhookReceiver:
    """Listens for webhooks; `heard` holds path and body of each, in order."""

    def __init__(self, status: int = 200) -> None:
        self.heard: list[tuple[str, bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                receiver.heard.append((self.path, self.rfile.read(length)))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/hooks/aml/the-token"

    @property
    def webhook(self) -> dict[str, Any]:
        """What a create call says to be told of every event."""
        return {"url": self.url, "events": list(EVENTS)}

    @property
    def webhooks(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.heard]

    @property
    def words(self) -> list[str]:
        return [message["status"] for message in self.webhooks]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
