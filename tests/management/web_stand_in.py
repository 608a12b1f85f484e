"""A web process that answers as the portal does, on a free port; it may believe what it should not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORTAL, ANOTHER, BELIEVES_SCRIPT_NAME, BELIEVES_HTTPS = "portal", "another", "script name", "https"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind: str = self.server.kind  # type: ignore[attr-defined]
        path = self.path
        if kind == BELIEVES_SCRIPT_NAME:
            path = path.removeprefix(self.headers.get("SCRIPT_NAME", ""))
        is_https = kind == BELIEVES_HTTPS and self.headers.get("X-Forwarded-Proto") == "https"
        pages = {"/healthz": 200, "/login/": 200 if is_https else 301}
        self.send_response(200 if kind == ANOTHER else pages.get(path, 404))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening(kind: str = PORTAL) -> Iterator[int]:
    """Serve; give the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.kind = kind  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
