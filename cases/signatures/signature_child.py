"""The child process that checks PDFs one after the other, with limited memory and time and no network.

One JSON object a line comes in, and JSON lines go out: {"ready": true} once; then for each file first what its
signatures tell, then whether its text names the organisation. Whoever started it kills it when a line is late. Where
reading the text takes all memory, it ends without the second line. Knows no Django.
"""

import contextlib
import datetime
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from asn1crypto import pem, x509

from cases.signatures import signature_verdict
from cases.signatures.one_signature import TrustBasis
from cases.signatures.pdf import pdf_text

# What a reader of files has no business with; a library that tries is stopped.
FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.sendto",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.chmod",
    "ctypes.dlopen",
)
# What is left of our room is in pieces: we end with this, and another process looks at the next file.
OUT_OF_MEMORY = 3


class TooLong(Exception):
    """The time for reading the text is over; the result of the signatures is sent already."""


def main() -> int:
    start = json.loads(sys.stdin.readline())
    limit(start["limits"])
    roots = tuple(x509.Certificate.load(pem.unarmor(root.encode("ascii"))[2]) for root in start["roots"])
    say({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        allow_cpu(start["limits"]["cpu_seconds"])
        had_since = datetime.datetime.fromisoformat(request["had_since"])
        try:
            data = Path(request["path"]).read_bytes()
            result = signature_verdict.check(data, TrustBasis(roots, had_since))
            say(result)
        except MemoryError:
            say({"verdict": "CANNOT_TELL", "explanation": "too_much_memory", "signatures": []})
            return OUT_OF_MEMORY
        is_pdf = result["verdict"] != "NOT_A_PDF"
        try:
            say({"about_us": about(data, request, start["limits"]["text_seconds"]) if is_pdf else None})
        except MemoryError:
            return OUT_OF_MEMORY
    return 0


def about(data: bytes, request: dict[str, Any], seconds: float) -> bool | None:
    """Whether the text names the organisation; None if it cannot be read, or no organisation was given.

    Raises MemoryError.
    """
    if not (request["number"] or request["name"]):
        return None
    try:
        with alarm(seconds):
            return pdf_text.names(data, request["number"], request["name"])
    except MemoryError:
        raise
    except Exception:
        return None


@contextlib.contextmanager
def alarm(seconds: float) -> Iterator[None]:
    def time_is_up(_signal: int, _frame: FrameType | None) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, time_is_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def limit(limits: dict[str, Any]) -> None:
    """Give up everything that reading a file does not need, for good."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    sys.addaudithook(refuse)


def allow_cpu(seconds: float) -> None:
    """Let the next file use so many seconds of CPU; using more ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def refuse(event: str, _arguments: object) -> None:
    if event in FORBIDDEN:
        raise PermissionError(event)


def say(words: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(words, default=moment) + "\n")
    sys.stdout.flush()


def moment(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    sys.exit(main())
