"""The sandbox as a program."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from amlportal.sandbox.options import Options
from amlportal.sandbox.server import RunningSandbox

SECRET_VARIABLE = "SANDBOX_CLIENT_SECRET"  # noqa: S105 (the name of a variable)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the sandbox's arguments to a parser."""
    default = Options()
    parser.add_argument("--host", default=default.host, help="address to listen on")
    parser.add_argument("--port", type=int, default=default.port, help="0 takes a free one")
    parser.add_argument(
        "--public-url", default=None, help="address others reach it at, when not http://HOST:PORT"
    )
    parser.add_argument(
        "--state-dir",
        type=Path,
        default=None,
        help="keeps its certificates and reports (else a temporary folder)",
    )
    parser.add_argument(
        "--json-seconds",
        type=_seconds,
        default=default.json_seconds,
        help="from creation until the JSON is ready",
    )
    parser.add_argument(
        "--report-seconds",
        type=_seconds,
        default=default.report_seconds,
        help="from creation until a report is ready",
    )
    parser.add_argument(
        "--lifetime-seconds", type=_seconds, default=default.lifetime_seconds, help="how long an entity lives"
    )
    parser.add_argument(
        "--token-seconds", type=int, default=default.token_seconds, help="how long a token lives"
    )
    parser.add_argument("--client-id", default=default.client_id)
    parser.add_argument(
        "--client-secret",
        default=None,
        help=f"else the variable {SECRET_VARIABLE}, else {default.client_secret}",
    )
    parser.add_argument("--public-key", type=Path, default=None, help="PEM or JWK file, for private_key_jwt")
    parser.add_argument(
        "--scopes", default=" ".join(default.scopes), help="scopes that are granted when asked for"
    )


def options_from(arguments: argparse.Namespace) -> Options:
    """Return the options that the arguments and the environment give."""
    secret = arguments.client_secret or os.environ.get(SECRET_VARIABLE) or Options().client_secret
    return Options(
        host=arguments.host,
        port=arguments.port,
        public_url=arguments.public_url.rstrip("/") if arguments.public_url else None,
        state_dir=arguments.state_dir,
        json_seconds=arguments.json_seconds,
        report_seconds=arguments.report_seconds,
        lifetime_seconds=arguments.lifetime_seconds,
        token_seconds=arguments.token_seconds,
        client_id=arguments.client_id,
        client_secret=secret,
        public_key=arguments.public_key,
        scopes=tuple(arguments.scopes.replace(",", " ").split()),
    )


def run(options: Options) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit status."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    try:
        running = RunningSandbox(options)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"sandbox: cannot start: {error}\n")
        return 1
    with running.start():
        sys.stdout.write(f"sandbox listening on {running.url}\n")
        sys.stdout.flush()
        ended.wait()
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sandbox from the shell."""
    parser = argparse.ArgumentParser(prog="sandbox", description="A stand-in for the provider.")
    add_arguments(parser)
    return run(options_from(parser.parse_args(arguments)))


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError("must be 0 or more seconds")
    return seconds
