"""A provider on a real socket, for what a mocked HTTP library cannot show: cuts, drips, lies and kept connections."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SESSION = "/organization/session"


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: tuple[str, int]


class Exchange(BaseHTTPRequestHandler):
    """One request, with ways to answer it badly."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, ValueError):
            self.close_connection = True

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        provider = self.server.provider
        provider.note(Seen(self.command, self.path, dict(self.headers), body, self.client_address))
        provider.handler(self.command, self.path)(self)

    def json(self, content: object, status: int = 200, **headers: str) -> None:
        """Answer properly."""
        self.bytes(json.dumps(content).encode(), status, **headers)

    def bytes(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Answer with these bytes and their right length, unless headers say otherwise."""
        self.begin(status, **{"Content_Length": str(len(body)), **headers})
        self.wfile.write(body)

    def begin(self, status: int = 200, **headers: str) -> None:
        """Send status and headers, of which none is made up but Date."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def cut(self) -> None:
        """Break the connection off as a dying machine does, with a reset."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def drip(self, data: bytes, every: float) -> None:
        """Send byte after byte until the other side has had enough or the provider stops."""
        self.close_connection = True
        for byte in data:
            if self.server.provider.stopped.wait(every):
                return
            self.connection.sendall(bytes([byte]))

    def stall(self) -> None:
        """Say nothing until the provider stops."""
        self.close_connection = True
        self.server.provider.stopped.wait(60)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    provider: "LocalProvider"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news here."""


Handler = Callable[[Exchange], None]


@dataclass
class LocalProvider:
    """Answers discovery and tokens as the contract says, and everything else as a test says."""

    url: str = ""
    scope: str | None = None
    expires_in: object = 300
    seen: list[Seen] = field(default_factory=list)
    handlers: dict[tuple[str, str], Handler] = field(default_factory=dict)
    stopped: threading.Event = field(default_factory=threading.Event)
    tokens: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, seen: Seen) -> None:
        with self.lock:
            self.seen.append(seen)

    def on(self, method: str, path: str, *handlers: Handler) -> None:
        """Answer a path with these, one after the other, the last for ever."""
        queue = list(handlers)

        def next_one(exchange: Exchange) -> None:
            with self.lock:
                handler = queue.pop(0) if len(queue) > 1 else queue[0]
            handler(exchange)

        self.handlers[method, path] = next_one

    def handler(self, method: str, path: str) -> Handler:
        if (method, path) in self.handlers:
            return self.handlers[method, path]
        if path == "/.well-known/openid-configuration":
            places = {"issuer": self.url, "token_endpoint": f"{self.url}/token", "aml-baseurl": self.url}
            return lambda it: it.json(places)
        if path == "/token":
            return self.grant
        return lambda it: it.json({"error": "not_found", "message": "Nothing here."}, 404)

    def grant(self, exchange: Exchange) -> None:
        with self.lock:
            self.tokens += 1
            token = f"token-{self.tokens}"
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": self.expires_in}
        exchange.json(answer if self.scope is None else {**answer, "scope": self.scope})

    def count(self, method: str, path: str) -> int:
        with self.lock:
            return sum(seen.method == method and seen.path == path for seen in self.seen)


@contextmanager
def running() -> Iterator[LocalProvider]:
    """Serve on a free port until the block ends."""
    server = _Server(("127.0.0.1", 0), Exchange)
    provider = LocalProvider(url=f"http://127.0.0.1:{server.server_address[1]}")
    server.provider = provider
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
