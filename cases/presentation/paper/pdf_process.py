"""Have a document made into a PDF by a process of its own, with limits of memory and time (pdf.py)."""

import errno
import hashlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
PROGRAM = [sys.executable, "-m", "cases.presentation.paper.pdf"]
MOST_SECONDS = 180.0
CHECKED_EVERY_SECONDS = 0.05
# The same words give the same bytes, without the time at which a font was made smaller.
SAME_EVERY_TIME = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
# What the program may know of its surroundings: no settings, and none of their secrets.
TAKEN_ALONG = (
    "PATH",
    "HOME",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "LD_LIBRARY_PATH",
)


class NotPrinted(Exception):
    """No PDF could be made. `problem` is the kind of what went wrong, never its text."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class TooLarge(NotPrinted):
    """Making the PDF took more memory, time or room on disk than a document may."""

    @property
    def is_killed(self) -> bool:
        """Was it ended from outside? The kernel does so for want of memory, but so may anybody else."""
        return self.problem == signal.SIGKILL.name


@dataclass(frozen=True)
class Printed:
    """A PDF that was written whole."""

    path: Path
    pages: int
    size: int
    sha256: str


@contextmanager
def printed(
    html: str,
    folder: Path,
    beat: Callable[[], None],
    program: list[str] = PROGRAM,
    most_seconds: float = MOST_SECONDS,
) -> Iterator[Printed]:
    """Make a PDF in the folder, there until the block ends. Raises NotPrinted, TooLarge, and whatever `beat` raises.

    Raises OSError for what this machine lacked, be it here or in the child.

    `beat` is called all the while. Nothing is left of process and files, however the block ends; should this process
    die, its child ends with it, and the files are for a sweep to take.
    """
    source = folder / f"report-{secrets.token_hex(8)}.html"
    target = source.with_suffix(".pdf")
    try:
        source.touch(0o600, exist_ok=False)
        source.write_text(html, encoding="utf-8", errors="replace")
        pages = _run([*program, str(source), str(target)], beat, most_seconds)
        data = target.read_bytes()
        yield Printed(target, pages, len(data), hashlib.sha256(data).hexdigest())
    finally:
        for path in (source, target, target.with_name(f"{target.name}.part")):
            path.unlink(missing_ok=True)


def _run(command: list[str], beat: Callable[[], None], most_seconds: float) -> int:
    """Run the program to its end; give the number of pages it says."""
    child = subprocess.Popen(  # noqa: S603 - our own program
        command,
        cwd=PROJECT,
        env=SAME_EVERY_TIME | {name: os.environ[name] for name in TAKEN_ALONG if name in os.environ},
        stdin=subprocess.PIPE,  # its end tells the child that we are no more
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what it complains of may name people
        start_new_session=True,
    )
    try:
        ends = time.monotonic() + most_seconds
        while child.poll() is None:
            beat()
            if time.monotonic() > ends:
                raise TooLarge("Timeout")
            time.sleep(CHECKED_EVERY_SECONDS)
        output = child.stdout.read() if child.stdout else b""
    finally:
        _end(child)
    return _pages(child.returncode, output)


def _pages(status: int, output: bytes) -> int:
    if status < 0:  # a limit, or the kernel for want of memory
        raise TooLarge(signal.Signals(-status).name)
    try:
        words = json.loads(output)
    except ValueError as problem:
        raise NotPrinted("Silence") from problem
    if words.get("problem") == "MemoryError" or words.get("errno") == errno.EFBIG:
        raise TooLarge(str(words["problem"]))
    if isinstance(words.get("errno"), int):
        raise OSError(words["errno"], os.strerror(words["errno"]))
    if status or "pages" not in words:
        raise NotPrinted(str(words.get("problem", "Silence"))[:40])
    return int(words["pages"])


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill a child that still runs, with its process group, and close its pipes."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            pipe.close()
