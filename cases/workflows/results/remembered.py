"""What was worked out, remembered as long as it does not fill the memory of a process."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Values by key: those used last, as many as weigh no more than `most` together, and the newest in any case.

    What is heavier than `heavy` is worked out one at a time: threads of a process share its memory and its one core.
    """

    def __init__(self, *, most: int, heavy: int) -> None:
        self.most, self.heavy = most, heavy
        self._values: OrderedDict[Hashable, tuple[int, Value]] = OrderedDict()
        self._lock, self._turn = Lock(), Lock()

    def get(self, key: Hashable, weight: int, work_out: Callable[[], Value]) -> Value:
        """Give the value of a key, worked out if it is not remembered."""
        found = self._found(key)
        if found is None and weight > self.heavy:
            with self._turn:
                found = self._found(key) or self._keep(key, weight, work_out())
        return (found or self._keep(key, weight, work_out()))[1]

    def _found(self, key: Hashable) -> tuple[int, Value] | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def _keep(self, key: Hashable, weight: int, value: Value) -> tuple[int, Value]:
        with self._lock:
            self._values[key] = weight, value
            self._values.move_to_end(key)
            while len(self._values) > 1 and sum(held for held, _value in self._values.values()) > self.most:
                self._values.popitem(last=False)
        return weight, value
