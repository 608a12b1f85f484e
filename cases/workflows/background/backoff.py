"""What is not tried at every turn: after trouble of ours a while passes, longer each time."""

import contextlib
import json
import time
from pathlib import Path

PAUSES = (15.0, 60.0, 300.0, 900.0)  # seconds
BROKE_OFF = " broke off"  # after the name of what did


class Rounds:
    """Which part of many rows has its turn, by their numbers: from the newest down, and then from the newest again."""

    def __init__(self) -> None:
        self._at = 0

    def next_part(self, newest: int, size: int) -> tuple[int, int]:
        """The numbers that it begins after and ends with."""
        ends = self._at if 0 < self._at <= newest else newest
        self._at = max(0, ends - size)
        return self._at, ends


class Pause:
    """What is not to be tried for a while, on this machine. Kept in a file, because who enqueues is not who works.

    The dispatcher would otherwise enqueue a job every second for a file whose store is away. Losing it costs one try.
    """

    MOST_PUT_OFF = 500

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            kept = json.loads(path.read_text(encoding="ascii"))
            self._kept = {str(name): (int(tries), float(until)) for name, (tries, until) in kept.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            self._kept = {}

    @property
    def is_on(self) -> bool:
        return "all" in self._kept and is_ahead(self._kept["all"][1])

    def put_off_now(self) -> list[int]:
        """The artefacts that are not to be tried yet."""
        return [
            int(name) for name, (_tries, until) in self._kept.items() if name.isdecimal() and is_ahead(until)
        ]

    def put_off(self, artefact: int) -> None:
        self._longer(str(artefact))
        if len(self._kept) > self.MOST_PUT_OFF:
            self.rest()

    def broke_off(self, artefact: int) -> int:
        """Count that work on it broke off; give how often it did since it last went well."""
        name = f"{artefact}{BROKE_OFF}"
        times = self._kept.get(name, (0, 0.0))[0] + 1
        self._kept[name] = (times, 0.0)
        self._write()
        return times

    def rest(self) -> None:
        """Try nothing for a while."""
        self._longer("all")

    def forget(self, artefact: int) -> None:
        """It went well: what is true of this one is true of the store."""
        paused = {"all", str(artefact), f"{artefact}{BROKE_OFF}"} & self._kept.keys()
        for name in paused:
            del self._kept[name]
        if paused:
            self._write()

    def _longer(self, name: str) -> None:
        tries = min(self._kept.get(name, (0, 0.0))[0], len(PAUSES) - 1)
        self._kept[name] = (tries + 1, time.time() + PAUSES[tries])
        self._write()

    def _write(self) -> None:
        half = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):  # then it is tried again sooner
            half.write_text(json.dumps(self._kept), encoding="ascii")
            half.replace(self._path)


def is_ahead(until: float) -> bool:
    """Further ahead than any pause of ours was written before the clock was put back."""
    return time.time() < until <= time.time() + PAUSES[-1]
