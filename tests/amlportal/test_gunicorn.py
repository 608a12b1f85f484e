"""Gunicorn, as we start it, takes nobody's word for where the portal begins, and a proxy's alone for https."""

import json
import re
import select
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

import pytest

from amlportal.chaos.stack import free_port
from cases.management.commands.serve import WEB
from tests.echo import SECONDS
from tests.processes import environment

PROJECT = Path(__file__).resolve().parents[2]
FIRST_SECONDS = 60
ENDS_SECONDS = 60  # twice what gunicorn gives connections that are still open
PATH = "/hooks/login/"
NOTHING, HTTPS = ["", PATH, "http"], ["", PATH, "https"]


def ask(port: int, *headers: str) -> list[str]:
    """What an application is told of a request with these headers, byte for byte as they stand here."""
    request = "\r\n".join([f"GET {PATH} HTTP/1.0", "Host: localhost", *headers, "", ""])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request.encode())
        with connection.makefile("rb") as answer:
            head, _, body = answer.read().partition(b"\r\n\r\n")
    assert b" 200 " in head, head
    return list(json.loads(body))


@contextmanager
def gunicorn(application: str = "application", **changes: str) -> Iterator[int]:
    """Gunicorn with our configuration and an application that tells what it is told; gives its port."""
    port = free_port()
    process = subprocess.Popen(
        [*WEB, f"tests.echo:{application}"], cwd=PROJECT, env=environment(PORT=str(port), **changes)
    )
    try:
        ends = time.monotonic() + FIRST_SECONDS
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert process.poll() is None, "gunicorn ended"
            assert time.monotonic() < ends, "gunicorn does not listen"
            time.sleep(0.05)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=ENDS_SECONDS)


@pytest.mark.parametrize(
    ("changes", "to_a_proxy"),
    [
        ({"BEHIND_PROXY": "off"}, NOTHING),
        ({"BEHIND_PROXY": "on"}, HTTPS),
        ({"BEHIND_PROXY": "on", "PROXY_ADDRESSES": "192.0.2.1 2001:db8::/32"}, NOTHING),
    ],
)
def test_what_a_request_says_of_itself(changes: dict[str, str], to_a_proxy: list[str]) -> None:
    right = {
        ("SCRIPT_NAME: /hooks",): NOTHING,
        ("script_name: /hooks",): NOTHING,
        ("SCRIPT-NAME: /hooks",): NOTHING,
        ("PATH_INFO: /login/",): NOTHING,
        ("X-Forwarded-Ssl: on",): NOTHING,
        ("X-Forwarded-Protocol: ssl",): NOTHING,
        ("X-Forwarded-Proto: https",): to_a_proxy,
        ("X-Forwarded-Proto: https", "X-Forwarded-Ssl: off"): to_a_proxy,
    }
    with gunicorn(**changes) as port:
        assert {headers: ask(port, *headers) for headers in right} == right


def test_the_unit_in_the_documents_starts_it_as_serve_does() -> None:
    document = (PROJECT / "docs/operations.md").read_text(encoding="utf-8")
    started = re.findall(r"ExecStart=\S+/python (-m gunicorn .*)", document)
    assert started == [" ".join(WEB[1:])]


def send(port: int, head: str, body: bytes, pause: float = 0, *, is_cut: bool = False) -> tuple[str, float]:
    """Send a body, byte by byte if there is a pause, until there is an answer; give it and the seconds it took."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"POST / HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n".encode())
        for piece in [body[at : at + 1] for at in range(len(body))] if pause else [body]:
            connection.sendall(piece)
            if pause and select.select([connection], [], [], pause)[0]:
                break
        if is_cut:
            connection.shutdown(socket.SHUT_WR)
        answer = HTTPResponse(connection)
        answer.begin()
        answered = answer.read()
    return answered.decode(), time.monotonic() - began


def test_a_body_comes_whole_and_in_time_or_not_at_all() -> None:
    drip = b"x" * 1000
    with gunicorn("reading") as port:
        assert send(port, "Content-Length: 1000", drip)[0] == "1000"
        assert send(port, "Transfer-Encoding: chunked", b"3\r\nabc\r\n0\r\n\r\n")[0] == "3"
        assert send(port, "Content-Length: 1000", drip[:999], is_cut=True)[0] == "broken off"
        answered, seconds = send(port, "Content-Length: 1000", drip, 0.1)
        assert (answered, seconds < 3 * SECONDS) == ("broken off", True)
        answered, seconds = send(port, "Transfer-Encoding: chunked", b"3E8\r\n" + drip, 0.1)
        assert (answered, seconds < 3 * SECONDS) == ("NoMoreData", True)
