"""Webhooks at the portal's own gunicorn, and the same requests at a Django that does nothing, served alike."""

import json
import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction

from amlportal.chaos.stack import answers, free_port, wait_until
from amlportal.processes import Child, stop
from cases.management.commands import serve
from cases.models import Delivery
from tests import databases, factories
from tests.processes import environment

HERE = Path(__file__).parent
SENDERS = 16  # as many as the server has threads
DELIVERIES_A_SESSION = 5


@dataclass(frozen=True)
class Pace:
    """Webhooks a second, and the CPU time of the web server's processes for each (ms)."""

    a_second: float
    cpu: float


@dataclass(frozen=True)
class Web:
    """A web server that runs. Its processes are those of one session of the system's."""

    address: str
    session: int

    def cpu(self) -> float:
        """Seconds that its processes have worked so far."""
        fields = [_fields(folder) for folder in Path("/proc").glob("[0-9]*")]
        own = [of_one for of_one in fields if of_one and int(of_one[3]) == self.session]
        return sum(int(ticks) for of_one in own for ticks in of_one[11:13]) / os.sysconf("SC_CLK_TCK")


def _fields(folder: Path) -> list[str]:
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []  # it has ended


@contextmanager
def portal() -> Iterator[Web]:
    """The portal's web server, as `manage.py serve` starts it."""
    port = free_port()
    web = Child("web", [*serve.WEB])
    more = {"DATABASE_URL": databases.address(), "LOG_LEVEL": "ERROR", "HOST": "127.0.0.1", "PORT": str(port)}
    web.environment.update(environment(**more))
    yield from _served(web, f"http://127.0.0.1:{port}", "/healthz")


@contextmanager
def ping() -> Iterator[Web]:
    """The bare Django, under the same web server."""
    port = free_port()
    web = Child("ping", [*serve.WEB, "--pythonpath", str(HERE), "ping:application"])
    web.environment.update(environment(HOST="127.0.0.1", PORT=str(port)))
    yield from _served(web, f"http://127.0.0.1:{port}", "/ping")


def _served(web: Child, address: str, path: str) -> Iterator[Web]:
    web.start()
    assert web.process is not None
    try:
        wait_until(lambda: answers(address + path), 60, f"{path} answers")
        yield Web(address, web.process.pid)
    finally:
        stop([web])


def of_sessions(web: Web, many: int) -> list[bytes]:
    """True webhooks for sessions that wait for them, five for each, each at its turn."""
    requests = []
    for _ in range(many // DELIVERIES_A_SESSION):
        with transaction.atomic():
            session = factories.session(results={"json": "ASKED"})
            attempt = factories.attempt(session)
        body = {"sessionId": session.provider_id, "status": "JsonDataReady"}
        requests.append(_request(web, f"/hooks/aml/{attempt.token}", body))
    return requests * DELIVERIES_A_SESSION


def of_strangers(web: Web, many: int) -> list[bytes]:
    """Webhooks at an address that is nobody's."""
    return [_request(web, "/hooks/aml/of-nobody", {"sessionId": "s", "status": "JsonDataReady"})] * many


def pings(web: Web, many: int) -> list[bytes]:
    return [_request(web, "/ping", {"sessionId": "s", "status": "JsonDataReady"})] * many


def send(web: Web, requests: Sequence[bytes]) -> Pace:
    """Send them all, over connections that are kept."""
    place = urlsplit(web.address).hostname, urlsplit(web.address).port
    waiting, turn = iter(requests), threading.Lock()

    def send_some() -> None:
        with socket.create_connection(place) as connection:
            while True:
                with turn:
                    request = next(waiting, None)
                if request is None:
                    return
                connection.sendall(request)
                _await_ok(connection)

    wall, cpu = time.perf_counter(), web.cpu()
    with ThreadPoolExecutor(SENDERS) as senders:
        for done in [senders.submit(send_some) for _ in range(SENDERS)]:
            done.result()
    wall, cpu = time.perf_counter() - wall, web.cpu() - cpu
    return Pace(len(requests) / wall, cpu / len(requests) * 1000)


def kept() -> int:
    return Delivery.objects.count()


def _request(web: Web, path: str, body: dict[str, str]) -> bytes:
    data = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: {urlsplit(web.address).netloc}\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data


def _await_ok(connection: socket.socket) -> None:
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):  # none of these answers has a body
        more = connection.recv(4096)
        assert more, "the server hung up"
        answer += more
    assert answer.startswith(b"HTTP/1.1 200"), answer[:100]
