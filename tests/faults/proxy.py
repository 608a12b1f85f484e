"""A real proxy in front of the portal: nginx, with the very file that docs/operations.md tells people to use."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from amlportal.chaos.stack import free_port, wait_until

DOCUMENTED = Path(__file__).resolve().parents[2] / "docs" / "nginx.conf"
# nginx alone would drop names with an underscore; other proxies pass them on, so this one does too.
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
    access_log off;
    underscores_in_headers on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/portal.conf;
}}
"""
# For people nobody is let in where a test is about what is left then.
FOR_PEOPLE, FOR_NOBODY = "    location / {\n", "    location / {\n        deny all;\n"


@dataclass(frozen=True)
class Proxy:
    """Where it listens, by https, and the certificate to trust it by."""

    port: int
    certificate: str

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    @contextmanager
    def visitor(self, source: str = "127.0.0.1") -> Iterator["Visitor"]:
        """Somebody who comes from that address of this machine."""
        with Visitor(self) as one:
            one.source = source
            one.trust_env = False  # which may name other roots
            one.verify = self.certificate
            one.mount("https://", _From(source))
            yield one


class _From(HTTPAdapter):
    """Connects from one of this machine's addresses."""

    def __init__(self, source: str) -> None:
        self._source = source
        super().__init__()

    def init_poolmanager(self, *words: Any, **options: Any) -> None:
        super().init_poolmanager(*words, **options, source_address=(self._source, 0))


class Visitor(requests.Session):
    """A browser outside, and what an ill-behaved one does."""

    source: str

    def __init__(self, proxy: Proxy) -> None:
        super().__init__()
        self._proxy = proxy

    def request(self, *words: Any, **options: Any) -> requests.Response:  # type: ignore[override]
        return super().request(*words, **{"timeout": 30, **options})

    def sign_in(self, username: str, password: str, claimed: str = "") -> int:
        """The status of the answer; `claimed`: the address that the client itself says it has."""
        page = f"{self._proxy.address}/login/"
        token = self.get(page).text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        fields = {"csrfmiddlewaretoken": token, "username": username, "password": password}
        headers = {"Referer": page, "X-Forwarded-For": claimed}
        return self.post(page, fields, headers=headers, allow_redirects=False).status_code

    def drip(self, lines: ExitStack, path: str) -> ssl.SSLSocket:
        """Begin a form that is to come bit by bit."""
        here = ("127.0.0.1", self._proxy.port)
        plain = socket.create_connection(here, timeout=30, source_address=(self.source, 0))
        context = ssl.create_default_context(cafile=self._proxy.certificate)
        line = lines.enter_context(context.wrap_socket(plain, server_hostname="localhost"))
        line.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n".encode())
        return line


def _certificate(folder: Path) -> None:
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    names = ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*made, *files, *names], check=True, capture_output=True)


def configuration(folder: Path, port: int, web: str, *, for_people: bool) -> str:
    """The documented file with the names, places and addresses of this test."""
    text = DOCUMENTED.read_text(encoding="utf-8")
    ours = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "server_name portal.example;": "server_name localhost;",
        "/etc/ssl/portal.example.pem": str(folder / "certificate.pem"),
        "/etc/ssl/private/portal.example.key": str(folder / "key.pem"),
        "/var/log/nginx/portal-hooks.log": str(folder / "hooks.log"),
        "http://127.0.0.1:8000": web,
        **({} if for_people else {FOR_PEOPLE: FOR_NOBODY}),
    }
    for documented, here in ours.items():
        assert documented in text, documented
        text = text.replace(documented, here)
    return text


@contextmanager
def in_front_of(web: str, folder: Path, *, for_people: bool = True) -> Iterator[Proxy]:
    """Run nginx before the address."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
    assert program is not None, "nginx is missing: ./portal setup --dev"
    proxy = Proxy(free_port(), str(folder / "certificate.pem"))
    _certificate(folder)
    (folder / "portal.conf").write_text(configuration(folder, proxy.port, web, for_people=for_people))
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    process = subprocess.Popen([program, "-e", str(folder / "nginx.log"), "-c", str(folder / "nginx.conf")])
    try:
        wait_until((folder / "nginx.pid").exists, 20, "nginx runs")
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=20)
