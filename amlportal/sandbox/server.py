"""Starting and stopping a sandbox, in a thread of this process."""

import socket
import socketserver
import sys
import tempfile
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from amlportal.sandbox.http.handler import SandboxHandler
from amlportal.sandbox.options import API_PATH, Options
from amlportal.sandbox.sandbox import Sandbox


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(self, address: tuple[str, int]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__(address, SandboxHandler)

    def server_bind(self) -> None:
        """Bind without asking the name service who we are, which may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Close every open connection."""
        with self._open_lock:
            connections = list(self._open)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class RunningSandbox:
    """A sandbox that listens; also a context manager that stops it."""

    def __init__(self, options: Options) -> None:
        self._own_folder = (
            tempfile.TemporaryDirectory(prefix="aml-sandbox-") if options.state_dir is None else None
        )
        folder = Path(self._own_folder.name if self._own_folder else str(options.state_dir))
        folder.mkdir(parents=True, exist_ok=True)
        self._server = _Server((options.host, options.port))
        self.port = int(self._server.server_address[1])
        self.url = options.public_url or _url(options.host, self.port)
        self.sandbox = Sandbox(options, self.url, folder)
        self.issuer = self.sandbox.issuer
        self.token_endpoint = self.sandbox.token_endpoint
        self.base_url = self.url + API_PATH
        handler = type("Handler", (SandboxHandler,), {"sandbox": self.sandbox})
        self._server.RequestHandlerClass = handler
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="sandbox-server",
            daemon=True,
        )

    def start(self) -> Self:
        """Begin to listen."""
        self.sandbox.start()
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening, hang up on everybody and drop what waits; also if it was never started."""
        self.sandbox.stop()
        if self._thread.is_alive():
            self._server.shutdown()  # waits for the thread, for ever where there is none
            self._thread.join(timeout=5)
        self._server.server_close()
        self._server.hang_up()
        if self._own_folder is not None:
            self._own_folder.cleanup()

    def stats(self) -> dict[str, Any]:
        """Return every count."""
        return self.sandbox.control.read_stats()

    @property
    def root_pem(self) -> bytes:
        """The root certificate that its reports are signed under."""
        return self.sandbox.report_store.authority.root_pem

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(**options: Any) -> RunningSandbox:
    """Start a sandbox in this process; the fields of `Options` as keywords, a free port by default."""
    return RunningSandbox(Options(**options)).start()


def _url(host: str, port: int) -> str:
    reachable = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"
