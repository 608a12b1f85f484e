"""The pause after a 429, which holds for every worker of the machine, and is told to other machines (contract §6)."""

import contextlib
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cases.provider.errors import Code, RateLimited
from cases.provider.http.shared_state import SharedState

SHORTEST, USUAL, LONGEST = 1.0, 5.0, 900.0  # seconds
LOCK_SECONDS = 2.0  # others hold it for as long as it takes to write a line
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_MANY_SECONDS = re.compile(r"[0-9]{10,}")


def http_date(text: str | None) -> datetime | None:
    """Read a date as HTTP writes it, in UTC; None if it is none."""
    if not text or len(text) > 64:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def retry_after_seconds(text: str | None, server_time: datetime | None = None) -> float | None:
    """Read Retry-After, seconds or a date, bounded to 1 s … 15 min; None if it says nothing readable.

    A date is measured against the server's own clock where that is known, because ours may differ.
    """
    text = (text or "").strip()
    if _SECONDS.fullmatch(text):
        seconds = float(text)
    elif _MANY_SECONDS.fullmatch(text):
        seconds = LONGEST
    elif moment := http_date(text):
        seconds = (moment - (server_time or datetime.now(UTC))).total_seconds()
    else:
        return None
    return min(max(seconds, SHORTEST), LONGEST)


class Pause:
    """Keeps every worker from calling until the provider wants to be called again."""

    def __init__(self, state: SharedState, tell: Callable[[float], None] = lambda _until: None) -> None:
        """`tell` is called with the epoch second at which a new pause ends, for other machines."""
        self._state, self._tell = state, tell

    def until(self) -> float:
        """Give the epoch second at which the pause ends; 0 if there is none."""
        until = (self._state.read("pause") or {}).get("until")
        now = time.time()
        if isinstance(until, bool) or not isinstance(until, int | float):
            return 0.0
        # Further away than any pause we write: the clock was set back, and nobody knows when it would end.
        return float(until) if now < until <= now + LONGEST else 0.0

    def hold(self, seconds: float) -> None:
        """Pause all workers for so long, unless a longer pause is on already."""
        until = time.time() + seconds
        self.hold_until(until)
        self._tell(until)

    def hold_until(self, until: float) -> None:
        """Pause all workers of this machine until that epoch second, unless a longer pause is on already."""
        with contextlib.ExitStack() as until_written:
            # A pause that another may cut short is better than none.
            with contextlib.suppress(OSError):
                until_written.enter_context(self._state.lock("pause", LOCK_SECONDS))
            self._state.write("pause", {"until": max(self.until(), until)})

    def check(self) -> None:
        """Raise RateLimited while the pause lasts."""
        left = self.until() - time.time()
        if left > 0:
            raise RateLimited(Code.RATE_LIMITED, retry_after=left)
