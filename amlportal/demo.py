"""`./portal demo`: the whole portal with a sandbox provider and sample cases, on loopback. Needs no settings."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from amlportal import env
from amlportal.private_files import make_private
from amlportal.processes import MANAGE, Child, keep, stop
from amlportal.sandbox.reports.signing import kept_authority

BASE_DIR = Path(__file__).resolve().parent.parent
FOLDER = BASE_DIR / "var" / "demo"
ENV_FILE = FOLDER / "env"
SANDBOX_STATE = FOLDER / "sandbox"
ROOT_FILE = SANDBOX_STATE / "root.pem"
SAMPLE_CASES = "40"
START_SECONDS = 90
USAGE = """\
Usage: ./portal demo

Starts the whole portal with a sandbox provider and sample cases, on this machine alone, until Ctrl-C.
It takes no words; PORT (8000) and SANDBOX_PORT (8090) in the environment name other ports."""
ROLES = ("analyst", "reviewer", "lead", "auditor", "suspicion", "administrator")


class PortTaken(Exception):
    """A port that was asked for is taken, or is no port number."""


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # Connections that were just closed do not keep a server from listening, nor this probe.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def port_for(variable: str, wanted: str | None, usual: int, other: int | None = None) -> int:
    """The port that the variable names, which must be free; without one, the first free port from `usual` on.

    It is never the `other`, which is free as long as nothing of ours listens there.
    """
    if wanted is None:
        return next(port for port in range(usual, usual + 100) if port != other and is_free(port))
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise PortTaken(f"{variable}: {wanted!r} is not a port number")
    if not is_free(int(wanted)):
        raise PortTaken(
            f"{variable}: port {wanted} of 127.0.0.1 is taken. Name another, or stop what listens there."
        )
    if int(wanted) == other:
        raise PortTaken(f"{variable}: {wanted} is the port of the web; the sandbox needs one of its own")
    return int(wanted)


def two_ports(web: str | None, sandbox: str | None) -> tuple[int, int]:
    """The ports of the web and of the sandbox. Where only one is named, the other keeps clear of it."""
    if web is None and sandbox is not None:
        sandbox_port = port_for("SANDBOX_PORT", sandbox, 8090)
        return port_for("PORT", None, 8000, sandbox_port), sandbox_port
    web_port = port_for("PORT", web, 8000)
    return web_port, port_for("SANDBOX_PORT", sandbox, 8090, web_port)


def settings(web_port: int, sandbox_port: int, kept: dict[str, str]) -> dict[str, str]:
    """The environment of the demo; secrets are made once and kept."""
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    return {
        "SECRET_KEY": kept.get("SECRET_KEY") or secrets.token_urlsafe(48),
        "DEMO_PASSWORD": kept.get("DEMO_PASSWORD") or f"demo-{secrets.token_hex(5)}",
        "VAR_DIR": str(FOLDER),
        "PORT": str(web_port),
        "PORTAL_URL": f"http://127.0.0.1:{web_port}",
        "ALLOWED_HOSTS": "127.0.0.1 localhost",
        "AML_ISSUER": f"{sandbox}/auth/realms/sandbox",
        "AML_TRUST_ROOTS": str(ROOT_FILE),
        "LOG_LEVEL": "WARNING",
        "AML_CLIENT_ID": "sandbox",
        "AML_CLIENT_SECRET": kept.get("AML_CLIENT_SECRET") or secrets.token_urlsafe(24),
    }


def write_env_file(values: dict[str, str]) -> None:
    ENV_FILE.parent.mkdir(parents=True, exist_ok=True)
    half = ENV_FILE.with_suffix(".new")
    lines = [
        "# Made by ./portal demo; commands in another terminal read it.",
        *(f"{k}={v}" for k, v in values.items()),
    ]
    half.write_text("\n".join(lines) + "\n", encoding="utf-8")
    half.replace(ENV_FILE)


def trust_the_sandbox() -> None:
    """Store the sandbox's root certificate where the portal looks for the roots it trusts."""
    SANDBOX_STATE.mkdir(parents=True, exist_ok=True)
    ROOT_FILE.write_bytes(kept_authority(SANDBOX_STATE).root_pem)


def read_env_file() -> dict[str, str]:
    return env.read_file(ENV_FILE) if ENV_FILE.exists() else {}


def manage(*words: str) -> None:
    subprocess.run([*MANAGE, *words], check=True)  # noqa: S603 - our own program


def wait_for(address: str) -> None:
    ends = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own loopback address
                return
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


def welcome(values: dict[str, str], sandbox: str) -> str:
    logins = "\n".join(f"    {role:<14} password {values['DEMO_PASSWORD']}" for role in ROLES)
    return f"""
The AML portal runs on  {values["PORTAL_URL"]}

  Sign in as one of
{logins}

  The sandbox provider, its organisations and its faults:  {sandbox}
  In another terminal:  ./portal manage open_case --country no --identifier 317835337 --wait 30
  Ctrl-C stops everything; what you did is kept in var/demo.
"""


def prepare(values: dict[str, str]) -> None:
    """The environment, the root to trust, the database and the sample cases."""
    trust_the_sandbox()
    write_env_file(values)
    env.forget(env.OF_ANOTHER_PORTAL)  # the demo speaks to its own sandbox and nothing else
    os.environ.update(values, PORTAL_ENV_FILE="")
    print("Preparing the database and sample cases …", flush=True)
    manage("migrate", "--verbosity", "0")
    people = ("--people", "--password", values["DEMO_PASSWORD"])
    manage("seed", *people, "--cases", SAMPLE_CASES, "--verbosity", "0")


def programs(values: dict[str, str], web_port: int, sandbox_port: int) -> list[Child]:
    state = ("--state-dir", str(SANDBOX_STATE))
    return [
        Child(
            "sandbox",
            [sys.executable, "-m", "amlportal.sandbox", "--port", str(sandbox_port), *state],
            {"SANDBOX_CLIENT_SECRET": values["AML_CLIENT_SECRET"]},
        ),
        Child("portal", [*MANAGE, "serve"], {"PORT": str(web_port)}),
    ]


def main(words: Sequence[str]) -> int:
    if words:
        is_help = words[0] in {"-h", "--help", "help"}
        print(USAGE, file=sys.stdout if is_help else sys.stderr)
        return 0 if is_help else 2
    make_private()  # it writes before any of its programs reads the settings
    try:
        web_port, sandbox_port = two_ports(os.environ.get("PORT"), os.environ.get("SANDBOX_PORT"))
    except PortTaken as problem:
        print(problem, file=sys.stderr)
        return 1
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    values = settings(web_port, sandbox_port, read_env_file())
    children = programs(values, web_port, sandbox_port)
    try:
        prepare(values)
        for child in children:
            child.start()
        wait_for(sandbox)
        wait_for(f"{values['PORTAL_URL']}/healthz")
    except (OSError, subprocess.CalledProcessError):
        stop(children)
        print("It did not start; the reason is above.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        stop(children)
        return 0
    print(welcome(values, sandbox), flush=True)
    keep(children, grace_seconds=20)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
