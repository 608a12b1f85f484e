"""An order for which no connection was made was never placed, whatever kept it from being made."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cases.provider.client import ProviderClient
from cases.provider.errors import RetryLater
from tests.provider.conftest import config_for
from tests.provider.local_provider import free_port


def full_listener() -> socket.socket:
    """A listener whose queue is full: further connections are never answered."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    return listener


def test_an_order_to_a_closed_port_was_never_placed(tmp_path, provider, order) -> None:
    client = ProviderClient(
        config_for(tmp_path, issuer=provider.url, base_url=f"http://127.0.0.1:{free_port()}")
    )
    with pytest.raises(RetryLater) as error:
        client.create_session(order)
    assert (type(error.value), error.value.code) == (RetryLater, "connection_refused")


def test_an_order_that_never_got_a_connection_was_never_placed(tmp_path, provider, order) -> None:
    with closing(full_listener()) as listener:
        port = listener.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        base_url = f"http://127.0.0.1:{port}"
        client = ProviderClient(
            config_for(tmp_path, issuer=provider.url, base_url=base_url, connect_seconds=0.3)
        )
        with pytest.raises(RetryLater) as error:
            client.create_session(order)
        for filler in fillers:
            filler.close()
    assert (type(error.value), error.value.code) == (RetryLater, "timeout")


def test_an_order_to_an_unknown_name_was_never_placed(tmp_path, provider, order, monkeypatch) -> None:
    known = socket.getaddrinfo

    def resolve(host, *words, **named):
        if host == "api.provider.example":
            raise socket.gaierror(-2, "Name or service not known")
        return known(host, *words, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    client = ProviderClient(
        config_for(tmp_path, issuer=provider.url, base_url="https://api.provider.example")
    )
    with pytest.raises(RetryLater) as error:
        client.create_session(order)
    assert (type(error.value), error.value.code) == (RetryLater, "name_unknown")


def serve_once(sock: socket.socket, act: Callable[[socket.socket], None]) -> None:
    def run() -> None:
        connection, _ = sock.accept()
        with closing(connection):
            act(connection)

    threading.Thread(target=run, daemon=True).start()


def self_signed(folder: Path) -> ssl.SSLContext:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost"
        f" -keyout {key} -out {certificate}".split(),
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def test_an_order_to_a_server_nobody_vouches_for_was_never_placed(tmp_path, provider, order) -> None:
    context = self_signed(tmp_path)
    heard: list[bytes] = []

    def act(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True) as secure:
                heard.append(secure.recv(100))
        except OSError:
            heard.append(b"")

    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        serve_once(server, act)
        base_url = f"https://localhost:{server.getsockname()[1]}"
        client = ProviderClient(config_for(tmp_path, issuer=provider.url, base_url=base_url))
        with pytest.raises(RetryLater) as error:
            client.create_session(order)
    assert (type(error.value), error.value.code) == (RetryLater, "tls_failed")
    assert not any(heard)


def test_a_handshake_that_never_ends_is_a_connection_never_made(tmp_path, provider, order) -> None:
    done = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        serve_once(server, lambda _: done.wait(10) and None)
        base_url = f"https://localhost:{server.getsockname()[1]}"
        client = ProviderClient(
            config_for(tmp_path, issuer=provider.url, base_url=base_url, connect_seconds=0.3)
        )
        with pytest.raises(RetryLater) as error:
            client.create_session(order)
        done.set()
    assert (type(error.value), error.value.code) == (RetryLater, "timeout")
