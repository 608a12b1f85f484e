"""A PostgreSQL server in a folder of its own, which may be crashed."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from amlportal.chaos.stack import free_port, wait_until

DEBIANS = Path("/usr/lib/postgresql/15/bin")
START_SECONDS = 120


@dataclass
class Server:
    """A server that loses nothing committed, as in production: nothing is switched off to make it faster."""

    folder: Path
    port: int = field(default_factory=free_port)
    user: str = "portal"
    password: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def address(self) -> str:
        return f"postgresql://{self.user}:{quote(self.password)}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        if os.geteuid() == 0:
            for path in (self.folder, secret):
                shutil.chown(path, "postgres", "postgres")
        who = ("--username", self.user, "--pwfile", str(secret), "--auth", "scram-sha-256")
        self._run("initdb", "--pgdata", str(self.data), *who, "--encoding", "UTF8", "--locale", "C.UTF-8")

    def start(self) -> None:
        options = (
            f"-c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c max_connections=200"
        )
        self._control("start", "--log", str(self.folder / "log"), "-o", f"-p {self.port} {options}")
        wait_until(self._answers, START_SECONDS, "PostgreSQL answers")

    def crash(self) -> None:
        """Stop the server abruptly: every connection breaks, and the next start has to recover."""
        self._control("stop", "--mode", "immediate")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.crash()

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def _answers(self) -> bool:
        command = [_program("pg_isready"), "--quiet", "--host", "127.0.0.1", "--port", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0  # noqa: S603 - its own program

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "--pgdata", str(self.data), "--wait", *words)

    def _run(self, program: str, *words: str) -> None:
        """Run one of PostgreSQL's programs, none of which accepts to be run by root."""
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
        subprocess.run(  # noqa: S603 - its own programs
            [*(user if os.geteuid() == 0 else []), _program(program), *words],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=START_SECONDS,
        )


def _program(name: str) -> str:
    found = shutil.which(name) or str(DEBIANS / name)
    if not Path(found).exists():
        raise FileNotFoundError(f"{name} is not installed; ./portal setup --dev")
    return found


def is_at_hand() -> bool:
    """Can a server be started here? As root that takes a user for it, and a program to become that user."""
    try:
        programs = [_program(name) for name in ("initdb", "pg_ctl", "pg_isready")]
        return bool(programs) and (
            os.geteuid() != 0 or bool(shutil.which("setpriv") and pwd.getpwnam("postgres"))
        )
    except (FileNotFoundError, KeyError):
        return False


@contextmanager
def running(**known: Any) -> Iterator[Server]:
    """Run a server; afterwards nothing of it is left. `known` may give its port and password."""
    # A folder of its own: its unprivileged user can enter no other.
    folder = Path(tempfile.mkdtemp(prefix="portal-postgresql-"))
    server = Server(folder, **known)
    try:
        server.make()
        server.start()
        yield server
    finally:
        try:
            server.stop()
        finally:
            shutil.rmtree(folder)
