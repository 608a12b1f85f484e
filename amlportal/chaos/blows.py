"""The blows of a run under load: killing processes of the portal, and crashing its database."""

import os
import signal
import time
from collections import Counter
from contextlib import suppress

from amlportal.chaos.plan import DATABASE, Blow
from amlportal.chaos.postgresql import Server
from amlportal.chaos.stack import Stack

DOWN_SECONDS = 1.5  # so long a crashed database is down, besides its recovery
# A word of the command line by which a kind of process is known.
WORDS = {
    "web": "gunicorn",
    "queue": "qcluster",
    "worker": "manage.py worker",
    "dispatcher": "manage.py dispatcher",
    "keeper": "manage.py serve",
}


class Blows:
    """Kills processes or crashes the database, and counts the blows of each kind."""

    def __init__(self, stack: Stack, server: Server | None) -> None:
        self._stack = stack
        self._server = server
        self.struck: Counter[str] = Counter()
        # Time and kind of each blow, for whoever traces a lost result.
        self.times: list[str] = []

    def strike(self, blow: Blow) -> None:
        """Kill one process of the kind, or any other if none of it lives just now; or crash the database."""
        if blow.kind == DATABASE:
            self._crash()
            return
        living = self._living()
        victims = [victim for victim in living if victim[0] == blow.kind] or living
        if victims:  # else all are being started again
            kind, pid = victims[int(blow.which * len(victims))]
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self._tell(kind)

    def _crash(self) -> None:
        if self._server is None:
            return
        self._server.crash()
        self._tell(DATABASE)
        time.sleep(DOWN_SECONDS)
        self._server.start()

    def _tell(self, kind: str) -> None:
        self.struck[kind] += 1
        self.times.append(f"{time.strftime('%H:%M:%S')} {kind}")

    def _living(self) -> list[tuple[str, int]]:
        """Kind and process id of each living process, in the order of their ids."""
        living = sorted(self._stack.processes().items())
        return [(kind, pid) for pid, command in living for kind, word in WORDS.items() if word in command]
