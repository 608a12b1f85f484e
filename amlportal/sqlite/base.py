"""Django's SQLite, where the threads of a process write in turn.

SQLite lets one transaction write at a time, and whoever finds another one at it sleeps and looks again: with many
threads, nobody is awake when it ends. Threads of one process wait for each other here, and are woken; other processes
are waited for as SQLite does.
"""

import os
import threading
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

# One for each database file.
_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
# A lock that another thread holds while a process forks would never be released in the new one.
os.register_at_fork(after_in_child=_turns.clear)


Django: Any = base.DatabaseWrapper  # whose private methods have no types


class DatabaseWrapper(Django):
    """A connection to SQLite whose transactions begin when no other one of this process is writing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._turn: threading.Lock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._await_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._end_turn()

    def _await_turn(self) -> None:
        if self._turn is not None:  # of a transaction that was left without an end
            return
        turn = _turns[str(self.settings_dict["NAME"])]
        if not turn.acquire(timeout=self.settings_dict["OPTIONS"].get("timeout", 5)):
            raise OperationalError("database is locked")
        self._turn = turn

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()
