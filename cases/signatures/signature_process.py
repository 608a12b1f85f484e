"""The child process that checks PDFs: started once for many, watched, killed when late, its answers checked."""

import contextlib
import datetime
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cases.signatures import signature_result, signature_words
from cases.signatures.signature_result import SignatureResult

PROGRAM = (sys.executable, "-B", "-E", "-s", "-m", "cases.signatures.signature_child")
PROJECT = Path(__file__).resolve().parent.parent.parent
LONGEST_ANSWER = 256 * 1024  # bytes
START_SECONDS = 60.0  # imports on a machine that has much else to do
TICK_SECONDS = 1.0


class NotChecked(Exception):
    """The process does not start. That says nothing of any file: try again later."""


class NotDone(NotChecked):
    """The process was late, or ended by other than its limits: the file may be why, or the machine's load.

    Only who tries again learns which. `word` explains it if nobody does.
    """

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True)
class Limits:
    """What one check may cost. `memory` is address space, in bytes, of which an idle process has about 85 MB."""

    memory: int = 640 * 2**20
    cpu_seconds: float = 10
    text_seconds: float = 5
    seconds: float = 20
    largest_file: int = 96 * 2**20


USUAL = Limits()


@dataclass(frozen=True)
class Subject:
    """A file on this disk, which organisation it should be about, and since when the portal has had it."""

    path: Path
    number: str
    name: str
    had_since: datetime.datetime

    def as_request(self) -> dict[str, str]:
        number = "".join(text for text in self.number if text.isalnum())
        return {
            "path": str(self.path),
            "number": number,
            "name": self.name,
            "had_since": self.had_since.isoformat(),
        }


class _Late(Exception):
    pass


class _Ended(Exception):
    pass


def _nothing() -> None:
    pass


class SignatureChecker:
    """Checks one file after the other in the process. `tick` is called about every second while it waits."""

    def __init__(
        self, roots: Sequence[str], limits: Limits = USUAL, tick: Callable[[], None] = _nothing
    ) -> None:
        self._roots, self._limits, self._tick = list(roots), limits, tick
        self._process: subprocess.Popen[bytes] | None = None
        self._read = b""

    def check(self, subject: Subject) -> SignatureResult:
        """Check a file; that it needs more work or memory than allowed is a result too. Raises NotChecked."""
        if subject.path.stat().st_size > self._limits.largest_file:
            return SignatureResult.cannot_tell(signature_words.TOO_LARGE)
        self._start()
        ends = time.monotonic() + self._limits.seconds
        try:
            self._say(subject.as_request())
            result = signature_result.result_from(self._hear(ends))
        except _Late:
            self.stop()
            raise NotDone(signature_words.NOT_IN_TIME) from None
        except _Ended:
            if not self._used_up_its_time():
                raise NotDone(signature_words.BROKE_OFF) from None
            return SignatureResult.cannot_tell(signature_words.TOO_MUCH_TIME)
        if result.explanation == signature_words.TOO_MUCH_MEMORY:
            self.stop()
            return result
        return replace(result, about_us=self._about(ends))

    def stop(self) -> None:
        """End the process, by its own group, and wait until it is gone."""
        process, self._process, self._read = self._process, None, b""
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _about(self, ends: float) -> bool | None:
        """Whether the text names the organisation, None if unknown; the verdict stands whatever becomes of it."""
        try:
            answer = self._hear(ends)
        except (_Late, _Ended):
            self.stop()
            return None
        about = answer.get("about_us") if isinstance(answer, dict) else None
        return about if isinstance(about, bool) else None

    def _start(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.stop()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                PROGRAM,
                cwd=PROJECT,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},  # none of our secrets
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # its library logs names
                start_new_session=True,
                close_fds=True,
            )
            self._say({"roots": self._roots, "limits": asdict(self._limits)})
            ready = self._hear(time.monotonic() + START_SECONDS)
        except (OSError, _Late, _Ended) as problem:
            self.stop()
            raise NotChecked(type(problem).__name__) from problem
        if not (isinstance(ready, dict) and ready.get("ready") is True):
            self.stop()
            raise NotChecked("no greeting")

    def _say(self, words: Mapping[str, object]) -> None:
        pipe = self._process.stdin if self._process else None
        if pipe is None:
            raise _Ended
        try:
            pipe.write(json.dumps(words).encode("ascii") + b"\n")
            pipe.flush()
        except OSError as problem:
            raise _Ended from problem

    def _hear(self, ends: float) -> object:
        """The next line of the process, parsed; None if it is no JSON, or too long. Raises _Late, or _Ended."""
        pipe = self._process.stdout if self._process else None
        if pipe is None:
            raise _Ended
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while b"\n" not in self._read:
                left = ends - time.monotonic()
                if left <= 0:
                    raise _Late
                self._tick()
                if selector.select(min(left, TICK_SECONDS)):
                    piece = os.read(pipe.fileno(), 2**16)
                    if not piece:
                        raise _Ended
                    self._read += piece
                    if len(self._read) > LONGEST_ANSWER:
                        self.stop()
                        return None
        line, _newline, self._read = self._read.partition(b"\n")
        try:
            return json.loads(line)
        except (ValueError, RecursionError):
            return None

    def _used_up_its_time(self) -> bool:
        """Did the process end by the limit on its own CPU time, to which the machine's other load adds nothing?"""
        process = self._process
        ended_by: int | None = None
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                ended_by = process.wait(timeout=1)
        self.stop()
        return ended_by == -signal.SIGXCPU


@contextmanager
def checking(
    roots: Sequence[str], limits: Limits = USUAL, tick: Callable[[], None] = _nothing
) -> Iterator[SignatureChecker]:
    """A signature checker, stopped when the block ends. No process is started before the first file."""
    checker = SignatureChecker(roots, limits, tick)
    try:
        yield checker
    finally:
        checker.stop()
