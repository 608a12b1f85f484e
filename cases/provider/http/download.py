"""Stream an answer into a file while hashing it, and report to the caller that it is still going on."""

import contextlib
import hashlib
import os
import re
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from cases.provider.answers import Fetched
from cases.provider.errors import Code, RetryLater
from cases.provider.http.transport import Answer, Sink

BEAT_SECONDS = 4.0
PREFIX, SUFFIX = "fetch-", ".part"
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")


class Abandoned(Exception):
    """Nobody waits for this download any more."""


class Progress:
    """How many bytes of a download have arrived, and whether it was abandoned."""

    def __init__(self) -> None:
        self.received = 0
        self.abandoned = False


def into_file(folder: Path, exchange: Callable[[Sink], Answer], progress: Progress) -> Fetched:
    """Run an exchange whose body goes into a new file in `folder`; the file is removed if anything fails.

    OSError (a full disk) passes through untouched. An empty body is taken for a lost one.
    """
    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=folder)
    path, digest = Path(name), hashlib.sha256()
    try:
        with os.fdopen(handle, "wb") as file:

            def take(block: bytes) -> None:
                if progress.abandoned:
                    raise Abandoned
                file.write(block)
                digest.update(block)
                progress.received += len(block)

            answer = exchange(take)
            file.flush()
            os.fsync(file.fileno())
        if not progress.received:
            raise RetryLater(Code.EMPTY, status=answer.status)
        if progress.abandoned:
            raise Abandoned
        declared = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
        media_type = declared if _MEDIA_TYPE.fullmatch(declared) else ""
        return Fetched(path, digest.hexdigest(), progress.received, media_type, answer.server_time)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def with_beat(
    work: Callable[[], Fetched], progress: Progress, on_progress: Callable[[int], None], beat: float
) -> Fetched:
    """Run the work in its own thread; call `on_progress` in this one, at once and every `beat` seconds.

    Only so does a caller hear of a download that stalls; and whoever keeps a lease in a database must be
    called in the thread that owns the connection. An exception of `on_progress` abandons the download and
    passes through.
    """
    done = threading.Event()
    outcome: list[Fetched | BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            outcome.append(error)
        finally:
            done.set()

    on_progress(0)
    thread = threading.Thread(target=run, name="provider-download", daemon=True)
    thread.start()
    try:
        while not done.wait(beat):
            on_progress(progress.received)
    except BaseException:
        progress.abandoned = True
        if done.wait(1) and isinstance(outcome[0], Fetched):
            with contextlib.suppress(OSError):
                outcome[0].path.unlink(missing_ok=True)
        raise
    thread.join()
    result = outcome[0]
    if isinstance(result, BaseException):
        raise result
    return result
