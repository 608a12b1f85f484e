"""The counts of a sandbox."""

import threading
from collections import Counter
from typing import Any


class Stats:
    """Counts of calls, answers and webhooks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, Counter[str]] = {}
        self.clear()

    def count(self, group: str, name: str) -> None:
        """Add one to a count."""
        with self._lock:
            self._counts[group][name] += 1

    def read(self) -> dict[str, Any]:
        """Return every count."""
        with self._lock:
            creates = self._counts["creates"]
            return {
                "creates": {"total": sum(creates.values()), "by_identifier": dict(creates)},
                "requests": dict(self._counts["requests"]),
                "answers": dict(sorted(self._counts["answers"].items())),
                "webhooks": {"sent": 0, "failed": 0, "lost": 0, "forged": 0, **self._counts["webhooks"]},
                "reports_signed": self._counts["reports"]["signed"],
            }

    def clear(self) -> None:
        """Set every count to zero."""
        with self._lock:
            self._counts = {
                group: Counter() for group in ("creates", "requests", "answers", "webhooks", "reports")
            }
