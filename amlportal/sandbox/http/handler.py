"""Reads requests from the socket and writes answers to it, also the spoilt ones."""

import logging
import socket
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote

from amlportal.sandbox.http.exchange import Answer, Defect, Request, problem
from amlportal.sandbox.sandbox import Sandbox

MOST_BYTES = 1_000_000
MISSING_BYTES = 1000
DRIPS = 500
log = logging.getLogger(__name__)


class SandboxHandler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 with keep-alive; one thread each connection."""

    protocol_version = "HTTP/1.1"
    server_version = "aml-sandbox"
    sys_version = ""
    timeout = 75
    disable_nagle_algorithm = True
    sandbox: Sandbox

    def do_GET(self) -> None:
        """Read one request and answer it, whatever its method."""
        body = self._body()
        if body is None:
            return
        path = unquote(self.path.partition("?")[0])
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            answer = self.sandbox.answer(Request(self.command, path, headers, body))
        except Exception:
            log.exception("the sandbox could not answer %s", self.command)
            answer = problem(500, "internal", "The sandbox itself failed; see its log.")
        self._write(answer)

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: addresses name sessions."""

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal() or int(length) > MOST_BYTES:
            self.close_connection = True
            self._write(problem(413, "too_large", f"A body needs a Content-Length of at most {MOST_BYTES}."))
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _write(self, answer: Answer) -> None:
        if answer.defect is Defect.CUT:
            self._hang_up()
            return
        cut_short = answer.defect is Defect.TRUNCATED
        has_body = answer.status not in (204, 304)
        self.send_response_only(answer.status)
        self.send_header("Server", self.version_string())
        self.send_header("Date", answer.headers.get("Date") or self.date_time_string())
        for name, value in answer.headers.items():
            if name != "Date":
                self.send_header(name, value)
        if has_body:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body) + MISSING_BYTES * cut_short))
        if self.close_connection or cut_short:
            self.send_header("Connection", "close")
        try:
            self.end_headers()
            if has_body and self.command != "HEAD":
                self._send(answer)
        except ConnectionError:
            self.close_connection = True
        if cut_short:
            self._hang_up()

    def _send(self, answer: Answer) -> None:
        if not answer.drip_seconds:
            self.wfile.write(answer.body)
            return
        starts = range(0, len(answer.body), -(-len(answer.body) // DRIPS) or 1)
        for start in starts:
            if self.sandbox.stopping.wait(answer.drip_seconds / len(starts)):
                self.close_connection = True
                return
            self.wfile.write(answer.body[start : start + starts.step])

    def _hang_up(self) -> None:
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            log.debug("the other side hung up first")
